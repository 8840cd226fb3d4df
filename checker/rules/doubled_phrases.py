"""Phrases that a page says twice at once, by the distance at which its words come back."""

import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.finding import Place
from checker.page import Page
from checker.rules.shape import OTHER, shape
from checker.words import Words
from glossary.folding import FoldedText
from glossary.lazy_pattern import lazy
from glossary.templates import word_pattern

LONGEST = 60  # words of a phrase
SHORT = 4  # words; phrases below this are looked for at the start of a line only
LONGEST_WORD = 100  # characters of two that are glued
REACH = 1000  # characters before a seam in which the first copy stands
SEAM = 20  # words to each side of two glued ones that are looked at

_RUN = re.compile(b"\x01{3,}")
_STRETCH = re.compile(b"\x01{3,}+(?:\0{1,2}+\x01{3,}+)*+")
_INNER_CAPITAL = lazy(rf"A(?<=[aA0x{OTHER}]A)a")


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
            if 2 <= period < LONGEST and position >= done and _goes_on(tokens, position, period, at_seam):
                made = _copy_at(page.words, position, period)
                if made:
                    done = position + period
                    found.setdefault(made.start, made)
    yield from (found[start] for start in sorted(found))


def _goes_on(tokens: list[str], position: int, period: int, at_seam: bool) -> bool:
    """Whether the next word too is what stood a period before, or at a seam the last word: a cheap test."""
    if position + 1 < len(tokens) and tokens[position + 1] == tokens[position + 1 - period]:
        return True
    return at_seam and (period == 2 or (position > period and tokens[position - 1] == tokens[position - 1 - period]))


def _repeated(page: Page) -> Iterator[int]:
    """The words of runs that stand elsewhere too and in which words come back: a doubled phrase is made of them.

    Short phrases are looked for at the start of a block.
    """
    tokens, pairs = page.words.tokens, page.repeated_pairs
    spans = list(_openings(page))
    for stretch in _STRETCH.finditer(pairs):
        begin, last = stretch.start(), stretch.end() + 1
        if last - begin < 2 * SHORT:
            continue
        firsts = page.words.firsts
        for first, end in pairwise((begin, *firsts[bisect_right(firsts, begin) : bisect_left(firsts, last)], last)):
            if _comes_back(tokens[first:end]):
                spans += [(run.start(), min(run.end() + 1, end)) for run in _RUN.finditer(pairs, first, end)]
    done = 0
    for first, end in sorted(spans):
        yield from range(max(done, first), end)
        done = max(done, end)


def _openings(page: Page) -> Iterator[Place]:
    """The first words of the blocks in which these come back at once."""
    for number, line in enumerate(page.folded.text.split("\n")):
        if line.find(line[: 2 if line[:1].isdigit() else 4], 2, LONGEST_WORD) > 0:
            opening = line[:LONGEST_WORD]
            words = word_pattern(opening).findall(opening)[: 2 * SHORT + 1]
            if words[1:2] and words[1] in words[3 : 2 + SHORT] and _comes_back(words):
                first = page.words.firsts[number]
                if page.repeated_pairs.startswith(b"\1\1", first):
                    yield first, first + len(words)


def _comes_back(tokens: list[str]) -> bool:
    """Whether three words in a row, or two of them at once, come back: two copies have that in common."""
    if len(set(tokens)) > len(tokens) - 2:
        return False
    second, third = tokens[1:], tokens[2:]
    if len(set(zip(tokens, second, strict=False))) == len(second):
        return False
    if len(set(zip(tokens, second, third, strict=False))) < len(third):
        return True
    return any(b"\1\1" in bytes(map(operator.eq, tokens, tokens[shift:])) for shift in (2, 3))


def _beside_seams(page: Page) -> Iterator[int]:
    """The words around a capital inside a word where two copies are glued together: "A B CA B C", "A B C A B CX"."""
    tokens = page.words.tokens
    done = 0
    for match in _INNER_CAPITAL.finditer(shape(page).classes):
        place = match.start()
        ending = page.text[max(0, place - LONGEST_WORD) : place].lower().rpartition(" ")[2]
        is_word = ending.isascii() and ending.isalpha()
        if (is_word and ending not in page.text_words.words) or not _may_be_glued(page.folded, place):
            continue
        seam = page.words.number_at(place + 1) - 1
        if len(tokens[seam]) > LONGEST_WORD:
            continue
        length = place - page.words.start(seam)
        ending, beginning = tokens[seam][:length], tokens[seam][length:]
        before, after = tokens[max(0, seam - LONGEST) : seam], tokens[seam + 1 : seam + LONGEST]
        if ending in before or (beginning in before and ending in after):
            yield from range(max(done, seam - SEAM), min(len(tokens), seam + SEAM))
            done = seam + SEAM


def _may_be_glued(folded: FoldedText, place: int) -> bool:
    """Whether the two words up to a place or the two from it on stand shortly before it too."""
    at = folded.find(place)
    before, behind = folded.text[max(0, at - REACH) : at], folded.text[at : at + 2 * LONGEST_WORD]
    ending, beginning = " ".join(before.rsplit(" ", 2)[1:]), " ".join(behind.split(" ", 2)[:2])
    return beginning in before or before.find(ending) < len(before) - len(ending)


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
        if period < 3 and tokens[begin].isascii() and not tokens[begin].isdecimal():
            return None  # two words are a heading only behind a number
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
