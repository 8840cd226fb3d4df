"""Which forms of the glossary can stand in a text: looked up by first words, unpacked only when a text has them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Any, Generic, NamedTuple, TypeVar

from glossary.compiled import CLASS, SLOT, Table, lookup_key, words_of
from glossary.concept import APPROVED
from glossary.keyed_rows import FIELD, KEY, ROW, KeyedRows
from glossary.templates import Choice, Choices, Expansion, TextWords, expansions, in_both

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
_Made = TypeVar("_Made")


class FormIndex:
    """The compiled forms, morpheme classes and patterns of one glossary."""

    def __init__(self, tables: Table) -> None:
        self._form_rows: KeyedRows = tables["forms"]
        self._anchors: KeyedRows = tables["anchors"]
        self._pattern_lines: list[str | bytes] = tables["patterns"]
        self._places: KeyedRows = tables["place_names"]
        self._forms: dict[str, _Unpacked[_Form]] = {}
        self._members = _Members(tables["members"])
        self._patterns: dict[str, _Pattern] = {}

    def surfaces(self, text: TextWords) -> Surfaces:
        """Every form whose words stand side by side in a text, with the rows it comes from; in a large one some more."""
        found: Surfaces = {}
        taken: set[tuple[str, int, str]] = set()
        for key, lines in text.found_in(self._form_rows):
            forms = self._forms_at(key, lines)
            for third in in_both(forms, text.followers[key[key.find(" ") + 1 :]]):
                for form in forms[third]:
                    if not third or text.may_hold(form.words):
                        found.setdefault(form.surface, []).extend([(row, None) for row in form.rows])
                        taken.update([(form.surface, row.concept, row.status) for row in form.rows])
        approved: set[str] = set()  # by templates; those listed are in the forms
        for pattern, made in self._expanded(text):
            concept, status, entry = pattern.row
            for expansion in made:
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
        for pattern, made in self._expanded(text):
            concept, status, entry = pattern.row
            for expansion in made if status == "pattern" else ():
                surface = expansion.surface
                if " " in surface and (surface, concept) not in taken:
                    taken.add((surface, concept))
                    if expansion.marked:
                        row = Row(concept, status, entry, expansion.inflection, expansion.base)
                        found[surface].append((row, expansion))
        return found

    def names_a_place(self, text: TextWords) -> bool:
        """Whether a Chinese place or body stands in a text."""
        places = (words_of(name) for _, names in text.found_in(self._places) for name in names.split(ROW))
        return any(text.may_hold(words) and text.holds(words) for words in places)

    def _forms_at(self, key: str, lines: str) -> _Unpacked[_Form]:
        """The forms listed under a key, by their third word, "" for shorter ones."""
        made = self._forms.get(key)
        if made is None:
            packed: dict[str, str] = {}
            for line in lines.split(ROW):
                third = line.partition(FIELD)[0]
                packed[third] = f"{packed[third]}{ROW}{line}" if third in packed else line
            made = self._forms[key] = _Unpacked(packed.items(), partial(_Form, key))
        return made

    def _is_approved(self, surface: str) -> bool:
        words = words_of(surface)
        key, third = lookup_key(words), "".join(words[2:3])
        lines = self._form_rows.get(key)
        if lines is None:
            return False
        forms = self._forms_at(key, lines)
        return third in forms and any(
            form.surface == surface and any(row.status in SHIELDS for row in form.rows) for form in forms[third]
        )

    def _patterns_of(self, text: TextWords, classes: set[str]) -> set[str]:
        """The numbers of the patterns that may stand in a text, which has members of ``classes``."""
        numbers: set[str] = set()
        followers, words, members = text.followers, text.words, self._members
        for first, part in self._anchors.parts_of(words | classes):
            seconds = part.keys()
            if first in classes:
                choices = members[first]
                lasts = [choice.words[-1] for word in choices.keys() & words for choice in choices[word]]
                after = set[str]().union(*[followers[word] for word in lasts])
            else:
                after = followers[first]
            found = seconds & after
            if inner := seconds & classes:
                found.update([name for name in inner if not members[name].keys().isdisjoint(after)])
            if "" in seconds:
                found.add("")
            for second in found:
                numbers.update(part[second].split(ROW))
        return numbers

    def _expanded(self, text: TextWords) -> list[tuple[_Pattern, list[Expansion]]]:
        """The patterns that stand in a text: those that shield first, then in the order of the glossary."""
        found = []
        for number in self._patterns_of(text, self._members.classes_in(text)):
            pattern = self._patterns.get(number)
            if pattern is None:
                line = self._pattern_lines[int(number)]
                pattern = self._patterns[number] = _Pattern(
                    line if isinstance(line, str) else line.decode(), self._members
                )
            if made := list(expansions(pattern.slots(), pattern.head, text)):
                found.append((pattern, made))
        return sorted(found, key=lambda pair: pair[0].order)


class _Unpacked(dict[str, Any], Generic[_Made]):
    """What is made of rows, joined by ROW under keys, when it is asked for."""

    def __init__(self, packed: Iterable[tuple[str, str]], make: Callable[[str], _Made]) -> None:
        super().__init__(packed)
        self._make = make

    def __getitem__(self, key: str) -> list[_Made]:
        made: str | list[_Made] = self.get(key, "")
        if isinstance(made, str):
            made = self[key] = list(map(self._make, made.split(ROW)))
        return made


class _Form:
    """A form as compiled, listed under ``key``."""

    def __init__(self, key: str, line: str) -> None:
        third, behind, self.surface, self._origins = line.split(FIELD, 3)
        self.words = (*key.split(" "), third, *behind.split()) if third else ()  # the key has those of shorter forms

    @cached_property
    def rows(self) -> list[Row]:
        """Where it comes from."""
        fields = self._origins.split(FIELD)
        return [
            Row(int(fields[n]), fields[n + 1], int(fields[n + 2]), fields[n + 3], fields[n + 4] or self.surface)
            for n in range(0, len(fields), 5)
        ]


class _Members(dict[str, dict[str, list[Choice]]]):
    """The members of classes that texts had so far, by their first words; those of a class are made when asked for."""

    def __init__(self, table: KeyedRows) -> None:
        super().__init__()
        self._table = table
        self._classes_at: dict[str, list[str]] = {}  # by key; with "+" where plurals count too
        self._rows: dict[str, list[str]] = defaultdict(list)  # by class
        self._known: dict[str, Choice] = {}

    def classes_in(self, text: TextWords) -> set[str]:
        """The classes of which a member stands in a text as far as its first two words tell."""
        found = dict(text.found_in(self._table))
        for key in sorted(found.keys() - self._classes_at.keys()):
            split = [
                (row, names.split(" ")) for row, _, names in (line.rpartition(FIELD) for line in found[key].split(ROW))
            ]
            names = [name for _, names in split for name in names]
            rows = [row for row, names in split for _ in names]
            deque(map(list.append, map(self._rows.__getitem__, names), rows), maxlen=0)
            deque(map(self.pop, names, names), maxlen=0)  # what was made of the rows before
            self._classes_at[key] = names
        return set[str]().union(*[self._classes_at[key] for key in found])

    def __missing__(self, name: str) -> dict[str, list[Choice]]:
        choices = []
        for row in self._rows.get(name, ()):
            choice = self._known.get(row)
            if choice is None:
                surface, base, marked, inflection, words = row.split(FIELD)
                choice = Choice(surface, tuple(words.split(" ")), base, marked == "1", inflection)
                self._known[row] = choice
            choices.append(choice)
        choices.sort(key=_key)  # as the table orders them: it tells which of two readings counts
        made = self[name] = {}
        for choice in choices:
            made.setdefault(choice.words[0], []).append(choice)
        return made


def _key(choice: Choice) -> tuple[str, ...]:
    return choice.words[:2]


class _Pattern:
    """A pattern as compiled; what of it can stand in a text is unpacked text by text."""

    def __init__(self, line: str, members: _Members) -> None:
        origin, *slots = line.split(SLOT)
        concept, _, rest = origin.partition(" ")
        status, entry, head = rest.split(FIELD)
        self.row = int(concept), status, int(entry)
        self.head = int(head)
        self._slots: list[str | Choices] = [*slots]
        self._members = members

    @property
    def order(self) -> tuple[bool, int, int, int]:
        """What patterns are sorted by."""
        concept, status, entry = self.row
        return status not in SHIELDS, concept, _LISTS.index(status), entry

    def slots(self) -> Iterator[Choices]:
        """The choices for each slot, of a class those that texts had so far."""
        for number, slot in enumerate(self._slots):
            if not isinstance(slot, str):
                yield slot
            elif slot.startswith(CLASS):
                yield self._members[slot]
            else:
                pieces = slot.split(KEY)
                made = self._slots[number] = _Unpacked(zip(pieces[::2], pieces[1::2], strict=True), _literal)
                yield made


def _literal(row: str) -> Choice:
    """A choice of a slot that is no class."""
    if FIELD not in row:
        return Choice(row, tuple(row.split()), row, False, "")
    surface, base, inflection, words = row.split(FIELD)
    return Choice(surface, tuple((words or surface).split()), base, False, inflection)
