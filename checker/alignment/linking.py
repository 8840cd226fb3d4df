"""The links of two texts: blocks paired, their sentences paired, gaps put in place, and which links may be trusted."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import chain

from checker.alignment.pairing import paired
from checker.alignment.scores import unlike
from checker.alignment.units import Side, Unit, together
from checker.bitext import Link, Span

_Unjudged = tuple[int, int, int, int, int]
"""A link that is not judged yet; a missing side is at -1."""
_CUT = 3  # sentences that a translator makes of one
_ALIKE = 1.1  # of lengths: the translation is less than two thirds longer than usual


def align(english: Side, chinese: Side) -> tuple[Link, ...]:
    """The links of two texts in order, gaps among them; every sentence of both sides is in exactly one."""
    here, there = english.block_units, chinese.block_units
    few, many = sorted((len(here), len(there)))
    pairs = paired(here, there) if many <= 2 * few + 2 else None
    links: list[_Unjudged] = []
    if pairs is None or _lost(pairs, here, there) > 0.5:
        # The two are cut into blocks in different ways.
        links = _linked(english.sentence_units, chinese.sentence_units)
    else:
        for (a, b), (c, d) in pairs:
            ours, theirs = _row(english.sentences_of[a:b]), _row(chinese.sentences_of[c:d])
            if b - a == 1 and 1 < len(ours) <= _CUT and len(theirs) == 1 and _is_cut(here[a], there[c]):
                links.append((here[a].start, here[a].end, there[c].start, there[c].end, _shared(here[a:b], there[c:d])))
            else:
                links += _linked(ours, theirs)
    return _judged(_placed(links))


def _is_cut(ours: Unit, theirs: Unit) -> bool:
    """Whether a paragraph of some sentences is as long as the one Chinese sentence of its partner allows."""
    return unlike(ours.length, theirs.length) < _ALIKE


def _shared(ours: Sequence[Unit], theirs: Sequence[Unit]) -> int:
    """How many anchors two rows of units share."""
    marks, others = together(ours), together(theirs)
    return sum([min(n, others[mark]) for mark, n in marks.items() if mark in others])


def _row(blocks: list[list[Unit]]) -> list[Unit]:
    return blocks[0] if len(blocks) == 1 else list(chain.from_iterable(blocks))


def _linked(here: list[Unit], there: list[Unit]) -> list[_Unjudged]:
    """The links between some sentences."""
    made: list[_Unjudged]
    if not here or not there:
        made = [(unit.start, unit.end, -1, -1, 0) for unit in here]
        return made + [(-1, -1, unit.start, unit.end, 0) for unit in there]
    made = []
    for (a, b), (c, d) in [((0, 1), (0, 1))] if len(here) == len(there) == 1 else paired(here, there):
        shared = 0
        if a < b and c < d:
            shared = _shared(here[a:b], there[c:d])
        made.append(
            (
                here[a].start if a < b else -1,
                here[b - 1].end if a < b else -1,
                there[c].start if c < d else -1,
                there[d - 1].end if c < d else -1,
                shared,
            )
        )
    return made


def _placed(links: list[_Unjudged]) -> list[_Unjudged]:
    """Gaps put where the missing text would stand: at the end of what comes before."""
    made = []
    last = source_last = 0
    for start, end, source_start, source_end, anchors in links:
        if start < 0:
            start = end = last
        if source_start < 0:
            source_start = source_end = source_last
        last, source_last = end, source_end
        made.append((start, end, source_start, source_end, anchors))
    return made


def _judged(links: list[_Unjudged]) -> tuple[Link, ...]:
    """The links with those marked that checks may accuse by: well anchored, or between two that are."""
    anchored = [a > 0 and start != end and source < last for start, end, source, last, a in links]
    between = map(operator.and_, [True, *anchored], [*anchored[1:], True])
    return tuple([Link(*link, a or b) for link, a, b in zip(links, anchored, between, strict=False)])


def _lost(pairs: list[tuple[Span, Span]], here: Sequence[Unit], there: Sequence[Unit]) -> float:
    """The share of the text in blocks without a partner."""
    whole = sum(unit.length for unit in here) + sum(unit.length for unit in there)
    lost = sum(u.length for (a, b), (c, d) in pairs if c == d for u in here[a:b])
    lost += sum(u.length for (a, b), (c, d) in pairs if a == b for u in there[c:d])
    return lost / whole if whole else 0.0
