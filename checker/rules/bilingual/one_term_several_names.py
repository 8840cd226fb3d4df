"""# one-term-several-names (BIL704)

## What it does
Reports a Chinese term that is rendered in two or more ways in one document, with the places on both sides.

## Why it matters
As several-names (CON201), but proved: the same Chinese stands behind both names.

## Wrong
医联体 … 医联体: The medical consortium has nine members. The medical alliance opened a pharmacy.

## Right
医联体 … 医联体: The medical consortium has nine members. The consortium opened a pharmacy.

## Limits
Spelling, number, the order of words, abbreviations, short forms after a full one, words that may come or go and how far a
good name goes on ("prevention", "prevention and control") are no other name, nor do set phrases and titles count, or
several names in a sentence whose Chinese has one place of the term; what the Chinese writes in two forms may have two
names. Where this rule reports a name, several-names does not; a name that a terminology rule reports is not reported
again.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Related
from checker.page import Page
from checker.rules.consistency.several_names import is_second_name, name_families, settled_name
from checker.rules.fitting import capitals_like
from checker.rules.meanings import reported
from checker.rules.renderings import sources_of
from checker.rules.rule import Rule
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import Concept
from glossary.forms import inflect_like


def check(page: Page) -> Iterator[Finding]:
    """One finding for each less good name of a term that surely stands behind it and behind a better one."""
    parallel = page.parallel
    if parallel is None:
        return
    for concept, families in name_families(page).items():
        if not concept.enforced or len(families) < 2:
            continue
        proved = {
            name: sure
            for name, places in families.items()
            if (sure := [place for place in places if parallel.evidence(place[0].start, concept.id) is not None])
        }
        if len(proved) < 2:
            continue
        best = settled_name(concept, proved)
        for name, places in proved.items():
            unreported = [place for place in places if not reported(place[0])]
            if unreported and is_second_name(page, concept, proved, name, best):
                yield _finding(page, concept, unreported, proved[best])


def _finding(
    page: Page, concept: Concept, places: list[tuple[Mention, Candidate]], best: list[tuple[Mention, Candidate]]
) -> Finding:
    assert page.parallel is not None
    (mention, candidate), (first, settled) = places[0], best[0]
    quote = page.text[mention.start : mention.end]
    name = concept.stored(settled.base) if settled.approved and settled.status != "abbreviation" else concept.preferred
    name = capitals_like(quote, inflect_like(name, concept.pos, candidate.inflection, concept.plural))
    doubtful = any(c.status in ("deprecated", "wrong") or c.marked for _, c in places)
    here = page.parallel.evidence(mention.start, concept.id)
    there = page.parallel.evidence(first.start, concept.id)
    related: tuple[Related, ...] = ()
    if there is not None and settled.approved:
        line = page.parallel.source.text.count("\n", 0, there.start) + 1
        related = (
            Related(first.start, first.end, f"the name to settle on, for {concept.zh} in line {line} of the source"),
        )
    return page.finding(
        RULE.label,
        [(m.start, m.end) for m, _ in places],
        f"{concept.zh} is “{' '.join(quote.split())}” here and “{name}” ({len(best)}×) elsewhere; settle on one.",
        "warning" if doubtful else "info",
        "medium",
        suggestion=name,
        concept=concept.id,
        zh=concept.zh,
        status=candidate.status,
        sources=sources_of(concept),
        related=related,
        source=(here.start, here.end) if here else None,
    )


RULE = Rule(
    "BIL704",
    "one-term-several-names",
    "inconsistency",
    "Terminology / inconsistent use of terminology",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
