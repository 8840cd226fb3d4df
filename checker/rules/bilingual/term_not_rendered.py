"""# term-not-rendered (BIL701)

## What it does
Reports a Chinese term that stands in the source twice or more while the whole English text uses no rendering of it
that the glossary knows.

## Why it matters
The term was left out, or goes under a name that nobody can look up. Which of the two, only a person can tell.

## Wrong
起付线: The amount that patients pay first is 200 yuan. (twice on the page, never "deductible")

## Right
起付线: The deductible is 200 yuan.

## Limits
Absence proves little: a good translator may write around a term. Verbs, set phrases and words of officialdom are not
asked for, nor a term of which a part or the verb is named, nor a short form whose full form the source never gives, nor anything in
a text with few terms of health reform. So it is information of low confidence, given once a document, and single
occurrences are only counted (``unverified_terms`` in the metrics).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.bitext import SourceTerm
from checker.finding import Finding
from checker.page import Page
from checker.rules.renderings import MAX_ADMITTED, sources_of
from checker.rules.rule import Rule
from checker.rules.segments import asked_terms
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.parallel import Segment


LEAST = 2  # times in the source
_NOUN_OF_VERB = lazy(r"([a-z]{5,})(?:ment|r?al|ation|ion)(?: (?:in|of|for|to) .+)?")
SPARSE = 120  # Chinese characters a term: a text with fewer terms is about something else


def check(page: Page) -> Iterator[Finding]:
    """One finding for each term that is nowhere rendered."""
    if page.parallel is None:
        return
    found: dict[str, list[tuple[Segment, SourceTerm]]] = defaultdict(list)
    for segment, terms in zip(page.segments, asked_terms(page), strict=True):
        for term in terms:
            found[term.concepts[0]].append((segment, term))
    if sum(map(len, found.values())) * SPARSE < page.parallel.han():
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
        yield page.finding(
            RULE.label,
            spans,
            f"{concept.zh} stands {counted[concept_id]} times in the source, but no known rendering of it in the text; "
            f"write “{concept.preferred}”.",
            "info",
            "low",
            suggestion=concept.preferred,
            concept=concept_id,
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
