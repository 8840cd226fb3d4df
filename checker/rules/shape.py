"""A page with each character as its class: marks beside words are found in it by patterns that begin with one character.

What these find are candidates: a class holds all characters it is named for, and now and then another one.
"""

from __future__ import annotations

from typing import NamedTuple

from checker.page import Page, once_a_page
from glossary.lazy_pattern import lazy

END = "\x01"
"""Stands behind each block; at least a line end is there."""
WIDE = "_"
"""The wide blank of Chinese; all other blanks inside a line that count as such are " "."""
OTHER = "?"
"""What is not told apart: letters and marks of all other scripts, figures that are no digits."""
CODE = "="
"""Marks that only code has beside quotation marks."""

_NAMED = {" ": " ", "\t": " ", "\u00a0": " ", "\n": "\n", "-": "-", "/": "-", "$": "$", "\x80": WIDE}
_NAMED |= {mark: mark for mark in '"()[],;.'} | dict.fromkeys("'`\\{}<>=", CODE) | {"\x93": "<", "\x94": ">"}
# What is not Latin becomes a question mark; a few marks first change places with characters that no text needs.
_STAND_INS = (("?", "!"), ("\x80", "!"), ("\x93", "!"), ("\x94", "!"), ("\u3000", "\x80"), ("“", "\x93"), ("”", "\x94"))


def _class_of(char: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if char.isascii() and char.isalnum():
        return "0" if char.isdigit() else "A" if char.isupper() else "a"
    if char.isspace():
        return "^"
    return "x" if char.isalpha() else OTHER if char.isalnum() else "!"


_ASCII = "".join(map(_class_of, map(chr, range(256)))).encode("ascii")
_LATIN = _ASCII[: ord("?")] + OTHER.encode() + _ASCII[ord("?") + 1 :]
_MERGED = bytes.maketrans(b"Ax?<>,;", b"aaa()))")
_INNER_CAPITAL = lazy("A(?<=aA)(?=a)")


class Shape(NamedTuple):
    """The classes of a text's characters, one for each, and END behind the last one.

    In ``classes`` a and A are small and capital letters of English, x other Latin ones, 0 a digit, < and > curly
    quotation marks, - also a slash, ^ a blank and ! a mark that stand for no other class. In ``outline`` a is any
    letter, ( what opens: bracket or curly quotation mark, ) what closes, a comma or a semicolon.
    """

    classes: str
    outline: str


@once_a_page
def shape(page: Page) -> Shape:
    """The shape of a page's text."""
    text = page.text
    if text.isascii():
        made = bytearray(text, "ascii").translate(_ASCII)
    else:
        for char, stand_in in _STAND_INS:
            text = text.replace(char, stand_in)
        made = bytearray(text, "latin-1", "replace").translate(_LATIN)
    made.append(ord(END))
    for _, end in page.blocks:
        made[end] = ord(END)
    return Shape(made.decode("ascii"), made.translate(_MERGED).decode("ascii"))


@once_a_page
def inner_capitals(page: Page) -> list[int]:
    """The capitals of English right behind a small letter and before another one, in order."""
    return [match.start() for match in _INNER_CAPITAL.finditer(shape(page).classes)]
