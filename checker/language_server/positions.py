"""Offsets of a text as positions of the protocol: lines from 0, columns in UTF-8, UTF-16 or UTF-32 units."""

from __future__ import annotations

import bisect
from collections.abc import Callable

from lsprotocol.types import Position, PositionEncodingKind, Range

from glossary.lazy_pattern import lazy

_LINE_END = lazy(r"\r\n|\r|\n")
_MARK = "\ufeff"

_UNITS: dict[PositionEncodingKind, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    PositionEncodingKind.Utf32: len,
}


class Lines:
    """The lines of a text; they end at LF, CRLF or CR only, in the checker as in the protocol.

    ``text`` is without its byte order mark; ``marked`` says that the editor counts one before it.
    """

    def __init__(self, text: str, encoding: PositionEncodingKind, marked: bool = False) -> None:
        self.text = text
        self._ends = [match.span() for match in _LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in self._ends)]
        self._units = _UNITS[encoding]
        self._lead = self._units(_MARK) if marked else 0

    def line(self, number: int) -> str:
        """The text of a line, from 0, without its line end."""
        end = self._ends[number][0] if number < len(self._ends) else len(self.text)
        return self.text[self._starts[number] : end]

    def number(self, offset: int) -> int:
        """The number, from 0, of the line that holds an offset."""
        return bisect.bisect_right(self._starts, offset) - 1

    def start(self, number: int) -> int:
        """The offset at which a line begins."""
        return self._starts[number]

    def position(self, offset: int) -> Position:
        """The position of an offset."""
        number = self.number(offset)
        units = self._units(self.text[self._starts[number] : offset])
        return Position(number, units + (self._lead if number == 0 else 0))

    def range(self, start: int, end: int) -> Range:
        """The range of ``start..end``."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a position; beyond the end of a line or of the text it is that end."""
        if position.line >= len(self._starts):
            return len(self.text)
        wanted = max(position.character - (self._lead if position.line == 0 else 0), 0)
        line = self.line(position.line)
        start = self._starts[position.line]
        if line.isascii() or self._units is len:
            return start + min(wanted, len(line))
        for number, char in enumerate(line):
            wanted -= self._units(char)
            if wanted < 0:
                return start + number
        return start + len(line)
