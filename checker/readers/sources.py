"""The Chinese beside documents: which file is the source of which, files that hold both, and ready pairs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from checker.bitext import Link, SourceText
from checker.config import ConfigError
from checker.document import LINE, Document
from checker.finding import CheckError
from checker.readers.walk import Listing, find_files, read_files

_CHINESE_NAME = re.compile(
    r"[._ -](?:zh|cn|chs|cht|chn|zho|chinese|zh[-_](?:cn|hans|sg|hk|tw|hant|mo)|source|src|原文|中文)$", re.IGNORECASE
)
_ENGLISH_NAME = re.compile(r"[._ -](?:en|eng|english|en[-_](?:us|gb|cn)|target|tgt|译文|英文)$", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003134f]")
_LATIN = re.compile("[A-Za-z]")


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
    for document in documents:
        if isinstance(document, CheckError):
            yield document
        elif os.path.exists(document.path) and os.path.samefile(document.path, source):
            yield both(document)
        else:
            yield _beside(document, source, lines)


def _from_folder(
    documents: Iterable[Document | CheckError], paths: Sequence[str], folder: str, lines: bool
) -> Iterator[Document | CheckError]:
    found: dict[tuple[str, str], list[str]] = {}
    for entry in find_files([folder]).entries:
        if isinstance(entry, str):
            found.setdefault(_key(os.path.relpath(entry, folder)), []).append(entry)
    roots = [path for path in paths if os.path.isdir(path)]
    for document in documents:
        if isinstance(document, CheckError):
            yield document
            continue
        within = next((root for root in roots if _is_below(document.path, root)), os.path.dirname(document.path))
        key = _key(os.path.relpath(document.path, within or "."))
        others = [path for path in found.get(key, ()) if not _same(path, document.path)]
        stem = Path(document.path).stem
        chinese = [path for path in others if _CHINESE_NAME.search(Path(path).stem)]
        plain = [path for path in others if not _ENGLISH_NAME.search(Path(path).stem)]
        here = os.path.dirname(os.path.abspath(document.path)) == os.path.dirname(os.path.abspath((others or [""])[0]))
        if _CHINESE_NAME.search(stem) and here and others:
            continue  # the source of another
        wanted = chinese or ([] if here and not _ENGLISH_NAME.search(stem) else plain)
        yield _beside(document, wanted[0], lines) if wanted else document


def _beside(document: Document, path: str, lines: bool) -> Document | CheckError:
    read = next(read_files(Listing((path,), 0)))
    if isinstance(read, CheckError):
        return CheckError(document.path, document.record, read.reason, f"its source {path}: {read.message}")
    try:
        pairs = line_pairs(document.readable, read.readable) if lines else None
    except PairingError as problem:
        return CheckError(document.path, document.record, "lines-differ", str(problem))
    return replace(document, source=SourceText(path, read.readable, pairs))


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

    Each side keeps its offsets: what belongs to the other is blanked. Cells of one line are a ready pair; lines are
    left to the alignment. What its reader has already parted stays as it is.
    """
    if document.source is not None:
        return document
    text = document.readable
    english, chinese = list(text), list(text)
    pairs: list[Link] = []
    for line in LINE.finditer(text):
        cells = [match.span() for match in re.finditer(r"[^\t\r\n]+", text[line.start() : line.end()])]
        spans = [(line.start() + start, line.start() + end) for start, end in cells]
        ours = [span for span in spans if not _is_chinese(text[slice(*span)])]
        theirs = [span for span in spans if _is_chinese(text[slice(*span)])]
        for start, end in ours:
            chinese[start:end] = " " * (end - start)
        for start, end in theirs:
            english[start:end] = " " * (end - start)
        if ours and theirs:
            longest = max(ours, key=lambda span: span[1] - span[0])
            pairs.append(Link(*longest, *max(theirs, key=lambda span: span[1] - span[0]), trusted=True))
    whole = len(pairs) > 0 and len(pairs) >= 0.8 * sum(1 for line in text.splitlines() if line.strip())
    source = SourceText(document.path, "".join(chinese), tuple(pairs) if whole else None)
    if document.view is not None:
        return replace(document, view="".join(english), source=source)
    return replace(document, text="".join(english), source=source)


def _is_chinese(text: str) -> bool:
    return len(_HAN.findall(text)) * 4 > len(_LATIN.findall(text))


def line_pairs(english: str, chinese: str) -> tuple[Link, ...]:
    """The links of two texts that are translated line by line. Raises PairingError when the counts of lines differ."""
    ours, theirs = (_lines(text) for text in (english, chinese))
    if len(ours) != len(theirs):
        raise PairingError(f"line by line, but the English has {len(ours)} lines and the Chinese {len(theirs)}")
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
