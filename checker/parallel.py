"""A document beside its Chinese source: the links between them and what stands on either side of each."""

from __future__ import annotations

import bisect
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from checker.alignment import Anchor, Side, align, digit_anchors, latin_anchors, number_anchors, shared, source_blocks
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
from checker.numbers import Number, chinese_numbers, english_numbers, lacking
from checker.script import han_marks
from checker.spotting.chinese import ChineseSpotter
from glossary.folding import fold_characters

_NUMBER = re.compile(r"[\s*_#>-]*[(（]?(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])[.．)）]+[*_]*")
_LONGEST_NUMBER = 16  # characters, with marks of Markdown before it

P = TypeVar("P", bound=tuple[Any, ...])


class Parallel:
    """The two sides of a page; each part is worked out when first used.

    ``blocks`` are those of the English text; ``sentences_of_blocks`` and ``named`` give its sentences and its ``(offset,
    concept id)`` pairs, for the alignment.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Span],
        sentences_of_blocks: Callable[[], list[Span]],
        named: Callable[[], list[tuple[int, str]]],
        source: SourceText,
        spotter: ChineseSpotter,
    ) -> None:
        self.text = text
        self.source = source
        self._blocks = blocks
        self._of_page = sentences_of_blocks, named
        self._spotter = spotter

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of both texts, in order."""
        sentences_of_blocks, named = self._of_page
        del self._of_page  # nobody else asks, and what a page holds that holds the page is freed late
        if self.source.pairs is not None:
            return self.source.pairs
        text, source = self.text, self.source.text
        ours, theirs = latin_anchors(text, source)
        ours += number_anchors(self.numbers, self.dates)
        theirs += number_anchors(self.source_numbers, self.source_dates)
        shifted, as_shifted = digit_anchors(self.numbers, self.source_numbers)
        ours += shifted
        theirs += as_shifted
        theirs += [(term.start, ("term", concept)) for term in self.terms for concept in term.concepts]
        there = {concept for term in self.terms for concept in term.concepts}
        ours += [(offset, ("term", concept)) for offset, concept in named() if concept in there]
        english_sentences = _with_their_numbers(text, sentences_of_blocks(), self._blocks)
        ours += self._left_in_chinese(english_sentences, theirs)
        here, over_there = shared(ours, theirs)
        return align(
            Side(text, self._blocks, english_sentences, here),
            Side(source, self._source_blocks, self._source_sentences, over_there),
        )

    @cached_property
    def _source_blocks(self) -> list[Span]:
        return source_blocks(self.source.text)

    @cached_property
    def _source_sentences(self) -> list[Span]:
        text, blocks = self.source.text, self._source_blocks
        return _with_their_numbers(text, sentences(text, blocks), blocks)

    def _left_in_chinese(self, english_sentences: list[Span], theirs: list[Anchor]) -> list[Anchor]:
        """Sentences that stand in the English as they are in the source; their anchors are added to ``theirs``."""
        if self.text.isascii():
            return []
        source = {self.source.text[start:end]: start for start, end in self._source_sentences}
        found: list[Anchor] = []
        for start, end in english_sentences:
            place = source.get(self.text[start:end])
            if place is not None:
                found.append((start, ("same", self.text[start:end])))
                theirs.append((place, ("same", self.text[start:end])))
        return found

    @cached_property
    def terms(self) -> list[SourceTerm]:
        """The glossary's terms in the source, those inside longer ones too."""
        return self._spotter.terms_of_folded(self.folded_source)

    @cached_property
    def standing(self) -> list[SourceTerm]:
        """The terms that stand for themselves: neither part of a longer one nor cut by a word."""
        return [term for term in self.terms if not term.inner and not term.doubtful]

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
    def _han(self) -> bytes:
        return han_marks(self.source.text)

    def han(self, start: int = 0, end: int = sys.maxsize) -> int:
        """How many Chinese characters stand in a span of the source."""
        return self._han.count(1, start, end)

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


def _with_their_numbers(text: str, cut: list[Span], blocks: Sequence[Span]) -> list[Span]:
    """Sentences, those that are only the number of an item ("1.", "**II.") joined to what they number."""
    ends = {end for _, end in blocks}
    made: list[Span] = []
    number: int | None = None
    for start, end in cut:
        first = start if number is None else number
        number = None
        if end - start <= _LONGEST_NUMBER and end not in ends and _NUMBER.fullmatch(text, start, end):
            number = first
        else:
            made.append((first, end))
    return made


AROUND = 2  # links on each side of a segment: sentences are not always cut alike
MOST = 40_000  # pairs of numbers round a segment: one with more is no sentence, and nothing is said of it


class Segment(NamedTuple):
    """A trusted link with both sides full. ``around`` and ``source_around`` span it and its neighbours.

    ``terms`` are those of the Chinese that stand for themselves (neither part of a longer one nor cut by a word),
    ``numbers`` those of the Chinese, ``nearby`` those of the English and of what stands round it, and ``lacking`` those of
    ``numbers`` that are asked for (their weight is not "none") and that no number nearby agrees with.
    """

    parallel: Parallel
    link: Link
    source: Span
    around: Span
    source_around: Span
    terms: list[SourceTerm]
    numbers: list[Number]
    nearby: list[Number]
    lacking: list[Number]


def segments(parallel: Parallel, is_text: Callable[[Link], bool] | None, gaps: bool = False) -> list[Segment]:
    """The segments that checks may accuse by, as far as ``is_text`` holds for their links.

    With ``gaps`` those whose English is missing instead. A segment amid thousands of numbers is left out.
    """
    links = parallel.links
    chosen = [
        place
        for place, (start, end, source_start, source_end, _, trusted) in enumerate(links)
        if trusted
        and (start == end if gaps else start != end and source_start != source_end)
        and (is_text is None or is_text(links[place]))
    ]
    frames = [_round(links, place, place) for place in chosen]
    sources = [(links[place].source_start, links[place].source_end) for place in chosen]
    rows = zip(
        chosen,
        sources,
        frames,
        within_each(parallel.standing, sources),
        within_each(parallel.source_numbers, sources),
        within_each(parallel.numbers, [around for around, _ in frames]),
        within_each(parallel.source_numbers, [source_around for _, source_around in frames]),
        strict=True,
    )
    return [
        Segment(
            parallel,
            links[place],
            source,
            around,
            source_around,
            terms,
            numbers,
            nearby,
            lacking(numbers, nearby) if numbers else [],
        )
        for place, source, (around, source_around), terms, numbers, nearby, source_nearby in rows
        if (len(nearby) + 100) * len(source_nearby) <= MOST  # each may be missing, and is then told of by itself
    ]


def around(links: Sequence[Link], first: Link, last: Link) -> tuple[Span, Span]:
    """What stands round a row of links on both sides, with the row itself: ``(English, Chinese)``."""
    return _round(links, bisect.bisect_left(links, first), bisect.bisect_left(links, last))


def _round(links: Sequence[Link], place: int, end: int) -> tuple[Span, Span]:
    first, last = links[max(0, place - AROUND)], links[min(len(links) - 1, end + AROUND)]
    return (first.start, last.end), (first.source_start, last.source_end)


def within_each(items: list[P], spans: Iterable[Span]) -> list[list[P]]:
    """For each of many spans what `within` gives."""
    starts = [item[0] for item in items]
    return [items[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)] for start, end in spans]


def within(items: list[P], start: int, end: int) -> list[P]:
    """Those of ``items``, named tuples in order whose first value is their start, that begin in ``start..end``."""
    return items[bisect.bisect_left(items, (start,)) : bisect.bisect_left(items, (end,))]
