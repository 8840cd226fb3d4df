"""Tables of rows under keys of one or two words, unpacked by the first word when they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmap import mmap

FIELD = "}"  # between the fields of a row
ROW = "~"  # between the rows of one key
KEY = "^"  # between a key and its rows where a part is packed
ENTRY = "`"  # before each key there

FEW = 8  # words that are looked for one by one
_ENTRY = ENTRY.encode()
_SIZE = 4  # bytes of a number, "I" for `memoryview`


class Part(dict[str, str]):
    """The second words of keys with the same first one, "" where there is none, and their rows, joined by ROW."""

    def among(self, words: Set[str]) -> Collection[str]:
        """Those of ``words``, folded words or "", that are keys."""
        return self.keys() & words

    def keys_from(self, mark: str) -> Collection[str]:
        """The keys that begin with a mark; some that come after them in the order of their characters may be among them."""
        return [key for key in self if key.startswith(mark)]


_NONE = Part()


class PackedPart(Mapping[str, str]):
    """A `Part` as `packed` made it, between two places of ``content``; unpacked of it is only what is asked for.

    No word holds KEY, by which keys are told from pieces of them.
    """

    def __init__(self, content: bytes | mmap, start: int, end: int) -> None:
        self._content, self._end = content, end
        self._start = content.find(_ENTRY, start, end)
        self._packed_keys = content[start : self._start].decode()
        self._rows: dict[str, str] = {}
        self._keys: frozenset[str] | None = None
        self._asked = False

    def __getitem__(self, key: str) -> str:
        rows = self._rows.get(key)
        if rows is None:
            before = f"{ENTRY}{key}{KEY}".encode()
            start = self._content.find(before, self._start, self._end)
            if start < 0:
                raise KeyError(key)
            start += len(before)
            rows = self._rows[key] = self._content[start : self._content.find(_ENTRY, start, self._end)].decode()
        return rows

    def __contains__(self, key: object) -> bool:
        return f"{KEY}{key}{KEY}" in self._packed_keys if self._keys is None else key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed_keys[1:-1].split(KEY))

    def __len__(self) -> int:
        return self._packed_keys.count(KEY) - 1

    def among(self, words: Set[str]) -> Collection[str]:
        """As `Part.among`."""
        if self._keys is None:
            if len(words) <= FEW and not self._asked:  # to look for a few once takes less than to unpack all
                self._asked = True
                keys = self._packed_keys
                return [word for word in words if f"{KEY}{word}{KEY}" in keys]
            self._keys = frozenset(self)
        return self._keys & words

    def keys_from(self, mark: str) -> Collection[str]:
        """As `Part.keys_from`."""
        at = self._packed_keys.find(f"{KEY}{mark}")
        return self._packed_keys[at + 1 : -1].split(KEY) if at >= 0 else []


class KeyedRows:
    """A mapping of keys to rows, kept in parts by the first word of the keys."""

    def __init__(self, parts: Iterable[tuple[str, Mapping[str, str]]] = ()) -> None:
        self._parts = {first: Part(part) for first, part in parts}

    def parts_of(self, firsts: Set[str]) -> Iterator[tuple[str, Part | PackedPart]]:
        """The parts of those first words that there are."""
        for first in self._parts.keys() & firsts:
            yield first, self._parts[first]

    def parts(self) -> Mapping[str, Mapping[str, str]]:
        """Every part by its first word."""
        return self._parts

    def words(self) -> set[str]:
        """Every word of a key."""
        parts = self.parts()
        return {*parts, *(word for part in parts.values() for second in part for word in second.split())}

    def add(self, key: str, rows: str) -> None:
        """Add rows, joined by ROW, behind those of a key."""
        first, _, second = key.partition(" ")
        self.add_parts({first: {second: rows}})

    def add_parts(self, parts: Mapping[str, Mapping[str, str]], changed: Callable[[str], str] = str) -> None:
        """Add the rows of another table's parts, what ``changed`` makes of those of each key."""
        for first, part in parts.items():
            own = self._parts.setdefault(first, Part())
            for second, rows in part.items():
                rows = changed(rows)
                own[second] = f"{own[second]}{ROW}{rows}" if second in own else rows


class StoredWords(dict[str, tuple["Part | PackedPart", ...]]):
    """What a kept file holds under each first word: one part for each table, made of `packed` when it is asked for.

    ``numbers`` are those of the words' lines; ``place`` gives the bytes in which a line stands, its begin and its end.
    """

    def __init__(self, numbers: Mapping[str, int], place: Callable[[int], tuple[bytes | mmap, int, int]]) -> None:
        super().__init__()
        self.numbers = numbers
        self._place = place

    def __missing__(self, first: str) -> tuple[Part | PackedPart, ...]:
        content, start, _ = self._place(self.numbers[first])
        begin = start + 1 + _SIZE * content[start]
        parts: list[Part | PackedPart] = []
        for size in memoryview(content)[start + 1 : begin].cast("I"):
            parts.append(PackedPart(content, begin, begin + size) if size else _NONE)
            begin += size
        made = self[first] = tuple(parts)
        return made


class StoredRows(KeyedRows):
    """Table ``number`` of those in a kept file, which is not added to."""

    def __init__(self, words: StoredWords, number: int) -> None:
        super().__init__()
        self._words = words
        self._number = number
        self._absent: set[str] = set()  # words that were asked for and begin no key of this table

    def __reduce__(self) -> tuple[object, ...]:
        # All of it: the file is of this machine.
        return KeyedRows, (tuple((first, dict(part)) for first, part in self.parts().items()),)

    def parts_of(self, firsts: Set[str]) -> Iterator[tuple[str, Part | PackedPart]]:
        """As `KeyedRows.parts_of`."""
        words, number, absent = self._words, self._number, self._absent
        for first in (words.numbers.keys() & firsts) - absent:
            part = words[first][number]
            if part is _NONE:
                absent.add(first)
            else:
                yield first, part

    def parts(self) -> Mapping[str, Mapping[str, str]]:
        """As `KeyedRows.parts`."""
        return dict(self.parts_of(self._words.numbers.keys()))

    def add_parts(self, parts: Mapping[str, Mapping[str, str]], changed: Callable[[str], str] = str) -> None:
        """Raises TypeError."""
        raise TypeError("a kept table is not added to")


def packed(parts: Iterable[Mapping[str, str]]) -> bytes:
    """The parts of one word in several tables: how many there are, the size of each (0 without keys), and each."""
    made = [_packed_part(part).encode() if part else b"" for part in parts]
    sizes = [len(part).to_bytes(_SIZE, sys.byteorder) for part in made]
    return bytes([len(made)]) + b"".join(sizes) + b"".join(made)


def _packed_part(part: Mapping[str, str]) -> str:
    """The keys in order, and then each of them with its rows."""
    entries = [f"{ENTRY}{key}{KEY}{rows}" for key, rows in part.items()]
    return f"{KEY}{KEY.join(sorted(part))}{KEY}{''.join(entries)}{ENTRY}"
