"""What stands in the segments of a page: the terms of their Chinese, the concepts their English may name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.bitext import SourceTerm
from checker.page import Page
from checker.spotting.spotter import ANY_SUBJECT
from glossary.concept import Concept

if TYPE_CHECKING:
    from checker.parallel import Segment


def sure_terms(segment: Segment) -> list[SourceTerm]:
    """The terms of a segment that stand for themselves: neither part of a longer one nor cut by a word."""
    return [term for term in segment.parallel.terms_of(segment.link) if not term.inner and not term.doubtful]


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
