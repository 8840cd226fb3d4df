"""Which forms of the glossary can stand in a text: looked up by first words, unpacked only when a text has them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from glossary.compiled import FIELD, Table, lookup_key, words_of
from glossary.concept import APPROVED
from glossary.keyed_rows import ROW, KeyedRows
from glossary.templates import Choice, Expansion, TextWords, expansions

SHIELDS = APPROVED | {"ignore"}
_LISTS = ("preferred", "admitted", "short", "ignore", "abbreviation", "deprecated", "wrong", "pattern")


class Row(NamedTuple):
    """Where a form comes from: indexes of the concept and of the entry in its list for ``status``."""

    concept: int
    status: str
    entry: int
    inflection: str
    base: str


Surfaces = dict[str, list[tuple[Row, Expansion | None]]]


class FormIndex:
    """The compiled forms, morpheme classes and patterns of one glossary."""

    def __init__(self, tables: Table) -> None:
        self._form_rows: KeyedRows = tables["forms"]
        self._member_rows: KeyedRows = tables["members"]
        self._anchors: KeyedRows = tables["anchors"]
        self._pattern_lines: list[str | bytes] = tables["patterns"]
        self._places: KeyedRows = tables["place_names"]
        self._forms: dict[str, dict[str, list[Row]]] = {}
        self._members_at: dict[str, list[tuple[tuple[str, ...], Choice]]] = {}
        self._patterns: dict[str, _Pattern] = {}

    def surfaces(self, text: TextWords) -> Surfaces:
        """Every form whose words stand side by side in a text, with the rows it comes from."""
        found: Surfaces = {}
        taken: set[tuple[str, int, str]] = set()
        for key, lines in text.found_in(self._form_rows):
            for surface, rows in self._rows(key, lines).items():
                if text.holds(words_of(surface)):
                    found[surface] = [(row, None) for row in rows]
                    taken.update((surface, row.concept, row.status) for row in rows)
        present = self._members(text)
        approved: set[str] = set()  # by templates; those listed are in the forms
        for pattern in self._patterns_of(text, present):
            concept, status, entry = pattern.row
            for expansion in pattern.expand(text, present):
                surface = expansion.surface
                if status in SHIELDS:
                    approved.add(surface)
                elif " " not in surface or surface in approved or self._is_approved(surface):
                    continue
                if (surface, concept, status) not in taken:
                    taken.add((surface, concept, status))
                    row = Row(concept, status, entry, expansion.inflection, expansion.base)
                    found.setdefault(surface, []).append((row, expansion))
        return found

    def names_a_place(self, text: TextWords) -> bool:
        """Whether a Chinese place or body stands in a text."""
        return any(text.holds(words_of(name)) for _, names in text.found_in(self._places) for name in names.split(ROW))

    def _rows(self, key: str, lines: str) -> dict[str, list[Row]]:
        made = self._forms.get(key)
        if made is None:
            made = self._forms[key] = {}
            for line in lines.split(ROW):
                surface, concept, status, entry, inflection, base = line.split(FIELD)
                row = Row(int(concept), status, int(entry), inflection, base or surface)
                made.setdefault(surface, []).append(row)
        return made

    def _patterns_of(self, text: TextWords, present: Mapping[str, object]) -> list[_Pattern]:
        """The patterns that may stand in a text: those that shield first, then in the order of the glossary."""
        numbers: set[str] = set()
        for _, rows in text.found_in(self._anchors):
            numbers.update(rows.split(ROW))
        for name in present:
            numbers.update((self._anchors.get(name) or "").split(ROW))
        numbers.discard("")
        found = (self._pattern(number) for number in numbers)
        return sorted(
            (pattern for pattern in found if all(name in present for name in pattern.classes)),
            key=lambda pattern: pattern.order,
        )

    def _pattern(self, number: str) -> _Pattern:
        made = self._patterns.get(number)
        if made is None:
            made = self._patterns[number] = _Pattern(self._pattern_lines[int(number)])
        return made

    def _is_approved(self, surface: str) -> bool:
        key = lookup_key(words_of(surface))
        lines = self._form_rows.get(key)
        return lines is not None and any(row.status in SHIELDS for row in self._rows(key, lines).get(surface, ()))

    def _members(self, text: TextWords) -> dict[str, list[Choice]]:
        """The members of classes that stand in a text: by the number of the class, with "+" where plurals count too."""
        present: dict[str, list[Choice]] = defaultdict(list)
        for key, lines in text.found_in(self._member_rows):
            members = self._members_at.get(key)
            if members is None:
                members = self._members_at[key] = list(map(_member, lines.split(ROW)))
            for names, choice in members:
                if len(choice.words) < 3 or text.holds(choice.words):  # no more than the key has
                    for name in names:
                        present[name].append(choice)
        return present


def _member(line: str) -> tuple[tuple[str, ...], Choice]:
    """A member of a class, with the keys of the class under which it counts."""
    name, surface, base, marked, inflection, head_only = line.split(FIELD)
    names = (name + "+",) if head_only == "1" else (name + "+", name)
    return names, Choice(surface, words_of(surface), base, marked == "1", inflection)


class _Pattern:
    """A pattern as compiled; what of it can stand in a text is unpacked text by text."""

    def __init__(self, line: str | bytes) -> None:
        concept, _, rest = (line if isinstance(line, str) else line.decode("ascii")).partition(" ")
        status, entry, self._head, self.classes, self._slots = json.loads(rest)
        self.row: tuple[int, str, int] = int(concept), status, entry
        self.order = status not in SHIELDS, int(concept), _LISTS.index(status), entry
        self._choices: dict[tuple[int, str], list[Choice]] = {}

    def expand(self, text: TextWords, present: dict[str, list[Choice]]) -> Iterable[Expansion]:
        """The expansions that may stand in ``text``."""
        return expansions(self._slots_in(text, present), self._head, text)

    def _slots_in(self, text: TextWords, present: dict[str, list[Choice]]) -> Iterator[list[Choice]]:
        keys = iter(self.classes)
        for number, slot in enumerate(self._slots):
            if slot is None:
                yield present[next(keys)]
            else:
                made = [
                    choice for first in slot if not first or first in text.words for choice in self._made(number, first)
                ]
                yield [choice for choice in made if not choice.words or text.holds(choice.words)]

    def _made(self, number: int, first: str) -> list[Choice]:
        """The choices of a slot that begin with a word."""
        made = self._choices.get((number, first))
        if made is None:
            made = self._choices[number, first] = []
            for row in self._slots[number][first].split(ROW):
                surface, base, inflection = row.split(FIELD) if FIELD in row else (row, row, "")
                made.append(Choice(surface, words_of(surface), base, False, inflection))
        return made
