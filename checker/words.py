"""The words of a page in order: what they are, and where they stand, which is worked out only where it is asked for."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Container, Iterator
from functools import cached_property

from checker.finding import Place
from checker.spans import number_at
from glossary.folding import FoldedText
from glossary.templates import word_pattern

_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}


class Words:
    """The words of a folded text, told by their numbers; ``blocks`` are those it was folded by.

    ``tokens`` are the folded words, equal ones the same object.
    """

    def __init__(self, folded: FoldedText, blocks: list[tuple[int, int]]) -> None:
        self._folded = folded
        self._blocks = blocks
        self._lines = folded.text.split("\n")[:-1]
        self._firsts = [0]  # the number of the first word of each block
        self.tokens: list[str] = []
        known: dict[str, str] = {}
        plain = "\n".join([line if line.isascii() else "" for line in self._lines])
        for line, blanked in zip(self._lines, plain.translate(_BLANKS).split("\n"), strict=False):
            found = blanked.split() if line.isascii() else word_pattern(line).findall(line)
            self.tokens += map(known.setdefault, found, found)
            self._firsts.append(len(self.tokens))
        self._starts_of: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands on the page."""
        return Counter(self.tokens)

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """How often two words stand side by side, at the edges of blocks too."""
        return Counter(itertools.pairwise(self.tokens))

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
        return self._firsts[block] + number

    def first_of(self, block: int) -> int:
        """The number of the first word of a block."""
        return self._firsts[block]

    def between(self, start: int, end: int) -> list[str]:
        """The words that begin in a span of the text."""
        return self.tokens[self.number_at(start) : self.number_at(end)]

    def places(self, wanted: Container[str]) -> Iterator[tuple[str, Place]]:
        """The words that are among ``wanted``, in order, with their places."""
        for number in self.numbers(wanted):
            yield self.tokens[number], self.place(number)

    def numbers(self, wanted: Container[str]) -> Iterator[int]:
        """The numbers of the words that are among ``wanted``."""
        return itertools.compress(itertools.count(), map(wanted.__contains__, self.tokens))

    def block_of(self, number: int) -> int:
        """The number of the block that holds a word."""
        return bisect.bisect_right(self._firsts, number) - 1

    def _folded_start(self, number: int) -> int:
        block = self.block_of(number)
        return self._starts(block)[number - self._firsts[block]]

    def _starts(self, block: int) -> list[int]:
        """The offsets in the folded text at which the words of a block begin."""
        made = self._starts_of.get(block)
        if made is None:
            begin = self._line_starts[block]
            line = self._lines[block]
            made = [begin + match.start() for match in word_pattern(line).finditer(line)]
            self._starts_of[block] = made
        return made

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *itertools.accumulate([len(line) + 1 for line in self._lines])]
