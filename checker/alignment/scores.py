"""How well stretches of two rows of units fit: by length and by the anchors they share."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, product

from checker.alignment.anchors import Mark
from checker.alignment.units import Unit

_WEIGHTS = {"number": 2.0, "digits": 1.5, "date": 1.5, "latin": 1.5, "term": 1.0, "same": 4.0}
PRIOR = {(1, 1): 1.0, (1, 2): -0.3, (2, 1): -0.3, (1, 3): -1.0, (3, 1): -1.0, (2, 2): -1.4}
"""The score of a bead (English units, Chinese units) before anything is known of it."""
MOST = 4.6
"""More than shared anchors and fitting lengths can add to it."""
_COMMON = 400  # pairs of places: an anchor that stands more often tells nothing


def unlike(ours: float, theirs: float) -> float:
    """How badly two lengths fit, in English characters: 0 where they are the same."""
    ours, theirs = ours + 15, theirs + 15
    apart = math.log(ours / theirs)
    return apart * apart / (2 * (0.032 + 12 / (ours + theirs)))


class Scores:
    """How well stretches of the two rows of units fit. Built for one pair of texts."""

    def __init__(self, here: Sequence[Unit], there: Sequence[Unit]) -> None:
        theirs_of = _places(there)
        weights: list[list[float]] = [[0.0] * len(here), [0.0] * len(there)]
        self._common: list[tuple[float, list[int], list[int]]] = []  # each mark's weight and places on both sides
        for mark, ours in _places(here).items():
            theirs = theirs_of.get(mark)
            if theirs is None or len(ours) * len(theirs) > _COMMON:
                continue
            weight = _WEIGHTS[mark.kind] / math.sqrt(max(len(ours), len(theirs)))
            self._common.append((weight, ours, theirs))
            for place in ours:
                weights[0][place] += weight
            for place in theirs:
                weights[1][place] += weight
        self._weights, self._their_weights = _sums(weights[0]), _sums(weights[1])
        self._lengths, self._their_lengths = (_sums([unit.length for unit in row]) for row in (here, there))

    @cached_property
    def shared(self) -> dict[tuple[int, int], float]:
        """What each two units that share anything share."""
        found: dict[tuple[int, int], float] = defaultdict(float)
        for weight, ours, theirs in self._common:
            for pair in product(ours, theirs):
                found[pair] += weight
        return found

    def are_beside(self, number: int, least: float) -> bool:
        """Whether each of ``number`` units of either side fits the one in its place better than ``least``."""
        shared = [0.0] * number
        for weight, ours, theirs in self._common:
            for place in ours if ours == theirs else set(ours).intersection(theirs):
                shared[place] += weight
        return all(self.scored(n, n + 1, n, n + 1, shared[n]) > least for n in range(number))

    def link(self, a: int, b: int, c: int, d: int) -> float:
        """The score of linking units a..b of the English with c..d of the Chinese."""
        return self.scored(a, b, c, d, self.shared_by(a, b, c, d))

    def shared_by(self, a: int, b: int, c: int, d: int) -> float:
        """What units a..b of the English share with c..d of the Chinese."""
        get = self.shared.get
        shared = get((a, c), 0.0)
        if b - a > 1 or d - c > 1:
            for i in range(a, b):
                for j in range(c, d):
                    if i > a or j > c:
                        shared += get((i, j), 0.0)
        return shared

    def scored(self, a: int, b: int, c: int, d: int, shared: float) -> float:
        """The score of linking units that share so much; where that is nothing it is at most their PRIOR."""
        apart = unlike(self._lengths[b] - self._lengths[a], self._their_lengths[d] - self._their_lengths[c])
        score = PRIOR[b - a, d - c] - (apart if apart < 4.0 else 4.0)
        anchored = self._weights[b] - self._weights[a] + self._their_weights[d] - self._their_weights[c]
        if anchored:
            fit = 2 * shared / anchored
            if fit > 1.0:
                fit = 1.0
            score += (6.5 * fit - 2.0) * (anchored / 5 if anchored < 5 else 1.0)
        return score

    def fit(self, a: int, c: int) -> float:
        """The share of the anchors of two single units that they share, 0 to 1."""
        ours, theirs = self._weights, self._their_weights
        anchored = ours[a + 1] - ours[a] + theirs[c + 1] - theirs[c]
        return min(1.0, 2 * self.shared.get((a, c), 0.0) / anchored) if anchored else 0.0


def _places(row: Sequence[Unit]) -> dict[Mark, list[int]]:
    """In which units each mark stands."""
    found: dict[Mark, list[int]] = defaultdict(list)
    for number, unit in enumerate(row):
        for mark in unit.anchors:
            found[mark].append(number)
    return found


def _sums(values: Iterable[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))
