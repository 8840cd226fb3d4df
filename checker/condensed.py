"""The view of a web page without what stands for its mark-up, so that rules need not go over it, and the way back."""

from __future__ import annotations

import bisect
import re

from checker.bitext import Span
from checker.document import TAG, Document

_RUN = re.compile(f" {{9}} *+|{TAG}{{9}}{TAG}*+")


class Condensed:
    """A view in which long runs of blanks, and of what stands for tags, are two characters: the first and the last one.

    So whatever begins or ends beside a run has one place in the view.
    """

    def __init__(self, view: str) -> None:
        self._begins = [0]  # where the pieces that are kept begin in the condensed text
        self._stood = [0]  # and in the view
        pieces: list[str] = []
        last = made = 0
        for match in _RUN.finditer(view):
            start, end = match.span()
            pieces.append(view[last : start + 1])
            made += start + 1 - last
            last = end - 1
            self._begins.append(made)
            self._stood.append(last)
        self.text = "".join([*pieces, view[last:]])

    def place(self, start: int, end: int) -> Span:
        """Where ``start..end`` of the condensed text stands in the view."""
        begin = self._place(start)
        return begin, (self._place(end - 1) + 1 if end > start else begin)

    def find(self, offset: int) -> int:
        """The place of a character of the view in the condensed text, or of the nearest one before it."""
        number = bisect.bisect_right(self._stood, offset) - 1
        found = self._begins[number] + offset - self._stood[number]
        return min(found, self._begins[number + 1] - 1) if number + 1 < len(self._begins) else found

    def _place(self, offset: int) -> int:
        number = bisect.bisect_right(self._begins, offset) - 1
        return self._stood[number] + offset - self._begins[number]


def condensed(document: Document) -> Condensed | None:
    """The condensed view of a web page; None for what has no such view, or a Chinese side whose offsets are those of the file."""
    if document.view is None or document.kind != "html" or document.source is not None:
        return None
    return Condensed(document.view)
