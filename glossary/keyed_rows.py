"""Tables of rows under keys of one or two words, unpacked by the first word when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence, Set
from types import MappingProxyType

FIELD = "}"  # between the fields of a row
ROW = "~"  # between the rows of one key
KEY = "^"  # between a key and its rows where a part is packed
ENTRY = "`"  # before each key there

_NONE: Mapping[str, str] = MappingProxyType({})


class PackedPart(Mapping[str, str]):
    """One part as `packed` made it, of which only those rows are unpacked that are asked for."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        keys = content[: content.index(ENTRY.encode())].decode()
        self._rows: dict[str, str | None] = dict.fromkeys(keys.split(KEY))

    def __getitem__(self, key: str) -> str:
        rows = self._rows[key]
        if rows is None:
            before = f"{ENTRY}{key}{KEY}".encode()
            start = self._content.index(before) + len(before)
            rows = self._rows[key] = self._content[start : self._content.index(ENTRY.encode(), start)].decode()
        return rows

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def keys(self) -> KeysView[str]:
        """The keys; what is asked of them takes no detour over this class."""
        return self._rows.keys()


class KeyedRows:
    """A mapping of keys to rows, kept in parts: the first word of the keys -> their second one, or "" -> rows.

    Parts that are numbers stand in ``stored`` as `packed` made them.
    """

    def __init__(self, parts: Iterable[tuple[str, int | dict[str, str]]] = (), stored: Sequence[bytes] = ()) -> None:
        self._parts: dict[str, Mapping[str, str] | int] = dict(parts)
        self._stored = stored

    def __reduce__(self) -> tuple[object, ...]:
        return KeyedRows, (
            tuple((first, dict(part)) for first, part in self.parts().items()),
        )  # all of it: `stored` may be a file of this machine

    def part(self, first: str) -> Mapping[str, str]:
        """The second words of the keys whose first one is ``first``, with their rows, joined by ROW."""
        part = self._parts.get(first, _NONE)
        if isinstance(part, int):
            part = self._parts[first] = PackedPart(self._stored[part])
        return part

    def parts_of(self, firsts: Set[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The parts of those first words that there are."""
        for first in self._parts.keys() & firsts:
            part = self._parts[first]
            yield first, self.part(first) if isinstance(part, int) else part

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
            assert isinstance(own, dict)
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
    """One part as text: its keys, and then each of them with its rows."""
    entries = [f"{ENTRY}{key}{KEY}{rows}" for key, rows in part.items()]
    return f"{KEY.join(part)}{''.join(entries)}{ENTRY}"
