"""Where a word or a phrase stands three times and more in a row, as where a machine was caught in a loop."""

from __future__ import annotations

import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.finding import Place
from checker.page import Page, once_a_page
from checker.spans import number_at
from glossary.lazy_pattern import lazy

LONGEST = 12  # words of what is said again
FEWEST = 3  # copies with nothing but a blank between them
FEWEST_PARTED = 6  # copies with commas, hyphens and the like between them: fewer are for effect
LONG = 6  # words of a phrase that may have marks in it
MANY = 4  # copies nobody writes for effect

_RUN = re.compile(b"\1{2,}")
_FOR_EFFECT = frozenset(
    "and or by after to upon on very so no really more many much far long ha ho yes la thank please".split()
)
_MARK = lazy(r"[,.;:!?]")
_GAP = lazy(r"-|[,.;!?]? ?[\"'“”]? ?")


class Loop(NamedTuple):
    """Where it begins and ends, what is said again (folded), and how many copies of it there are."""

    start: int
    end: int
    phrase: str
    times: int


@once_a_page  # loops and phrases said twice are looked for among them
def repeated_runs(page: Page) -> list[Place]:
    """The words ``begin..end``, three and more in a row, of which each stands elsewhere too with the one behind it."""
    return [(run.start(), run.end() + 1) for run in _RUN.finditer(page.repeated_pairs)]


@once_a_page  # two rules look at them
def loops(page: Page) -> list[Loop]:
    """The loops of a page, in order; none meets another or goes over the end of a line."""
    tokens = page.words.tokens
    found: list[Loop] = []
    for begin, end in repeated_runs(page):
        if len(set(tokens[begin:end])) > end - begin - (FEWEST - 1):
            continue
        firsts = page.words.firsts
        inner = firsts[bisect_right(firsts, begin) : bisect_left(firsts, end)]
        for first, last in pairwise((begin, *inner, end)):
            found += _loops_among(page, first, last)
    return sorted(found)


def in_loop(page: Page, place: Place) -> bool:
    """Whether a place has anything in common with a loop."""
    number = number_at(loops(page), place[1] - 1)
    return number >= 0 and loops(page)[number].end > place[0]


def _loops_among(page: Page, begin: int, end: int) -> Iterator[Loop]:
    """The loops among the words of one block, the shortest phrase first where several would do."""
    words = page.words
    tokens = words.tokens[begin:end]
    done = bytearray(len(tokens))
    for period in range(1, min(LONGEST, len(tokens) // FEWEST) + 1):
        same = bytes(map(operator.eq, tokens, tokens[period:]))
        for run in re.finditer(b"\1{%d,}" % (period * (FEWEST - 1)), same):
            first, times = run.start(), (run.end() - run.start()) // period + 1
            last = first + times * period - 1
            if any(done[first : last + 1]) or not _is_phrase(tokens[first : first + period]):
                continue
            done[first : last + 1] = bytes([1]) * (last + 1 - first)
            place = words.start(begin + first), words.place(begin + last)[1]
            behind = range(begin + first + period, begin + last + 1, period)  # the first words of all copies but one
            gaps = {page.text[words.place(number - 1)[1] : words.start(number)] for number in behind}
            plain = gaps == {" "} and _may_be_few(page.text[slice(*place)], period)
            if plain or (times >= FEWEST_PARTED and all(map(_GAP.fullmatch, gaps))):
                yield Loop(*place, " ".join(tokens[first : first + period]), times)


def _may_be_few(text: str, period: int) -> bool:
    """Whether so few copies as three are a fault too: of plain words, no letters or signs, nor of parts of a list."""
    longest = max(map(len, text.split()))
    return not text.isupper() and longest >= FEWEST and (period >= LONG or _MARK.search(text) is None)


def _is_phrase(phrase: list[str]) -> bool:
    """Whether words may not be said again and again: they have letters, and nobody says them so for effect."""
    letters = [word for word in phrase if word.isalpha() and word.isascii()]
    if not letters or max(map(len, letters)) < 2:
        return False
    return len(phrase) > 2 or _FOR_EFFECT.isdisjoint(phrase)
