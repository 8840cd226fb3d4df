"""# body-out-of-date (TRM105)

## What it does
Notes the name of a body that did not exist under that name when the page was published.

## Why it matters
The Ministry of Health ended in 2013 and the Health and Family Planning Commission in 2018. On a later page the old
name is often a machine's memory rather than the author's word.

## Wrong
Updated: 2021-05-04. The Provincial Health and Family Planning Commission issued a notice.

## Right
Updated: 2021-05-04. The Provincial Health Commission issued a notice.

## Limits
Needs the date of the page (from its text, its metadata or `--date`). Silent where the sentence names a year in which
the body had that name: a page may well tell of the past. Information only.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.meanings import meanings
from checker.rules.rule import Rule
from glossary.concept import Concept
from glossary.lazy_pattern import lazy

_YEAR = lazy(r"\b(?:19|20)\d\d\b")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each body named outside its time."""
    if page.date is None:
        return
    places: dict[str, list[tuple[int, int]]] = {}
    concepts: dict[str, Concept] = {}
    bodies = [
        (m, said.only)
        for m, said in meanings(page)
        if said.only and (said.only.concept.valid_from or said.only.concept.valid_until)
    ]
    for mention, only in bodies:
        if not only.approved or mention.repeated or only.concept.valid_on(page.date):
            continue
        start, end = page.sentence_at(mention.start)
        if not any(only.concept.valid_on(year) for year in _YEAR.findall(page.text[start:end])):
            concepts[only.concept.id] = only.concept
            places.setdefault(only.concept.id, []).append((mention.start, mention.end))
    for concept_id, found in places.items():
        concept = concepts[concept_id]
        yield page.finding(
            RULE.label,
            found,
            f"{concept.preferred} ({concept.zh}) had this name {_span(concept)}, and the page is of {page.date}.",
            "info",
            "medium",
            concept=concept.id,
            zh=concept.zh,
            status="out-of-date",
        )


def _span(concept: Concept) -> str:
    if concept.valid_from and concept.valid_until:
        return f"from {concept.valid_from} to {concept.valid_until}"
    return f"until {concept.valid_until}" if concept.valid_until else f"only since {concept.valid_from}"


RULE = Rule(
    "TRM105",
    "body-out-of-date",
    "name",
    "Terminology / inconsistent with terminology resource",
    "info",
    "medium",
    check,
    __doc__ or "",
)
