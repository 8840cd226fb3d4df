"""What stands in the segments of a page: the terms of their Chinese, the concepts their English may name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from checker.bitext import SourceTerm
from checker.page import Page
from checker.spotting.spotter import ANY_SUBJECT
from glossary.concept import Concept
from glossary.folding import fold_characters

if TYPE_CHECKING:
    from checker.parallel import Segment


def asked_terms(page: Page, segment: Segment) -> list[SourceTerm]:
    """The terms of a segment that the English should name: of one concept, and no short form without its full one.

    理事会 may be any council until 医院理事会 stands somewhere in the source.
    """
    made = []
    for term in segment.terms:
        concept = page.spotter.glossary.concept(term.concepts[0]) if len(term.concepts) == 1 else None
        if concept is None or not asks_for_a_name(concept):
            continue
        short, full = segment.parallel.written(term), _folded(concept.zh)
        if short == full or short not in full or full in segment.parallel.all_written:
            made.append(term)
    return made


_folded = lru_cache(maxsize=8192)(fold_characters)


def asks_for_a_name(concept: Concept) -> bool:
    """Whether a concept has a name that the English should use: no verb, no set phrase, no word of officialdom."""
    return concept.enforced and concept.pos in ("noun", "name") and concept.field not in ANY_SUBJECT


def named_concepts(page: Page, spans: Sequence[tuple[int, int]]) -> list[set[str]]:
    """For each span of the text, in order and without overlap, the concepts that anything in it may name."""
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
