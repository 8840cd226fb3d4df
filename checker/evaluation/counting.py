"""Counts the places of findings against annotated pages.

Everything is counted by place: a finding's own range and each further one in ``also``. Nothing here decides how
figures are shown.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from checker.evaluation.annotation import Span, Trap, check_quotes
from checker.evaluation.figures import Evaluation, Precision, Recall, RuleScore, Sprung
from checker.evaluation.fitting import Index, fits, springs, touch
from checker.evaluation.places import Place

_Item = TypeVar("_Item")
_Count = TypeVar("_Count")

_REGION_LENGTH = 2000
_MASS_COUNT = 50
_CHANCE_RUNS = 30
_SEED = 20211012


def evaluate(
    pages: Mapping[str, str], spans: Sequence[Span], traps: Sequence[Trap], places: Sequence[Place]
) -> Evaluation:
    """Count ``places`` against the annotation of ``pages`` (name -> text).

    Raises GoldError when a quote of the annotation is not what stands in its page.
    """
    check_quotes(pages, [*spans, *traps])
    index = Index(spans)
    regions = Index([span for span in spans if _is_region(span)])
    mass = _mass_subtypes(spans)

    judged = [_judge(place, index, regions) for place in places]
    found = {span for item in judged for span in item.matches}
    found_above = {span for item in judged if item.place.counts for span in item.matches}
    above = [item for item in judged if item.place.counts and not item.left_out]

    def recall(chosen: Sequence[Span]) -> Recall:
        return Recall(len(chosen), sum(s in found for s in chosen), sum(s in found_above for s in chosen))

    single = [span for span in spans if (span.file, span.subtype) not in mass]
    repeated = [span for span in spans if (span.file, span.subtype) in mass]
    in_reach = [span for span in single if span.detectable in ("glossary", "pattern")]
    by_glossary = [span for span in single if span.detectable == "glossary"]
    beside_mass = [
        item
        for item in above
        if not item.matches or any((span.file, span.subtype) not in mass for span in item.matches)
    ]
    return Evaluation(
        pages=tuple(pages),
        recall_by_detectable=_counted(single, lambda span: span.detectable, recall),
        recall_by_category=_counted(single, lambda span: span.category, recall),
        recall_by_page=_counted(single, lambda span: span.file, recall),
        glossary_recall_by_page=_counted(by_glossary, lambda span: span.file, recall),
        mass_lines=_counted(repeated, lambda span: span.subtype, recall),
        precision=_precision(above),
        precision_beside_mass=_precision(beside_mass),
        precision_by_page=_counted(above, lambda item: item.place.file, _precision),
        chance=_chance(pages, [item.place for item in above], index, regions),
        left_out=sum(item.place.counts and item.left_out for item in judged),
        rules=_rule_scores(judged),
        traps=len(traps),
        sprung=_sprung(places, traps),
        unsupported=tuple(item.place for item in above if not item.matches),
        missed=tuple(span for span in in_reach if span not in found),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """A place, the spans it fits, and whether it is left out of precision."""

    place: Place
    matches: tuple[Span, ...]
    left_out: bool


def _judge(place: Place, index: Index[Span], regions: Index[Span]) -> _Judged:
    left_out = _left_out(place, regions)
    matches = (span for span in index.near(place) if fits(place, span))
    # A fault inside a repeated region says nothing about the repetition, however akin the categories are.
    return _Judged(place, tuple(span for span in matches if not (left_out and _is_region(span))), left_out)


def _is_region(span: Span) -> bool:
    return span.category == "duplication" and span.end - span.start > _REGION_LENGTH


def _left_out(place: Place, regions: Index[Span]) -> bool:
    """Whether a place stands in repeated text, whose inner faults are not annotated."""
    return place.category != "duplication" and any(touch(place, region) for region in regions.near(place))


def _mass_subtypes(spans: Iterable[Span]) -> set[tuple[str, str]]:
    """The (file, subtype) pairs so frequent that they would drown every other figure."""
    counts = Counter((span.file, span.subtype) for span in spans if span.subtype)
    return {pair for pair, count in counts.items() if count > _MASS_COUNT}


def _precision(judged: Sequence[_Judged]) -> Precision:
    return Precision(len(judged), sum(bool(item.matches) for item in judged))


def _counted(
    items: Iterable[_Item], key: Callable[[_Item], str], count: Callable[[Sequence[_Item]], _Count]
) -> dict[str, _Count]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return {name: count(groups[name]) for name in sorted(groups)}


def _chance(
    pages: Mapping[str, str], places: Sequence[Place], index: Index[Span], regions: Index[Span]
) -> float | None:
    """The share supported when every place is moved to a random position in its page's annotated text."""
    if not places:
        return None
    dice = random.Random(_SEED)
    hits = 0
    for _ in range(_CHANCE_RUNS):
        for place in places:
            moved = _moved(place, len(pages[place.file]), regions, dice)
            hits += any(fits(moved, span) for span in index.near(moved))
    return hits / (_CHANCE_RUNS * len(places))


def _moved(place: Place, page_length: int, regions: Index[Span], dice: random.Random) -> Place:
    length = place.end - place.start
    moved = place
    for _ in range(200):  # a bound for pages that are nearly all repeated text
        start = dice.randrange(max(1, page_length - length + 1))
        moved = replace(place, start=start, end=start + length)
        if not _left_out(moved, regions):
            break
    return moved


def _rule_scores(judged: Iterable[_Judged]) -> tuple[RuleScore, ...]:
    counts: dict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for item in judged:
        if not item.left_out:
            key = (item.place.rule, item.place.name, item.place.counts)
            counts[key][0 if item.matches else 1] += 1
    in_order = sorted(counts, key=lambda key: (key[0], not key[2]))
    return tuple(RuleScore(*key, *counts[key]) for key in in_order)


def _sprung(places: Iterable[Place], traps: Sequence[Trap]) -> tuple[Sprung, ...]:
    index = Index(traps)
    by_trap: dict[Trap, Place] = {}
    for place in places:
        for trap in index.near(place):
            if springs(place, trap):
                by_trap.setdefault(trap, place)
    return tuple(Sprung(trap, by_trap[trap]) for trap in traps if trap in by_trap)
