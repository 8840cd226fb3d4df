"""Tables of rows under keys of one or two words, unpacked by the first word when they are asked for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

FIELD = "}"  # between the fields of a row
ROW = "~"  # between the rows of one key
KEY = "^"  # between keys and their rows where a part is packed; takes a fraction of the time of JSON

_NONE: Mapping[str, str] = MappingProxyType({})


class KeyedRows:
    """A mapping of keys to rows, kept in parts: the first word of the keys -> their second one, or "" -> rows.

    Parts that are numbers stand in ``stored`` as `packed` made them.
    """

    def __init__(self, parts: Iterable[tuple[str, int | dict[str, str]]] = (), stored: Sequence[bytes] = ()) -> None:
        self._parts: dict[str, dict[str, str] | int] = dict(parts)
        self._stored = stored

    def __reduce__(self) -> tuple[object, ...]:
        return KeyedRows, (tuple(self.parts().items()),)  # all of it: `stored` may be a file of this machine

    def part(self, first: str) -> Mapping[str, str]:
        """The second words of the keys whose first one is ``first``, with their rows, joined by ROW."""
        part = self._parts.get(first, _NONE)
        if isinstance(part, int):
            pieces = self._stored[part].decode().split(KEY)
            part = self._parts[first] = dict(zip(pieces[::2], pieces[1::2], strict=True))
        return part

    def parts_of(self, firsts: Set[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The parts of those first words that there are."""
        for first in self._parts.keys() & firsts:
            yield first, self.part(first)

    def get(self, key: str) -> str | None:
        """The rows of a key, or None."""
        first, _, second = key.partition(" ")
        return self.part(first).get(second)

    def add(self, key: str, rows: str) -> None:
        """Add rows, joined by ROW, behind those of a key."""
        first, _, second = key.partition(" ")
        self.add_parts({first: {second: rows}})

    def add_parts(self, parts: Mapping[str, Mapping[str, str]], changed: Callable[[str], str] = str) -> None:
        """Add the rows of another table's parts, what ``changed`` makes of those of each key."""
        for first, part in parts.items():
            own = self._parts.setdefault(first, {})
            assert not isinstance(own, int)
            for second, rows in part.items():
                rows = changed(rows)
                own[second] = f"{own[second]}{ROW}{rows}" if second in own else rows

    def parts(self) -> dict[str, Mapping[str, str]]:
        """Every part by its first word."""
        return {first: self.part(first) for first in self._parts}

    def words(self) -> set[str]:
        """Every word of a key."""
        parts = self.parts()
        return {*parts, *(word for part in parts.values() for second in part for word in second.split())}


def packed(part: Mapping[str, str]) -> str:
    """One part as text."""
    return KEY.join(itertools.chain.from_iterable(part.items()))
