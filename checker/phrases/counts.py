"""How often phrases stand in many pages: counted as they come, in bounded memory, with places to look at."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

KEPT = 60_000
"""How many different phrases are kept; from then on the rarest are forgotten."""
PLACES = 3  # of each phrase, each on another page
NEIGHBOURS = 12  # different ones remembered on each side
_REACH, _REACH_HAN = 32, 14  # characters on each side of a phrase in its context

Units = tuple[str, ...]


class Context(NamedTuple):
    """A place where a phrase stands: the line is 1-based, ``text`` holds the phrase and what stands round it."""

    path: str
    record: str | None
    line: int
    text: str


@dataclass(slots=True)
class Count:
    """What is known of one phrase. ``shown`` is how it was written first.

    ``free`` counts the places where it is a whole phrase and no part of a longer one, ``quoted`` those between quotation
    marks, ``capital`` those with a capital in every word, ``known`` those that
    hold a term of the glossary. ``missed`` is how many places may have been forgotten before.
    """

    shown: str
    missed: int = 0
    count: int = 0
    pages: int = 0
    free: int = 0
    quoted: int = 0
    capital: int = 0
    known: int = 0
    contexts: list[Context] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    last_page: int = -1


class Sighting(NamedTuple):
    """A phrase in a place: its ``units`` (words or characters, folded) and how it stands there, as of `Count`."""

    units: Units
    shown: str
    free: bool = True
    quoted: bool = False
    capital: bool = False
    known: bool = False
    before: str = ""
    after: str = ""


class PhraseCounts:
    """Counts phrases over pages, never more than ``kept`` of them.

    When there are more, those seen least are forgotten, as in lossy counting (Manku and Motwani 2002): what is left is
    counted too low by `Count.missed` at most, and what stands often is never forgotten.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self.counts: dict[Units, Count] = {}
        self.pages = 0
        self._kept = kept
        self._floor = 0

    def next_page(self) -> None:
        """What is added from now on stands on another page."""
        self.pages += 1

    def add(self, seen: Sighting, context: Callable[[], Context]) -> None:
        """Count one place; ``context`` is asked for only where the place is to be remembered."""
        count = self.counts.get(seen.units)
        if count is None:
            if len(self.counts) >= self._kept:
                self._forget()
            count = self.counts[seen.units] = Count(seen.shown, missed=self._floor)
        count.count += 1
        count.free += seen.free
        count.quoted += seen.quoted
        count.capital += seen.capital
        count.known += seen.known
        _note(count.before, seen.before)
        _note(count.after, seen.after)
        if count.last_page != self.pages:
            count.last_page = self.pages
            count.pages += 1
            if len(count.contexts) < PLACES:
                count.contexts.append(context())

    def frequent(self, at_least: int) -> dict[Units, Count]:
        """The phrases that stand in ``at_least`` places."""
        return {units: count for units, count in self.counts.items() if count.count >= at_least}

    def _forget(self) -> None:
        while len(self.counts) > self._kept * 0.7:
            self._floor += 1
            self.counts = {u: c for u, c in self.counts.items() if c.count + c.missed > self._floor}


def _note(sides: dict[str, int], neighbour: str) -> None:
    if neighbour in sides or len(sides) < NEIGHBOURS:
        sides[neighbour] = sides.get(neighbour, 0) + 1


def parts(units: Units, shortest: int = 2) -> Iterator[Units]:
    """The runs of neighbours in a phrase that are shorter than it."""
    for size in range(shortest, len(units)):
        for start in range(len(units) - size + 1):
            yield units[start : start + size]


def c_values(counts: Mapping[Units, int]) -> dict[Units, float]:
    """The C-value of each phrase (Frantzi, Ananiadou and Mima 2000): long and often, seldom part of longer ones.

    What stands practically only inside one longer phrase is left out.
    """
    inside: dict[Units, list[int]] = defaultdict(list)
    for units, number in counts.items():
        for part in set(parts(units)):
            if part in counts:
                inside[part].append(number)
    values = {}
    for units, number in counts.items():
        longer = inside.get(units, [])
        if longer and max(longer) >= 0.8 * number:
            continue
        free = number - (sum(longer) / len(longer) if longer else 0)
        values[units] = math.log2(1 + len(units)) * free
    return values


def entropy(sides: Mapping[str, int]) -> float:
    """How varied the neighbours of a phrase are, in bits."""
    total = sum(sides.values())
    return 0.0 - sum(n / total * math.log2(n / total) for n in sides.values()) if total else 0.0


def around(text: str, start: int, end: int) -> str:
    """A phrase with what stands round it, on one line, without broken words at the ends."""
    reach = _REACH if text[start].isascii() else _REACH_HAN
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    if start > reach and " " in before.strip():
        before = before.partition(" ")[2]
    if end + reach < len(text) and " " in after.strip():
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{text[start:end]}{after}".split())
