"""# term-not-rendered (BIL701)

## What it does
Reports a Chinese term that stands in the source twice or more while the whole English text uses no rendering of it
that the glossary knows. Where a garbled text loses many terms, each of them is reported at the words that may stand for
it, or at its sentence.

## Why it matters
The term was left out, or goes under a name that nobody can look up. Which of the two, only a person can tell.

## Wrong
起付线: The amount that patients pay first is 200 yuan. (twice on the page, never "deductible")

## Right
起付线: The deductible is 200 yuan.

## Limits
Absence proves little: a good translator may write around a term. Six terms and three in ten of all are many, and a text is
garbled that has five wrong names or pieces of Chinese in it; people who write well leave out two to four terms in ten.
Verbs, set phrases and words of officialdom are not asked for, nor a term of which a part
or the verb is named, nor a short form whose full form the source never gives, nor anything in a text with few terms of
health reform. So it is information, mostly of low confidence, given once a document, and single occurrences are
only counted (``unverified_terms`` in the metrics) where few terms are lost.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.bitext import SourceTerm
from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.meanings import meanings
from checker.rules.renderings import MAX_ADMITTED, sources_of
from checker.rules.rule import Rule
from checker.rules.segments import asked_terms
from glossary.concept import Concept
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.parallel import Segment


LEAST = 2  # times in the source
_NOUN_OF_VERB = lazy(r"([a-z]{5,})(?:ment|r?al|ation|ion)(?: (?:in|of|for|to) .+)?")
SPARSE = 120  # Chinese characters a term: a text with fewer terms is about something else
MANY = 6  # terms without a name beside them, of
SHARE = 0.3  # of all terms that are asked for, and
GARBLED = 5  # wrong names and pieces left in Chinese: people leave out as many terms who write freely and well

_Places = list[tuple["Segment", SourceTerm]]


def check(page: Page) -> Iterator[Finding]:
    """One finding for each term that is nowhere rendered, or, where a text loses many, not where it stands."""
    if page.parallel is None:
        return
    found: dict[str, _Places] = defaultdict(list)
    for segment, terms in zip(page.segments, asked_terms(page), strict=True):
        for term in terms:
            found[term.concepts[0]].append((segment, term))
    if sum(map(len, found.values())) * SPARSE < page.parallel.han():
        return
    lost = {concept: places for concept, held in found.items() if (places := _unnamed(page, concept, held))}
    if len(lost) >= max(MANY, SHARE * len(found)) and _is_garbled(page):
        yield from _lost(page, lost)
        return
    counted = Counter([term.concepts[0] for term in page.parallel.standing if term.concepts])
    used = {concept for _, concept in page.named}
    for concept_id, places in found.items():
        concept = page.spotter.glossary.concept(concept_id)
        if concept is None or concept_id in used or counted[concept_id] < LEAST:
            continue
        _, term = places[0]
        if _is_given_in_part(page, term, used) or _is_given_as_verb(page, concept.preferred):
            continue
        spans = list(dict.fromkeys((segment.link.start, segment.link.end) for segment, _ in places))
        yield _finding(
            page,
            concept,
            spans,
            term,
            f"{concept.zh} stands {counted[concept_id]} times in the source, but no known rendering of it in the text; "
            f"write “{concept.preferred}”.",
        )


def _is_garbled(page: Page) -> bool:
    return len(page.han) + sum(meant.kind != "" for _, meant in meanings(page)) >= GARBLED


def _unnamed(page: Page, concept: str, places: _Places) -> _Places:
    """The places of a term with no name of it in the English around them, nor the term left there in Chinese."""
    offsets = [offset for offset, named in page.named if named == concept]
    kept = []
    for segment, term in places:
        start, end = segment.around
        place = bisect.bisect_left(offsets, start)
        if place < len(offsets) and offsets[place] < end:
            continue
        assert page.parallel is not None
        if page.text.find(page.parallel.source.text[term.start : term.end], start, end) < 0:
            kept.append((segment, term))
    return kept


def _lost(page: Page, lost: dict[str, _Places]) -> Iterator[Finding]:
    from checker.rules.near_names import near_name, phrases_of

    for concept_id, places in lost.items():
        concept = page.spotter.glossary.concept(concept_id)
        assert concept is not None
        near = {place: None for segment, _ in places if (place := near_name(phrases_of(page, segment), concept))}
        if near:
            quote = " ".join(page.text[slice(*next(iter(near)))].split())
            message = (
                f"“{quote}” may stand for {concept.zh}, which has no known name here; write “{concept.preferred}”."
            )
        else:
            message = f"{concept.zh} of the source has no known name here; write “{concept.preferred}”."
        spans = near or dict.fromkeys((segment.link.start, segment.link.end) for segment, _ in places)
        yield _finding(page, concept, list(spans), places[0][1], message, near=bool(near))


def _finding(
    page: Page, concept: Concept, spans: list[Place], term: SourceTerm, message: str, near: bool = False
) -> Finding:
    return page.finding(
        (RULE.code, RULE.name, "terminology", "Terminology / wrong term") if near else RULE.label,
        spans,
        message,
        "info",
        "medium" if near else "low",
        suggestion=concept.preferred,
        concept=concept.id,
        zh=concept.zh,
        admitted=concept.admitted[:MAX_ADMITTED],
        sources=sources_of(concept),
        source=(term.start, term.end),
    )


def _is_given_in_part(page: Page, term: SourceTerm, used: set[str]) -> bool:
    """Whether the text names a shorter term inside it, or has its Latin letters: DRG付费 as "paid by DRG"."""
    assert page.parallel is not None
    inner = (t for t in page.parallel.terms if term.start <= t.start and t.end <= term.end and t.inner)
    letters = re.findall("[a-z]{2,}", page.parallel.source.text[term.start : term.end].lower())
    return any(not used.isdisjoint(t.concepts) for t in inner) or any(item in page.folded.text for item in letters)


def _is_given_as_verb(page: Page, name: str) -> bool:
    """Whether the text has the verb of which a name is the noun: "reimbursed" for reimbursement."""
    match = _NOUN_OF_VERB.fullmatch(name)
    return match is not None and f" {match[1]}" in page.folded.text


RULE = Rule("BIL701", "term-not-rendered", "omission", "Accuracy / omission", "info", "low", check, __doc__ or "")
