"""Term bases in and out, one exchange format a file.

A writer makes the bytes of a file out of concepts; a reader makes entries, in the shape of the glossary's YAML, out of
a file of somebody else's. What a format cannot carry is counted, never dropped in silence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MAX_BYTES = 64 * 1024 * 1024
"""How many bytes a file to be read may have."""


class ExchangeError(Exception):
    """A file that cannot be read or made; ``place`` is a line, a cell (``Sheet!B3``) or empty."""

    def __init__(self, message: str, place: str | int = "") -> None:
        super().__init__(message)
        self.place = str(place)


class Exported(NamedTuple):
    """A file made: its bytes, how many concepts it holds, and what it does not carry, by field."""

    content: bytes
    concepts: int
    lost: Counter[str]


class Name(NamedTuple):
    """An English term that came in: what status its file gives it (None: none), why, and where it stands.

    ``status`` is "preferred", "admitted", "abbreviation", "short", "deprecated" or "wrong".
    """

    text: str
    status: str | None
    place: str
    why: str | None = None


class ChineseName(NamedTuple):
    """A Chinese term that came in; ``region`` is "hk" or "tw" where only that region uses it."""

    text: str
    place: str
    region: str | None = None


@dataclass
class Incoming:
    """An entry that came in. ``place`` is where it begins; ``places`` where its values stand, by key.

    ``values`` holds "pos", "definition", "valid", "case", "strictness", "plural", "replaced_by", "broader",
    "distinct_from", "examples" and "sources" in the shape of the YAML. ``own`` says that terms may be templates.
    """

    place: str
    id: str | None = None
    subject: str | None = None
    chinese: list[ChineseName] = field(default_factory=list)
    english: list[Name] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    own: bool = False

    def at(self, key: str) -> str:
        """Where the value of a key stands."""
        return self.places.get(key, self.place)


@dataclass
class Imported:
    """What a file holds: entries, what of it has no place in a glossary, and how its words were understood."""

    entries: list[Incoming] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    understood: Counter[str] = field(default_factory=Counter)
