"""The files of a glossary that are open: linted as ``yigai glossary lint`` does, with what stands in the editor.

`tree`, `start` and `finish` belong to one thread; `latest` and `first` are for any.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from checker.document import Document
from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.registry import findings, without_accepted
from checker.glossary_lint.rule import GlossaryRule
from checker.language_server.buffers import Buffer, Buffers
from checker.language_server.edits import changes
from checker.readers.walk import find_files, read_files
from glossary.layers import DATA
from glossary.working_tree import WorkingTree, read_file, read_tree

SUFFIXES = (".yaml", ".yml")
_BESIDE = ("morphemes", *DATA)
_SLOW = frozenset({"GLS807", "GLS813", "GLS814", "GLS815", "GLS821"})
"""Rules that take most of the time on a thousand concepts: they come after the others."""
_OF_ONE_FILE = frozenset({"GLS801", "GLS803"})
"""Rules that need no other file: they come first."""


class Lint(NamedTuple):
    """A run over a tree: what was ``found`` so far and is not accepted, and the state of each file that is open.

    ``fast`` is what the fast rules found.
    """

    desk: Desk
    buffers: dict[Path, Buffer]
    fast: list[Finding]
    found: list[Finding]

    def of(self, path: Path) -> list[Finding]:
        """The findings of one file."""
        return [finding for finding in self.found if Path(os.path.abspath(finding.path)) == path]


class StaleError(Exception):
    """The text has changed while it was looked at."""


def terms_folder(path: Path, layers: Sequence[str] = ()) -> Path | None:
    """The folder of entries that a file belongs to, or lies beside as a file of morphemes or names; None for others.

    It is a folder called ``terms`` with the other files of a glossary beside it or in a folder called ``glossary``, or
    a folder among the configured ``layers``.
    """
    if path.suffix not in SUFFIXES:
        return None
    for layer in map(Path, layers):
        if layer.is_dir() and path.is_relative_to(layer):
            return layer / "terms" if (layer / "terms").is_dir() else layer
    for folder in path.parents:
        beside = folder.parent
        if folder.name == "terms" and (beside.name == "glossary" or any((beside / name).exists() for name in _BESIDE)):
            return folder
        if (folder.name == "morphemes" or (folder == path.parent and path.name in DATA)) and (
            (beside if folder.name == "morphemes" else folder) / "terms"
        ).is_dir():
            return (beside if folder.name == "morphemes" else folder) / "terms"
    return None


class GlossaryFiles:
    """Lints the working trees of the files that are open."""

    def __init__(self, buffers: Buffers) -> None:
        self.latest: dict[Path, WorkingTree] = {}
        self._buffers = buffers
        self._controls: dict[Path, list[Document]] = {}
        self._last: dict[Path, tuple[str, list[Finding]]] = {}

    def tree(self, terms: Path) -> WorkingTree:
        """The tree of a folder of entries, with what stands in the editor. Raises OSError."""
        edited = {_shown(b.path): b.text.encode("utf-8", "replace") for b in self._buffers if b.path is not None}
        made = self.latest[terms] = read_tree(_shown(terms), edited)
        return made

    def first(self, terms: Path, buffer: Buffer) -> list[Finding]:
        """What is wrong with one open file by itself, and what was found before where the text still stands."""
        if buffer.path is None:
            return []
        path = _shown(buffer.path)
        file = read_file(path, _kind(buffer.path, terms), {path: buffer.text.encode("utf-8", "replace")})
        desk = Desk(WorkingTree(terms, [file]))
        found = findings(desk, lambda rule: rule.code in _OF_ONE_FILE)
        found += self._carried(buffer, desk, lambda code: code not in _OF_ONE_FILE)
        return without_accepted(found, desk)

    def start(self, terms: Path, stale: Callable[[], bool]) -> Lint:
        """What the fast rules find, and what the slow ones found before. Raises StaleError, OSError."""
        open_now = {buffer.path: buffer for buffer in self._buffers if buffer.path is not None}
        desk = Desk(self.tree(terms), self._clean_english(terms))
        fast = findings(desk, lambda rule: not _is_slow(rule, stale))
        found = [*fast]
        for path in self._last.keys() & open_now.keys():
            found += self._carried(open_now[path], desk, _SLOW.__contains__)
        return Lint(desk, open_now, fast, without_accepted(found, desk))

    def finish(self, lint: Lint, stale: Callable[[], bool]) -> Lint:
        """What all rules find. Raises StaleError when the text has changed meanwhile."""
        slow = findings(lint.desk, lambda rule: _is_slow(rule, stale))
        found = sorted([*lint.fast, *slow], key=_place)
        by_path: dict[Path, list[Finding]] = {}
        for finding in found:
            by_path.setdefault(Path(os.path.abspath(finding.path)), []).append(finding)
        self._last = {path: (buffer.text, by_path.get(path, [])) for path, buffer in lint.buffers.items()}
        return lint._replace(found=without_accepted(found, lint.desk))

    def _carried(self, buffer: Buffer, desk: Desk, wanted: Callable[[str], bool]) -> list[Finding]:
        """What rules of the ``wanted`` codes found in the last state of a file, as far as the text still stands."""
        old, found = self._last.get(buffer.path or Path(), (buffer.text, []))
        return _moved([finding for finding in found if wanted(finding.rule)], old, buffer.text, desk)

    def _clean_english(self, terms: Path) -> list[Document]:
        """The pages of clean English in ``data/controls`` beside the glossary's folder."""
        folder = terms.parent.parent / "data" / "controls"
        if folder not in self._controls:
            listing = find_files([_shown(folder).as_posix()]) if folder.is_dir() else None
            read = read_files(listing) if listing is not None else ()
            self._controls[folder] = [item for item in read if isinstance(item, Document)]
        return self._controls[folder]


def _moved(found: Sequence[Finding], old: str, new: str, desk: Desk) -> list[Finding]:
    """Findings in an older state of a text that do not touch what has changed, at their new places."""
    made = changes(old, new)
    files = {file.name: file for file in desk.tree.files}
    kept = []
    for finding in found:
        if finding.path not in files or any(start <= finding.end and finding.start <= end for start, end, _ in made):
            continue
        shift = sum(len(words) - (end - start) for start, end, words in made if end <= finding.start)
        start, end = finding.start + shift, finding.end + shift
        document = desk.document(files[finding.path])
        line, column = document.position(start)
        end_line, end_column = document.position(end)
        kept.append(
            finding._replace(start=start, end=end, line=line, column=column, end_line=end_line, end_column=end_column)
        )
    return kept


def _is_slow(rule: GlossaryRule, stale: Callable[[], bool]) -> bool:
    if stale():
        raise StaleError
    return rule.code in _SLOW


def _kind(path: Path, terms: Path) -> str:
    """The kind of a file of a tree, as `read_file` takes it."""
    if path.is_relative_to(terms):
        return "terms"
    if path.name not in DATA:
        return "morphemes"
    return "hosts" if path.name == "sources.yaml" else "names"


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.path, finding.start, finding.end, finding.rule, finding.message


def _shown(path: Path) -> Path:
    """A path as the command line shows it: from the working folder where it lies below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
