"""The values of bilingual mode: the Chinese beside a document, aligned links, what stands in each. No work is done here."""

from typing import NamedTuple

Span = tuple[int, int]


class Link(NamedTuple):
    """A piece of the English text and the piece of the Chinese one that says the same.

    ``start..end`` are offsets into the English, ``source_start..source_end`` into the Chinese. An empty span is a gap:
    it stands where the text would stand. ``anchors`` counts what both sides share (numbers, Latin words, terms, up to
    one each); ``trusted`` says that the link is sure enough to accuse by: well anchored, between good neighbours, or
    given as a pair.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    anchors: int = 0
    trusted: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether one side is empty."""
        return self.start == self.end or self.source_start == self.source_end


class SourceText(NamedTuple):
    """The Chinese beside a document. ``pairs`` are links known beforehand (line by line, a table), else None."""

    path: str
    text: str
    pairs: tuple[Link, ...] | None = None


class SourceTerm(NamedTuple):
    """A Chinese term of the glossary at ``start..end`` of the source.

    ``concepts`` holds the ids of the concepts it names; ``doubtful`` says that a longer word of the language may begin
    or end inside it, so that nothing should be accused by it; ``inner`` that a longer term contains it.
    """

    start: int
    end: int
    concepts: tuple[str, ...]
    doubtful: bool = False
    inner: bool = False
