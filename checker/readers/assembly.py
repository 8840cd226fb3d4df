"""The document of a container put together from its units: the English joined, the Chinese beside it, ready pairs."""

from __future__ import annotations

from checker.bitext import Link, SourceText, Span
from checker.document import Document, Unit
from checker.readers.sides import WHOLE, han_letters, is_both, is_chinese, neighbours

_GAP = "\n\n"  # nothing goes on from one unit to the next

_Unit = tuple[str, str, str, bool, bool]
"""Text, name, key, whether it is left alone, and whether it goes on from the one before."""


class Assembly:
    """Takes the units of one container in order and makes the document of them."""

    def __init__(self, path: str, kind: str, record: str | None = None) -> None:
        self.path = path
        self.kind = kind
        self.record = record
        self._units: list[_Unit] = []
        self._chinese: list[str] = []
        self._pairs: list[tuple[range, range]] = []

    def add(self, text: str, name: str, key: str = "", left_alone: bool = False, goes_on: bool = False) -> None:
        """A unit of the text that is checked. Blanks around it stay; an empty unit is left out."""
        if text.strip():
            self._units.append((text, name, key, left_alone, goes_on))

    def add_chinese(self, text: str) -> None:
        """A unit of the source."""
        if text.strip():
            self._chinese.append(text)

    def begin_pair(self) -> tuple[int, int]:
        """A mark to be handed to `end_pair`: what is added in between on both sides says the same."""
        return len(self._units), len(self._chinese)

    def end_pair(self, mark: tuple[int, int]) -> None:
        """Pair what has been added since ``mark``, if it was something on both sides."""
        ours, theirs = range(mark[0], len(self._units)), range(mark[1], len(self._chinese))
        if ours and theirs:
            self._pairs.append((ours, theirs))

    def document(self, title: str | None = None) -> Document:
        """The document. Where the units are of both languages, the Chinese ones become the source."""
        units, chinese, pairs = self._units, self._chinese, self._pairs
        if is_both([text for text, *_ in units]):
            units, chinese, pairs = self._parted()
        spans, text = _joined([text for text, *_ in units], [goes_on for *_, goes_on in units])
        source = None
        if chinese:
            their_spans, their_text = _joined(chinese, [False] * len(chinese))
            links = [
                Link(spans[a[0]][0], spans[a[-1]][1], their_spans[b[0]][0], their_spans[b[-1]][1], trusted=True)
                for a, b in pairs
            ]
            paired = sum(han_letters(chinese[n]) for _, theirs in pairs for n in theirs)
            whole = bool(links) and paired >= WHOLE * sum(map(han_letters, chinese))
            source = SourceText(self.path, their_text, tuple(links) if whole else None)
        made = tuple(
            Unit(start, end, name, key, left_alone)
            for (start, end), (_, name, key, left_alone, _) in zip(spans, units, strict=True)
        )
        return Document(self.path, text, self.record, source=source, title=title or None, units=made, kind=self.kind)

    def _parted(self) -> tuple[list[_Unit], list[str], list[tuple[range, range]]]:
        """Units, source and pairs where Chinese and English paragraphs stand among each other."""
        said = [is_chinese(text) for text, *_ in self._units]
        units = [unit for unit, theirs in zip(self._units, said, strict=True) if not theirs]
        numbers = {old: new for new, old in enumerate(n for n, theirs in enumerate(said) if not theirs)}
        added = [text for (text, *_), theirs in zip(self._units, said, strict=True) if theirs]
        kept = [
            (range(numbers[min(ours)], numbers[max(ours)] + 1), pair)
            for ours_all, pair in self._pairs
            if (ours := [n for n in ours_all if n in numbers])
        ]
        if kept or self._chinese:
            return units, [*self._chinese, *added], kept
        turns = neighbours([(n, n + 1) for n in range(len(said))], said)
        return units, added, [(range(n, n + 1), range(n, n + 1)) for n in range(len(turns))]


def _joined(texts: list[str], go_on: list[bool]) -> tuple[list[Span], str]:
    spans: list[Span] = []
    made: list[str] = []
    position = 0
    for text, goes_on in zip(texts, go_on, strict=True):
        if made and not goes_on:
            made.append(_GAP)
            position += len(_GAP)
        spans.append((position, position + len(text)))
        made.append(text)
        position += len(text)
    return spans, "".join(made)
