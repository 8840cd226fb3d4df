"""The pieces of a page that its Chinese source can be held against, with what stands round them on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.bitext import Link, SourceTerm
from checker.page import Page

if TYPE_CHECKING:
    from checker.parallel import Parallel

AROUND = 2  # links on each side: sentences are not always cut alike


@dataclass(frozen=True)
class Segment:
    """A trusted link with both sides full. ``around`` and ``source_around`` span it and its neighbours."""

    parallel: Parallel
    link: Link
    around: tuple[int, int]
    source_around: tuple[int, int]

    @property
    def source(self) -> tuple[int, int]:
        """The span of the Chinese."""
        return self.link.source_start, self.link.source_end


def segments(page: Page) -> Iterator[Segment]:
    """The segments that checks may accuse by, without page furniture and repeated passages."""
    parallel = page.parallel
    if parallel is None:
        return
    links = parallel.links
    for place, link in enumerate(links):
        if link.is_gap or not link.trusted or page.is_furniture(link.start) or page.is_repeated(link.start, link.end):
            continue
        near = links[max(0, place - AROUND) : place + AROUND + 1]
        yield Segment(
            parallel,
            link,
            (min(other.start for other in near), max(other.end for other in near)),
            (min(other.source_start for other in near), max(other.source_end for other in near)),
        )


def sure_terms(segment: Segment) -> list[SourceTerm]:
    """The terms of a segment that stand for themselves: neither part of a longer one nor cut by a word."""
    return [term for term in segment.parallel.terms_of(segment.link) if not term.inner and not term.doubtful]


def named_concepts(page: Page, spans: Sequence[tuple[int, int]]) -> list[set[str]]:
    """For each span of the text, in order and without overlap, the concepts that anything in it may name."""
    named: list[set[str]] = [set() for _ in spans]
    place = 0
    for hit in page.hits:
        start = page.folded.start(hit.start)
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place == len(spans):
            break
        if spans[place][0] <= start:
            named[place].update(c.concept.id for c in hit.candidates if c.status != "ignore")
    return named
