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
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from glossary.folding import fold
from glossary.forms import inflected, spellings
from glossary.templates import (
    Choice,
    class_keys,
    count_expansions,
    head_slot,
    is_template,
    literal_expansions,
    member_choices,
    parse,
)

FORMAT = 5
MAX_LISTED = 6  # strings of a template that are kept as forms; larger templates stay templates

Table = dict[str, Any]


def compile_tables(concepts: list[Table], morphemes: list[Table], names: Table) -> Table:
    """The tables of a glossary, ready for JSON.

    ``forms``: folded surface -> rows ``[concept, status, entry, inflection, base]`` (indexes into ``concepts`` and the
    concept's list for that status); ``patterns``: rows ``[concept, status, entry, head, slots]``, a slot being a class
    key or a list of ``[surface, base, inflection]``; ``classes``: key -> ``[surface, base, marked, inflection, head]``.
    """
    forms: dict[str, list[list[Any]]] = {}
    patterns: list[list[Any]] = []
    for number, concept in enumerate(concepts):
        for source in concept.get("sources", ()):
            source |= published(source, names["hosts"])
        if concept.get("status") == "withdrawn":
            continue
        for status, entry, en, pos in _english(concept):
            if class_keys(en) or _is_large(en):
                patterns.append([number, status, entry, *_pattern(en, pos)])
                continue
            exact = status == "abbreviation" or concept.get("case") == "exact"
            plurals = tuple(fold(item) for item in concept.get("plural", ())) if status in _APPROVED else ()
            for text in literal_expansions(en) if is_template(en) else (en,):
                _add_forms(forms, [number, status, entry], fold(text), pos, plurals, exact)
    classes = {item["key"]: _class_rows(item) for item in morphemes}
    return {
        "concepts": concepts,
        "morphemes": morphemes,
        "forms": forms,
        "patterns": patterns,
        "classes": classes,
        **names,
    }


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
_APPROVED = ("preferred", "admitted", "abbreviation", "short")


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
    forms: dict[str, list[list[Any]]], row: list[Any], text: str, pos: str, plurals: tuple[str, ...], exact: bool
) -> None:
    for form, inflection in inflected(text, pos, plurals):
        for surface in (form,) if exact else spellings(form):
            rows = forms.setdefault(surface, [])
            made = [*row, inflection, text]
            if made not in rows:
                rows.append(made)


def _pattern(en: str, pos: str) -> tuple[int, list[Any]]:
    parsed = parse(en)
    inflected_slot = head_slot(parsed, pos)
    slots: list[Any] = []
    for number, slot in enumerate(parsed):
        if slot.kind == "class":
            slots.append(slot.values[0])
            continue
        last = inflected_slot >= 0 and number == len(parsed) - 1
        slot_pos = pos if number == inflected_slot else "noun" if last else "phrase"
        rows = []
        for value in slot.values:
            made = member_choices(value, slot_pos, False, True) if value else [Choice("", (), "", False, "")]
            rows += [[choice.surface, choice.base, choice.inflection] for choice in made]
        slots.append(rows)
    return inflected_slot, slots


def _class_rows(morpheme: Table) -> list[list[Any]]:
    rows = []
    pos = morpheme.get("pos", "noun")
    for marked in (True, False):
        for member in morpheme.get("marked" if marked else "plain", ()):
            inner = {choice.surface for choice in member_choices(member, pos, marked, head=False)}
            for choice in member_choices(member, pos, marked, head=True):
                rows.append([choice.surface, choice.base, marked, choice.inflection, choice.surface not in inner])
    return rows


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


def read_cache(key: str) -> Table | None:
    """The tables kept under ``key``; None when there are none, they are damaged, or others could have written them."""
    path = cache_folder() / f"{key}.json"
    try:
        state = path.stat()
        if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
            return None
        tables = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return tables if isinstance(tables, dict) and "forms" in tables else None


def write_cache(key: str, tables: Table) -> None:
    """Keep ``tables`` under ``key``; a folder that cannot be written is no error. Older tables are removed."""
    folder = cache_folder()
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
        for old in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-8]:
            old.unlink()
