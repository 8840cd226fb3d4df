"""A document analysed once: blocks, sentences, words, repeats, subject, date, mentions. Rules share it."""

from __future__ import annotations

import itertools
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from checker.blocks import Span, sentences, text_blocks
from checker.condensed import Condensed
from checker.document import TAG, Document, without_unseen
from checker.finding import Confidence, Finding, Fix, Place, Related, Severity, SourceReference
from checker.furniture import FurnitureLine, furniture_lines
from checker.lines import DamagedLines, damaged_lines, text_lines
from checker.list_numbers import ListNumber, list_numbers
from checker.months import MONTHS, iso
from checker.options import Options
from checker.prose import is_prose
from checker.repeats import repeated_pairs, repeated_passages
from checker.script import han_runs, has_chinese, is_english
from checker.spans import number_at
from checker.spotting.mentions import Mention
from checker.spotting.spotter import (
    Hit,
    Spotter,
    Surroundings,
)
from checker.words import Words, words_beside
from glossary.digest import sha256
from glossary.folding import FoldedText, fold
from glossary.forms import british_share
from glossary.lazy_pattern import lazy
from glossary.templates import TextWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from checker.bitext import Link
    from checker.parallel import Parallel, Segment

_ISO_DATE = lazy(r"\b((?:19|20)\d\d)[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")
_WORD_DATE = lazy(rf"\b(?:({'|'.join(MONTHS)})\s+\d{{1,2}},?|\d{{1,2}}\s+({'|'.join(MONTHS)}),?)\s+((?:19|20)\d\d)\b")
_LABEL = lazy(r"(?i)(update|publish|posted|release|date|time|source|发布|日期|时间|来源)")
_Made = TypeVar("_Made")
DATE_LINE = 80  # characters: a longer line is prose that happens to hold a date


def once_a_page(made: Callable[[Page], _Made]) -> Callable[[Page], _Made]:
    """A function of a page that is worked out once and kept with the page, as long as that and no longer."""
    name = f"{made.__module__}.{made.__qualname__}"

    def kept(page: Page) -> _Made:
        if name not in page.__dict__:
            page.__dict__[name] = made(page)
        found: _Made = page.__dict__[name]
        return found

    return kept


class Page:
    """One document with everything the rules look at; each part is worked out when first used.

    Offsets are those of the document, or of its ``condensed`` view; findings always have those of the document.
    """

    def __init__(
        self, document: Document, spotter: Spotter, options: Options | None = None, condensed: Condensed | None = None
    ) -> None:
        if document.view is not None and len(document.view) != len(document.text):
            raise ValueError(f"{document.path}: a view must be as long as its text")
        self.document = document
        self.condensed = condensed
        self.text = document.readable if condensed is None else condensed.text
        """The document's text, or its view without mark-up."""
        self.spotter = spotter
        self.options = options or Options()

    def in_document(self, start: int, end: int) -> Span:
        """Where ``start..end`` of the text stands in the document."""
        return (start, end) if self.condensed is None else self.condensed.place(start, end)

    def in_text(self, offset: int) -> int:
        """Where an offset of the document stands in the text."""
        return offset if self.condensed is None else self.condensed.find(offset)

    @cached_property
    def blocks(self) -> list[Span]:
        """The blocks of the text in order."""
        return text_blocks(self.text, self.lines)

    @property
    def places(self) -> list[Span]:
        """Where the blocks stand in the document."""
        return self.blocks if self.condensed is None else [self.condensed.place(*block) for block in self.blocks]

    @cached_property
    def lines(self) -> list[Span]:
        """The lines that hold anything, without the blanks around them."""
        return text_lines(self.text)

    @cached_property
    def damaged(self) -> DamagedLines:
        """The lines of stripped Chinese and the terminators alone on a line."""
        return damaged_lines(self.text, self.lines, self.has_chinese)

    @cached_property
    def furniture(self) -> list[FurnitureLine]:
        """The lines that belong to the site and not to the text, in order."""
        return furniture_lines(self.text, self.lines, self.han, self.text_words.words)

    def is_furniture(self, offset: int) -> bool:
        """Whether ``offset`` stands in a line of page furniture."""
        if not self.furniture:
            return False
        number = number_at(self.furniture, offset)
        return number >= 0 and offset < self.furniture[number].end

    @cached_property
    def list_numbers(self) -> list[ListNumber]:
        """The numbers of headings and list items in order."""
        return list_numbers(self.text, self.blocks)

    @cached_property
    def has_chinese(self) -> bool:
        """Whether the text holds any Chinese character, mark or full-width form."""
        return has_chinese(self.text)

    @cached_property
    def han(self) -> list[Span]:
        """The runs of Chinese characters."""
        return han_runs(self.text) if self.has_chinese else []

    @cached_property
    def is_english(self) -> bool:
        """Whether the text is English, be it with some Chinese left in it."""
        return is_english(self.text, self.han)

    @cached_property
    def _prose(self) -> dict[Span, bool]:
        return {}

    def block_at(self, offset: int) -> Span | None:
        """The block that holds ``offset``; None between blocks."""
        number = number_at(self.blocks, offset)
        return self.blocks[number] if number >= 0 and offset < self.blocks[number][1] else None

    def prose_at(self, offset: int) -> Span | None:
        """The block that holds ``offset`` if it is prose; None in code, tables and navigation and between blocks."""
        block = self.block_at(offset)
        if block is None:
            return None
        if block not in self._prose:
            self._prose[block] = is_prose(without_unseen(self.text[slice(*block)]))
        return block if self._prose[block] else None

    @cached_property
    def folded(self) -> FoldedText:
        """The folded blocks."""
        return FoldedText(self.text, self.blocks)

    @cached_property
    def text_words(self) -> TextWords:
        """The different words of the text and which stand side by side."""
        return TextWords(self.words.tokens, words=set(self.words.counts))

    @cached_property
    def words(self) -> Words:
        """The folded words in order."""
        return Words(self.folded, self.blocks)

    @cached_property
    def new_counts(self) -> Counter[str]:
        """How often each word stands outside the passages that repeat earlier text."""
        if not self.repeats:
            return self.words.counts
        copies = (self.words.between(start, end) for start, end, _ in self.repeats)
        return self.words.counts - Counter(itertools.chain.from_iterable(copies))

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of all blocks in order."""
        return sentences(self.text, self.blocks)

    @cached_property
    def _sentences_of(self) -> dict[Span, list[Span]]:
        return {}

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds ``offset``, or the last one before it; it takes no time but for the block's."""
        block = self.blocks[max(number_at(self.blocks, offset), 0)]
        made = self._sentences_of.get(block)
        if made is None:
            made = self._sentences_of[block] = sentences(self.text, [block])
        return made[max(number_at(made, offset), 0)]

    def is_left_alone(self, offset: int) -> bool:
        """Whether ``offset`` stands in a unit that is read and not reported: locked, or taken over from a memory."""
        unit = self.document.unit_at(offset)
        return unit is not None and unit.left_alone

    @cached_property
    def repeated_pairs(self) -> bytes:
        """One byte a word: 1 where it and the next one stand together elsewhere too."""
        return repeated_pairs(self.words.tokens)

    @cached_property
    def repeats(self) -> list[tuple[int, int, int]]:
        """Passages that repeat earlier text, as ``(start, end, start of the original)``."""
        return repeated_passages(self.words, self.repeated_pairs, lambda: self.sentences)

    def is_repeated(self, start: int, end: int) -> bool:
        """Whether a span lies in a passage that repeats earlier text."""
        if not self.repeats:
            return False
        number = number_at(self.repeats, start)
        return number >= 0 and end <= self.repeats[number][1]

    @cached_property
    def date(self) -> str | None:
        """The date of publication: from the options, the metadata or a labelled or lone date line; else None."""
        if self.options.date or self.document.date:
            return self.options.date or self.document.date
        for start, end in self.blocks[:25]:
            line = self.text[start : min(end, start + DATE_LINE + 1)]
            if len(line) > DATE_LINE or not ("20" in line or "19" in line):
                continue
            if match := _ISO_DATE.search(line):
                if match.start() == 0 or _LABEL.search(line):
                    return iso(*match.groups())
            elif (match := _WORD_DATE.search(line)) and (match.start() < 3 or _LABEL.search(line)):
                month_number = MONTHS.index(match[1] or match[2]) + 1
                return f"{match[3]}-{month_number:02}"
        return None

    @cached_property
    def hits(self) -> list[Hit]:
        """Every hit of the glossary's forms, before guards and overlaps are settled."""
        return self.spotter.finder(self.text_words).hits(self.folded, self.text)

    @cached_property
    def subject(self) -> str:
        """ "health-reform" or "other"."""
        if self.options.subject != "auto":
            return self.options.subject
        if self.spotter.is_about_health_reform(self.hits, self.text_words, len(self.words)):
            return "health-reform"
        return "other"

    @cached_property
    def parallel(self) -> Parallel | None:
        """The page beside its Chinese source; None without one."""
        if self.document.source is None:
            return None
        from checker.parallel import Parallel

        return Parallel(
            self.text,
            self.blocks,
            lambda: self.sentences,
            lambda: self.named,
            self.document.source,
            self.spotter.chinese,
        )

    @cached_property
    def segments(self) -> list[Segment]:
        """The pieces of the text that its Chinese may be held against; no furniture, no repeated passages."""
        if self.parallel is None:
            return []
        from checker.parallel import segments

        def is_text(link: Link) -> bool:
            return not (self.is_furniture(link.start) or self.is_repeated(link.start, link.end))

        return segments(self.parallel, is_text if self.furniture or self.repeats else None)

    @cached_property
    def named(self) -> list[tuple[int, str]]:
        """The concepts that anything in the text may name, as ``(offset, concept id)`` in order of place."""
        starts = self.folded.starts([hit.start for hit in self.hits])
        return [
            (start, concept)
            for start, hit in zip(starts, self.hits, strict=True)
            for concept in hit.candidates.concepts
        ]

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions of glossary concepts in order."""
        around = Surroundings(self._folded_sentence, self.folded.text)
        if (parallel := self.parallel) is not None:
            around = around._replace(source=lambda offset: parallel.concepts_at(self.folded.start(offset)))
        made = self.spotter.mentions(self.hits, self.folded, around, self.subject == "health-reform")
        return [
            Mention(m.start, m.end, m.candidates, repeated=True) if self.is_repeated(m.start, m.end) else m
            for m in made
        ]

    def _folded_sentence(self, folded_offset: int) -> Span:
        start, end = self.sentence_at(self.folded.start(folded_offset))
        return self.folded.find(start), self.folded.find(end - 1) + 1

    @cached_property
    def spelling(self) -> str:
        """ "us" or "gb": what the options say, else what most of the page's words that differ are."""
        if self.options.spelling != "auto":
            return self.options.spelling
        return "gb" if british_share(self.words.counts) > 0.5 else "us"

    def finding(
        self,
        rule: tuple[str, str, str, str],
        places: list[Place],
        message: str,
        severity: Severity,
        confidence: Confidence,
        *,
        suggestion: str | None = None,
        concept: str | None = None,
        zh: str | None = None,
        status: str | None = None,
        why: str | None = None,
        admitted: tuple[str, ...] = (),
        sources: tuple[SourceReference, ...] = (),
        related: tuple[Related, ...] = (),
        fixes: tuple[Fix, ...] = (),
        source: Place | None = None,
    ) -> Finding:
        """A finding at ``places`` (the first is the main one). ``rule`` is (code, name, category, MQM type).

        ``source`` is the place in the Chinese source that shows it.
        """
        document = self.document
        if document.units:  # those that are left alone bear witness to a fault elsewhere, but are not named as faulty
            places = [place for place in places if not self.is_left_alone(place[0])] or places
        code, name, category, mqm = rule
        fingerprint = self._fingerprint(code, *places[0])
        unit = shown = None
        if self.condensed is not None:
            places = [self.in_document(*place) for place in places]
            fixes = tuple(Fix(*self.in_document(fix.start, fix.end), fix.text) for fix in fixes)
            related = tuple(Related(*self.in_document(item.start, item.end), item.message) for item in related)
            # Where tags stand in what is wrong nobody knows on which side of them to mend it.
            tagged = [place for place in places if fixes and _has_tag(document, *place)]
            fixes = tuple(
                fix
                for fix in fixes
                if not _has_tag(document, fix.start, fix.end)
                and not any(begin <= fix.start and fix.end <= stop for begin, stop in tagged)
            )
        if document.view is not None:
            places = [document.whole(*place) for place in places]
            shown, message = document.shown(*places[0]), without_unseen(message)
            suggestion = without_unseen(suggestion) if suggestion else suggestion
        (start, end), *also = places
        quote = document.text[start:end]
        if document.units:
            unit = document.unit_at(start)
        line, column = document.position(start)
        end_line, end_column = line, column + len(quote)
        if "\n" in quote or "\r" in quote:
            end_line, end_column = document.position(end)
        source_start, source_end = source or (None, None)
        return Finding(  # by position, which takes a quarter of the time
            document.path, document.record, code, name, category, mqm, severity, confidence,
            start, end, line, column, end_line, end_column, quote, message, fingerprint,
            None if shown == quote else shown, unit.name if unit else None, suggestion, fixes,
            concept, zh, status, why, admitted, sources, source_start, source_end,
            document.source.text[slice(*source)] if source and document.source else None,
            tuple(also), len(places), related,
        )  # fmt: skip

    def _fingerprint(self, rule: str, start: int, end: int) -> str:
        before, after = words_beside(self.text, start, end) or self.words.beside(start, end)
        content = "\n".join([rule, fold(self.text[start:end]), " ".join(before), " ".join(after)])
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _has_tag(document: Document, start: int, end: int) -> bool:
    """Whether a place of a document with a view holds mark-up, and not only the blanks of wrapped lines."""
    text = document.text[start:end]
    seen = zip(text, document.readable[start:end], strict=True)
    return (document.kind == "html" and "<" in text) or any(view == TAG and not char.isspace() for char, view in seen)
