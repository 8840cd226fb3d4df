"""Figures of a translation beside its source: terms, numbers, omissions. Definitions stand beside each figure."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from itertools import chain, compress
from typing import NamedTuple

from checker.page import Page
from checker.parallel import Parallel, Segment, segments, within_each
from checker.rules.segments import asked_terms, named_concepts
from glossary.concept import APPROVED

LEAST_SEGMENTS = 5  # in which a term stands before its best rendering is looked for
LONGEST = 4  # words
SOUGHT = 30  # words looked for in all segments, before all words are listed with theirs
FEW = 150  # words whose rows are looked for in all other segments, which else are cut into rows as well


def parallel_metrics(page: Page) -> dict[str, float]:
    """The figures by name; empty without a source.

    linked_share: share of the Chinese characters in links that are trusted; source_terms: occurrences of terms with
    a name of their own there; term_success_rate: share of them met by an approved rendering in their segment, each
    rendering meeting one occurrence; term_success_rate_document: the same with the whole document as one segment;
    unverified_terms: occurrences with nothing known beside them; number_agreement: share of the source's checked
    numbers that the English has, those of sentences left out among them; omission_rate: share of the Chinese
    characters left without English; best_rendering_coverage: median over terms in five segments or more of the
    share of them that hold the words most bound to the term.
    """
    parallel = page.parallel
    if parallel is None:
        return {}
    found = page.segments
    figures = {"linked_share": _linked(parallel, found), "omission_rate": _omitted(parallel)}
    figures |= _terms(page, found)
    checked = (*found, *segments(parallel, None, gaps=True))
    asked, unmet = (
        sum([number.weight == "strong" for row in rows for number in row])
        for rows in ([segment.numbers for segment in checked], [segment.lacking for segment in checked])
    )
    figures |= {"source_numbers": asked, "number_agreement": _share(asked - unmet, asked)}
    coverage = best_renderings(page, found)
    if coverage:
        figures["best_rendering_coverage"] = round(statistics.median(share for _, share in coverage.values()), 3)
    return figures


def _terms(page: Page, found: list[Segment]) -> dict[str, float]:
    wanted = [[term.concepts[0] for term in terms] for terms in asked_terms(page)]
    given = [
        [
            candidate.concept.id
            for mention in mentions
            for candidate in mention.candidates
            if candidate.status in APPROVED
        ]
        for mentions in within_each(page.mentions, [(segment.link.start, segment.link.end) for segment in found])
    ]
    occurrences = sum(map(len, wanted))
    met = sum(
        [
            (Counter(a) & Counter(b)).total() if len(a) > 1 else a[0] in b
            for a, b in zip(wanted, given, strict=True)
            if a and b
        ]
    )
    whole, all_given = Counter(chain.from_iterable(wanted)), Counter(chain.from_iterable(given))
    named = named_concepts(page)
    unverified = sum([item not in here for terms, here in zip(wanted, named, strict=True) for item in terms])
    return {
        "source_terms": occurrences,
        "term_success_rate": _share(met, occurrences),
        "term_success_rate_document": _share((whole & all_given).total(), occurrences),
        "unverified_terms": unverified,
    }


def best_renderings(page: Page, found: list[Segment]) -> dict[str, tuple[str, float]]:
    """For each repeated term the words most bound to its segments (highest Dice coefficient) and their coverage."""
    terms: dict[str, list[int]] = defaultdict(list)
    for place, segment in enumerate(found):
        for zh in dict.fromkeys([segment.parallel.source.text[t.start : t.end] for t in segment.terms]):
            terms[zh].append(place)
    repeated = {zh: places for zh, places in terms.items() if len(places) >= LEAST_SEGMENTS}
    if not repeated:
        return {}
    words = page.words.between_each([(segment.link.start, segment.link.end) for segment in found])
    different = [set(row) for row in words]
    lines = [f" {' '.join(row)} " for row in words]
    counts = Counter(chain.from_iterable(different))  # in how many segments each word stands
    where: dict[str, list[int]] = {}
    best = {}
    for zh, places in repeated.items():
        first, least, grams = _bound(places, words, different, counts)
        highest = (0.0, 0, "")
        total = len(places)
        named = [(" ".join(gram), gram, n) for gram, n in grams.items()]
        for name, gram, n in sorted(named, key=lambda item: len(item[0]), reverse=True):
            if (1.0, len(name), name) < highest:
                continue
            if first < total:
                most = n + total - first
                if 2 * most / (total + most) < max(least, highest[0]):
                    continue
                n += _lines_with(name, lines, places[first:])
            if 2 * n / (total + n) >= max(least, highest[0]):
                rarest = min(gram, key=counts.__getitem__)
                everywhere = counts[rarest]
                if len(gram) > 1 and everywhere > n:
                    if rarest not in where and len(where) < SOUGHT:
                        where[rarest] = [place for place, row in enumerate(different) if rarest in row]
                    elif rarest not in where:
                        where = _places(different)
                    everywhere = _lines_with(name, lines, where[rarest])
                highest = max(highest, (2 * n / (total + everywhere), len(name), name))
        if highest[0]:
            best[zh] = (highest[2], _lines_with(highest[2], lines, places) / total)
    return best


class _Bound(NamedTuple):
    """Rows of words that may be bound to a term most, with the number of its ``first`` segments in which each stands.

    ``least`` is what the best single word reaches.
    """

    first: int
    least: float
    grams: Counter[tuple[str, ...]]


def _bound(places: list[int], words: list[list[str]], different: list[set[str]], counts: Counter[str]) -> _Bound:
    total = len(places)
    everywhere = set.intersection(*[different[place] for place in places])
    if any(counts[word] == total and len(word) > 2 for word in everywhere):
        least, kept = 1.0, everywhere
    else:
        least, kept = _kept(total, Counter(chain.from_iterable([different[place] for place in places])), counts)
    first = total - int(least * total / (2 - least) - 1e-6) + 1  # a row that stands in none of these is too rare
    if sum([len(words[place]) for place in places[:first]]) > FEW:
        first = total
    return _Bound(first, least, Counter(chain.from_iterable([_grams(words[place], kept) for place in places[:first]])))


def _kept(total: int, here: Counter[str], counts: Counter[str]) -> tuple[float, set[str]]:
    """What the best single word reaches, and the words of which rows are made that may reach it too.

    ``here`` tells in how many of the ``total`` segments each word stands, ``counts`` in how many of all.
    """
    as_often: dict[int, list[str]] = defaultdict(list)
    for word, n in here.items():
        as_often[n].append(word)
    least, kept = 0.0, set[str]()
    # A word stands in no fewer segments than here, and a row of words in no more of them than each of its words.
    for n in sorted(as_often, reverse=True):
        if 2 * n / (total + n) < least:
            break
        kept.update(as_often[n])
        least = max([least, *[2 * n / (total + counts[word]) for word in as_often[n] if len(word) > 2]])
    return least, kept


def _places(rows: list[set[str]]) -> dict[str, list[int]]:
    """In which rows each word stands."""
    made: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for word in row:
            made[word].append(place)
    return made


def _lines_with(name: str, lines: list[str], places: list[int]) -> int:
    """In how many of the lines at some places a row of words stands."""
    framed = f" {name} "
    return sum([framed in lines[place] for place in places])


def _grams(words: list[str], kept: set[str]) -> set[tuple[str, ...]]:
    """Rows of up to four words, all among ``kept``, that begin and end with a word of three letters or more."""
    rows: set[tuple[str, ...]] = set()
    places = list(compress(range(len(words)), map(kept.__contains__, words)))
    for number, start in enumerate(places):
        if len(words[start]) > 2:
            for end, place in enumerate(places[number : number + LONGEST], start):
                if place != end:
                    break
                if len(words[end]) > 2:
                    rows.add(tuple(words[start : end + 1]))
    return rows


def _linked(parallel: Parallel, found: list[Segment]) -> float:
    return _share(sum([parallel.han(*segment.source) for segment in found]), parallel.han())


def _omitted(parallel: Parallel) -> float:
    lost = sum([parallel.han(link.source_start, link.source_end) for link in parallel.links if link.start == link.end])
    return round(lost / max(1, parallel.han()), 3)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
