"""Tables of rows under keys of one or two words, unpacked by the first word when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

ROW = "~"  # between the rows of one key

_NONE: Mapping[str, str] = MappingProxyType({})


class KeyedRows:
    """A mapping of keys to rows, kept in parts: the first word of the keys -> what `part` returns.

    Parts that are numbers stand as JSON in ``stored``.
    """

    def __init__(self, parts: Iterable[tuple[str, int | dict[str, str]]] = (), stored: Sequence[bytes] = ()) -> None:
        self._parts: dict[str, dict[str, str] | int] = dict(parts)
        self._stored = stored

    def __reduce__(self) -> tuple[object, ...]:
        return KeyedRows, (tuple(self.parts().items()),)  # all of it: `stored` may be a file of this machine

    def part(self, first: str) -> Mapping[str, str]:
        """The keys whose first word is ``first``, with their rows, joined by ROW."""
        part = self._parts.get(first, _NONE)
        if isinstance(part, int):
            part = self._parts[first] = json.loads(self._stored[part])
        return part

    def parts_of(self, firsts: Set[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The parts of those first words that there are; unpacked together, which takes half the time."""
        there = self._parts.keys() & firsts
        packed = {first: part for first in there if isinstance(part := self._parts[first], int)}
        if packed:
            lines = b",".join([self._stored[part] for part in packed.values()])
            self._parts.update(zip(packed, json.loads(b"[%b]" % lines), strict=True))
        for first in there:
            yield first, self.part(first)

    def get(self, key: str) -> str | None:
        """The rows of a key, or None."""
        return self.part(key.partition(" ")[0]).get(key)

    def add(self, key: str, rows: str) -> None:
        """Add rows, joined by ROW, behind those of a key."""
        part = self._parts.setdefault(key.partition(" ")[0], {})
        assert not isinstance(part, int)
        part[key] = f"{part[key]}{ROW}{rows}" if key in part else rows

    def parts(self) -> dict[str, Mapping[str, str]]:
        """Every part by its first word."""
        return {first: self.part(first) for first in self._parts}

    def words(self) -> set[str]:
        """Every word of a key."""
        return {word for part in self.parts().values() for key in part for word in key.split(" ")}
