"""What both sides of a pair have in common: numbers, dates, Latin words, terms, and sentences left as they were."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.dates import Date
from checker.numbers import Number

Anchor = tuple[int, str, object]
"""(offset, kind, key); kinds: number, date, latin, term, same."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")


def number_anchors(numbers: Iterable[Number], dates: Iterable[Date]) -> list[Anchor]:
    """The anchors that numbers and dates give; small numbers, unless they are shares, give none."""
    made: list[Anchor] = []
    for number in numbers:
        if number.weight != "none" or number.value >= 10 or number.kind == "share":
            made += [(number.start, "number", value) for value in {number.value, *number.others}]
    for date in dates:
        if date.year:
            made.append((date.start, "date", date.year))
        if date.month:
            made.append((date.start, "date", (date.month, date.day)))
    return made


def latin_anchors(english: str, chinese: str) -> tuple[list[Anchor], list[Anchor]]:
    """The Latin words of the Chinese text, and where they stand in the English one."""
    there: list[Anchor] = [(m.start(), "latin", m.group().lower()) for m in _WORD.finditer(chinese)]
    wanted = {key for _, _, key in there}
    if not wanted:
        return [], []
    here: list[Anchor] = [
        (m.start(), "latin", word) for m in _WORD.finditer(english) if (word := m.group().lower()) in wanted
    ]
    return here, there
