"""Huge texts and web pages in parts, each checked as a page: what a check remembers of a text is many times its size."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from checker.document import Document
from checker.finding import CheckError

PART = 4 * 1024 * 1024
"""How many characters are checked as one page."""

_ENDS = ("\n\n", "\r\n\r\n", "\n", "\r", ". ", "。", " ")  # where a text is cut, the best first


def in_parts(items: Iterable[Document | CheckError], size: int = PART) -> Iterator[Document | CheckError]:
    """The documents, those of more than ``size`` characters in parts, cut where a paragraph, line or sentence ends.

    Containers, and what has its Chinese beside it, stay whole.
    Offsets are those of the part, lines and columns those of the file; the record says which part it is.
    """
    for item in items:
        if isinstance(item, CheckError) or len(item.text) <= size or item.units or item.source is not None:
            yield item
        else:
            parts = _parts(item, size)
            del item  # which is huge, and no longer wanted
            yield from parts


def _parts(document: Document, size: int) -> list[Document]:
    text, view = document.text, document.view
    ends = [0]
    while ends[-1] < len(text):
        end = _end(document.readable, ends[-1], size)
        ends.append(end + (text[end - 1 : end + 1] == "\r\n"))  # a view may have blanks for them
    begins = document.begins
    made = []
    for number, (start, end) in enumerate(itertools.pairwise(ends), 1):
        name = f"part {number} of {len(ends) - 1}"
        shown = None if view is None else view[start:end]
        beside = tuple((a - start, b - start, what) for a, b, what in document.outside if start <= a and b <= end)
        part = document._replace(text=text[start:end], view=shown, record=name, begins=begins, outside=beside)
        begins = part.position(end - start)
        made.append(part)
    return made


def _end(text: str, start: int, size: int) -> int:
    """Where the part that begins at ``start`` ends: in its last half, as well as can be."""
    furthest = start + size
    if furthest >= len(text):
        return len(text)
    for sign in _ENDS:
        found = text.rfind(sign, start + size // 2, furthest)
        if found >= 0:
            return found + len(sign)
    return furthest
