"""The glossary as the checker needs it: every form folded and inflected, patterns as slots; kept as JSON in a cache.

The cache lies in the user's cache folder, is keyed by the content of all sources and the version of this format, and is
only ever JSON: a damaged or foreign file is built anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from glossary.concept import APPROVED
from glossary.folding import fold
from glossary.forms import inflected, spellings
from glossary.templates import (
    WORD,
    Choice,
    class_keys,
    count_expansions,
    head_slot,
    is_template,
    literal_expansions,
    member_choices,
    parse,
)

FORMAT = 6
MAX_LISTED = 6  # strings of a template that are kept as forms; larger templates stay templates

Table = dict[str, Any]


def compile_tables(concepts: list[Table], morphemes: list[Table], names: Table) -> Table:
    """The tables of a glossary, made so that a check of one page need not unpack what the page does not name.

    ``concepts`` and ``morphemes`` are JSON strings, one an entry, ``ids`` the ids in the same order.
    ``forms``: look-up key -> lines ``surface, concept, status, entry, inflection, base`` (indexes into ``concepts`` and
    into the concept's list for that status). ``members``: look-up key -> lines ``class, surface, base, marked,
    inflection, head only``. ``patterns``: lines ``concept, status, entry, head, slots as JSON, classes, words``, the
    approved and exempt ones first; a slot is a class key or a list of ``[surface, base, inflection]``; a text must hold
    every class (``+`` where it takes the plural) and a word of each of the groups of words. ``place_names``: look-up
    key -> folded names. Lines are parted by line feeds, their fields by tabs. A look-up key is the first two words of
    a form with a blank between, or its only one.
    """
    forms: dict[str, dict[str, None]] = {}
    patterns: list[tuple[bool, str]] = []
    for number, concept in enumerate(concepts):
        for source in concept.get("sources", ()):
            source |= published(source, names["hosts"])
        if concept.get("status") == "withdrawn":
            continue
        for status, entry, en, pos in _english(concept):
            if class_keys(en) or _is_large(en):
                good = status in APPROVED or status == "ignore"
                patterns.append((not good, f"{number}\t{status}\t{entry}\t{_pattern(en, pos)}"))
                continue
            exact = status == "abbreviation" or concept.get("case") == "exact"
            plurals = tuple(fold(item) for item in concept.get("plural", ())) if status in APPROVED else ()
            for text in literal_expansions(en) if is_template(en) else (en,):
                _add_forms(forms, f"{number}\t{status}\t{entry}", fold(text), pos, plurals, exact)
    members: dict[str, list[str]] = {}
    for item in morphemes:
        for surface, line in _member_lines(item):
            members.setdefault(lookup_key(words_of(surface)), []).append(line)
    places: dict[str, list[str]] = {"china": ["china"], "chinese": ["chinese"]}
    for row in [*names["places"], *names["institutions"]]:
        if row.get("en") and (name := fold(row["en"])):
            places.setdefault(lookup_key(words_of(name)), []).append(name)
    return {
        "concepts": [json.dumps(concept, ensure_ascii=False) for concept in concepts],
        "ids": [concept["id"] for concept in concepts],
        "morphemes": [json.dumps(item, ensure_ascii=False) for item in morphemes],
        "forms": {key: "\n".join(lines) for key, lines in forms.items()},
        "members": {key: "\n".join(lines) for key, lines in members.items()},
        "patterns": [line for _, line in sorted(patterns, key=lambda pattern: pattern[0])],
        "place_names": {key: "\n".join(lines) for key, lines in places.items()},
        **{key: value for key, value in names.items() if key != "hosts"},
    }


def words_of(surface: str) -> tuple[str, ...]:
    """The words of a folded form."""
    plain = surface.replace(" ", "")
    return tuple(surface.split(" ") if plain.isascii() and plain.isalnum() else WORD.findall(surface))


def lookup_key(words: tuple[str, ...]) -> str:
    """Under which key a form of these words is kept: its first two words, or its only one."""
    return " ".join(words[:2])


def _is_large(en: str) -> bool:
    """Whether a template without classes stands for too many strings to keep them all."""
    return is_template(en) and count_expansions(parse(en), {}) > MAX_LISTED


def published(source: Table, hosts: dict[str, Table]) -> Table:
    """Publisher, kind and year of a source; a host's own row counts before its parent domain's; {} when unlisted."""
    host = (urlsplit(source["url"]).hostname or "").removeprefix("www.")
    while host and host not in hosts and f"www.{host}" not in hosts:
        host = host.partition(".")[2]
    found = dict(hosts.get(host) or hosts.get(f"www.{host}") or {})
    year = _YEAR.search(source["title"]) or _YEAR.search(urlsplit(source["url"]).path)
    return found | ({"year": year.group()} if year else {})


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\d{0,4}(?:\D|$))")


def _english(concept: Table) -> list[tuple[str, int, str, str]]:
    """``(status, entry, en, pos)`` of every English form of a concept."""
    pos = concept.get("pos", "noun")
    rows = [("preferred", 0, concept["preferred"], pos)]
    for status, key in (("admitted", "admitted"), ("short", "short"), ("ignore", "ignore")):
        rows += [(status, entry, en, pos) for entry, en in enumerate(concept.get(key, ()))]
    rows += [("abbreviation", entry, en, "noun") for entry, en in enumerate(concept.get("abbreviations", ()))]
    for status, key in (("deprecated", "deprecated"), ("wrong", "wrong"), ("pattern", "patterns")):
        rows += [(status, entry, item["en"], item.get("pos") or pos) for entry, item in enumerate(concept.get(key, ()))]
    return rows


def _add_forms(
    forms: dict[str, dict[str, None]], entry: str, text: str, pos: str, plurals: tuple[str, ...], exact: bool
) -> None:
    for form, inflection in inflected(text, pos, plurals):
        for surface in (form,) if exact else spellings(form):
            lines = forms.setdefault(lookup_key(words_of(surface)), {})
            lines[f"{surface}\t{entry}\t{inflection}\t{text}"] = None


def _pattern(en: str, pos: str) -> str:
    parsed = parse(en)
    head = head_slot(parsed, pos)
    slots: list[Any] = []
    classes: list[str] = []
    groups: list[str] = []
    for number, slot in enumerate(parsed):
        last = head >= 0 and number == len(parsed) - 1
        if slot.kind == "class":
            slots.append(slot.values[0])
            classes.append(slot.values[0] + ("+" if number == head or last else ""))
            continue
        slot_pos = pos if number == head else "noun" if last else "phrase"
        rows = []
        for value in slot.values:
            made = member_choices(value, slot_pos, False, True) if value else [Choice("", (), "", False, "")]
            rows += [[choice.surface, choice.base, choice.inflection] for choice in made]
        slots.append(rows)
        if all(slot.values):
            groups.append(" ".join(dict.fromkeys(words[0] for row in rows if (words := words_of(row[0])))))
    fields = (str(head), json.dumps(slots, ensure_ascii=False), " ".join(classes), "|".join(groups))
    return "\t".join(fields)


def _member_lines(morpheme: Table) -> Iterator[tuple[str, str]]:
    pos = morpheme.get("pos", "noun")
    for marked in (True, False):
        for member in morpheme.get("marked" if marked else "plain", ()):
            inner = {choice.surface for choice in member_choices(member, pos, marked, head=False)}
            for choice in member_choices(member, pos, marked, head=True):
                flags = f"{int(marked)}\t{choice.inflection}\t{int(choice.surface not in inner)}"
                yield choice.surface, f"{morpheme['key']}\t{choice.surface}\t{choice.base}\t{flags}"


def cache_folder() -> Path:
    """The user's own cache folder for yigai."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(os.path.expanduser("~"), "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(os.path.expanduser("~"), "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "yigai"


def cache_key(contents: list[bytes], version: str) -> str:
    """SHA-256 over the sources, the tool's version and the format of the tables."""
    digest = hashlib.sha256(f"{version} {FORMAT} {_code_state()}".encode())
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _code_state() -> str:
    # Tables made by other code must not be taken for ours: while the package is edited its version stands still.
    folder = Path(__file__).parent
    names = ("compiled.py", "forms.py", "templates.py", "folding.py", "yaml_file.py", "layers.py")
    return " ".join(str(os.stat(folder / name).st_mtime_ns) for name in names)


def read_cache(key: str, group: str = "") -> Table | None:
    """The tables kept under ``key``; None when there are none, they are damaged, or others could have written them.

    ``group`` is a folder of the cache with tables of its own.
    """
    path = cache_folder() / group / f"{key}.json"
    try:
        state = path.stat()
        if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
            return None
        tables = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return tables if isinstance(tables, dict) and "forms" in tables else None


def write_cache(key: str, tables: Table, group: str = "", keep: int = 8) -> None:
    """Keep ``tables`` under ``key``; a folder that cannot be written is no error. All but ``keep`` are removed."""
    folder = cache_folder() / group
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(tables, stream, ensure_ascii=False, separators=(",", ":"))
            os.replace(name, folder / f"{key}.json")
        except BaseException:
            os.unlink(name)
            raise
        for old in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-keep]:
            old.unlink()
