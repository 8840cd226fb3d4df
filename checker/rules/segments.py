"""What stands in the segments of a page: the terms of their Chinese, the concepts their English may name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from checker.bitext import SourceTerm
from checker.page import Page, once_a_page
from checker.spotting.spotter import ANY_SUBJECT
from glossary.concept import Concept
from glossary.folding import fold_characters

if TYPE_CHECKING:
    from checker.parallel import Parallel


@once_a_page
def asked_terms(page: Page) -> list[list[SourceTerm]]:
    """For each segment the terms that the English should name: of one concept, and no short form without its full one.

    理事会 may be any council until 医院理事会 stands somewhere in the source.
    """
    return [[term for term in segment.terms if _is_asked(page, segment.parallel, term)] for segment in page.segments]


def _is_asked(page: Page, parallel: Parallel, term: SourceTerm) -> bool:
    concept = page.spotter.glossary.concept(term.concepts[0]) if len(term.concepts) == 1 else None
    if concept is None or not asks_for_a_name(concept):
        return False
    short, full = parallel.written(term), _folded(concept.zh)
    return short == full or short not in full or full in parallel.all_written


_folded = lru_cache(maxsize=8192)(fold_characters)


def asks_for_a_name(concept: Concept) -> bool:
    """Whether a concept has a name that the English should use: no verb, no set phrase, no word of officialdom."""
    return concept.enforced and concept.pos in ("noun", "name") and concept.field not in ANY_SUBJECT


@once_a_page
def named_concepts(page: Page) -> list[set[str]]:
    """For each segment the concepts that anything in its English may name."""
    spans = [(segment.link.start, segment.link.end) for segment in page.segments]
    named: list[set[str]] = [set() for _ in spans]
    place = 0
    for start, concept in page.named:
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place == len(spans):
            break
        if spans[place][0] <= start:
            named[place].add(concept)
    return named
