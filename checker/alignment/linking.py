"""The links of two texts: blocks paired, their sentences paired, gaps put in place, and which links may be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from checker.alignment.pairing import paired
from checker.alignment.units import Side, Unit, together
from checker.bitext import Link, Span


def align(english: Side, chinese: Side) -> tuple[Link, ...]:
    """The links of two texts in order, gaps among them; every sentence of both sides is in exactly one."""
    here, there = english.block_units, chinese.block_units
    few, many = sorted((len(here), len(there)))
    pairs = paired(here, there) if many <= 2 * few + 2 else None
    links: list[Link] = []
    if pairs is None or _lost(pairs, here, there) > 0.5:
        # The two are cut into blocks in different ways.
        links = _linked(english.sentence_units, chinese.sentence_units)
    else:
        for (a, b), (c, d) in pairs:
            links += _linked(_row(english.sentences_of[a:b]), _row(chinese.sentences_of[c:d]))
    return _judged(_placed(links))


def _row(blocks: list[list[Unit]]) -> list[Unit]:
    return blocks[0] if len(blocks) == 1 else list(chain.from_iterable(blocks))


def _linked(here: list[Unit], there: list[Unit]) -> list[Link]:
    """The links between some sentences."""
    if not here or not there:
        return [Link(unit.start, unit.end, -1, -1) for unit in here] + [Link(-1, -1, u.start, u.end) for u in there]
    made = []
    for (a, b), (c, d) in [((0, 1), (0, 1))] if len(here) == len(there) == 1 else paired(here, there):
        shared = 0
        if a < b and c < d:
            ours, theirs = together(here[a:b]), together(there[c:d])
            shared = sum(min(count, theirs[key]) for key, count in ours.items() if key in theirs)
        made.append(
            Link(
                here[a].start if a < b else -1,
                here[b - 1].end if a < b else -1,
                there[c].start if c < d else -1,
                there[d - 1].end if c < d else -1,
                shared,
            )
        )
    return made


def _placed(links: list[Link]) -> list[Link]:
    """Gaps put where the missing text would stand: at the end of what comes before."""
    made = []
    end = source_end = 0
    for link in links:
        if link.start < 0:
            link = link._replace(start=end, end=end)
        if link.source_start < 0:
            link = link._replace(source_start=source_end, source_end=source_end)
        end, source_end = link.end, link.source_end
        made.append(link)
    return made


def _judged(links: list[Link]) -> tuple[Link, ...]:
    """The links with those marked that checks may accuse by."""
    anchors = [0 if link.is_gap else link.anchors for link in links]

    def beside(place: int) -> bool:
        before = anchors[place - 1] if place else 2
        after = anchors[place + 1] if place + 1 < len(anchors) else 2
        return min(before, after) >= 1

    return tuple([Link(*link[:5], trusted=anchors[place] >= 1 or beside(place)) for place, link in enumerate(links)])


def _lost(pairs: list[tuple[Span, Span]], here: Sequence[Unit], there: Sequence[Unit]) -> float:
    """The share of the text in blocks without a partner."""
    whole = sum(unit.length for unit in here) + sum(unit.length for unit in there)
    lost = sum(u.length for (a, b), (c, d) in pairs if c == d for u in here[a:b])
    lost += sum(u.length for (a, b), (c, d) in pairs if a == b for u in there[c:d])
    return lost / whole if whole else 0.0
