"""The one folding of text: characters fold one to one, so offsets survive; runs of blanks collapse through a map."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from glossary.lazy_pattern import lazy

_QUOTES = {**dict.fromkeys("‘’‛′｀´", "'"), **dict.fromkeys("“”„‟″«»", '"')}
_BLANKS = dict.fromkeys(
    "-‐‑‒–−﹣－\t\n\r\v\f\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_BLANKS |= dict.fromkeys("~^`|", " ")  # no term has them, and compiled tables part their fields with them
_DROPPED = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", "\u200b")
_FIXED = {**_QUOTES, **_BLANKS, **_DROPPED}
_ASCII = str.maketrans({key: value for key, value in _FIXED.items() if key.isascii()})
_RUN = lazy("[ \u200b]{2,}|\u200b")


@cache
def _han() -> dict[str, str]:
    # Two lines of equal length, made from OpenCC's single-character tables t2s, hk2s and tw2s.
    lines = Path(__file__).with_name("han_fold.txt").read_text("utf-8").split("\n")
    return dict(zip(lines[0], lines[1], strict=True))


@lru_cache(maxsize=8192)
def _fold_one(char: str) -> str:
    fixed = _FIXED.get(char)
    if fixed is not None:
        return fixed
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # a lone surrogate, which the automaton refuses
    if "\uff01" <= char <= "\uff5e":
        return _fold_one(chr(ord(char) - 0xFEE0)) if char != "\uff0d" else " "
    if "\u3400" <= char <= "\u9fff" or char >= "\U00020000":
        return _han().get(char, char)
    lowered = char.lower()
    if len(lowered) == 1:
        return lowered
    return unicodedata.normalize("NFD", char)[0].lower()


def fold_characters(text: str) -> str:
    """``text`` with each code point folded to one: case, width, quotes, dashes to blanks, Traditional to Simplified."""
    if text.isascii():
        return text.lower().translate(_ASCII)
    return text.translate({ord(char): folded for char in set(text) if (folded := _fold_one(char)) != char})


def fold(text: str) -> str:
    """A short string folded as it is looked up: characters folded, runs of blanks collapsed, ends stripped."""
    return _RUN.sub(_collapsed, fold_characters(text)).strip(" ")


def _collapsed(match: re.Match[str]) -> str:
    return " " if " " in match.group() else ""


class FoldedText:
    """The blocks of a text, folded and joined by line feeds, with the way back to the original offsets.

    ``blocks`` are ``(start, end)`` into the original, in order and without overlap; text outside them is left out.
    """

    def __init__(self, text: str, blocks: Iterable[tuple[int, int]]) -> None:
        characters = fold_characters(text)
        parts: list[str] = []
        self._folded: list[int] = []
        self._original: list[int] = []
        self.block_starts: list[int] = []
        length = 0
        for start, end in blocks:
            self.block_starts.append(length)
            position = start
            for match in _RUN.finditer(characters, start, end):
                kept = match.start() + (1 if " " in match.group() else 0)
                piece = characters[position : match.start()] + (" " if kept > match.start() else "")
                self._add(length, position)
                parts.append(piece)
                length += len(piece)
                position = match.end()
            self._add(length, position)
            parts.append(characters[position:end] + "\n")
            length += end - position + 1
        self.text = "".join(parts)

    def _add(self, folded: int, original: int) -> None:
        if self._folded and self._folded[-1] == folded:
            self._original[-1] = original
        else:
            self._folded.append(folded)
            self._original.append(original)

    def start(self, offset: int) -> int:
        """The original offset of the folded character at ``offset``."""
        piece = bisect.bisect_right(self._folded, offset) - 1
        return self._original[piece] + offset - self._folded[piece]

    def end(self, offset: int) -> int:
        """The original end of a span whose folded end is ``offset`` (exclusive)."""
        return self.start(offset - 1) + 1

    def find(self, offset: int) -> int:
        """The folded offset of the original character at ``offset``, or of the nearest one before it."""
        piece = bisect.bisect_right(self._original, offset) - 1
        if piece < 0:
            return 0
        limit = self._folded[piece + 1] if piece + 1 < len(self._folded) else len(self.text)
        return min(self._folded[piece] + offset - self._original[piece], max(limit - 1, 0))
