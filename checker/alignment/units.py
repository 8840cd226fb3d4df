"""The two texts as rows of units, blocks or sentences, each with its length and its anchors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from checker.alignment.anchors import Mark
from checker.bitext import Span
from checker.script import han_marks, has_chinese

RATIO = 3.8  # English characters a Chinese character
Anchors = Mapping[Mark, int]
"""How often each mark stands in a unit."""
_NONE: Anchors = {}


class Unit(NamedTuple):
    """A block or sentence: its span, its length in English characters, its Chinese characters, its anchors."""

    start: int
    end: int
    length: float
    han: int
    anchors: Anchors


@dataclass(frozen=True)
class Side:
    """One of the two texts: its blocks, their sentences and its ``(offset, mark)``, each in order of place."""

    text: str
    blocks: Sequence[Span]
    sentences: Sequence[Span]
    anchors: Sequence[tuple[int, Mark]]

    @cached_property
    def sentence_units(self) -> list[Unit]:
        """The sentences of all blocks."""
        made = []
        han = han_marks(self.text) if has_chinese(self.text) else b""
        starts = [offset for offset, _ in self.anchors]
        marks = [mark for _, mark in self.anchors]
        last = 0
        for start, end in self.sentences:
            first, last = last, bisect_left(starts, end, last)
            found = _NONE
            if first < last:
                found = dict.fromkeys(marks[first:last], 1)
                if len(found) < last - first:
                    found = Counter(marks[first:last])
            made.append(_unit(start, end, han.count(1, start, end) if han else 0, found))
        return made

    @cached_property
    def sentences_of(self) -> list[list[Unit]]:
        """The sentences of each block."""
        made: list[list[Unit]] = []
        place = 0
        for _, end in self.blocks:
            first = place
            while place < len(self.sentences) and self.sentences[place][0] < end:
                place += 1
            made.append(self.sentence_units[first:place])
        return made

    @cached_property
    def block_units(self) -> list[Unit]:
        """The blocks."""
        return [
            _unit(*span, sum(unit.han for unit in row), together(row))
            for span, row in zip(self.blocks, self.sentences_of, strict=True)
        ]


def _unit(start: int, end: int, han: int, anchors: Anchors) -> Unit:
    return Unit(start, end, RATIO * han + 0.9 * (end - start - han), han, anchors)


def together(units: Sequence[Unit]) -> Anchors:
    """The anchors of some units."""
    if len(units) == 1:
        return units[0].anchors
    total: dict[Mark, int] = {}
    for unit in units:
        if total.keys().isdisjoint(unit.anchors):
            total.update(unit.anchors)
        else:
            for key, count in unit.anchors.items():
                total[key] = total.get(key, 0) + count
    return total


def source_blocks(text: str) -> list[Span]:
    """The blocks of a Chinese text: its lines, as Chinese is seldom wrapped at a fixed width."""
    return [(match.start(), match.start() + len(match.group().rstrip())) for match in re.finditer(r"\S[^\r\n]*", text)]
