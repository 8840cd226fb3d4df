"""The glossary of a working tree, read for those who keep it: every file with its mistakes, what can be used compiled.

Unlike `glossary.load`, one bad file does not hide the others. What is made of a file is kept in the cache by the
file's content, so that after an edit only the edited file is read anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from glossary.cache import cache_folder, cache_key, keep, read_kept, trim
from glossary.compiled import Table, compile_tables, published
from glossary.concept import packed_concept
from glossary.keyed_rows import FIELD, ROW
from glossary.layers import DATA, MAX_BYTES, ROOT, Glossary
from glossary.positions import Span, value_spans
from glossary.problems import GlossaryError, Problem
from glossary.templates import TemplateError, is_template, parse
from glossary.version import VERSION
from glossary.yaml_file import read_concepts, read_hosts, read_morphemes, read_names

_GROUP = "tree"
_KEPT = 600  # files in the cache
_FORMAT = "6"
_ENGLISH_LISTS = ("admitted", "short", "ignore", "abbreviations")
_RENDERING_LISTS = ("deprecated", "wrong", "patterns")
_LISTED = ("patterns", "morphemes", "classes", "modifiers")


@dataclass(eq=False)
class TreeFile:
    """One file. ``kind`` is "terms", "morphemes", "names" or "hosts"; ``name`` is how it is reported.

    ``entries`` holds what could be read, as the functions of `glossary.yaml_file` give it; ``compiled`` the tables of
    a file of terms or morphemes; ``first_difference`` the line from which the file differs from its canonical form, 0
    where it does not or has none. An ``installed`` file is not the tree's own; an ``edited`` one stands so in an editor
    and leaves nothing in the cache.
    """

    path: Path
    name: str
    kind: str
    text: str
    entries: Any
    compiled: Table
    problems: list[Problem]
    first_difference: int = 0
    installed: bool = False
    edited: bool = False

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Where each value stands (see `value_spans`)."""
        key = _key("spans", self.text.encode("utf-8"))
        kept = recall(key)
        if kept is None:
            kept = {"spans": value_spans(self.text)}
            if not self.edited:
                remember(key, kept)
        return {path: (span[0], span[1]) for path, span in kept["spans"].items()}

    @cached_property
    def numbers(self) -> list[int]:
        """The place of each entry in the file's list; those that cannot be read are no entries but have a place."""
        if not self.problems:
            return [*range(len(self.entries))]
        starts = ((path, start) for path, (start, _) in self.spans.items() if path.isdecimal())
        by_line = {self.text.count("\n", 0, start) + 1: int(path) for path, start in starts}
        return [by_line.get(entry["line"], number) for number, entry in enumerate(self.entries)]


@dataclass(eq=False)
class WorkingTree:
    """The files of a tree. ``terms`` is the folder of its concepts."""

    terms: Path
    files: list[TreeFile]

    def of_kind(self, kind: str) -> Iterator[TreeFile]:
        """The files of one kind, in order."""
        return (file for file in self.files if file.kind == kind)

    @property
    def problems(self) -> list[Problem]:
        """Every mistake met while reading, by file."""
        return [problem for file in self.files for problem in file.problems]

    @cached_property
    def hosts(self) -> dict[str, dict[str, str]]:
        """The table of hosts: who publishes there."""
        return {host: row for file in self.of_kind("hosts") for host, row in file.entries.items()}

    @cached_property
    def glossary(self) -> Glossary:
        """What can be used of the tree: unreadable templates, and patterns over unknown classes, are left out."""
        names: Table = {"places": [], "institutions": [], "pairs": []}
        for file in self.of_kind("names"):
            names |= file.entries
        tables = compile_tables([], [], {**names, "hosts": {}})
        for file in self.of_kind("morphemes"):
            tables["members"].add_parts(file.compiled["members"])
            shift = len(tables["morphemes"])
            tables["modifiers"] += [number + shift for number in file.compiled["modifiers"]]
            tables["morphemes"] += file.compiled["morphemes"]
            tables["classes"] += file.compiled["classes"]
        for file in self.of_kind("terms"):
            shift = len(tables["ids"])
            tables["forms"].add_parts(file.compiled["forms"], partial(_forms_shifted, shift))
            tables["anchors"].add_parts(file.compiled["anchors"], partial(_shifted, len(tables["patterns"])))
            for line in file.compiled["patterns"]:
                number, _, rest = line.partition(" ")
                tables["patterns"].append(f"{int(number) + shift} {rest}")
            for entry in file.entries:
                usable = _usable(entry)
                usable["sources"] = [source | published(source, self.hosts) for source in entry.get("sources", ())]
                tables["concepts"].append(packed_concept(usable))
                tables["ids"].append(entry["id"])
        return Glossary(tables, _key("tree", *(file.text.encode("utf-8") for file in self.files))[:16])

    @cached_property
    def concepts(self) -> list[tuple[TreeFile, int, Table]]:
        """``(file, number in it, entry)`` of every concept, in the order of the glossary's tables."""
        return [
            (f, number, entry)
            for f in self.of_kind("terms")
            for number, entry in zip(f.numbers, f.entries, strict=True)
        ]

    @cached_property
    def morphemes(self) -> list[tuple[TreeFile, Table]]:
        """``(file, entry)`` of every morpheme class."""
        return [(file, entry) for file in self.of_kind("morphemes") for entry in file.entries]


def read_tree(terms: Path, edited: Mapping[Path, bytes] = MappingProxyType({})) -> WorkingTree:
    """Read the tree whose concepts lie in the folder ``terms``; its morphemes and tables lie beside it.

    What the tree lacks is taken from the installed copy. ``edited`` holds what an editor has of some of its files, which
    goes for what is on disk. Mistakes are kept with the files. Raises OSError.
    """
    beside = terms.parent
    folder = beside / "morphemes" if (beside / "morphemes").is_dir() else ROOT / "morphemes"
    files = [read_file(path, "terms", edited) for path in _listed(terms)]
    files += [read_file(path, "morphemes", edited, folder.parent == ROOT) for path in _listed(folder)]
    for name in DATA:
        own = (beside / name).is_file()
        path = beside / name if own else ROOT / name
        files.append(read_file(path, "hosts" if name == "sources.yaml" else "names", edited, not own))
    trim(cache_folder() / _GROUP, "*.json", _KEPT)
    return WorkingTree(terms, files)


def _listed(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yaml") if path.is_file())


def read_file(path: Path, kind: str, edited: Mapping[Path, bytes], installed: bool = False) -> TreeFile:
    """One file of a tree, as `read_tree` reads it. Raises OSError."""
    content = edited.get(path)
    if content is None:
        content = path.read_bytes()
    name = path.as_posix()
    if len(content) > MAX_BYTES:
        return _unreadable(path, kind, f"the file is larger than {MAX_BYTES:,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return _unreadable(path, kind, f"not UTF-8 at byte {problem.start}")
    key = _key(kind, path.parent.name.encode(), content)
    made = recall(key)
    if made is None:
        made = _make(name, text, kind, path.parent.name)
        if path not in edited:
            remember(key, made)
    problems = [Problem(name, *row) for row in made["problems"]]
    if isinstance(made["entries"], list):
        for entry in made["entries"]:
            entry["file"] = name
    first = made["first_difference"]
    return TreeFile(path, name, kind, text, made["entries"], made, problems, first, installed, path in edited)


def _unreadable(path: Path, kind: str, message: str) -> TreeFile:
    problem = Problem(path.as_posix(), 1, 1, message)
    entries: Any = [] if kind in ("terms", "morphemes") else {}
    empty: Table = {name: {} for name in ("forms", "anchors", "members")} | {name: [] for name in _LISTED}
    return TreeFile(path, path.as_posix(), kind, "", entries, empty, [problem])


def _make(name: str, text: str, kind: str, field: str) -> Table:
    from glossary.canonical import canonical

    entries: Any
    made: Table = {"forms": {}, "first_difference": 0}
    no_names: Table = {"places": [], "institutions": [], "pairs": [], "hosts": {}}
    if kind == "terms":
        entries, problems = read_concepts(name, text, field)
        made |= _compiled(compile_tables(list(map(_usable, entries)), [], no_names))
    elif kind == "morphemes":
        entries, problems = read_morphemes(name, text)
        made |= _compiled(compile_tables([], entries, no_names))
    else:
        entries, problems = read_hosts(name, text) if kind == "hosts" else read_names(name, text)
    if kind in ("terms", "morphemes") and not problems:
        try:
            written = canonical(name, text, kind == "morphemes")
        except GlossaryError as error:
            problems = error.problems
        else:
            made["first_difference"] = _first_difference(text, written)
    rows = [[p.line, p.column, p.message, p.frame] for p in problems]
    return {**made, "entries": entries, "problems": rows}


def _compiled(tables: Table) -> Table:
    made = {key: tables[key].parts() for key in ("forms", "anchors", "members")}
    return made | {key: tables[key] for key in _LISTED}


def _forms_shifted(shift: int, rows: str) -> str:
    """Rows of forms, the numbers of their concepts ``shift`` higher."""
    split = [row.split(FIELD) for row in rows.split(ROW)]
    for fields in split:
        fields[3::5] = [str(int(number) + shift) for number in fields[3::5]]
    return ROW.join(map(FIELD.join, split))


def _shifted(shift: int, numbers: str) -> str:
    return ROW.join([str(int(number) + shift) for number in numbers.split(ROW)])


def _first_difference(text: str, written: str) -> int:
    if text == written:
        return 0
    old, new = text.split("\n"), written.split("\n")
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), min(len(old), len(new)))


def _usable(entry: Table) -> Table:
    """A copy of a concept without the forms that cannot be read; one whose name cannot be read is withdrawn."""
    kept = dict(entry)
    for key in _ENGLISH_LISTS:
        if key in kept:
            kept[key] = [form for form in kept[key] if _readable(form)]
    for key in _RENDERING_LISTS:
        if key in kept:
            kept[key] = [item for item in kept[key] if _readable(item["en"])]
    if not _readable(kept["preferred"]):
        kept["status"] = "withdrawn"
    return kept


def _readable(form: str) -> bool:
    if not is_template(form):
        return True
    try:
        return bool(parse(form))
    except TemplateError:
        return False


def recall(key: str) -> Table | None:
    """What was remembered under ``key``, or None."""
    try:
        made: Table = json.loads(read_kept(cache_folder() / _GROUP / f"{key}.json") or b"")
    except ValueError:
        return None
    return made


def remember(key: str, made: Table) -> None:
    """Keep what was worked out on a tree in the cache; a folder that cannot be written is no error."""
    keep(cache_folder() / _GROUP / f"{key}.json", json.dumps(made, ensure_ascii=False))


def _key(*parts: str | bytes) -> str:
    # This module and the canonical form are part of what is kept; `cache_key` knows of the rest of the package.
    own = [str((ROOT / name).stat().st_mtime_ns) for name in ("working_tree.py", "canonical.py", "positions.py")]
    return cache_key([part.encode() if isinstance(part, str) else part for part in (*parts, *own, _FORMAT)], VERSION)
