"""The one folding of text: characters fold one to one, so offsets survive; runs of blanks collapse through a map."""

from __future__ import annotations

import bisect
import itertools
import operator
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from glossary.lazy_pattern import lazy

_QUOTES = {**dict.fromkeys("‘’‛′｀´", "'"), **dict.fromkeys("“”„‟″«»", '"')}
_BLANKS = dict.fromkeys(
    "-‐‑‒–−﹣－\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2028\u2029\u3000",
    " ",
)
_BLANKS |= dict.fromkeys("~^`|｝", " ")  # no term has them, and compiled tables part their fields with them
_DROPPED = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", "\u200b")
_FIXED = {**_QUOTES, **_BLANKS, **_DROPPED}
_FIXED_ASCII = [char for char in _FIXED if char.isascii()]
_ASCII_BYTES = bytes(range(128))
_ASCII = bytes(ord(_FIXED.get(char, char.lower())) for char in _ASCII_BYTES.decode()).ljust(256)
_LOWERED_OTHERWISE = frozenset("İΣ")  # in a text: to two characters, by what stands beside it
FEW = 30  # different characters
_RUN, _BLANK_RUN = lazy("(\u200b+| [ \u200b]+)"), lazy("(  +)")


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


@lru_cache(maxsize=4)  # both sides of a pair are folded and looked at by others too, and so is what they make of them
def beyond_ascii(text: str) -> frozenset[str]:
    """The different characters of a text that are not ASCII, in a tenth of the time that all of them take."""
    return frozenset(
        text.encode("utf-8", "surrogatepass").translate(None, _ASCII_BYTES).decode("utf-8", "surrogatepass")
    )


def fold_characters(text: str) -> str:
    """``text`` with each code point folded to one: case, width, quotes, dashes to blanks, Traditional to Simplified."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII).decode("ascii")  # several times as fast as of `str`
    present = beyond_ascii(text).union([char for char in _FIXED_ASCII if char in text])
    changed = {char: folded for char in present if (folded := _fold_one(char)) != char}
    others = [char for char in changed if char.lower() != changed[char]]
    if len(others) > FEW or not _LOWERED_OTHERWISE.isdisjoint(changed):
        return text.translate({ord(char): _fold_one(char) for char in set(text)})
    # Going over the whole text once for each character takes less time than looking each one up.
    text = text.lower()
    for char in others:
        text = text.replace(char.lower(), changed[char])
    return text


def simplified(text: str) -> str:
    """``text`` with each Traditional character as its Simplified one and nothing else changed."""
    table = _han()
    traditional = beyond_ascii(text) & table.keys()
    return text.translate({ord(char): table[char] for char in traditional}) if traditional else text


def fold(text: str) -> str:
    """A short string folded as it is looked up: characters folded, runs of blanks collapsed, ends stripped."""
    folded = fold_characters(text)
    if _has_runs(folded):
        folded = _RUN.sub(_collapsed, folded)
    return folded.strip(" ")


def _has_runs(folded: str) -> bool:
    return "  " in folded or "\u200b" in folded


def _collapsed(match: re.Match[str]) -> str:
    return " " if " " in match.group() else ""


class FoldedText:
    """The blocks of a text, folded and joined by line feeds, with the way back to the original offsets.

    ``blocks`` are ``(start, end)`` into the original, in order and without overlap; text outside them is left out.
    """

    # Two steps lead back, each through two lists of offsets: over the runs of blanks that collapsed, if there are any,
    # to the blocks joined as they stood, and from there to the original.

    def __init__(self, text: str, blocks: Sequence[tuple[int, int]]) -> None:
        characters = fold_characters(text)
        joined = "".join([f"{characters[start:end]}\n" for start, end in blocks])
        self._original = [start for start, _ in blocks]
        self._joined = [0, *itertools.accumulate([end - start + 1 for start, end in blocks])]
        pieces = (_RUN if "\u200b" in joined else _BLANK_RUN).split(joined) if _has_runs(joined) else [joined]
        runs = pieces[1::2]
        pieces[1::2] = [" " if " " in run else "" for run in runs]
        removed = itertools.accumulate(map(operator.sub, map(len, runs), map(len, pieces[1::2])))
        self.text = "".join(pieces)
        self._folded = list(itertools.accumulate(map(len, pieces)))[1::2]  # the ends of the runs in the folded text
        self._run_ends = list(map(operator.add, self._folded, removed))  # and in the joined text

    def start(self, offset: int) -> int:
        """The original offset of the folded character at ``offset``."""
        if self._folded:
            run = bisect.bisect_right(self._folded, offset) - 1
            if run >= 0:
                offset += self._run_ends[run] - self._folded[run]
        block = min(bisect.bisect_right(self._joined, offset), len(self._original)) - 1
        return self._original[block] + offset - self._joined[block]

    def starts(self, offsets: Iterable[int]) -> list[int]:
        """The original offsets of many folded characters, given in order; takes a fraction of the time of one by one."""
        run = shift = block = 0
        made = []
        for offset in offsets:
            while run < len(self._folded) and self._folded[run] <= offset:
                shift = self._run_ends[run] - self._folded[run]
                run += 1
            offset += shift
            while block + 1 < len(self._original) and self._joined[block + 1] <= offset:
                block += 1
            made.append(self._original[block] + offset - self._joined[block])
        return made

    def finds(self, offsets: Iterable[int]) -> list[int | None]:
        """The folded offsets of many original places, given in order; None for those outside the blocks or collapsed."""
        made: list[int | None] = []
        block, run, shift = -1, 0, 0
        for offset in offsets:
            while block + 1 < len(self._original) and self._original[block + 1] <= offset:
                block += 1
            joined = self._joined[block] + offset - self._original[block] if block >= 0 else -1
            if not 0 <= joined < self._joined[block + 1]:
                made.append(None)
                continue
            while run < len(self._folded) and self._run_ends[run] <= joined:
                shift = self._run_ends[run] - self._folded[run]
                run += 1
            place = joined - shift
            made.append(place if run == len(self._folded) or place < self._folded[run] else None)
        return made

    def end(self, offset: int) -> int:
        """The original end of a span whose folded end is ``offset`` (exclusive)."""
        return self.start(offset - 1) + 1

    def find(self, offset: int) -> int:
        """The folded offset of the original character at ``offset``, or of the nearest one before it."""
        block = bisect.bisect_right(self._original, offset) - 1
        if block < 0:
            return 0
        offset = min(self._joined[block] + offset - self._original[block], self._joined[block + 1] - 1)
        run = bisect.bisect_right(self._run_ends, offset) - 1
        if run >= 0:
            offset -= self._run_ends[run] - self._folded[run]
        return min(offset, max(self._folded[run + 1] - 1, 0)) if run + 1 < len(self._folded) else offset
