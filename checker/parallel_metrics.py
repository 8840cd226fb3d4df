"""Figures of a translation beside its source: terms, numbers, omissions. Definitions stand beside each figure."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from itertools import chain, compress

from checker.numbers import agree
from checker.page import Page
from checker.parallel import Parallel, Segment, segments, within
from checker.rules.segments import asked_terms, named_concepts
from checker.script import han_count
from glossary.concept import APPROVED

LEAST_SEGMENTS = 5  # in which a term stands before its best rendering is looked for
LONGEST = 4  # words
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
    met = asked = 0
    for segment in (*found, *segments(parallel, lambda _: True, gaps=True)):
        for number in segment.numbers:
            if number.weight == "strong":
                asked += 1
                met += any(agree(number, other) for other in segment.nearby)
    figures |= {"source_numbers": asked, "number_agreement": _share(met, asked)}
    coverage = best_renderings(page, found)
    if coverage:
        figures["best_rendering_coverage"] = round(statistics.median(share for _, share in coverage.values()), 3)
    return figures


def _terms(page: Page, found: list[Segment]) -> dict[str, float]:
    wanted = [[term.concepts[0] for term in terms] for terms in asked_terms(page)]
    given = [
        [
            candidate.concept.id
            for mention in within(page.mentions, segment.link.start, segment.link.end)
            for candidate in mention.candidates
            if candidate.status in APPROVED
        ]
        for segment in found
    ]
    occurrences = sum(map(len, wanted))
    met = sum([(Counter(a) & Counter(b)).total() for a, b in zip(wanted, given, strict=True) if a and b])
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
        for zh in dict.fromkeys(segment.parallel.source.text[t.start : t.end] for t in segment.terms):
            terms[zh].append(place)
    repeated = {zh: places for zh, places in terms.items() if len(places) >= LEAST_SEGMENTS}
    if not repeated:
        return {}
    words = [page.words.between(segment.link.start, segment.link.end) for segment in found]
    different = [set(row) for row in words]
    lines = [f" {' '.join(row)} " for row in words]
    where: dict[str, list[int]] = defaultdict(list)  # the segments of each word
    for place, row in enumerate(different):
        for word in row:
            where[word].append(place)
    best = {}
    for zh, places in repeated.items():
        total = len(places)
        here = Counter(chain.from_iterable(different[place] for place in places))
        least = max((2 * n / (total + len(where[word])) for word, n in here.items() if len(word) > 2), default=0.0)
        # A row of words stands in no more of the segments than each of its words.
        kept = {word for word, n in here.items() if 2 * n / (total + n) >= least}
        first = total - int(least * total / (2 - least) - 1e-6) + 1  # a row that stands in none of these is too rare
        if sum([len(words[place]) for place in places[:first]]) > FEW:
            first = total
        grams = Counter(chain.from_iterable([_grams(words[place], kept) for place in places[:first]]))
        bound = (0.0, 0, "")
        named = [(" ".join(gram), gram, n) for gram, n in grams.items()]
        for name, gram, n in sorted(named, key=lambda item: len(item[0]), reverse=True):
            if (1.0, len(name), name) < bound:
                continue
            if first < total:
                n += _lines_with(name, lines, places[first:])
            if 2 * n / (total + n) >= max(least, bound[0]):
                rarest = min([where[word] for word in gram], key=len)
                everywhere = len(rarest)
                if len(gram) > 1 and everywhere > n:
                    everywhere = _lines_with(name, lines, rarest)
                bound = max(bound, (2 * n / (total + everywhere), len(name), name))
        if bound[0]:
            best[zh] = (bound[2], _lines_with(bound[2], lines, places) / total)
    return best


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
    text = parallel.source.text
    return _share(sum(han_count(text, *segment.source) for segment in found), parallel.source_han)


def _omitted(parallel: Parallel) -> float:
    text = parallel.source.text
    gaps = [link for link in parallel.links if link.start == link.end]
    lost = sum(han_count(text, link.source_start, link.source_end) for link in gaps)
    return round(lost / max(1, parallel.source_han), 3)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
