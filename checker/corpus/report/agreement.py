"""How far pages agree on names, with bootstrap intervals over documents.

Each page has one vote for each concept it names: the name that stands there most often. Whole pages are drawn with
replacement, so that what stands together on a page stays together; two draws of one page are no pair. Of many pages
random blocks are drawn, which differ from each other as sums of pages do. The intervals are percentiles (Efron and
Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.corpus.report.names import Family
from checker.corpus.report.values import Agreement, Interval

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEED = 2009
DRAWS = 400
"""How often the pages are drawn again."""
BLOCKS = 300
"""How many blocks the pages of a large store are divided into; up to so many pages are drawn by themselves."""
_LEVEL = (2.5, 97.5)  # per cent


class Votes(NamedTuple):
    """Columns of one length, a row a vote: numbers of the page and the name.

    ``concepts`` and ``good`` go by the number of a name: the number of its concept, never falling, and whether it is
    the one to settle on.
    """

    pages: Any
    names: Any
    concepts: Any
    good: Any


def read_votes(con: DuckDBPyConnection, families: Sequence[Family], settled: set[int]) -> Votes:
    """All votes of a store."""
    import numpy

    table = con.sql("SELECT page, number FROM votes").to_arrow_table()
    numbers = {concept: number for number, concept in enumerate(dict.fromkeys(family.concept for family in families))}
    return Votes(
        table.column("page").to_numpy(),
        table.column("number").to_numpy(),
        numpy.array([numbers[family.concept] for family in families], dtype=numpy.int64),
        numpy.array([family.number in settled for family in families], dtype=bool),
    )


def agreement(votes: Votes) -> Agreement | None:
    """Agreement of the pages that vote, of a store or of a group; None where no concept is named on two pages."""
    import numpy

    pages, names = votes.pages, votes.names
    if len(names) == 0:
        return None
    concepts = votes.concepts[names]
    several = (numpy.bincount(concepts) > 1)[concepts]
    if not several.any():
        return None
    numbers, names = _numbered(names[several])
    kept, documents = _numbered(pages[several])
    concepts, good = votes.concepts[numbers], votes.good[numbers]
    starts = numpy.flatnonzero(numpy.diff(concepts, prepend=-1))
    dominant = _dominant(numpy.bincount(names, minlength=len(numbers)), starts)
    random = numpy.random.default_rng(SEED)
    blocks = min(BLOCKS, len(kept))
    if len(kept) > blocks:
        documents = (random.permutation(len(kept)) % blocks)[documents]
    counted = numpy.bincount(documents * len(numbers) + names, minlength=blocks * len(numbers))
    table = counted.reshape(blocks, len(numbers)).astype(float)

    def shares(draws: Any) -> Any:
        """The three shares for each row of ``draws``, which says how often each block is drawn."""
        counts, own = draws @ table, draws**2 @ table
        all_of = numpy.add.reduceat(counts, starts, axis=1)
        pairs = all_of**2 - numpy.add.reduceat(own, starts, axis=1)
        alike = numpy.add.reduceat(counts**2 - own, starts, axis=1)
        weights = numpy.where(pairs > 0, all_of, 0)
        agreeing = (weights * alike / numpy.where(pairs > 0, pairs, 1)).sum(axis=1)
        total = all_of.sum(axis=1)
        found = (
            counts[:, dominant].sum(axis=1) / total,
            agreeing / numpy.maximum(weights.sum(axis=1), 1),
            counts[:, good].sum(axis=1) / total,
        )
        return numpy.stack(found, axis=1)

    sample = [float(share) for share in shares(numpy.ones((1, blocks)))[0]]
    drawn = shares(random.multinomial(blocks, numpy.full(blocks, 1 / blocks), size=DRAWS).astype(float))
    low, high = numpy.percentile(drawn, _LEVEL, axis=0)
    between: list[Interval] = [(float(a), float(b)) for a, b in zip(low, high, strict=True)]
    return Agreement(len(names), sample[0], between[0], sample[1], between[1], sample[2], between[2])


def _numbered(values: Any) -> tuple[Any, Any]:
    """The different values in order, and for each value its number among them."""
    import numpy

    kept = numpy.flatnonzero(numpy.bincount(values))
    numbers = numpy.zeros(kept[-1] + 1, dtype=numpy.int64)
    numbers[kept] = numpy.arange(len(kept))
    return kept, numbers[values]


def _dominant(counts: Any, starts: Any) -> Any:
    """The commonest name of each concept, the better one (of the smaller number) of equals."""
    import numpy

    ends = [*starts[1:], len(counts)]
    return numpy.array([start + int(counts[start:end].argmax()) for start, end in zip(starts, ends, strict=True)])


class ConceptVotes(NamedTuple):
    """The votes on one concept: all, those for the dominant name, the agreement of two pages (None for one page)."""

    pages: int
    dominant: int
    share: float
    interval: Interval
    pairwise: float | None


def by_concept(votes: Votes) -> dict[int, ConceptVotes]:
    """Agreement on each concept, by its number."""
    import numpy

    if len(votes.names) == 0:
        return {}
    counts = numpy.bincount(votes.names, minlength=len(votes.concepts))
    starts = numpy.flatnonzero(numpy.diff(votes.concepts, prepend=-1))
    totals = numpy.add.reduceat(counts, starts)
    dominant = _dominant(counts, starts)
    shares = counts[dominant] / numpy.maximum(totals, 1)
    alike = numpy.add.reduceat(counts * (counts - 1), starts)
    random = numpy.random.default_rng(SEED)
    drawn = random.binomial(totals, shares, size=(DRAWS, len(totals))) / numpy.maximum(totals, 1)
    low, high = numpy.percentile(drawn, _LEVEL, axis=0)
    return {
        number: ConceptVotes(
            int(totals[number]),
            int(dominant[number]),
            float(shares[number]),
            (float(low[number]), float(high[number])),
            float(alike[number] / (totals[number] * (totals[number] - 1))) if totals[number] > 1 else None,
        )
        for number in range(len(totals))
        if totals[number]
    }
