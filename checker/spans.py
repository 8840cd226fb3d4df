"""Looking up an offset or a place among spans."""

from __future__ import annotations

import bisect
import itertools
import sys
from collections.abc import Iterable, Sequence
from typing import Any


def number_at(spans: Sequence[tuple[Any, ...]], offset: int) -> int:
    """The number of the last span that begins at ``offset`` or before it; -1 where all begin behind it.

    ``spans`` are in order and begin with their start and end.
    """
    return bisect.bisect_right(spans, (offset, sys.maxsize)) - 1  # no span has that end: behind all that begin here


class Ranges:
    """Some ranges, asked whether one of them holds or meets a place; thousands are asked as soon as one."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(itertools.accumulate((end for _, end in ordered), max))

    def hold(self, place: tuple[int, int]) -> bool:
        """Whether one of them begins no later and ends no earlier than a place."""
        return self._reach(place[0]) >= place[1]

    def meet(self, place: tuple[int, int]) -> bool:
        """Whether one of them shares a place with ``place``, or an edge."""
        return self._reach(place[1]) >= place[0]

    def _reach(self, offset: int) -> int:
        """Where the furthest of those ends that begin at ``offset`` or before; -1 where all begin behind it."""
        count = bisect.bisect_right(self._starts, offset)
        return self._furthest[count - 1] if count else -1
