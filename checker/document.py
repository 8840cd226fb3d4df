"""The text of a file or of a unit inside it, as a reader hands it over."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property

from checker.bitext import SourceText

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Document:
    """Decoded text with its name.

    ``path`` is as given on the command line or found below it, with ``/``; ``record`` names the unit inside a
    container, else None. ``text`` is decoded, the BOM removed, newlines not translated. ``date`` is the date of
    publication from metadata (ISO, possibly only a year), else None. ``source`` is the Chinese it was translated from.
    """

    path: str
    text: str
    record: str | None = None
    date: str | None = None
    source: SourceText | None = None

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column, in code points, of ``offset``; lines end at LF, CRLF or CR only."""
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column; ValueError when the text has no such place."""
        if not 1 <= line <= len(self._line_starts):
            raise ValueError(f"no line {line}: the text has {len(self._line_starts)} lines")
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        if not 1 <= column <= end - start + 1:
            raise ValueError(f"no column {column} in line {line}, which has {end - start} characters")
        return start + column - 1

    def line_text(self, line: int) -> str:
        """The text of a 1-based line without its line end."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
