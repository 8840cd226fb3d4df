"""What the views of different formats have in common."""

from __future__ import annotations

import re

from checker.document import HEAD, TAG, TAIL

_RUN = re.compile(rf"[ \u00a0\u3000{TAG}{TAIL}{HEAD}]+")  # with or without marks: a choice in the pattern costs time

AS_BLANKS = str.maketrans(dict.fromkeys((TAG, TAIL, HEAD), " "))
"""A table for `str.translate` that puts blanks for the marks of a view, which keeps offsets."""


def clear_edges(view: str) -> str:
    """``view`` with blanks for the marks at the edges of its lines, so that a line begins and ends with what it says."""
    return _RUN.sub(_at_edges, view)


def _at_edges(match: re.Match[str]) -> str:
    text = match.string
    start, end = match.span()
    if start == 0 or end == len(text) or text[start - 1] in "\r\n" or text[end] in "\r\n":
        return match.group().translate(AS_BLANKS)
    return match.group()
