"""What the views of different formats have in common."""

from __future__ import annotations

from checker.document import HEAD, TAG, TAIL

_EDGE = f" \u00a0\u3000{TAG}{TAIL}{HEAD}"

AS_BLANKS = str.maketrans(dict.fromkeys((TAG, TAIL, HEAD), " "))
"""A table for `str.translate` that puts blanks for the marks of a view, which keeps offsets."""


def clear_edges(view: str) -> str:
    """``view`` with blanks for the marks at the edges of its lines, so that a line begins and ends with what it says."""
    return "\n".join([line if line.isspace() else _cleared(line) for line in view.split("\n")])


def _cleared(line: str) -> str:
    if "\r" in line:
        return "\r".join(map(_cleared, line.split("\r")))
    inner = line.lstrip(_EDGE)
    before = line[: len(line) - len(inner)]
    inner = inner.rstrip(_EDGE)
    return f"{_blank(before)}{inner}{_blank(line[len(before) + len(inner) :])}"


def _blank(edge: str) -> str:
    if not edge or edge.isspace():
        return edge
    for mark in (TAG, TAIL, HEAD):
        edge = edge.replace(mark, " ")
    return edge
