"""The Chinese beside documents: which file is the source of which, files that hold both, and ready pairs."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from checker.bitext import Link, SourceText, Span
from checker.config import ConfigError
from checker.document import LINE, Document
from checker.finding import CheckError
from checker.readers.sides import apart, is_both, is_chinese, neighbours
from checker.readers.walk import Listing, find_files, read_files

_CHINESE_NAME = re.compile(
    r"[._ -](?:zh|cn|chs|cht|chn|zho|chinese|zh[-_](?:cn|hans|sg|hk|tw|hant|mo)|source|src|原文|中文)$", re.IGNORECASE
)
_ENGLISH_NAME = re.compile(r"[._ -](?:en|eng|english|en[-_](?:us|gb|cn)|target|tgt|译文|英文)$", re.IGNORECASE)
_CELL = re.compile(r"[^\t\r\n]+")


class PairingError(ConfigError):
    """Two sides that cannot be put together; the message says why."""


def with_sources(
    documents: Iterable[Document | CheckError], listing: Listing, paths: Sequence[str], source: str, lines: bool = False
) -> Iterator[Document | CheckError]:
    """The documents with their Chinese beside them; Chinese files that are the source of another are left out.

    ``source`` is a file (for one document, or the file itself when it holds both languages) or a folder, in which the
    source has the document's name, with or without a mark of the language (NAME.zh.txt). ``paths`` are those the
    listing was made of; ``lines`` says that texts are translated line by line. A document without a source passes as it is. Raises PairingError when ``source`` is missing,
    or one file for several documents.
    """
    if os.path.isdir(source):
        yield from _from_folder(documents, paths, source, lines)
        return
    if not os.path.lexists(source):
        raise PairingError(f"{source}: there is no such file or folder")
    if len(listing.entries) > 1:
        raise PairingError(f"{source} is one file, but {len(listing.entries)} files are to be checked against it")
    for path, those in itertools.groupby(documents, _path):
        if not (os.path.exists(path) and os.path.samefile(path, source)):
            yield from beside(those, source, read_files(Listing((source,), 0)), lines)
        elif lines:
            raise PairingError(f"{source}: --lines is for two files; the lines of one that holds both are told apart")
        else:
            yield from (item if isinstance(item, CheckError) else both(item) for item in those)


def _from_folder(
    documents: Iterable[Document | CheckError], paths: Sequence[str], folder: str, lines: bool
) -> Iterator[Document | CheckError]:
    known = SourceFolder(folder, paths)
    paired, alone = 0, ""
    for name, those in itertools.groupby(documents, _path):
        items = list(those)
        if all(isinstance(item, CheckError) for item in items):
            yield from items
        elif not known.is_source(name):
            path = known.source_of(name)
            paired += path is not None
            alone = alone or ("" if path is not None else name)
            yield from items if path is None else beside(items, path, read_files(Listing((path,), 0)), lines)
    if alone and not paired:
        raise known.nothing_for(alone)


def paired_files(listing: Listing, paths: Sequence[str], folder: str) -> tuple[Listing, dict[str, str]]:
    """A listing without files that are the source of another, and the source of each file that has one.

    As of `with_sources`. Raises PairingError.
    """
    if not os.path.isdir(folder):
        raise PairingError(f"{folder}: there is no such folder")
    known = SourceFolder(folder, paths)
    left = tuple(entry for entry in listing.entries if isinstance(entry, CheckError) or not known.is_source(entry))
    files = [entry for entry in left if isinstance(entry, str)]
    found = {entry: path for entry in files if (path := known.source_of(entry)) is not None}
    if files and not found:
        raise known.nothing_for(files[0])
    return listing._replace(entries=left), found


class SourceFolder:
    """The files of a folder, among which others find their Chinese; ``paths`` are those the others were found by."""

    def __init__(self, folder: str, paths: Sequence[str]) -> None:
        self._folder = folder
        self._roots = [path for path in paths if os.path.isdir(path)]
        self._found: dict[tuple[str, str], list[str]] = {}
        for entry in find_files([folder]).entries:
            if isinstance(entry, str):
                self._found.setdefault(_key(os.path.relpath(entry, folder)), []).append(entry)

    def source_of(self, path: str) -> str | None:
        """The source of a file; None when it has none here."""
        others = self._others(path)
        chinese = [other for other in others if _CHINESE_NAME.search(Path(other).stem)]
        plain = [other for other in others if not _ENGLISH_NAME.search(Path(other).stem)]
        if not _ENGLISH_NAME.search(Path(path).stem) and self._lies_beside(path, others):
            plain = []
        return next(iter(chinese or plain), None)

    def is_source(self, path: str) -> bool:
        """Whether a file is the source of another one beside it."""
        return bool(_CHINESE_NAME.search(Path(path).stem)) and self._lies_beside(path, self._others(path))

    def nothing_for(self, path: str) -> PairingError:
        """What is to be said when no file has a source, such as that at ``path``."""
        stem, suffix = Path(path).stem, Path(path).suffix
        return PairingError(
            f"{self._folder}: no file there has the name of one that is checked ({stem}{suffix}, {stem}.zh{suffix})"
        )

    def _others(self, path: str) -> list[str]:
        within = next((root for root in self._roots if _is_below(path, root)), os.path.dirname(path))
        key = _key(os.path.relpath(path, within or "."))
        return [other for other in self._found.get(key, ()) if not _same(other, path)]

    @staticmethod
    def _lies_beside(path: str, others: Sequence[str]) -> bool:
        return bool(others) and os.path.dirname(os.path.abspath(path)) == os.path.dirname(os.path.abspath(others[0]))


def _path(item: Document | CheckError) -> str:
    return item.path


def beside(
    documents: Iterable[Document | CheckError], path: str, read: Iterable[Document | CheckError], lines: bool = False
) -> Iterator[Document | CheckError]:
    """The documents of a file with their Chinese, which was ``read`` from ``path``; ``lines`` as of `with_sources`.

    Of a workbook a sheet has the sheet of its name, else the one at its place, unless that has a namesake among them; a
    sheet for which there is none passes as it is.
    """
    items, chinese = list(documents), list(read)
    ours = {item.record for item in items}
    theirs = {item.record: item for item in chinese}
    for number, item in enumerate(items):
        if isinstance(item, CheckError):
            yield item
            continue
        own: Document | CheckError | None = chinese[0]
        if item.record is not None and len(chinese) > 1:
            there = chinese[number] if number < len(chinese) else None
            own = theirs.get(item.record, there if there is not None and there.record not in ours else None)
        yield item if own is None else with_chinese(item, path, own, lines)


def with_chinese(
    document: Document, path: str, read: Document | CheckError, lines: bool = False
) -> Document | CheckError:
    """A document with its Chinese, which was ``read`` from ``path``; ``lines`` as of `with_sources`."""
    if isinstance(read, CheckError):
        return CheckError(document.path, document.record, read.reason, f"its source {path}: {read.message}")
    try:
        pairs = line_pairs(document.readable, read.readable) if lines else None
    except PairingError as problem:
        return CheckError(document.path, document.record, "lines-differ", str(problem))
    return document._replace(source=SourceText(path, read.readable if lines else _chinese_of(read), pairs))


def _chinese_of(document: Document) -> str:
    """The text of a document that is to be a source: its Chinese side alone where it holds both."""
    if document.source is None and is_both(document.readable.splitlines()):
        document = both(document)
    return document.readable if document.source is None else document.source.text


def _key(name: str) -> tuple[str, str]:
    path = Path(name)
    stem = _ENGLISH_NAME.sub("", _CHINESE_NAME.sub("", path.stem))
    return path.parent.as_posix(), stem.casefold()


def _is_below(path: str, folder: str) -> bool:
    return Path(os.path.abspath(folder)) in Path(os.path.abspath(path)).parents


def _same(path: str, other: str) -> bool:
    return os.path.abspath(path) == os.path.abspath(other)


def both(document: Document) -> Document:
    """The document of a file that holds both languages, line by line or as a table of tab-separated cells.

    Each side keeps its offsets: what belongs to the other is blanked. Cells of one line are a ready pair, and so are
    lines that take turns throughout; other lines are left to the alignment. What its reader has already parted stays.
    """
    if document.source is not None:
        return document
    text = document.readable
    lines = [
        [(m.start() + c.start(), m.start() + c.end()) for c in _CELL.finditer(m.group())] for m in LINE.finditer(text)
    ]
    chinese = [[cell for cell in cells if is_chinese(text[slice(*cell)])] for cells in lines]
    pairs = []
    for cells, theirs in zip(lines, chinese, strict=True):
        ours = [cell for cell in cells if cell not in theirs]
        if ours and theirs:
            pairs.append((max(ours, key=_length), max(theirs, key=_length)))
    if not pairs:
        filled = [cells[0] for cells in lines if cells]
        pairs = neighbours(filled, [is_chinese(text[slice(*cell)]) for cell in filled])
    english, source = apart(text, [cell for cells in chinese for cell in cells], document.path, pairs)
    if document.view is not None:
        return document._replace(view=english, source=source)
    return document._replace(text=english, source=source)


def _length(span: Span) -> int:
    return span[1] - span[0]


def line_pairs(english: str, chinese: str) -> tuple[Link, ...]:
    """The links of two texts that are translated line by line. Raises PairingError when the counts of lines differ."""
    ours, theirs = (_lines(text) for text in (english, chinese))
    if len(ours) != len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=False), 1)
        parted = next((n for n, ((a, b), (c, d)) in pairs if (a < b) != (c < d)), None)
        where = f"; line {parted} is empty in only one of them" if parted else ""
        raise PairingError(f"line by line, but the English has {len(ours)} lines and the Chinese {len(theirs)}{where}")
    return tuple(Link(*a, *b, trusted=True) for a, b in zip(ours, theirs, strict=True) if a[0] < a[1] or b[0] < b[1])


def _lines(text: str) -> list[tuple[int, int]]:
    made = []
    for match in LINE.finditer(text):
        if match.end() == len(text) and not match.group():
            break
        content = match.group().strip()
        start = match.start() + (match.group().index(content) if content else 0)
        made.append((start, start + len(content)))
    return made
