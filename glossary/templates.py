"""Rendering templates: ``{class}``, ``(a|b)`` and ``[optional]``, parsed, compiled to slots, expanded against a text.

A template is stored as a template and never wholly expanded: `expansions` walks only along words that stand next to
each other in the text at hand.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, KeysView, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from typing import NamedTuple

from glossary.folding import fold
from glossary.forms import head_index, inflected, spellings
from glossary.keyed_rows import KeyedRows
from glossary.lazy_pattern import lazy

_UNTRIPLED = 20  # words of a text for each time it is asked about three neighbours before all such are worked out
MAX_CLASSES = 4
MAX_EXPANSIONS = 50_000  # strings a template stands for; they are never all made
COUNTED = 10**12  # strings, beyond which they are not counted: numbers of thousands of digits cannot be written
WORD = lazy(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]+")
CLOSING = (",", ";", ".")
"""Marks that may be a part of a template; they stand at the word before them."""
_MARKS = frozenset("{}()[]|")
_DOUBLED = lazy(r"\b(\w{1,40}) \1\b")
_CLASS = lazy(r"\{([^{}]*)\}")
_PLAIN_WORD = lazy(r"[^\W_]+")
_PART = lazy(r"\{([^{}]*)\}|\(([^(){}\[\]]*)\)|\[([^\[\](){}]*)\]|([^{}()\[\]]+)")


class TemplateError(ValueError):
    """A template that cannot be read: unbalanced or nested brackets, an empty part, nothing that must stand."""


class Slot(NamedTuple):
    """One part of a template. ``kind`` is "class" (``values`` holds its key) or "text" (alternatives, "" = absent).

    ``advised`` holds for each value what advice that takes the part says instead: what follows its "=", or itself.
    """

    kind: str
    values: tuple[str, ...]
    advised: tuple[str, ...]

    @classmethod
    def of(cls, alternatives: str, *others: str) -> Slot:
        """A text slot of alternatives as written, parted by "|", and others.

        Raises TemplateError for a "=" without words on both sides, and for two of them.
        """
        values, advised = [], []
        for part in (*alternatives.split("|"), *others):
            value, *instead = [side.strip() for side in part.split("=")]
            if instead and (len(instead) > 1 or not value or not instead[0]):
                raise TemplateError(
                    f"{part.strip()!r} is no alternative with what to write instead of it: one =, words on both sides"
                )
            values.append(value)
            advised += instead or [value]
        return cls("text", tuple(values), tuple(advised))


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
            slots.append(Slot("class", (_filled(key, template),), ()))
        elif alternatives is not None:
            slots.append(Slot.of(_filled(alternatives, template)))
        elif optional is not None:
            slots.append(Slot.of(_filled(optional, template), ""))
        elif literal.strip(" -"):
            slots.append(Slot("text", (literal.strip(),), (literal.strip(),)))
        if "=" in (literal or key or ""):
            raise TemplateError(f"{template!r} says outside an alternative what to write instead of it")
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
    made = (closed(" ".join(filter(None, chosen))) for chosen in itertools.product(*choices))
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


class Choices:
    """What may stand for a part of a template; equal to none but itself.

    ``by_first`` holds its choices by the first word of each, "" for those without words, ``firsts`` their keys and
    ``absent`` those without words.
    """

    __slots__ = ("_by_last", "absent", "by_first", "firsts")

    def __init__(
        self, firsts: KeysView[str], by_first: Mapping[str, Sequence[Choice]], absent: Sequence[Choice] = ()
    ) -> None:
        self.firsts = firsts
        self.by_first = by_first
        self.absent = absent
        self._by_last: dict[str, list[Choice]] = {}

    @property
    def by_last(self) -> dict[str, list[Choice]]:
        """Those that have words, by the last one of each."""
        made = self._by_last
        if not made:
            for choice in [choice for first in self.firsts for choice in self.by_first[first] if first]:
                made.setdefault(choice.words[-1], []).append(choice)
        return made

    def changed(self) -> None:
        """To be called when there are more of them."""
        self._by_last = {}


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
            for second in part.among(self.followers[first]):
                yield f"{first} {second}", part[second]

    def has_pair(self, pair: str) -> bool:
        """Whether two words, parted by a blank, stand side by side somewhere."""
        first, _, second = pair.partition(" ")
        return second in self.followers.get(first, ())

    def asked(self) -> Set[tuple[str, ...]] | None:
        """The ``triples``; None as long as ``may_hold`` does without them."""
        if self._left > 0:
            self._left -= 1
            return None
        return self.triples

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
        if len(words) < 3 or self.asked() is not None:
            return self.holds(words)
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


def strings(steps: Sequence[tuple[Choices, bool]], words: Set[str], text: TextWords) -> list[tuple[Choice, ...]]:
    """The choices that together are strings of a template of which ``may_hold`` says that they stand in a text.

    ``steps`` are the choices for its parts, each beside those before it, and whether it stands behind them. Strings in
    which the first one begins with none of ``words``, nor what follows where it is absent, may be left out.
    """
    followers = text.followers
    begun: list[tuple[tuple[Choice, ...], tuple[str, ...]]] = [((), ())]  # what is chosen, and its words
    for slot, is_behind in steps:
        longer: list[tuple[tuple[Choice, ...], tuple[str, ...]]] = []
        if is_behind:
            firsts, by_first = slot.firsts, slot.by_first
            for chosen, run in begun:
                found: Collection[str] = firsts & (followers[run[-1]] if run else words)
                if len(run) > 1 and found and (triples := text.asked()) is not None:
                    last, end = run[-2:]
                    found = [word for word in found if (last, end, word) in triples]
                for word in found:
                    for choice in by_first[word]:
                        own = choice.words
                        if len(own) < 2 or (
                            own[1] in followers[word] and (len(own) + len(run) < 3 or text.may_hold(run[-1:] + own))
                        ):
                            longer.append(((*chosen, choice), run + own))
            if slot.absent:
                longer += [((*chosen, choice), run) for chosen, run in begun for choice in slot.absent]
        else:
            by_last = slot.by_last
            here = by_last.keys() & text.words
            for chosen, run in begun:
                found = [word for word in here if run[0] in followers[word]] if run else here
                if len(run) > 1 and found and (triples := text.asked()) is not None:
                    begin, second = run[:2]
                    found = [word for word in found if (word, begin, second) in triples]
                for word in found:
                    for choice in by_last[word]:
                        own = choice.words
                        if len(own) < 2 or (word in followers[own[-2]] and text.may_hold(own + run[:1])):
                            longer.append(((choice, *chosen), own + run))
            if slot.absent:
                longer += [((choice, *chosen), run) for chosen, run in begun for choice in slot.absent]
        if not longer:
            return []
        begun = longer
    if len(begun) > 1 and len({run for _, run in begun}) < len(begun):  # of several readings the first one counts
        slots = [slot for slot, is_behind in reversed(steps) if not is_behind]
        slots += [slot for slot, is_behind in steps if is_behind]
        begun.sort(key=lambda found: [_place(*pair) for pair in zip(found[0], slots, strict=True)])
    return [chosen for chosen, _ in begun]


def _place(choice: Choice, slot: Choices) -> tuple[int, int]:
    """What the choices for a slot are ordered by."""
    first = choice.words[0] if choice.words else ""
    return [*slot.firsts].index(first), slot.by_first[first].index(choice)


def surface_of(chosen: Iterable[Choice]) -> str:
    """The string that some choices make."""
    return closed(" ".join([choice.surface for choice in chosen if choice.surface]))


def closed(text: str) -> str:
    """A string put together of parts, marks among them at the word before them."""
    for mark in CLOSING:
        if f" {mark}" in text:
            text = text.replace(f" {mark}", mark)
    return text


def expansion(chosen: Sequence[Choice], head: int) -> Expansion:
    """What is to be known of the string that some choices make; ``head`` is the number of the inflected one, or -1."""
    return Expansion(
        surface_of(chosen),
        closed(" ".join([choice.base for choice in chosen if choice.surface])),
        tuple([choice.base for choice in chosen]),
        tuple([choice.inflection for choice in chosen]),
        sum([choice.marked for choice in chosen if choice.surface]),
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


def is_part(slot: Slot) -> bool:
    """Whether advice can take over a part of a template by its number: a class, alternatives, what may be absent."""
    return slot.kind == "class" or len(slot.values) > 1


def parts(slots: Iterable[Slot]) -> int:
    """The number of classes, alternatives and optional parts of a template: what ``{1}``, ``{2}`` … can stand for."""
    return sum(map(is_part, slots))


@lru_cache(maxsize=1 << 12)
def advised_in(template: str, folded: str) -> tuple[str, ...]:
    """What advice says for each slot of a template without classes in one of its strings, folded.

    Raises ValueError for a string that is none of its own.
    """
    slots = parse(template)
    for numbers in itertools.product(*[range(len(slot.values)) for slot in slots]):
        chosen = [slot.values[number] for slot, number in zip(slots, numbers, strict=True)]
        if fold(closed(" ".join(filter(None, chosen)))) == folded:
            return tuple([slot.advised[number] for slot, number in zip(slots, numbers, strict=True)])
    raise ValueError(f"{folded!r} is no string of {template!r}")


def fill(template: str, slots: tuple[Slot, ...], written: Iterable[str]) -> str:
    """``template`` with its classes replaced by what the same classes of a matched form stood for, ``{2}`` by its part 2.

    ``written`` gives what to say for each slot; parts are what `parts` counts. A word that stands twice then is said once,
    and a mark that a slot puts at the end is left where it is in the text.
    """
    chosen: dict[str, list[str]] = {}
    number = 0
    for slot, words in zip(slots, written, strict=True):
        if slot.kind == "class":
            chosen.setdefault(slot.values[0], []).append(words)
        if is_part(slot):
            number += 1
            chosen[str(number)] = [words]

    def member(match: re.Match[str]) -> str:
        values = chosen.get(match.group(1))
        return (values.pop(0) if len(values) > 1 else values[0]) if values else ""

    filled = closed(" ".join(_CLASS.sub(member, template).split()))
    return _DOUBLED.sub(r"\1", filled.rstrip(",;" if template.endswith(".") else ",;."))
