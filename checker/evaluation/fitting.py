"""Whether a place of a finding fits an annotation: they overlap, are akin, and the place is not much longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic

from checker.evaluation.annotation import Marked, Span, Trap
from checker.evaluation.places import Place

_AKIN: tuple[frozenset[str], ...] = (
    frozenset({"terminology", "calque", "inconsistency", "name"}),
    frozenset({"garbled", "grammar", "duplication", "spacing"}),
    frozenset({"residue", "furniture", "spacing"}),
    frozenset({"number", "numbering"}),
)
_MAY_BE_LONG = frozenset({"duplication", "furniture", "residue"})
_BUCKET = 64


def akin(first: str, second: str) -> bool:
    """Whether two categories are close enough for one to support the other."""
    return first == second or any(first in group and second in group for group in _AKIN)


def fits(place: Place, span: Span) -> bool:
    """Whether a place supports a span of the same page (the caller sees to the page)."""
    return (
        touch(place, span)
        and akin(place.category, span.category)
        and (_short_enough(place, span) or (place.category in _MAY_BE_LONG and place.category == span.category))
    )


def springs(place: Place, trap: Trap) -> bool:
    """Whether a place above info wakes a trap of the same page."""
    return place.counts and touch(place, trap) and _short_enough(place, trap)


def touch(place: Place, other: Span | Trap) -> bool:
    """Whether a place and an annotation of the same page overlap."""
    return place.start < other.end and place.end > other.start


def _short_enough(place: Place, other: Span | Trap) -> bool:
    return place.end - place.start <= 3 * (other.end - other.start) + 20


class Index(Generic[Marked]):
    """Finds the annotations near a place without looking at all of them."""

    def __init__(self, marked: Iterable[Marked]) -> None:
        self._buckets: dict[tuple[str, int], list[Marked]] = defaultdict(list)
        for item in marked:
            for number in range(item.start // _BUCKET, item.end // _BUCKET + 1):
                self._buckets[item.file, number].append(item)

    def near(self, place: Place) -> list[Marked]:
        """The annotations that may touch a place, each once, in order."""
        numbers = range(place.start // _BUCKET, place.end // _BUCKET + 1)
        return list(dict.fromkeys(i for n in numbers for i in self._buckets.get((place.file, n), ())))
