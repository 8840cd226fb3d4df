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
    parallel = page.parallel
    if parallel is None:
        return []
    asked: dict[tuple[str, tuple[str, ...]], bool] = {}
    made = []
    for segment in page.segments:
        kept = []
        for term in segment.terms:
            key = parallel.written(term), term.concepts
            if key not in asked:
                asked[key] = _is_asked(page, parallel, *key)
            if asked[key]:
                kept.append(term)
        made.append(kept)
    return made


def _is_asked(page: Page, parallel: Parallel, short: str, concepts: tuple[str, ...]) -> bool:
    concept = page.spotter.glossary.concept(concepts[0]) if len(concepts) == 1 else None
    if concept is None or not asks_for_a_name(concept):
        return False
    full = _folded(concept.zh)
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
