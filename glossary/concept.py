"""What a term is: concepts, their renderings and the evidence a rendering needs (after ISO 30042)."""

import itertools
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeVar, overload

from glossary.folding import fold

Status = Literal["preferred", "admitted", "abbreviation", "short", "deprecated", "wrong", "pattern", "ignore"]
ConceptStatus = Literal["approved", "proposed", "withdrawn"]
Trigger = Literal["anywhere", "near", "page", "source"]

# Kinds of sources in the order of their authority; a mirror is an unofficial copy.
KINDS = ("law", "official", "state media", "international", "journal", "other", "mirror")
APPROVED: frozenset[str] = frozenset({"preferred", "admitted", "abbreviation", "short"})


class Rendering(NamedTuple):
    """An English form of a concept that is not simply approved: wrong, deprecated or a pattern.

    ``en`` may be a template. All of ``trigger`` must hold before the form is reported; a pattern without a trigger
    follows the rule for patterns. ``near`` and ``unless`` hold forms looked for in the same sentence, ``near`` also
    ``@concept-id``. ``write`` is what to write instead of the preferred form. ``observed`` lists the pages the form
    was seen on: the first 8 hex digits of the SHA-256 of their text, or an address.
    """

    en: str
    trigger: tuple[Trigger, ...] = ()
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    why: str | None = None
    write: str | None = None
    pos: str | None = None
    observed: tuple[str, ...] = ()
    right_example: str | None = None


class ChineseForm(NamedTuple):
    """A Chinese form beside the head word; ``region`` is "hk" or "tw" where only that region uses it."""

    zh: str
    region: str | None = None


class Source(NamedTuple):
    """A page that was opened and shows the rendering; ``read`` is year-month.

    ``publisher`` and ``kind`` come from the table of hosts, ``year`` from the title or address where it can be read.
    """

    url: str
    title: str
    rendering: str | None = None
    read: str | None = None
    publisher: str | None = None
    kind: str | None = None
    year: str | None = None


_Made = TypeVar("_Made")


class MadeWhenRead(Sequence[_Made]):
    """Values that are made of their JSON texts when they are first read: of most concepts a page names, few are."""

    def __init__(self, texts: Sequence[str], make: Callable[[dict[str, Any]], _Made]) -> None:
        self._texts = texts
        self._make = make
        self._made: dict[int, _Made] = {}

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, number: int) -> _Made: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[_Made, ...]: ...
    def __getitem__(self, number: int | slice) -> _Made | tuple[_Made, ...]:
        """One value, or some that follow each other."""
        if isinstance(number, slice):
            return tuple([self[one] for one in range(*number.indices(len(self)))])
        if number not in self._made:
            self._made[number] = self._make(json.loads(self._texts[number]))
        return self._made[number]


class Concept(NamedTuple):
    """One concept with its Chinese and English terms; equal to none but itself.

    ``field`` is the subject field, from the folder.
    """

    id: str
    field: str
    zh: str
    preferred: str
    zh_variants: tuple[ChineseForm, ...] = ()
    plural: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    deprecated: Sequence[Rendering] = ()
    wrong: Sequence[Rendering] = ()
    patterns: Sequence[Rendering] = ()
    ignore: tuple[str, ...] = ()
    pos: str = "noun"
    short: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    case: str = "any"
    strictness: str = "enforce"
    status: ConceptStatus = "approved"
    valid_from: str | None = None
    valid_until: str | None = None
    replaced_by: str | None = None
    broader: str | None = None
    distinct_from: tuple[str, ...] = ()
    definition: str | None = None
    wrong_examples: tuple[str, ...] = ()
    right_examples: tuple[str, ...] = ()
    sources: Sequence[Source] = ()
    file: str = ""
    line: int = 0

    @property
    def enforced(self) -> bool:
        """Whether findings may be made of this concept."""
        return self.status == "approved" and self.strictness != "note"

    @property
    def chinese(self) -> tuple[str, ...]:
        """Every Chinese form as stored, the head word first."""
        return (self.zh, *(form.zh for form in self.zh_variants))

    def valid_on(self, date: str) -> bool:
        """Whether the body had this name on a date (a year, month or day), compared as far as both are known."""
        return (self.valid_from is None or date >= self.valid_from[: len(date)]) and (
            self.valid_until is None or date[: len(self.valid_until)] <= self.valid_until
        )

    def stored(self, base: str) -> str:
        """The approved form whose folded text is ``base``, as the glossary writes it; ``base`` when none is."""
        return _stored(self, base)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Concept":
        """A concept from the mapping that `glossary.yaml_file` makes of its entry."""
        return cls.unpacked(packed_concept(plain))

    @classmethod
    def unpacked(cls, text: str) -> "Concept":
        """A concept from what `packed_concept` made of it."""
        first, *texts = text.split("\n")
        plain = json.loads(first)
        counts = plain.pop("counts")
        made: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
        if "zh_variants" in made:
            made["zh_variants"] = tuple([ChineseForm(**item) for item in made["zh_variants"]])
        for (key, make), count in zip(_APART.items(), counts, strict=True):
            if count:
                made[key], texts = MadeWhenRead(texts[:count], make), texts[count:]
        return cls(**made)


# Of C: concepts are asked for their hash all the time.
Concept.__eq__ = object.__eq__  # type: ignore[method-assign]
Concept.__ne__ = object.__ne__  # type: ignore[method-assign]
Concept.__hash__ = object.__hash__  # type: ignore[method-assign]


def packed_concept(plain: dict[str, Any]) -> str:
    """The mapping that `glossary.yaml_file` makes of a concept's entry as JSON, in lines.

    First stands what is needed of every concept that a page names, then its sources and renderings one by one.
    """
    lists = [plain.get(key, ()) for key in _APART]
    first = {key: value for key, value in plain.items() if key not in _APART} | {"counts": [*map(len, lists)]}
    return "\n".join([json.dumps(item, ensure_ascii=False) for item in (first, *itertools.chain(*lists))])


def unpacked_concept(text: str) -> dict[str, Any]:
    """The mapping that `packed_concept` was given."""
    first, *rest = map(json.loads, text.split("\n"))
    plain: dict[str, Any] = first
    items = iter(rest)
    lists = {key: [*itertools.islice(items, count)] for key, count in zip(_APART, plain.pop("counts"), strict=True)}
    return plain | {key: made for key, made in lists.items() if made}


def _rendering(plain: dict[str, Any]) -> Rendering:
    made: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    return Rendering(**made)


def _source(plain: dict[str, Any]) -> Source:
    return Source(**plain)


_APART: dict[str, Callable[[dict[str, Any]], Source | Rendering]] = {
    "sources": _source,
    "deprecated": _rendering,
    "wrong": _rendering,
    "patterns": _rendering,
}


class Morpheme(NamedTuple):
    """A class of renderings of one Chinese morpheme in one sense.

    ``marked`` members are what nobody writes unasked in good English; ``plain`` ones are good or ordinary.
    ``modifier`` marks a class whose members must not be mixed on one page.
    """

    key: str
    zh: str
    sense: str
    marked: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    pos: str = "noun"
    modifier: bool = False
    file: str = ""
    line: int = 0

    @property
    def members(self) -> tuple[str, ...]:
        """All members, the plain ones first."""
        return self.plain + self.marked

    @property
    def is_head(self) -> bool:
        """Whether the class only supplies heads and needs no marked member."""
        return self.key.startswith("@")


@lru_cache(maxsize=1 << 12)
def _stored(concept: Concept, base: str) -> str:
    forms = (concept.preferred, *concept.admitted, *concept.short)
    return next((form for form in forms if fold(form) == base), base)
