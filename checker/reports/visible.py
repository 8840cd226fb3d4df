"""Text made safe and measurable for a terminal: nothing of a page may steer the screen or hide on it."""

from __future__ import annotations

import unicodedata

_BLANKS = frozenset("\t\n\r\u00a0\u2028\u2029\u3000\x0b\x0c\x85")


def visible(text: str) -> str:
    """``text`` with blanks of every kind as spaces, and control and format characters as ``<U+XXXX>``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _visible_character(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    if char in _BLANKS:
        return " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return f"<U+{ord(char):04X}>"
    return char


def _columns(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
