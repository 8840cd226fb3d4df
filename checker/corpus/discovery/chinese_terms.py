"""Chinese terms that the glossary lacks: long, frequent, cohesive and with varied neighbours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from checker.corpus.discovery.finds import Find
from checker.phrases.counts import Count, Units, c_values, entropy

FREE = 0.4  # share of the places in which a term must be no part of a longer run of words
ONE_SIDED = 0.5  # of a term that always has the same neighbour: it is a piece of something


class ChineseTerms:
    """Judges the phrases counted in Chinese pages."""

    def __init__(self, known: frozenset[str], names: frozenset[str]) -> None:
        self._known = known
        self._names = names

    def terms(self, counts: Mapping[Units, Count], at_least: int) -> Iterator[Find]:
        """Terms that no concept has and that hold no name of a place or body, unordered."""
        frequent = {units: count for units, count in counts.items() if count.count >= at_least}
        total = sum(count.count for count in frequent.values()) or 1
        for units, value in c_values({units: count.count for units, count in frequent.items()}).items():
            term, count = "".join(units), frequent[units]
            if term in self._known or count.free < FREE * count.count or any(name in term for name in self._names):
                continue
            varied = min(entropy(count.before), entropy(count.after))
            score = value * (ONE_SIDED + (1 - ONE_SIDED) * min(1.0, varied)) * _cohesion(units, frequent, total)
            score *= 1 + 0.3 * math.log2(count.pages)
            reasons = (f"neighbours: {entropy(count.before):.1f} bits before, {entropy(count.after):.1f} after",)
            yield Find(
                "chinese", term, score, count.count, count.pages, tuple(count.contexts), zh=term, evidence=reasons
            )


def _cohesion(units: Units, counts: Mapping[Units, Count], total: int) -> float:
    """How much more often a term stands than its two parts by chance, by the worst cut: 0.5 to 1."""
    number = counts[units].count
    worst = math.inf
    for cut in range(2, len(units) - 1):
        left, right = counts.get(units[:cut]), counts.get(units[cut:])
        if left is None or right is None:
            continue
        worst = min(worst, math.log2(number * total / (left.count * right.count)) / -math.log2(number / total))
    return 1.0 if worst == math.inf else 0.5 + 0.5 * max(0.0, min(1.0, worst))
