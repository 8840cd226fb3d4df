"""Entries in the shape of the YAML, and one term more in one: where it goes, whether it is there, when it contradicts."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from glossary.exchange import ChineseName, Name
from glossary.folding import fold, simplified
from glossary.templates import CLOSING, TemplateError, closed, is_template, parse
from glossary.yaml_file import CONCEPT_KEYS

_LISTS = {"admitted": "admitted", "abbreviation": "abbreviations", "short": "short"}
_BAD = ("deprecated", "wrong")
_LONGEST = 300


class Clash(Exception):
    """A term has another status where it came from than it has here."""


def entry_of(plain: dict[str, Any]) -> dict[str, Any]:
    """A concept as its YAML has it, from what `glossary.yaml_file.read_concepts` makes of it."""
    entry = {key: copy.deepcopy(plain[key]) for key in CONCEPT_KEYS if plain.get(key)}
    for key, names in (("valid", ("valid_from", "valid_until")), ("examples", ("wrong_examples", "right_examples"))):
        found = {name.split("_")[1 if key == "valid" else 0]: plain[name] for name in names if plain.get(name)}
        if found:
            entry[key] = found
    if "zh_variants" in entry:
        entry["zh_variants"] = [form_of(form["zh"], form.get("region")) for form in entry["zh_variants"]]
    return entry


def variants_of(head: str, forms: Iterable[ChineseName]) -> dict[str, list[Any]]:
    """The variants beside the head word; what is the same in the other script, and of no region, is none."""
    known: dict[tuple[str, str | None], Any] = {}
    for form in forms:
        same = form.region is None and ((plain := simplified(form.text)) == head or (plain, None) in known)
        if not same:
            known.setdefault((form.text, form.region), form_of(form.text, form.region))
    return {"zh_variants": [*known.values()]} if known else {}


def form_of(zh: str, region: str | None) -> Any:
    """A Chinese variant: the word alone, or with its region."""
    return {"zh": zh, "region": region} if region else zh


def chinese_of(entry: dict[str, Any]) -> Iterator[str]:
    """The Chinese forms of an entry, the head word first."""
    yield entry["zh"]
    yield from (form if isinstance(form, str) else form["zh"] for form in entry.get("zh_variants", ()))


def readable(name: Name, own: bool) -> str | None:
    """Why a term cannot stand in a glossary, or None; ``own`` says that it may be a template."""
    if not name.text.isprintable() or len(name.text) > _LONGEST * (20 if own else 1):
        return f"control characters, or longer than {_LONGEST} characters"
    if is_template(name.text):
        if not own:
            return "brackets and bars stand for alternatives here; write the term out"
        try:
            parse(name.text)
        except TemplateError as problem:
            return str(problem)
    return None


def put_name(entry: dict[str, Any], name: Name, replace: bool, exact: bool = False) -> str | None:
    """Put a term into an entry; what came in in words, or None where it was there already.

    A term that differs in letter case or hyphens alone, or that a template stands for, counts as there unless
    ``exact``. Raises Clash where it has another status; with ``replace`` the new one counts, unless a template covers
    the term.
    """
    here, form = _standing(entry, name.text, exact)
    bad = name.status in _BAD
    if here is None or (name.status == "preferred" and here != "preferred" and here not in _BAD):
        if name.status == "preferred":
            return _prefer(entry, name.text, here, replace)
        return _add(entry, name)
    if bad == (here in _BAD):
        return None
    told = f"{name.text!r} is {name.status or 'in use'} there, {here} here"
    if not replace or name.status is None or here == "preferred":
        raise Clash(told)
    if form != name.text:
        raise Clash(f"{told}, by the template {form!r}")
    _remove(entry, here, name.text)
    made = _prefer(entry, name.text, None, replace) if name.status == "preferred" else _add(entry, name)
    return f"{made} (was {here})"


def chinese_is_known(entry: dict[str, Any], form: ChineseName) -> bool:
    """Whether an entry has a Chinese form, in either script, for its region or for all."""
    wanted = fold(form.text)
    if fold(entry["zh"]) == wanted:
        return True
    for other in entry.get("zh_variants", ()):
        zh, region = (other, None) if isinstance(other, str) else (other["zh"], other.get("region"))
        if fold(zh) == wanted and (region is None or region == form.region or form.region is None):
            return True
    return False


def _add(entry: dict[str, Any], name: Name) -> str:
    status = name.status or "admitted"
    if status in _BAD:
        made = {"en": name.text, "trigger": ["source"]} | ({"why": name.why} if name.why else {})
        entry.setdefault(status, []).append(made)
    else:
        entry.setdefault(_LISTS[status], []).append(name.text)
    return f"{status} {name.text!r}"


def _prefer(entry: dict[str, Any], text: str, here: str | None, replace: bool) -> str:
    if not replace:
        raise Clash(f"preferred is {text!r} there, {entry['preferred']!r} here")
    if here is not None:
        _remove(entry, here, text)
    entry["admitted"] = [entry["preferred"], *entry.get("admitted", ())]
    told = f"preferred {text!r} in place of {entry['preferred']!r}"
    entry["preferred"] = text
    return told


def _remove(entry: dict[str, Any], status: str, text: str) -> None:
    key = _LISTS.get(status, status)
    kept = [form for form in entry.get(key, ()) if (form if isinstance(form, str) else form["en"]) != text]
    if kept:
        entry[key] = kept
    else:
        entry.pop(key, None)


def _standing(entry: dict[str, Any], text: str, exact: bool) -> tuple[str | None, str]:
    """The status that a term has in an entry and the form or template that says so."""
    wanted = fold(text)

    def stands(form: str) -> bool:
        if form == text or exact:
            return form == text
        return _stands_for(form, wanted) if is_template(form) else fold(form) == wanted

    if stands(entry["preferred"]):
        return "preferred", entry["preferred"]
    for status in ("admitted", "abbreviation", "short", *_BAD):
        for item in entry.get(_LISTS.get(status, status), ()):
            form = item if isinstance(item, str) else item["en"]
            if stands(form):
                return status, form
    return None, ""


def _stands_for(template: str, folded: str) -> bool:
    """Whether a template without classes has this expansion."""
    try:
        slots = parse(template)
    except TemplateError:
        return False
    ends = {0}
    for slot in slots:
        if slot.kind == "class":
            return False
        values = [closed(fold(value)) for value in slot.values]
        ends = {end for start in ends for value in values if (end := _after(folded, start, value)) is not None}
    return len(folded) in ends


def _after(folded: str, start: int, value: str) -> int | None:
    if not value:
        return start
    marks = value[0] in CLOSING  # which stand at the word before them
    begin = start + 1 if start and not marks and folded[start : start + 1] == " " else start
    if (start and begin == start and not marks) or not folded.startswith(value, begin):
        return None
    return begin + len(value)
