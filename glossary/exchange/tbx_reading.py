"""TBX in: version 3 in styles DCA and DCT, and version 2 (``martif``); lenient on the words of other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from glossary.exchange import ChineseName, ExchangeError, Imported, Incoming, Name
from glossary.exchange.safe_xml import attribute, local, root_of, words_in
from glossary.exchange.tbx import PROPER_NAME
from glossary.exchange.words import DATE, kind_of, language_of, noted_status, pos_of, region_of, squeezed

_ENTRIES = ("conceptEntry", "termEntry")
_SECTIONS = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_GENERIC = ("admin", "descrip", "termNote", "ref", "xref", "transac", "transacNote", "adminNote", "descripNote")
_STATUS = frozenset(("administrativestatus", "normativeauthorization", "status", "termstatus", "usagestatus", "usage"))
_KEPT_NOTES = {"valid from": "from", "valid until": "until"}
_SHOWN = re.compile(r"shown at (\S+?): (.*?)(?: \(read (\d{4}(?:-\d{2}){0,2})\))?")
_PASSED_OVER = ("transactiontype", "responsibility", "date")  # who wrote an entry, and when


def read(content: bytes) -> Imported:
    """The entries of a TBX file. Raises ExchangeError with the line."""
    root = root_of(content)
    if local(root) not in ("tbx", "martif"):
        hint = "; export TBX from MultiTerm instead" if local(root) == "mtf" else ""
        raise ExchangeError(f"not TBX: the file begins with <{local(root)}>{hint}", root.sourceline or 1)
    made = Imported()
    for element in root.iter():
        if local(element) in _ENTRIES:
            made.entries.append(_entry(element, made))
    return made


def _entry(element: Any, made: Imported) -> Incoming:
    entry = Incoming(str(element.sourceline), own=False)
    identifier = attribute(element, "id")
    entry.id = identifier.removeprefix("_") or None
    shown: dict[str, list[tuple[str, str | None]]] = {}
    for child in element:
        if local(child) in _SECTIONS:
            _section(child, entry, made)
        else:
            _concept_data(child, entry, made, shown)
    for source in entry.values.get("sources", ()):
        if shown.get(source["url"]):
            rendering, month = shown[source["url"]].pop(0)
            source.update({key: value for key, value in (("rendering", rendering), ("read", month)) if value})
    return entry


def _categories(element: Any) -> Iterator[tuple[str, str, Any]]:
    """``(category, text, element)`` of an element or of what a group of elements holds, in either style."""
    name = local(element)
    if name.endswith("Grp"):
        for child in element:
            yield from _categories(child)
    elif name:
        category = attribute(element, "type") if name in _GENERIC else name
        yield category, words_in(element), element


def _concept_data(
    element: Any, entry: Incoming, made: Imported, shown: dict[str, list[tuple[str, str | None]]]
) -> None:
    for category, text, at in _categories(element):
        key, target = squeezed(category), attribute(at, "target")
        if key in ("subjectfield", "subject", "domain") and text:
            entry.subject = text
        elif key == "definition" and text:
            _definition(entry, text, at, "en" if attribute(at, "lang").startswith("en") else "")
        elif key == "crossreference" or "concept" in key:
            _reference(entry, f"{category} {text}", target, at, made)
        elif key == "externalcrossreference" and target.startswith(("http://", "https://")):
            entry.values.setdefault("sources", []).append({"url": target, "title": text or target})
            entry.places.setdefault("sources", str(at.sourceline))
        elif key == "note" and (found := _SHOWN.fullmatch(text)):
            shown.setdefault(found[1], []).append((found[2], found[3]))
        elif key == "note":
            _note(entry, text, at, made)
        elif key not in _PASSED_OVER:
            made.lost[category or local(at)] += 1


def _definition(entry: Incoming, text: str, at: Any, language: str) -> None:
    """An English definition is better than one in another language, the first better than the next."""
    if "definition" not in entry.values or (language == "en" and not entry.values["definition"].isascii()):
        entry.values["definition"] = text
        entry.places["definition"] = str(at.sourceline)


def _reference(entry: Incoming, words: str, target: str, at: Any, made: Imported) -> None:
    plain, other = squeezed(words), target.removeprefix("#").removeprefix("_")
    if not other:
        made.lost["references without a target"] += 1
    elif "broader" in plain or "superordinate" in plain or "generic" in plain:
        entry.values["broader"] = other
        entry.places["broader"] = str(at.sourceline)
    elif "replaced" in plain or "supersed" in plain:
        entry.values["replaced_by"] = other
        entry.places["replaced_by"] = str(at.sourceline)
    elif "distinct" in plain or "differ" in plain or "confus" in plain:
        entry.values.setdefault("distinct_from", []).append(other)
        entry.places.setdefault("distinct_from", str(at.sourceline))
    else:
        made.lost["cross references of no kind known here"] += 1


def _note(entry: Incoming, text: str, at: Any, made: Imported) -> None:
    key, _, value = text.partition(": ")
    if key in _KEPT_NOTES and DATE.fullmatch(value):
        entry.values.setdefault("valid", {})[_KEPT_NOTES[key]] = value
        entry.places.setdefault("valid", str(at.sourceline))
    elif (key, value) in (("case", "exact"), ("strictness", "note"), ("strictness", "prefer")):
        entry.values[key] = value
    elif key == "plural" and value:
        entry.values["plural"] = value.split("; ")
    elif key != "status":
        made.lost["notes"] += 1


def _section(section: Any, entry: Incoming, made: Imported) -> None:
    code = attribute(section, "lang")
    language = language_of(code)
    if language is None:
        made.lost[f"terms in {code or 'no language'}"] += 1
        return
    for child in section:
        if local(child) in _TERMS:
            _term(child, code, language, entry, made)
            continue
        for category, text, at in _categories(child):
            if squeezed(category) == "definition" and text:
                _definition(entry, text, at, language)
            elif squeezed(category) not in _PASSED_OVER:
                made.lost[f"{category or local(at)} of a language"] += 1


def _term(section: Any, code: str, language: str, entry: Incoming, made: Imported) -> None:
    found = next((child for child in section.iter() if local(child) == "term"), None)
    text = words_in(found) if found is not None else ""
    if not text:
        made.lost["terms without words"] += 1
        return
    region, status, kind, notes = region_of(code), None, None, []
    for category, value, at in (row for child in section if child is not found for row in _categories(child)):
        key = squeezed(category)
        if key == "term" or not value:
            continue
        if key in _STATUS:
            status = noted_status(value, made.understood)
        elif key == "partofspeech":
            _part_of_speech(entry, value, str(at.sourceline))
        elif key == "termtype":
            kind = kind_of(value) or kind
            if kind == "phrase":
                entry.values.setdefault("pos", "phrase")
        elif key == "geographicalusage":
            region = region_of(value) or region
        elif key == "context" and language == "en" and status not in ("deprecated", "wrong"):
            entry.values.setdefault("examples", {}).setdefault("right", []).append(value)
            entry.places.setdefault("examples", str(at.sourceline))
        elif key == "note":
            notes.append(value)
        elif key not in _PASSED_OVER:
            made.lost[f"{category or local(at)} of a term"] += 1
    place = str(section.sourceline)
    if language == "zh":
        entry.chinese.append(ChineseName(text, place, region))
        made.lost["notes of Chinese terms"] += len(notes)
    else:
        entry.english.append(_name(text, place, status, kind, notes, entry))


def _part_of_speech(entry: Incoming, word: str, place: str) -> None:
    pos = pos_of(word)
    if pos is not None and entry.values.get("pos") != "name":
        entry.values["pos"] = pos
        entry.places.setdefault("pos", place)


def _name(text: str, place: str, status: str | None, kind: str | None, notes: list[str], entry: Incoming) -> Name:
    """An English term; its notes say whether it is wrong or a proper name, else what is said against it."""
    if kind in ("abbreviation", "short") and status in (None, "admitted"):
        status = kind
    why = None
    for note in notes:
        if note == PROPER_NAME:
            entry.values["pos"] = "name"
        elif note == "wrong" or note.startswith("wrong: "):
            status, why = "wrong", note[len("wrong: ") :] or None
        else:
            why = note
    return Name(text, status, place, why if status in ("deprecated", "wrong") else None)
