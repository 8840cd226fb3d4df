"""Which forms of the glossary can stand in a text: looked up by first words, unpacked only when a text has them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Set
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

from glossary.compiled import CLASS, SLOT, Table, words_of
from glossary.concept import APPROVED
from glossary.keyed_rows import FIELD, KEY, ROW, KeyedRows
from glossary.templates import Choice, Choices, Expansion, TextWords, expansion, in_both, strings, surface_of

SHIELDS = APPROVED | {"ignore"}
_LISTS = ("preferred", "admitted", "short", "ignore", "abbreviation", "deprecated", "wrong", "pattern")


class Row(NamedTuple):
    """Where a form comes from: indexes of the concept and of the entry in its list for ``status``."""

    concept: int
    status: str
    entry: int
    inflection: str
    base: str


Key = tuple[Collection[str], Collection[str]]
"""By which words a pattern may stand in a text: the one or the several that stand first, and those behind them."""
Surfaces = dict[str, list[tuple[Row, Expansion | None]]]
_Made = TypeVar("_Made")


class FormIndex:
    """The compiled forms, morpheme classes and patterns of one glossary."""

    def __init__(self, tables: Table) -> None:
        self._form_rows: KeyedRows = tables["forms"]
        self._anchors: KeyedRows = tables["anchors"]
        self._pattern_lines: list[str | bytes] = tables["patterns"]
        self._places: KeyedRows = tables["place_names"]
        # Of the second words of those keys the classes, by the first.
        self._classes_behind: dict[str, Collection[str]] = {}
        self._forms: dict[str, _Unpacked[_Form]] = {}
        self._members = _Members(tables["members"])
        self._literals = _AllLiterals()
        self._patterns: dict[str, _Pattern] = {}

    def surfaces(self, text: TextWords) -> Surfaces:
        """Every form whose words stand side by side in a text, with the rows it comes from; in a large one some more."""
        found: Surfaces = defaultdict(list)
        approved: set[str] = set()
        for key, lines in text.found_in(self._form_rows):
            forms = self._forms_at(key, lines)
            for third in in_both(forms.packed, text.followers[key[key.find(" ") + 1 :]]):
                for form in forms[third]:
                    if not third or text.may_hold(form.words):
                        found[form.surface] += form.rows
                        if form.shields:
                            approved.add(form.surface)
        for pattern, made in self._expanded(text):
            concept, status, _ = pattern.row
            for chosen in made:
                surface = surface_of(chosen)
                if status in SHIELDS:
                    approved.add(surface)
                elif surface in approved or (status == "pattern" and " " not in surface):
                    continue
                rows = found[surface]
                if not any(row.concept == concept and row.status == status for row, _ in rows):
                    rows.append(pattern.reading(chosen))
        return dict(found)

    def marked_surfaces(self, text: TextWords) -> Surfaces:
        """What patterns stand for by a marked part and whose words stand side by side in a text, be it approved."""
        found: Surfaces = defaultdict(list)
        taken: set[tuple[str, int]] = set()
        for pattern, made in self._expanded(text):
            concept, status, _ = pattern.row
            for chosen in made if status == "pattern" else ():
                surface = surface_of(chosen)
                if " " in surface and (surface, concept) not in taken:
                    taken.add((surface, concept))
                    row, made_of = pattern.reading(chosen)
                    if made_of.marked:
                        found[surface].append((row, made_of))
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
            made = self._forms[key] = _Unpacked(packed, partial(_Form, key))
        return made

    def _patterns_of(self, text: TextWords, classes: set[str]) -> dict[str, list[Key]]:
        """The numbers of the patterns that may stand in a text, which has members of ``classes``, with their keys."""
        numbers: dict[str, list[Key]] = defaultdict(list)
        followers, words, members = text.followers, text.words, self._members
        for first, part in self._anchors.parts_of(words | classes):
            begin: Collection[str] = (first,)
            if first in classes:
                begin = members[first].firsts & words
                after = set[str]().union(*map(followers.__getitem__, members[first].by_last.keys() & words))
            else:
                after = followers[first]
            found: list[tuple[str, Collection[str]]] = [(second, (second,)) for second in part.among(after)]
            names = self._classes_behind.get(first)
            if names is None:
                names = self._classes_behind[first] = part.keys_from(CLASS)
            for name in names:
                if name in classes and (behind := members[name].firsts & after):
                    found.append((name, behind))
            if "" in part:
                found.append(("", ()))
            for second, others in found:
                for number in part[second].split(ROW):
                    numbers[number].append((begin, others))
        return numbers

    def _expanded(self, text: TextWords) -> list[tuple[_Pattern, list[tuple[Choice, ...]]]]:
        """The patterns that stand in a text: those that shield first, then in the order of the glossary."""
        found = []
        classes = self._members.classes_in(text)
        for number, keys in self._patterns_of(text, classes).items():
            pattern = self._patterns.get(number)
            if pattern is None:
                line = self._pattern_lines[int(number)]
                pattern = self._patterns[number] = _Pattern(
                    line if isinstance(line, str) else line.decode(), self._members, self._literals
                )
            if pattern.may_stand(text, classes) and (made := pattern.strings(keys, text)):
                found.append((pattern, made))
        return sorted(found, key=lambda pair: pair[0].order)


class _Unpacked(dict[str, list[_Made]]):
    """What is made of rows, joined by ROW under keys in ``packed``, when it is asked for."""

    def __init__(self, packed: dict[str, str], make: Callable[[str], _Made]) -> None:
        super().__init__()
        self.packed = packed
        self._make = make

    def __missing__(self, key: str) -> list[_Made]:
        made = self[key] = list(map(self._make, self.packed[key].split(ROW)))
        return made


class _Form:
    """A form as compiled, listed under ``key``."""

    def __init__(self, key: str, line: str) -> None:
        third, behind, self.surface, self._origins = line.split(FIELD, 3)
        self.words = (*key.split(" "), third, *behind.split()) if third else ()  # the key has those of shorter forms

    @cached_property
    def rows(self) -> list[tuple[Row, None]]:
        """Where it comes from, as `FormIndex.surfaces` gives it."""
        fields = self._origins.split(FIELD)
        return [
            (Row(int(fields[n]), fields[n + 1], int(fields[n + 2]), fields[n + 3], fields[n + 4] or self.surface), None)
            for n in range(0, len(fields), 5)
        ]

    @cached_property
    def shields(self) -> bool:
        """Whether it keeps what patterns stand for from counting."""
        return any(row.status in SHIELDS for row, _ in self.rows)


class _Members(dict[str, Choices]):
    """The members of classes that texts had so far; those of a class are made when asked for.

    What stands for a class is the same object each time, whatever `classes_in` adds to it.
    """

    def __init__(self, table: KeyedRows) -> None:
        super().__init__()
        self._table = table
        self._classes_at: dict[str, list[str]] = {}  # by key; with "+" where plurals count too
        self._rows: dict[str, list[str]] = defaultdict(list)  # by class
        self._known: dict[str, Choice] = {}
        self._made: dict[str, dict[str, list[Choice]]] = {}

    def classes_in(self, text: TextWords) -> set[str]:
        """The classes of which a member stands in a text as far as its first two words tell."""
        found = dict(text.found_in(self._table))
        more: set[str] = set()
        for key in sorted(found.keys() - self._classes_at.keys()):
            split = [
                (row, names.split(" ")) for row, _, names in (line.rpartition(FIELD) for line in found[key].split(ROW))
            ]
            names = [name for _, names in split for name in names]
            rows = [row for row, names in split for _ in names]
            deque(map(list.append, map(self._rows.__getitem__, names), rows), maxlen=0)
            more.update(names)
            self._classes_at[key] = names
        for name in self._made.keys() & more:
            self._fill(name)
        return set[str]().union(*[self._classes_at[key] for key in found])

    def __missing__(self, name: str) -> Choices:
        by_first = self._made[name] = {}
        made = self[name] = Choices(by_first.keys(), by_first)
        self._fill(name)
        return made

    def _fill(self, name: str) -> None:
        choices = []
        for row in self._rows.get(name, ()):
            choice = self._known.get(row)
            if choice is None:
                surface, base, marked, inflection, words = row.split(FIELD)
                choice = Choice(surface, tuple(words.split(" ")), base, marked == "1", inflection)
                self._known[row] = choice
            choices.append(choice)
        choices.sort(key=_key)  # as the table orders them: it tells which of two readings counts
        by_first = self._made[name]
        self[name].changed()
        by_first.clear()
        for choice in choices:
            by_first.setdefault(choice.words[0], []).append(choice)


def _key(choice: Choice) -> tuple[str, ...]:
    return choice.words[:2]


class _Pattern:
    """A pattern as compiled; what of it can stand in a text is unpacked text by text."""

    def __init__(self, line: str, members: _Members, literals: _AllLiterals) -> None:
        origin, _, self._slots = line.partition(SLOT)
        concept, _, rest = origin.partition(" ")
        status, entry, head, pivot, side, *self._needs = rest.split(FIELD)
        self.row = int(concept), status, int(entry)
        self.order = status not in SHIELDS, self.row[0], _LISTS.index(status), self.row[2]
        """What patterns are sorted by."""
        self.head = int(head)
        self._pivot = int(pivot)
        self._side = int(side)
        self._members = members
        self._literals = literals

    @cached_property
    def _steps(self) -> list[tuple[Choices, bool]]:
        """The choices for the slots, as `glossary.templates.strings` takes them."""
        slots = self._slots.split(SLOT)
        first = self._pivot
        before = first - self._side  # the word before it is known too
        order = (first, *range(before, first), *range(first + 1, len(slots)), *range(before - 1, -1, -1))
        choices = [self._members[slot] if slot.startswith(CLASS) else self._literals[slot] for slot in slots]
        return [(choices[number], number >= first) for number in order]

    def may_stand(self, text: TextWords, classes: Set[str]) -> bool:
        """Whether a text that has these classes has what the pattern needs besides the words it is listed under."""
        for needed in self._needs:
            some = needed.split(KEY)
            if text.words.isdisjoint(some) and classes.isdisjoint(some) and not any(map(text.has_pair, some)):
                return False
        return True

    def strings(self, keys: list[Key], text: TextWords) -> list[tuple[Choice, ...]]:
        """The choices that together may stand in a text, which has some of the keys the pattern is listed under."""
        words = set(keys[0][self._side])
        if len(keys) > 1:
            words.update(*[key[self._side] for key in keys])
        return strings(self._steps, words, text)

    def reading(self, chosen: tuple[Choice, ...]) -> tuple[Row, Expansion]:
        """Where the string that some choices make comes from, and what is to be known of it."""
        made = expansion(chosen, self.head)
        return Row(*self.row, made.inflection, made.base), made


class _AllLiterals(dict[str, "_Literals"]):
    """The slots that are no class, each once: patterns share their prepositions and articles."""

    def __missing__(self, packed: str) -> _Literals:
        made = self[packed] = _Literals(packed)
        return made


class _Literals(Choices):
    """The choices for a slot that is no class, unpacked when first asked for."""

    __slots__ = ("_packed",)

    def __init__(self, packed: str) -> None:
        self._packed = packed

    def __getattr__(self, name: str) -> Any:
        # Reached only for what is not set yet.
        pieces = self._packed.split(KEY)
        packed = dict(zip(pieces[::2], pieces[1::2], strict=True))
        made = _Unpacked(packed, _literal)
        super().__init__(packed.keys(), made, made[""] if "" in packed else ())
        return getattr(self, name)


def _literal(row: str) -> Choice:
    """A choice of a slot that is no class."""
    if FIELD not in row:
        return Choice(row, tuple(row.split()), row, False, "")
    surface, base, inflection, words = row.split(FIELD)
    return Choice(surface, tuple((words or surface).split()), base, False, inflection)
