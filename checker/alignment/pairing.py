"""The best row of beads between two rows of units: 1-1 to 1-3, 2-2, and gaps."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from checker.alignment.scores import MOST, PRIOR, Scores, unlike
from checker.alignment.units import Unit
from checker.bitext import Span

_BEADS = tuple((down, across, prior, prior + MOST) for (down, across), prior in PRIOR.items())
_GAP = -1.2
_FITTING = 0.3  # score from which two units of equally many may go together unasked
_INEXACT = 0.01  # more than rounding does to a score
_PINNED = 400  # cells from which sure pairs are taken out first
_WHOLE = 20_000  # cells up to which the whole table is worked out
_BAND = 40
_NARROWEST = 12
_CELLS = 250_000  # cells of a band at most, on each side of the diagonal


def paired(here: Sequence[Unit], there: Sequence[Unit]) -> list[tuple[Span, Span]]:
    """The best row of beads: ``((from, to) of the English units, (from, to) of the Chinese ones)``."""
    are_as_many = len(here) == len(there)
    if are_as_many and all(map(_are_alike, here, there)):
        return [((n, n + 1), (n, n + 1)) for n in range(len(here))]
    scores = Scores(here, there)
    if are_as_many and scores.are_beside(len(here), _FITTING):
        return [((n, n + 1), (n, n + 1)) for n in range(len(here))]
    pins = _pins(scores) if len(here) * len(there) > _PINNED else []
    made: list[tuple[Span, Span]] = []
    place = other = 0
    for pin, partner in [*pins, (len(here), len(there))]:
        made += _best(scores, (place, pin), (other, partner))
        if pin < len(here):
            made.append(((pin, pin + 1), (partner, partner + 1)))
        place, other = pin + 1, partner + 1
    return made


def _are_alike(ours: Unit, theirs: Unit) -> bool:
    """Whether two units have the same anchors and lengths that fit: where all have, `Scores.are_beside` holds for all."""
    return (
        ours.anchors.keys() == theirs.anchors.keys()
        and unlike(ours.length, theirs.length) < PRIOR[1, 1] - _FITTING - _INEXACT
    )


def _pins(scores: Scores) -> list[tuple[int, int]]:
    """Pairs of units that surely belong together, in order on both sides."""
    best_here: dict[int, tuple[float, int]] = {}
    best_there: dict[int, tuple[float, int]] = {}
    for (a, c), shared in scores.shared.items():
        best_here[a] = max(best_here.get(a, (0.0, -1)), (shared, c))
        best_there[c] = max(best_there.get(c, (0.0, -1)), (shared, a))
    sure = sorted(
        (a, c)
        for a, (shared, c) in best_here.items()
        if shared >= 3 and best_there[c][1] == a and scores.fit(a, c) >= 0.6 and scores.link(a, a + 1, c, c + 1) > 3
    )
    # The longest row of pairs that rises on both sides (patience sorting).
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, c) in enumerate(sure):
        pile = bisect.bisect_left(tails, c)
        before.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [c]
        ends[pile : pile + 1] = [number]
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(sure[number])
        number = before[number]
    return chain[::-1]


def _best(scores: Scores, ours: Span, theirs: Span) -> list[tuple[Span, Span]]:
    """The dynamic programme on a stretch of both sides; in a band round the diagonal where the stretch is long."""
    (first, last), (top, bottom) = ours, theirs
    rows, columns = last - first, bottom - top
    if not rows or not columns:
        return [((n, n + 1), (top, top)) for n in range(first, last)] + [
            ((last, last), (n, n + 1)) for n in range(top, bottom)
        ]
    width = columns
    if rows * columns > _WHOLE:  # the band follows the slope
        width = max(_NARROWEST, min(_BAND + abs(rows - columns), _CELLS // rows)) + 2 * (columns // rows + 1)
    lowest = -1e9
    table: list[dict[int, float]] = []
    steps: list[dict[int, tuple[int, int]]] = []
    for row in range(rows + 1):
        middle = row * columns // rows
        totals: dict[int, float] = {}
        chosen: dict[int, tuple[int, int]] = {}
        above = table[row - 1].get if row else None
        beads = [(*bead, table[row - bead[0]].get) for bead in _BEADS if bead[0] <= row]
        for column in range(max(0, middle - width), min(columns, middle + width) + 1):
            best, step = (0.0, (0, 0)) if row == column == 0 else (lowest, (0, 0))
            if above is not None:
                total = above(column, lowest) + _GAP
                if total > best:
                    best, step = total, (1, 0)
            if column:
                total = totals.get(column - 1, lowest) + _GAP
                if total > best:
                    best, step = total, (0, 1)
            for down, across, prior, most, before in beads:
                if across <= column:
                    total = before(column - across, lowest)
                    if total > lowest and total + most > best:
                        units = first + row - down, first + row, top + column - across, top + column
                        shared = scores.shared_by(*units)
                        if shared or total + prior > best:
                            total += scores.scored(*units, shared)
                            if total > best:
                                best, step = total, (down, across)
            totals[column] = best
            chosen[column] = step
        table.append(totals)
        steps.append(chosen)
    made = []
    row, column = rows, columns
    while row or column:
        down, across = steps[row][column]
        if not down and not across:  # out of the band
            down, across = (1, 0) if row else (0, 1)
        made.append(((first + row - down, first + row), (top + column - across, top + column)))
        row, column = row - down, column - across
    return made[::-1]
