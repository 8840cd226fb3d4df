"""Phrases that a page says twice at once, by the distance at which its words come back."""

import operator
import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.page import Page
from checker.words import Words
from glossary.lazy_pattern import lazy

LONGEST = 60  # words of a phrase
FEWEST = 4  # words of a block that can hold two copies
SHORT = 4  # words; phrases below this are looked for at the start of a line only
LONGEST_WORD = 100  # characters of two that are glued
SEAM = 20  # words to each side of two glued ones that are looked at

_RUN = re.compile(b"\x01{3,}")
_PAIR = re.compile(b"\x01{2,}")
_INNER_CAPITAL = lazy(r"[A-Z](?<=[^\W_][A-Z])[a-z]")


class DoubledPhrase(NamedTuple):
    """Two copies: where the first begins, where it ends, where the second begins and ends; its words."""

    start: int
    middle: int
    again: int
    end: int
    words: tuple[str, ...]


def doubled_phrases(page: Page) -> Iterator[DoubledPhrase]:
    """The doubled phrases of two words and more, in order; what is no fault is among them."""
    tokens = page.words.tokens
    found: dict[int, DoubledPhrase] = {}
    for at_seam, positions in ((False, _repeated(page)), (True, _beside_seams(page))):
        last: dict[str, int] = {}
        done = 0
        for position in positions:
            token = tokens[position]
            period = position - last.get(token, -LONGEST)
            last[token] = position
            if 2 <= period < LONGEST and position >= done and (at_seam or _goes_on(tokens, position, period)):
                made = _copy_at(page.words, position, period)
                if made:
                    done = position + period
                    found.setdefault(made.start, made)
    yield from (found[start] for start in sorted(found))


def _goes_on(tokens: list[str], position: int, period: int) -> bool:
    """Whether the next word too is what stood a period before: a cheap test."""
    return position + 1 < len(tokens) and tokens[position + 1] == tokens[position + 1 - period]


def _repeated(page: Page) -> Iterator[int]:
    """The words of runs that stand elsewhere too: a doubled phrase is made of them. Short ones count at a line's start."""
    tokens, pairs = page.words.tokens, page.repeated_pairs
    blocks = {
        block
        for run in _PAIR.finditer(pairs)
        for block in range(page.words.block_of(run.start()), page.words.block_of(run.end() - 1) + 1)
    }
    for number in sorted(blocks):
        first, end = page.words.first_of(number), page.words.first_of(number + 1)
        short = pairs[first : first + 2] == b"\1\1"
        if end - first < FEWEST or not (short or _RUN.search(pairs, first, end)) or not _comes_back(tokens[first:end]):
            continue
        begin = first
        if short:
            begin = min(end, first + 2 * SHORT + 1)
            yield from range(first, begin)
        for run in _RUN.finditer(pairs, first, end):
            yield from range(max(begin, run.start()), min(run.end() + 1, end))
            begin = max(begin, run.end() + 1)


def _comes_back(tokens: list[str]) -> bool:
    """Whether three words in a row, or two of them at once, come back in a block: two copies have that in common."""
    if len(set(tokens)) == len(tokens):
        return False
    second, third = tokens[1:], tokens[2:]
    if len(set(zip(tokens, second, third, strict=False))) < len(third):
        return True
    return any(b"\1\1" in bytes(map(operator.is_, tokens, tokens[shift:])) for shift in (2, 3))


def _beside_seams(page: Page) -> Iterator[int]:
    """The words around a capital inside a word where two copies are glued together: "A B CA B C", "A B C A B CX"."""
    tokens = page.words.tokens
    done = 0
    for match in _INNER_CAPITAL.finditer(page.text):
        seam = page.words.number_at(match.start() + 1) - 1
        if len(tokens[seam]) > LONGEST_WORD:
            continue
        length = match.start() - page.words.start(seam)
        ending, beginning = tokens[seam][:length], tokens[seam][length:]
        before, after = tokens[max(0, seam - LONGEST) : seam], tokens[seam + 1 : seam + LONGEST]
        if ending in before or (beginning in before and ending in after):
            yield from range(max(done, seam - SEAM), min(len(tokens), seam + SEAM))
            done = seam + SEAM


def _copy_at(words: Words, position: int, period: int) -> DoubledPhrase | None:
    """The doubled phrase around ``position``, whose word stood ``period`` words before.

    A word at the seam or at the end may be glued to its neighbour: "A B CA B C", "A B C A B CX".
    """
    tokens = words.tokens
    first = position
    while first > max(period, position - period) and tokens[first - 1] == tokens[first - 1 - period]:
        first -= 1
    end = position + 1
    while end < min(len(tokens), first + period) and tokens[end] == tokens[end - period]:
        end += 1
    begin = first - period
    if end - first == period:
        return DoubledPhrase(
            words.start(begin),
            words.place(first - 1)[1],
            words.start(first),
            words.place(end - 1)[1],
            tuple(tokens[begin:first]),
        )
    if end - first != period - 1:
        return None
    if begin and end < len(tokens) and tokens[first - 1] == tokens[end] + tokens[begin - 1]:
        seam = words.start(first - 1) + len(tokens[end])
        phrase = [*tokens[begin - 1 : first - 1], tokens[end]]
        return DoubledPhrase(words.start(begin - 1), seam, seam, words.place(end)[1], tuple(phrase))
    last = tokens[first - 1]
    if period >= SHORT and len(last) > 2 and end < len(tokens) and tokens[end].startswith(last):
        tail = words.start(end) + len(last)
        return DoubledPhrase(
            words.start(begin), words.place(first - 1)[1], words.start(first), tail, tuple(tokens[begin:first])
        )
    return None
