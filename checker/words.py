"""The words of a page in order: what they are, and where they stand, which is worked out only where it is asked for."""

from __future__ import annotations

import bisect
import itertools
import operator
from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from functools import cached_property

from checker.finding import Place
from checker.scanning import DIGITS, LATIN_LETTERS, anchors, keeping
from checker.spans import number_at
from glossary.folding import FoldedText, beyond_ascii, fold_characters
from glossary.templates import word_pattern

BESIDE = 3  # words on each side that tell one place from another
FEW = 8  # words: each of so few is sought by itself
_REACH = 60  # characters that mostly hold them
_BLANKED = keeping(LATIN_LETTERS + DIGITS + "\n")


class Words:
    """The words of a folded text, told by their numbers; ``blocks`` are those it was folded by.

    ``tokens`` are the folded words.
    """

    def __init__(self, folded: FoldedText, blocks: list[tuple[int, int]]) -> None:
        self._folded = folded
        self._blocks = blocks
        self._lines = folded.text.split("\n")[:-1]
        self.tokens: list[str] = list(itertools.chain.from_iterable(self._split(together=True)))
        self._starts_of: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def _split(self, together: bool) -> Iterator[list[str]]:
        """The words of each line, or of all lines together where none of them holds letters that are not ASCII."""
        if self._is_plain:
            blanked = _blanked(self._folded.text)
            yield from [blanked.split()] if together else map(str.split, blanked.split("\n")[:-1])
            return
        for line in self._lines:
            yield _blanked(line).split() if line.isascii() else word_pattern(line).findall(line)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether all letters of the text are ASCII."""
        text = self._folded.text
        return text.isascii() or not any(map(str.isalnum, beyond_ascii(text)))

    @cached_property
    def firsts(self) -> list[int]:
        """The number of the first word of each block, and at the end how many words there are."""
        return [0, *itertools.accumulate(map(len, self._split(together=False)))]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands on the page."""
        return Counter(self.tokens)

    def start(self, number: int) -> int:
        """The offset at which a word begins."""
        return self._folded.start(self._folded_start(number))

    def place(self, number: int) -> Place:
        """Where a word stands."""
        start = self._folded_start(number)
        return self._folded.start(start), self._folded.end(start + len(self.tokens[number]))

    def number_at(self, offset: int) -> int:
        """The number of the first word that begins at ``offset`` or after it."""
        block = number_at(self._blocks, offset)
        if block < 0:
            return 0
        starts = self._starts(block)
        number = bisect.bisect_left(starts, self._folded.find(offset))
        if number < len(starts) and self._folded.start(starts[number]) < offset:
            number += 1  # the offset stands in what the folding left out
        return self.firsts[block] + number

    def between(self, start: int, end: int) -> list[str]:
        """The words that begin in a span of the text."""
        return self.tokens[self.number_at(start) : self.number_at(end)]

    def between_each(self, spans: Sequence[Place]) -> list[list[str]]:
        """What `between` gives for each of many spans, which takes a fraction of the time if they are in order."""
        offsets = list(itertools.chain.from_iterable(spans))
        if not self._is_plain or any(map(operator.gt, offsets, offsets[1:])):
            return [self.between(*span) for span in spans]
        blanked = _blanked(self._folded.text)
        places = self._folded.finds(offsets)
        return [
            self.between(*span)
            if first is None or last is None or _is_cut(blanked, first) or _is_cut(blanked, last)
            else blanked[first:last].split()
            for span, first, last in zip(spans, places[::2], places[1::2], strict=True)
        ]

    def beside(self, start: int, end: int) -> tuple[list[str], list[str]]:
        """The last words that begin before a span of the text, and the first ones that begin behind it."""
        first, last = self.number_at(start), self.number_at(end)
        return self.tokens[max(0, first - BESIDE) : first], self.tokens[last : last + BESIDE]

    def places(self, wanted: Collection[str]) -> Iterator[tuple[str, Place]]:
        """The words that are among ``wanted``, none of them Chinese, in order, with their places."""
        if len(wanted) > FEW:
            for number in self.numbers(wanted):
                yield self.tokens[number], self.place(number)
            return
        found = sorted((start, word) for word in wanted for start in self._sought(word))
        for start, word in found:
            yield word, (self._folded.start(start), self._folded.end(start + len(word)))

    def _sought(self, word: str) -> Iterator[int]:
        """The offsets in the folded text at which a word that is not Chinese begins."""
        text = self._folded.text
        for start in anchors(text, word):
            end = start + len(word)
            if not (_is_in_word(text[start - 1 : start]) or _is_in_word(text[end : end + 1])):
                yield start

    def numbers(self, wanted: Container[str]) -> Iterator[int]:
        """The numbers of the words that are among ``wanted``."""
        return itertools.compress(itertools.count(), map(wanted.__contains__, self.tokens))

    def block_of(self, number: int) -> int:
        """The number of the block that holds a word."""
        return bisect.bisect_right(self.firsts, number) - 1

    def _folded_start(self, number: int) -> int:
        block = self.block_of(number)
        return self._starts(block)[number - self.firsts[block]]

    def _starts(self, block: int) -> list[int]:
        """The offsets in the folded text at which the words of a block begin."""
        made = self._starts_of.get(block)
        if made is None:
            begin = self._line_starts[block]
            line = self._lines[block]
            if line.isascii():
                pieces = _blanked(line).split(" ")
                ends = itertools.accumulate(map(len, pieces), initial=begin)
                made = list(itertools.compress(map(operator.add, ends, itertools.count()), pieces))
            else:
                made = [begin + match.start() for match in word_pattern(line).finditer(line)]
            self._starts_of[block] = made
        return made

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *itertools.accumulate([len(line) + 1 for line in self._lines])]


def _is_in_word(char: str) -> bool:
    return char.isalnum() and not "\u3400" <= char <= "\u9fff"


def words_beside(text: str, start: int, end: int) -> tuple[list[str], list[str]] | None:
    """As `Words.beside`, from what stands around the span; None where only the words of all the text can tell."""
    first = max(0, start - _REACH)
    around = text[first : end + _REACH]
    if not around.isascii():
        around = fold_characters(around)
        if not around.isascii():
            return None
    around = _blanked(around.lower())
    if _is_cut(around, start - first) or _is_cut(around, end - first):
        return None
    before = around[: start - first].rsplit(None, BESIDE)
    after = around[end - first :].split(None, BESIDE)
    if (first and len(before) <= BESIDE) or (end + _REACH < len(text) and len(after) <= BESIDE):
        return None  # the outermost word may go on beyond
    return before[-BESIDE:], after[:BESIDE]


def _is_cut(blanked: str, offset: int) -> bool:
    """Whether a word stands on both sides of an offset."""
    beside = blanked[offset - 1 : offset + 1] if offset else ""
    return len(beside) == 2 and beside.isalnum()


def _blanked(text: str) -> str:
    """Text without letters that are not ASCII, with a blank for all that is no part of a word; line feeds are kept."""
    return text.encode("ascii", "replace").translate(_BLANKED).decode("ascii")
