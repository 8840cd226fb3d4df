"""Phrases that a page says twice at once, by the distance at which its words come back."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.page import Page
from glossary.lazy_pattern import lazy

LONGEST = 60  # words of a phrase
SHORT = 4  # words; phrases below this are looked for at the start of a line only
SEAM = 20  # words to each side of two glued ones that are looked at

_RUN = re.compile(b"\x01{3,}")
_CAPITAL = lazy(r"[A-Z][a-z]")


class DoubledPhrase(NamedTuple):
    """Two copies: where the first begins, where it ends, where the second begins and ends; its words."""

    start: int
    middle: int
    again: int
    end: int
    words: tuple[str, ...]


def doubled_phrases(page: Page) -> Iterator[DoubledPhrase]:
    """The doubled phrases of two words and more, in order; what is no fault is among them."""
    words = page.words
    tokens = [word for word, _, _ in words]
    found: dict[int, DoubledPhrase] = {}
    for at_seam, positions in ((False, _repeated(page)), (True, _beside_seams(page))):
        last: dict[str, int] = {}
        done = 0
        for position in positions:
            token = tokens[position]
            period = position - last.get(token, -LONGEST)
            last[token] = position
            if 2 <= period < LONGEST and position >= done and (at_seam or _goes_on(tokens, position, period)):
                made = _copy_at(words, tokens, position, period)
                if made:
                    done = position + period
                    found.setdefault(made.start, made)
    yield from (found[start] for start in sorted(found))


def _goes_on(tokens: list[str], position: int, period: int) -> bool:
    """Whether the next word too is what stood a period before: a cheap test."""
    return position + 1 < len(tokens) and tokens[position + 1] == tokens[position + 1 - period]


def _repeated(page: Page) -> Iterator[int]:
    """The words of runs that stand elsewhere too: a doubled phrase is made of them. Short ones count at a line's start."""
    pairs = page.repeated_pairs
    starts = (bisect.bisect_left(page.words, start, key=lambda word: word[1]) for start, _ in page.blocks)
    short = ((start, start + 2 * SHORT) for start in starts if pairs[start : start + 2] == b"\1\1")
    done = 0
    for begin, end in sorted([*(run.span() for run in _RUN.finditer(pairs)), *short]):
        yield from range(max(begin, done), min(end + 1, len(pairs)))
        done = max(done, end + 1)


def _beside_seams(page: Page) -> Iterator[int]:
    """The words around a capital inside a word, where two copies may be glued together."""
    starts: list[int] = []
    done = 0
    for match in _CAPITAL.finditer(page.text):
        if page.text[match.start() - 1 : match.start()].isalnum():
            starts = starts or [start for _, start, _ in page.words]
            seam = bisect.bisect_right(starts, match.start()) - 1
            yield from range(max(done, seam - SEAM), min(len(starts), seam + SEAM))
            done = seam + SEAM


def _copy_at(words: list[tuple[str, int, int]], tokens: list[str], position: int, period: int) -> DoubledPhrase | None:
    """The doubled phrase around ``position``, whose word stood ``period`` words before.

    A word at the seam or at the end may be glued to its neighbour: "A B CA B C", "A B C A B CX".
    """
    first = position
    while first > max(period, position - period) and tokens[first - 1] == tokens[first - 1 - period]:
        first -= 1
    end = position + 1
    while end < min(len(tokens), first + period) and tokens[end] == tokens[end - period]:
        end += 1
    begin = first - period
    if end - first == period:
        return DoubledPhrase(
            words[begin][1], words[first - 1][2], words[first][1], words[end - 1][2], tuple(tokens[begin:first])
        )
    if end - first != period - 1:
        return None
    if begin and end < len(tokens) and tokens[first - 1] == tokens[end] + tokens[begin - 1]:
        seam = words[first - 1][1] + len(tokens[end])
        phrase = [*tokens[begin - 1 : first - 1], tokens[end]]
        return DoubledPhrase(words[begin - 1][1], seam, seam, words[end][2], tuple(phrase))
    last = tokens[first - 1]
    if period >= SHORT and len(last) > 2 and end < len(tokens) and tokens[end].startswith(last):
        tail = words[end][1] + len(last)
        return DoubledPhrase(words[begin][1], words[first - 1][2], words[first][1], tail, tuple(tokens[begin:first]))
    return None
