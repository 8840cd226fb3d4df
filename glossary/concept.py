"""What a term is: concepts, their renderings and the evidence a rendering needs (after ISO 30042)."""

from functools import lru_cache
from typing import Any, Literal, NamedTuple

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
    deprecated: tuple[Rendering, ...] = ()
    wrong: tuple[Rendering, ...] = ()
    patterns: tuple[Rendering, ...] = ()
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
    sources: tuple[Source, ...] = ()
    file: str = ""
    line: int = 0

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

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
        made: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
        for key in ("deprecated", "wrong", "patterns"):
            if key in made:
                made[key] = tuple(_rendering(item) for item in made[key])
        if "zh_variants" in made:
            made["zh_variants"] = tuple(ChineseForm(**item) for item in made["zh_variants"])
        if "sources" in made:
            made["sources"] = tuple(Source(**item) for item in made["sources"])
        return cls(**made)


def _rendering(plain: dict[str, Any]) -> Rendering:
    made: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    return Rendering(**made)


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
