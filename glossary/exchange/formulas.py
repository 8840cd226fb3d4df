"""Cells that a spreadsheet would work out, kept as text."""

from __future__ import annotations

_FORMULA = "=+-@\t\r\n＝＋－＠"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take a cell's text for something to work out."""
    return text.lstrip(" \u00a0\u3000")[:1] in tuple(_FORMULA)


def guarded(text: str) -> str:
    """``text`` for a cell of a text table: with an apostrophe before what may be taken for a formula."""
    return f"'{text}" if looks_like_formula(text) else text


def unguarded(text: str) -> str:
    """A cell's text without the apostrophe that `guarded` puts."""
    return text[1:] if text[:1] == "'" and looks_like_formula(text[1:]) else text
