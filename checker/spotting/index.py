"""Which forms of the glossary can stand in a text: looked up by first words, unpacked only when a text has them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from glossary.compiled import CLASS, Table, lookup_key, words_of
from glossary.concept import APPROVED
from glossary.keyed_rows import FIELD, ROW, KeyedRows
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
        self._forms: dict[str, dict[str, list[str]]] = {}
        self._members_at: dict[str, list[tuple[tuple[str, ...], Choice]]] = {}
        self._patterns: dict[str, _Pattern] = {}

    def surfaces(self, text: TextWords) -> Surfaces:
        """Every form whose words stand side by side in a text, with the rows it comes from."""
        found: Surfaces = {}
        taken: set[tuple[str, int, str]] = set()
        for key, lines in text.found_in(self._form_rows):
            for surface, rows in self._rows(key, lines).items():
                words = words_of(surface)
                if len(words) < 3 or text.holds(words):  # the key has two of them
                    found[surface] = [(_row(surface, row), None) for row in rows]
                    taken.update((surface, row.concept, row.status) for row, _ in found[surface])
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

    def marked_surfaces(self, text: TextWords) -> Surfaces:
        """What patterns stand for by a marked part and whose words stand side by side in a text, be it approved."""
        found: Surfaces = defaultdict(list)
        taken: set[tuple[str, int]] = set()
        present = self._members(text)
        for pattern in self._patterns_of(text, present):
            concept, status, entry = pattern.row
            for expansion in pattern.expand(text, present) if status == "pattern" else ():
                surface = expansion.surface
                if " " in surface and (surface, concept) not in taken:
                    taken.add((surface, concept))
                    if expansion.marked:
                        row = Row(concept, status, entry, expansion.inflection, expansion.base)
                        found[surface].append((row, expansion))
        return found

    def names_a_place(self, text: TextWords) -> bool:
        """Whether a Chinese place or body stands in a text."""
        return any(text.holds(words_of(name)) for _, names in text.found_in(self._places) for name in names.split(ROW))

    def _rows(self, key: str, lines: str) -> dict[str, list[str]]:
        made = self._forms.get(key)
        if made is None:
            made = self._forms[key] = {}
            for line in lines.split(ROW):
                surface, _, row = line.partition(FIELD)
                made.setdefault(surface, []).append(row)
        return made

    def _patterns_of(self, text: TextWords, present: Mapping[str, list[Choice]]) -> list[_Pattern]:
        """The patterns that may stand in a text: those that shield first, then in the order of the glossary."""
        firsts: dict[str, set[str]] = {}  # of each class, the words that its members in the text begin with
        lasts: dict[str, set[str]] = {}
        for name, choices in present.items():
            firsts[CLASS + name] = {choice.words[0] for choice in choices}
            lasts[CLASS + name] = {choice.words[-1] for choice in choices}
        numbers: set[str] = set()
        followers = text.followers
        for first, part in self._anchors.parts_of(text.words | lasts.keys()):
            after = (
                set[str]().union(*[followers[word] for word in lasts[first]]) if first in lasts else followers[first]
            )
            if "" in part:
                numbers.update(part[""].split(ROW))
            for second in part.keys() & after:
                numbers.update(part[second].split(ROW))
            for second in part.keys() & firsts.keys():
                if not firsts[second].isdisjoint(after):
                    numbers.update(part[second].split(ROW))
        self._unpack(numbers - self._patterns.keys())
        found = (self._patterns[number] for number in numbers)
        return sorted(
            (pattern for pattern in found if all(name in present for name in pattern.classes)),
            key=lambda pattern: pattern.order,
        )

    def _unpack(self, numbers: Iterable[str]) -> None:
        """Unpack patterns, together, which takes half the time."""
        lines = {number: self._pattern_lines[int(number)] for number in numbers}
        parts = [(line if isinstance(line, str) else line.decode("ascii")).partition(" ") for line in lines.values()]
        values = json.loads(f"[{','.join([rest for *_, rest in parts])}]")
        for number, (concept, *_), value in zip(lines, parts, values, strict=True):
            self._patterns[number] = _Pattern(int(concept), *value)

    def _is_approved(self, surface: str) -> bool:
        key = lookup_key(words_of(surface))
        lines = self._form_rows.get(key)
        return lines is not None and any(
            _row(surface, row).status in SHIELDS for row in self._rows(key, lines).get(surface, ())
        )

    def _members(self, text: TextWords) -> dict[str, list[Choice]]:
        """The members of classes that stand in a text: by the number of the class, with "+" where plurals count too."""
        present: dict[str, list[Choice]] = defaultdict(list)
        for key, lines in sorted(text.found_in(self._member_rows)):  # the order tells which of two readings counts
            members = self._members_at.get(key)
            if members is None:
                members = self._members_at[key] = list(map(_member, lines.split(ROW)))
            for names, choice in members:
                if len(choice.words) < 3 or text.holds(choice.words):  # no more than the key has
                    for name in names:
                        present[name].append(choice)
        return present


def _row(surface: str, line: str) -> Row:
    """What a line of the table says of a form."""
    concept, status, entry, inflection, base = line.split(FIELD)
    return Row(int(concept), status, int(entry), inflection, base or surface)


def _member(line: str) -> tuple[tuple[str, ...], Choice]:
    """A member of a class, with the keys of the class under which it counts."""
    name, surface, base, marked, inflection, head_only = line.split(FIELD)
    names = (name + "+",) if head_only == "1" else (name + "+", name)
    return names, Choice(surface, words_of(surface), base, marked == "1", inflection)


class _Pattern:
    """A pattern as compiled; what of it can stand in a text is unpacked text by text."""

    def __init__(
        self, concept: int, status: str, entry: int, head: int, classes: list[str], slots: list[dict[str, str] | None]
    ) -> None:
        self.row = concept, status, entry
        self.order = status not in SHIELDS, concept, _LISTS.index(status), entry
        self._head = head
        self.classes = classes
        self._slots = slots
        self._choices: dict[tuple[int, str], list[Choice]] = {}

    def expand(self, text: TextWords, present: dict[str, list[Choice]]) -> Iterable[Expansion]:
        """The expansions that may stand in ``text``."""
        for slot in self._slots:
            if slot and "" not in slot and slot.keys().isdisjoint(text.words):
                return ()
        return expansions(self._slots_in(text, present), self._head, text)

    def _slots_in(self, text: TextWords, present: dict[str, list[Choice]]) -> Iterator[list[Choice]]:
        keys = iter(self.classes)
        for number, slot in enumerate(self._slots):
            if slot is None:
                yield present[next(keys)]
            else:
                made = [
                    choice
                    for first, rows in slot.items()
                    if not first or first in text.words
                    for choice in self._made(number, first, rows)
                ]
                yield [choice for choice in made if len(choice.words) < 2 or text.holds(choice.words)]

    def _made(self, number: int, first: str, rows: str) -> list[Choice]:
        """The choices of a slot that begin with a word."""
        made = self._choices.get((number, first))
        if made is None:
            made = self._choices[number, first] = []
            for row in rows.split(ROW):
                surface, base, inflection = row.split(FIELD) if FIELD in row else (row, row, "")
                made.append(Choice(surface, words_of(surface), base, False, inflection))
        return made
