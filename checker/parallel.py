"""A document beside its Chinese source: the links between them and what stands on either side of each."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from checker.alignment import Anchor, Side, align, latin_anchors, number_anchors, source_blocks
from checker.bitext import Link, SourceTerm, SourceText, Span
from checker.blocks import sentences
from checker.dates import (
    Date,
    DocumentNumber,
    chinese_dates,
    chinese_document_numbers,
    english_dates,
    english_document_numbers,
)
from checker.numbers import Number, chinese_numbers, english_numbers
from checker.script import han_count
from checker.spotting.chinese import ChineseSpotter
from glossary.folding import fold_characters

P = TypeVar("P", bound=tuple[Any, ...])


class Parallel:
    """The two sides of a page; each part is worked out when first used.

    ``blocks`` are those of the English text; ``named`` gives its ``(offset, concept id)`` pairs, for the alignment.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Span],
        named: Callable[[], list[tuple[int, str]]],
        source: SourceText,
        spotter: ChineseSpotter,
    ) -> None:
        self.text = text
        self.source = source
        self._blocks = blocks
        self._named = named
        self._spotter = spotter

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of both texts, in order."""
        if self.source.pairs is not None:
            return self.source.pairs
        ours, theirs = latin_anchors(self.text, self.source.text)
        ours += number_anchors(self.numbers, self.dates)
        theirs += number_anchors(self.source_numbers, self.source_dates)
        there: set[str] = set()
        for term in self.terms:
            theirs += [(term.start, "term", concept) for concept in term.concepts]
            there.update(term.concepts)
        ours += [(offset, "term", concept) for offset, concept in self._named() if concept in there]
        ours += self._left_in_chinese(theirs)
        english = Side(self.text, self._blocks, self._sentences, sorted(set(ours), key=_offset))
        source = self.source.text
        chinese = Side(source, self._source_blocks, self._source_sentences, sorted(set(theirs), key=_offset))
        return align(english, chinese)

    @cached_property
    def _sentences(self) -> list[Span]:
        return sentences(self.text, self._blocks)

    @cached_property
    def _source_blocks(self) -> list[Span]:
        return source_blocks(self.source.text)

    @cached_property
    def _source_sentences(self) -> list[Span]:
        return sentences(self.source.text, self._source_blocks)

    def _left_in_chinese(self, theirs: list[Anchor]) -> list[Anchor]:
        """Sentences that stand in the English as they are in the source; their anchors are added to ``theirs``."""
        if self.text.isascii():
            return []
        source = {self.source.text[start:end]: start for start, end in self._source_sentences}
        found: list[Anchor] = []
        for start, end in self._sentences:
            place = source.get(self.text[start:end])
            if place is not None:
                found.append((start, "same", self.text[start:end]))
                theirs.append((place, "same", self.text[start:end]))
        return found

    @cached_property
    def terms(self) -> list[SourceTerm]:
        """The glossary's terms in the source, those inside longer ones too."""
        return self._spotter.terms(self.source.text)

    def written(self, term: SourceTerm) -> str:
        """A term as it stands in the source, folded."""
        return self.folded_source[term.start : term.end]

    @cached_property
    def all_written(self) -> frozenset[str]:
        """The terms as they stand in the source, folded."""
        return frozenset(map(self.written, self.terms))

    @cached_property
    def folded_source(self) -> str:
        """The source, folded one to one."""
        return fold_characters(self.source.text)

    @cached_property
    def source_han(self) -> int:
        """How many Chinese characters the source has."""
        return han_count(self.source.text)

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers of the English text."""
        return english_numbers(self.text)

    @cached_property
    def source_numbers(self) -> list[Number]:
        """The numbers of the source."""
        return chinese_numbers(self.source.text)

    @cached_property
    def dates(self) -> list[Date]:
        """The dates of the English text."""
        return english_dates(self.text)

    @cached_property
    def source_dates(self) -> list[Date]:
        """The dates of the source."""
        return chinese_dates(self.source.text)

    @cached_property
    def document_numbers(self) -> list[DocumentNumber]:
        """The document numbers of the English text."""
        return english_document_numbers(self.text)

    @cached_property
    def source_document_numbers(self) -> list[DocumentNumber]:
        """The document numbers of the source."""
        return chinese_document_numbers(self.source.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [link.start for link in self._full]

    @cached_property
    def _full(self) -> list[Link]:
        return [link for link in self.links if link.start < link.end]

    def link_at(self, offset: int) -> Link | None:
        """The link whose English side holds ``offset``; None between links."""
        number = bisect.bisect_right(self._starts, offset) - 1
        return self._full[number] if number >= 0 and offset < self._full[number].end else None

    def english(self, link: Link) -> str:
        """The English text of a link."""
        return self.text[link.start : link.end]

    def chinese(self, link: Link) -> str:
        """The Chinese text of a link."""
        return self.source.text[link.source_start : link.source_end]

    def terms_of(self, link: Link) -> list[SourceTerm]:
        """The terms in the Chinese text of a link."""
        return within(self.terms, link.source_start, link.source_end)

    def concepts_at(self, offset: int) -> frozenset[str]:
        """The concepts whose Chinese stands beside an offset of the English text, as far as that is sure."""
        link = self.link_at(offset)
        if link is None or not link.trusted:
            return frozenset()
        found = self._concepts.get(link)
        if found is None:
            terms = [term for term in self.terms_of(link) if not term.doubtful]
            found = self._concepts[link] = frozenset(concept for term in terms for concept in term.concepts)
        return found

    @cached_property
    def _concepts(self) -> dict[Link, frozenset[str]]:
        return {}

    def evidence(self, offset: int, concept: str) -> SourceTerm | None:
        """The Chinese term of a concept beside an offset of the English text; None where it does not surely stand."""
        link = self.link_at(offset)
        if link is None or concept not in self.concepts_at(offset):
            return None
        return next(term for term in self.terms_of(link) if concept in term.concepts and not term.doubtful)


AROUND = 2  # links on each side of a segment: sentences are not always cut alike


@dataclass(frozen=True)
class Segment:
    """A trusted link with both sides full. ``around`` and ``source_around`` span it and its neighbours."""

    parallel: Parallel
    link: Link
    around: Span
    source_around: Span

    @property
    def source(self) -> Span:
        """The span of the Chinese."""
        return self.link.source_start, self.link.source_end

    @cached_property
    def terms(self) -> list[SourceTerm]:
        """The terms of the Chinese that stand for themselves: neither part of a longer one nor cut by a word."""
        return [term for term in self.parallel.terms_of(self.link) if not term.inner and not term.doubtful]

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers of the Chinese."""
        return within(self.parallel.source_numbers, *self.source)

    @cached_property
    def nearby(self) -> list[Number]:
        """The numbers of the English and of what stands round it."""
        return within(self.parallel.numbers, *self.around)


def segments(parallel: Parallel, is_text: Callable[[Link], bool], gaps: bool = False) -> list[Segment]:
    """The segments that checks may accuse by, as far as ``is_text`` holds for their links.

    With ``gaps`` those whose English is missing instead.
    """
    links = parallel.links
    made = []
    for place, link in enumerate(links):
        is_wanted = link.start == link.end if gaps else not link.is_gap and is_text(link)
        if link.trusted and is_wanted:
            made.append(Segment(parallel, link, *_round(links, place, place)))
    return made


def around(links: Sequence[Link], first: Link, last: Link) -> tuple[Span, Span]:
    """What stands round a row of links on both sides, with the row itself: ``(English, Chinese)``."""
    return _round(links, bisect.bisect_left(links, first), bisect.bisect_left(links, last))


def _round(links: Sequence[Link], place: int, end: int) -> tuple[Span, Span]:
    first, last = links[max(0, place - AROUND)], links[min(len(links) - 1, end + AROUND)]
    return (first.start, last.end), (first.source_start, last.source_end)


def _offset(anchor: Anchor) -> int:
    return anchor[0]


def within(items: Sequence[P], start: int, end: int) -> list[P]:
    """Those of ``items``, named tuples in order whose first value is their start, that begin in ``start..end``."""
    return list(items[bisect.bisect_left(items, (start,)) : bisect.bisect_left(items, (end,))])
