"""Which forms of the glossary can stand in a text: looked up by first words, unpacked only when a text has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from glossary.compiled import CHOICE, FIELD, PART, ROW, Table, lookup_key, words_of
from glossary.concept import APPROVED
from glossary.templates import Choice, Expansion, Pattern, TextWords

SHIELDS = APPROVED | {"ignore"}


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
        self._form_lines: dict[str, str] = tables["forms"]
        self._member_lines: dict[str, str] = tables["members"]
        self._place_lines: dict[str, str] = tables["place_names"]
        self._forms: dict[str, dict[str, list[Row]]] = {}
        self._patterns = [_PatternRow(line) for line in tables["patterns"]]

    def surfaces(self, text: TextWords) -> Surfaces:
        """Every form whose words stand side by side in a text, with the rows it comes from."""
        found: Surfaces = {}
        for key in text.keys_in(self._form_lines):
            for surface, rows in self._rows(key).items():
                if text.holds(words_of(surface)):
                    found[surface] = [(row, None) for row in rows]
        present = self._members(text)
        approved: set[str] = set()  # by templates; those listed are in the forms
        for pattern in self._patterns:
            for expansion in pattern.expand(text, present):
                surface = expansion.surface
                if pattern.status in SHIELDS:
                    approved.add(surface)
                elif " " not in surface or surface in approved or self._is_approved(surface):
                    continue
                known = found.setdefault(surface, [])
                if all((old.concept, old.status) != (pattern.concept, pattern.status) for old, _ in known):
                    row = Row(pattern.concept, pattern.status, pattern.entry, expansion.inflection, expansion.base)
                    known.append((row, expansion))
        return found

    def names_a_place(self, text: TextWords) -> bool:
        """Whether a Chinese place or body stands in a text."""
        return any(
            text.holds(words_of(name))
            for key in text.keys_in(self._place_lines)
            for name in self._place_lines[key].split(ROW)
        )

    def _rows(self, key: str) -> dict[str, list[Row]]:
        made = self._forms.get(key)
        if made is None:
            made = self._forms[key] = {}
            for line in self._form_lines.get(key, "").split(ROW):
                if line:
                    surface, concept, status, entry, inflection, base = line.split(FIELD)
                    made.setdefault(surface, []).append(Row(int(concept), status, int(entry), inflection, base))
        return made

    def _is_approved(self, surface: str) -> bool:
        rows = self._rows(lookup_key(words_of(surface))).get(surface, ())
        return any(row.status in SHIELDS for row in rows)

    def _members(self, text: TextWords) -> dict[str, list[Choice]]:
        """The members of classes that stand in a text: by the number of the class, with "+" where plurals count too."""
        present: dict[str, list[Choice]] = defaultdict(list)
        for key in text.keys_in(self._member_lines):
            for line in self._member_lines[key].split(ROW):
                name, surface, base, marked, inflection, head_only = line.split(FIELD)
                words = words_of(surface)
                if text.holds(words):
                    choice = Choice(surface, words, base, marked == "1", inflection)
                    present[name + "+"].append(choice)
                    if head_only == "0":
                        present[name].append(choice)
        return present


class _PatternRow:
    """A pattern as compiled; what of it can stand in a text is unpacked text by text."""

    def __init__(self, line: str) -> None:
        concept, self.status, entry, head, self._slots, classes, groups = line.split(FIELD)
        self.concept = int(concept)
        self.entry = int(entry)
        self._head = int(head)
        self._classes = classes.split()
        self._groups = [set(group.split(" ")) for group in groups.split(CHOICE)] if groups else []

    def expand(self, text: TextWords, present: dict[str, list[Choice]]) -> Iterable[Expansion]:
        """The expansions that stand in ``text``."""
        if not all(key in present for key in self._classes) or any(map(text.words.isdisjoint, self._groups)):
            return ()
        keys = iter(self._classes)
        slots = tuple(next(keys) if part == "#" else _choices(part, text.words) for part in self._slots.split(PART))
        return Pattern(self._head, slots).expand(text, present)


def _choices(part: str, words: set[str]) -> list[Choice]:
    """The alternatives of a text slot whose first word occurs, and the empty one."""
    rows = (row.split(ROW) for row in part.split(CHOICE))
    return [
        Choice(surface, split, base, False, inflection)
        for surface, base, inflection in rows
        if not (split := words_of(surface)) or split[0] in words
    ]
