"""What both sides of a pair have in common: numbers, dates, Latin words, terms, and sentences left as they were."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import itemgetter

from checker.dates import Date
from checker.numbers import Number
from checker.scanning import DIGITS, LATIN_LETTERS, keeping, words_at

Key = tuple[str, object]
"""(kind, what stands there); kinds: number, digits, date, latin, term, same."""

Anchor = tuple[int, Key]
"""(offset, key)."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")

LEAST_DIGITS = 3
_WORDS = keeping(LATIN_LETTERS + DIGITS)
_LEADING_FIGURES = re.compile(rb"[0-9](?<![a-z0-9][0-9])[0-9]*+(?=[a-z])")


class Mark:
    """What both sides have: one object for each key, equal to none but itself, so that it is looked up in no time."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


def shared(ours: Sequence[Anchor], theirs: Sequence[Anchor]) -> tuple[list[tuple[int, Mark]], list[tuple[int, Mark]]]:
    """The anchors of either side whose key the other side has too, each once, as ``(offset, mark)`` in order of place."""
    numbers: dict[Key, int] = {}  # a key is looked up once for each anchor: figures take long to
    ours_of = list(map(numbers.setdefault, map(itemgetter(1), ours), itertools.count()))
    theirs_of = list(map(numbers.get, map(itemgetter(1), theirs)))
    marks = {number: Mark(ours[number][1][0]) for number in set(theirs_of) if number is not None}
    here, there = (
        dict.fromkeys([(offset, marks[n]) for (offset, _), n in zip(side, found, strict=True) if n in marks])
        for side, found in ((ours, ours_of), (theirs, theirs_of))
    )
    return sorted(here, key=itemgetter(0)), sorted(there, key=itemgetter(0))


def number_anchors(numbers: Iterable[Number], dates: Iterable[Date]) -> list[Anchor]:
    """The anchors that numbers and dates give; small numbers, unless they are shares, give none."""
    made: list[Anchor] = []
    for number in numbers:
        if number.weight != "none" or number.value >= 10 or number.kind == "share":
            others = number.others
            values = {number.value, *others} if others else (number.value,)
            made += [(number.start, ("number", value)) for value in values]
    for date in dates:
        if date.year:
            made.append((date.start, ("date", date.year)))
        if date.month:
            made.append((date.start, ("date", (date.month, date.day))))
    return made


def digit_anchors(ours: Sequence[Number], theirs: Sequence[Number]) -> tuple[list[Anchor], list[Anchor]]:
    """The anchors of figures that differ only by a power of ten, on either side: what 万 and 亿 are made of."""
    values, others = ({number.value for number in side} for side in (ours, theirs))
    return _digits(ours, others), _digits(theirs, values)


def _digits(numbers: Iterable[Number], others: set[Decimal]) -> list[Anchor]:
    """The anchors of the numbers that are none of ``others`` and have at least ``LEAST_DIGITS`` digits but zeros."""
    made: list[Anchor] = []
    for number in numbers:
        if number.value not in others:
            digits = "".join(map(str, number.value.as_tuple().digits)).strip("0")
            if len(digits) >= LEAST_DIGITS:
                made.append((number.start, ("digits", digits)))
    return made


def latin_anchors(english: str, chinese: str) -> tuple[list[Anchor], list[Anchor]]:
    """The Latin words of the Chinese text, and where they stand in the English one."""
    found = [(match.start(), match.group().lower()) for match in _WORD.finditer(chinese)]
    if not found:
        return [], []
    words = english.encode("ascii", "replace").lower().translate(_WORDS)
    words = _LEADING_FIGURES.sub(lambda match: b" " * len(match.group()), words)
    here = words_at(words.decode("ascii"), frozenset([word for _, word in found]))
    return [(start, ("latin", word)) for start, word in here], [(start, ("latin", word)) for start, word in found]
