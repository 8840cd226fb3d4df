"""The approved renderings by the Chinese they stand for, in characters and in pinyin: what is offered while typing."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from checker.known_words import is_known
from glossary.concept import Concept
from glossary.folding import fold
from glossary.lazy_pattern import lazy
from glossary.search import letters, pinyin
from glossary.templates import is_template

SHORTEST = 4  # letters of pinyin
_LONGEST = 20  # characters of Chinese
_OFFERED = 20
_HAN_END = lazy(r"[㐀-鿿]+$")
_HAN = lazy(r"[㐀-鿿]")
_WORD_END = lazy(r"[^\W\d_]+$")


class Offer(NamedTuple):
    """A concept that the last ``typed`` characters name; ``zh`` is the form they begin or are."""

    concept: Concept
    zh: str
    typed: str


class RenderingIndex:
    """The Chinese forms of approved concepts, to be looked up by how they begin."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._rows = sorted(
            (
                (fold(zh), zh, concept)
                for concept in concepts
                if concept.status == "approved" and not is_template(concept.preferred)
                for zh in concept.chinese
            ),
            key=lambda row: (row[0], row[2].id),
        )

    @cached_property
    def _sounds(self) -> list[tuple[str, str, Concept]]:
        """The rows by the letters of their pinyin; working these out takes half a second."""
        made = [(letters(pinyin(zh)), zh, concept) for _, zh, concept in self._rows]
        return sorted(made, key=lambda row: (row[0], row[2].id))

    def warm(self) -> None:
        """Work out everything now."""
        assert self._sounds is not None

    @cached_property
    def last_characters(self) -> list[str]:
        """The characters that Chinese forms end with, without the rare ones that editors may not send."""
        return sorted({zh[-1] for _, zh, _ in self._rows if _HAN.match(zh[-1])})

    def offers(self, before: str) -> list[Offer]:
        """What may be put for the end of ``before``, a line up to the cursor; the best first.

        Chinese of two characters or more that a form is or begins with, in either script; or a word of four letters or
        more that the pinyin of a form is or begins with, and that is no English word.
        """
        if run := _HAN_END.search(before):
            found = self._for_chinese(run.group()[-_LONGEST:])
        elif word := _WORD_END.search(before):
            found = self._for_pinyin(word.group())
        else:
            return []
        once: dict[str, Offer] = {}
        for offer in found:
            once.setdefault(offer.concept.id, offer)
        return [*once.values()][:_OFFERED]

    def _for_chinese(self, run: str) -> Iterator[Offer]:
        folded = fold(run)
        for start in range(len(run) - 1):
            rows = _beginning(self._rows, folded[start:])
            for _, zh, concept in sorted(rows, key=lambda row: (len(row[0]), row[2].id)):
                yield Offer(concept, zh, run[start:])

    def _for_pinyin(self, word: str) -> Iterator[Offer]:
        typed = letters(word)
        if len(typed) < SHORTEST or is_known(word.lower()):
            return
        for _, zh, concept in sorted(_beginning(self._sounds, typed), key=lambda row: (len(row[0]), row[2].id)):
            yield Offer(concept, zh, word)

    def at(self, text: str, offset: int) -> tuple[int, int, list[Concept]] | None:
        """The longest Chinese form that stands around an offset, as ``(start, end, concepts)``; None where there is none."""
        begin = end = offset
        while begin > max(0, offset - _LONGEST) and _HAN.match(text, begin - 1):
            begin -= 1
        while end < min(len(text), offset + _LONGEST) and _HAN.match(text, end):
            end += 1
        run = fold(text[begin:end])
        spans = [
            (first, last) for first in range(offset - begin + 1) for last in range(offset - begin + 1, len(run) + 1)
        ]
        for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
            rows = [row for row in _beginning(self._rows, run[first:last]) if row[0] == run[first:last]]
            if rows:
                return begin + first, begin + last, [concept for *_, concept in rows]
        return None


def _beginning(rows: list[tuple[str, str, Concept]], with_what: str) -> list[tuple[str, str, Concept]]:
    """The rows whose key begins so."""
    start = bisect.bisect_left(rows, with_what, key=lambda row: row[0])
    end = bisect.bisect_right(rows, with_what + "\U0010ffff", key=lambda row: row[0])
    return rows[start:end]
