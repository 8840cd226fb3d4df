"""Rendering templates: ``{class}``, ``(a|b)`` and ``[optional]``, parsed, compiled to slots, expanded against a text.

A template is stored as a template and never wholly expanded: `expansions` walks only along words that stand next to
each other in the text at hand.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from typing import NamedTuple

from glossary.folding import fold
from glossary.forms import head_index, inflected, spellings
from glossary.keyed_rows import KeyedRows
from glossary.lazy_pattern import lazy

_NOTHING: frozenset[str] = frozenset()
_UNTRIPLED = 20  # words of a text for each time it is asked about three neighbours before all such are worked out
MAX_CLASSES = 4
MAX_EXPANSIONS = 50_000  # strings a template stands for; they are never all made
COUNTED = 10**12  # strings, beyond which they are not counted: numbers of thousands of digits cannot be written
WORD = lazy(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]+")
_MARKS = frozenset("{}()[]|")
_CLASS = lazy(r"\{([^{}]*)\}")
_PLAIN_WORD = lazy(r"[^\W_]+")
_PART = lazy(r"\{([^{}]*)\}|\(([^(){}\[\]]*)\)|\[([^\[\](){}]*)\]|([^{}()\[\]]+)")


class TemplateError(ValueError):
    """A template that cannot be read: unbalanced or nested brackets, an empty part, nothing that must stand."""


class Slot(NamedTuple):
    """One part of a template. ``kind`` is "class" (``values`` holds its key) or "text" (alternatives, "" = absent)."""

    kind: str
    values: tuple[str, ...]


def is_template(text: str) -> bool:
    """Whether a form holds any template mark."""
    return not _MARKS.isdisjoint(text)


def word_pattern(folded: str) -> re.Pattern[str]:
    """What matches the words of a text: WORD, or where no Chinese stands one that takes no time to compile."""
    return _PLAIN_WORD if folded.isascii() or max(folded) < "\u3400" else WORD


@lru_cache(maxsize=1 << 13)
def parse(template: str) -> tuple[Slot, ...]:
    """The slots of a template. Raises TemplateError for unbalanced or nested brackets, empty parts, or optional ones alone."""
    slots: list[Slot] = []
    position = 0
    for match in _PART.finditer(template):
        if match.start() != position:
            break
        position = match.end()
        key, alternatives, optional, literal = match.groups()
        if key is not None:
            slots.append(Slot("class", (_filled(key, template),)))
        elif alternatives is not None:
            slots.append(Slot("text", tuple(part.strip() for part in _filled(alternatives, template).split("|"))))
        elif optional is not None:
            slots.append(Slot("text", (*(part.strip() for part in _filled(optional, template).split("|")), "")))
        elif literal.strip(" -"):
            slots.append(Slot("text", (literal.strip(),)))
    if position != len(template) or not slots:
        raise TemplateError(
            f"{template!r} is no template: brackets are unbalanced or nested at {template[position:]!r}"
        )
    if all("" in slot.values for slot in slots):
        raise TemplateError(f"{template!r} stands for nothing where all its optional parts are left out")
    return tuple(slots)


def _filled(part: str, template: str) -> str:
    if not part.strip():
        raise TemplateError(f"{template!r} has an empty part")
    return part.strip()


def class_keys(template: str) -> list[str]:
    """The morpheme keys a template uses, in order."""
    return _CLASS.findall(template)


def literal_expansions(template: str) -> list[str]:
    """Every string of a template that uses no class, blanks tidied; at most MAX_EXPANSIONS."""
    choices = [slot.values for slot in parse(template)]
    made = (" ".join(part for part in parts if part) for parts in itertools.product(*choices))
    return list(dict.fromkeys(itertools.islice(made, MAX_EXPANSIONS)))


class Choice(NamedTuple):
    """One surface form a slot may take. ``words`` are its words, ``base`` the member it comes from."""

    surface: str
    words: tuple[str, ...]
    base: str
    marked: bool
    inflection: str


class Expansion(NamedTuple):
    """One string of a pattern that may stand in a text.

    ``bases`` are the members chosen, slot by slot, and ``inflections`` how each was inflected.
    """

    surface: str
    base: str
    bases: tuple[str, ...]
    inflections: tuple[str, ...]
    marked: int
    inflection: str


def member_choices(member: str, pos: str, marked: bool, head: bool) -> list[Choice]:
    """Every surface form of one class member; plural forms of nouns only where the slot is the ``head``."""
    folded = fold(member)
    if pos == "noun" and not head:
        pos = "phrase"
    made: dict[str, Choice] = {}
    for form, inflection in inflected(folded, pos):
        for surface in spellings(form):
            made.setdefault(
                surface, Choice(surface, tuple(word_pattern(surface).findall(surface)), folded, marked, inflection)
            )
    return list(made.values())


class TextWords:
    """The different words of some texts and which two or three of them stand side by side.

    ``texts`` are the folded words of each text in order, ``words`` the different ones of all where they are known.
    """

    def __init__(self, *texts: Sequence[str], words: set[str] | None = None) -> None:
        self._texts = texts
        self._left = sum(map(len, texts)) // _UNTRIPLED
        self.words = set[str]().union(*texts) if words is None else words

    @classmethod
    def of(cls, folded: str) -> TextWords:
        """Those of a text."""
        return cls(word_pattern(folded).findall(folded))

    @cached_property
    def followers(self) -> dict[str, set[str]]:
        """For each word the words that stand right behind it."""
        made: dict[str, set[str]] = defaultdict(set)
        for text in self._texts:
            # Nothing is asked of the results: `map` and `deque` take half the time of a loop.
            deque(map(set[str].add, map(made.__getitem__, text), text[1:]), maxlen=0)
        return made

    @cached_property
    def triples(self) -> set[tuple[str, ...]]:
        """Every three words that stand side by side."""
        made: set[tuple[str, ...]] = set()
        for text in self._texts:
            made.update(zip(text, text[1:], text[2:], strict=False))
        return made

    def found_in(self, table: KeyedRows) -> Iterator[tuple[str, str]]:
        """The keys of a table that the texts have, with their rows: words, and pairs of neighbours."""
        for first, part in table.parts_of(self.words):
            if "" in part:
                yield first, part[""]
            for second in part.keys() & self.followers[first]:
                yield f"{first} {second}", part[second]

    def holds(self, words: tuple[str, ...]) -> bool:
        """Whether all words occur and each three neighbours occur side by side somewhere."""
        if len(words) < 2:
            return not self.words.isdisjoint(words)
        if len(words) == 2:
            return words[1] in self.followers.get(words[0], ())
        if len(words) == 3:
            return words in self.triples
        return self.triples.issuperset(zip(words, words[1:], words[2:], strict=False))

    def may_hold(self, words: tuple[str, ...]) -> bool:
        """As ``holds``, but in texts that are asked little, neighbours are looked at two and two only.

        To work out all triples takes longer than to look in a text for a few forms in vain.
        """
        if self._left <= 0 or len(words) < 3:
            return self.holds(words)
        self._left -= 1
        return all(map(set.__contains__, map(self.followers.__getitem__, words), words[1:]))


def head_slot(slots: tuple[Slot, ...], pos: str) -> int:
    """The number of the slot that is inflected: the head noun's, a verb's first one; -1 for none."""
    if pos != "noun":
        return 0 if pos == "verb" else -1
    for number, slot in enumerate(slots[1:], 1):
        if slot.kind == "text" and slot.values[0]:
            words = [fold(value).split(" ")[0] for value in slot.values if value]
            if all(head_index(["x", word]) == 0 for word in words):
                return number - 1
    return len(slots) - 1


Choices = Mapping[str, Sequence[Choice]]
"""What may stand for a slot, by the first word of each choice; "" for a choice without words."""


def expansions(slots: Iterable[Choices], head: int, text: TextWords) -> Iterator[Expansion]:
    """The strings of a template that ``may_hold`` says of that they stand in a text; ``slots`` are the choices for each.

    ``head`` is the number of the inflected slot, -1 for none.
    """
    followers = text.followers
    begun: list[tuple[tuple[Choice, ...], tuple[str, ...]]] = [((), ())]  # what is chosen, and its last two words
    for choices in slots:
        firsts = choices.keys()
        absent = "" in firsts
        longer = []
        for chosen, last in begun:
            found = firsts & (followers.get(last[-1], _NOTHING) if last else text.words)
            if absent:
                found.add("")
            for first in found if len(found) < 2 else [word for word in firsts if word in found]:
                after = followers[first]
                for choice in choices[first]:
                    own = choice.words
                    if len(own) > 1 and own[1] not in after:
                        continue
                    words = last + own
                    if len(words) < 3 or text.may_hold(words):
                        longer.append(((*chosen, choice), words[-2:]))
        begun = longer
        if not begun:
            return
    for chosen, _ in begun:
        parts = [choice for choice in chosen if choice.surface]
        yield Expansion(
            " ".join([choice.surface for choice in parts]),
            " ".join([choice.base for choice in parts]),
            tuple([choice.base for choice in chosen]),
            tuple([choice.inflection for choice in chosen]),
            sum([choice.marked for choice in parts]),
            chosen[head].inflection if head >= 0 else "",
        )


def in_both(words: Mapping[str, object], others: Set[str]) -> Collection[str]:
    """The keys of ``words`` that are among the others, and "" if it is one, in their order."""
    found = words.keys() & others
    if "" in words:
        found.add("")
    return found if len(found) < 2 else [word for word in words if word in found]


def count_expansions(slots: tuple[Slot, ...], sizes: Mapping[str, int]) -> int:
    """The number of strings a template stands for, inflection left out, up to COUNTED; ``sizes`` gives those of a class."""
    total = 1
    for slot in slots:
        total = min(total * (sizes.get(slot.values[0], 0) if slot.kind == "class" else len(slot.values)), COUNTED)
    return total


def fill(template: str, slots: tuple[Slot, ...], written: Iterable[str]) -> str:
    """``template`` with its classes replaced by what the same classes of a matched pattern stood for.

    ``written`` gives what to write for each slot.
    """
    chosen: dict[str, list[str]] = {}
    for slot, words in zip(slots, written, strict=True):
        if slot.kind == "class":
            chosen.setdefault(slot.values[0], []).append(words)

    def member(match: re.Match[str]) -> str:
        values = chosen.get(match.group(1))
        return (values.pop(0) if len(values) > 1 else values[0]) if values else ""

    return " ".join(_CLASS.sub(member, template).split())
