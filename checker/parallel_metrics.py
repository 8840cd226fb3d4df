"""Figures of a translation beside its source: terms, numbers, omissions. Definitions stand beside each figure."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict

from checker.numbers import agree
from checker.page import Page
from checker.parallel import Parallel, Segment, within
from checker.rules.segments import asks_for_a_name, named_concepts, sure_terms
from checker.script import HAN

LEAST_SEGMENTS = 5  # in which a term stands before its best rendering is looked for
LONGEST = 4  # words
_HAN = re.compile(f"[{HAN}]")


def parallel_metrics(page: Page) -> dict[str, float]:
    """The figures by name; empty without a source.

    linked_share: share of the Chinese characters in links that are trusted; source_terms: occurrences of terms with a
    name of their own there; term_success_rate: share of them met by an approved rendering in their segment, each rendering meeting
    one occurrence; term_success_rate_document: the same with the whole document as one segment; unverified_terms:
    occurrences with nothing known beside them; number_agreement: share of the source's checked numbers that the
    English has; omission_rate: share of the Chinese characters left without English; best_rendering_coverage: median
    over terms in five segments or more of the share of them that hold the words most bound to the term.
    """
    parallel = page.parallel
    if parallel is None:
        return {}
    found = page.segments
    figures = {"linked_share": _linked(parallel, found), "omission_rate": _omitted(parallel)}
    figures |= _terms(page, found)
    met = asked = 0
    for segment in found:
        nearby = within(parallel.numbers, *segment.around)
        for number in within(parallel.source_numbers, *segment.source):
            if number.weight == "strong":
                asked += 1
                met += any(agree(number, other) for other in nearby)
    figures |= {"source_numbers": asked, "number_agreement": _share(met, asked)}
    coverage = best_renderings(page, found)
    if coverage:
        figures["best_rendering_coverage"] = round(statistics.median(share for _, share in coverage.values()), 3)
    return figures


def _terms(page: Page, found: list[Segment]) -> dict[str, float]:
    wanted: list[Counter[str]] = []
    for segment in found:
        concepts = (term.concepts[0] for term in sure_terms(segment) if len(term.concepts) == 1)
        wanted.append(Counter(item for item in concepts if _is_enforced(page, item)))
    named = named_concepts(page, [(segment.link.start, segment.link.end) for segment in found])
    given = [
        Counter(
            candidate.concept.id
            for mention in within(page.mentions, segment.link.start, segment.link.end)
            for candidate in mention.candidates
            if candidate.approved
        )
        for segment in found
    ]
    occurrences = sum(map(Counter.total, wanted))
    met = sum((a & b).total() for a, b in zip(wanted, given, strict=True))
    whole, all_given = Counter[str](), Counter[str]()
    for a, b in zip(wanted, given, strict=True):
        whole.update(a)
        all_given.update(b)
    unverified = sum(n for a, b in zip(wanted, named, strict=True) for item, n in a.items() if item not in b)
    return {
        "source_terms": occurrences,
        "term_success_rate": _share(met, occurrences),
        "term_success_rate_document": _share((whole & all_given).total(), occurrences),
        "unverified_terms": unverified,
    }


def _is_enforced(page: Page, concept_id: str) -> bool:
    concept = page.spotter.glossary.concept(concept_id)
    return concept is not None and asks_for_a_name(concept)


def best_renderings(page: Page, found: list[Segment]) -> dict[str, tuple[str, float]]:
    """For each repeated term the words most bound to its segments (highest Dice coefficient) and their coverage."""
    terms: dict[str, list[int]] = defaultdict(list)
    for place, segment in enumerate(found):
        for zh in dict.fromkeys(segment.parallel.source.text[t.start : t.end] for t in sure_terms(segment)):
            terms[zh].append(place)
    repeated = {zh: places for zh, places in terms.items() if len(places) >= LEAST_SEGMENTS}
    if not repeated:
        return {}
    grams = [_grams(page, segment) for segment in found]
    everywhere = Counter(gram for made in grams for gram in made)
    best = {}
    for zh, places in repeated.items():
        here = Counter(gram for place in places for gram in grams[place])

        def bound(gram: str, here: Counter[str] = here, total: int = len(places)) -> tuple[float, int, str]:
            return 2 * here[gram] / (total + everywhere[gram]), len(gram), gram

        if here:
            chosen = max(here, key=bound)
            best[zh] = (chosen, here[chosen] / len(places))
    return best


def _grams(page: Page, segment: Segment) -> set[str]:
    words = page.words_between(segment.link.start, segment.link.end)
    return {
        " ".join(words[start : start + size])
        for size in range(1, LONGEST + 1)
        for start in range(len(words) - size + 1)
        if len(words[start]) > 2 and len(words[start + size - 1]) > 2
    }


def _linked(parallel: Parallel, found: list[Segment]) -> float:
    text = parallel.source.text
    whole = len(_HAN.findall(text))
    return _share(sum(len(_HAN.findall(text, *segment.source)) for segment in found), whole)


def _omitted(parallel: Parallel) -> float:
    text = parallel.source.text
    gaps = [link for link in parallel.links if link.start == link.end]
    lost = sum(len(_HAN.findall(text, link.source_start, link.source_end)) for link in gaps)
    return round(lost / max(1, len(_HAN.findall(text))), 3)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
