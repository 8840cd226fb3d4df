"""The text of a file or of a unit inside it, as a reader hands it over."""

import bisect
import itertools
from functools import cached_property
from typing import NamedTuple

from checker.bitext import SourceText
from glossary.lazy_pattern import lazy

_LINE_END = lazy(r"\r\n|\r|\n")
LINE = lazy(r"[^\r\n]*(?:\r\n|\r|\n|$)")  # one line with its end

TAG = "\u200b"
"""Stands in a view for each character of mark-up inside a line; folding drops it."""
TAIL = "\u2060"
"""Stands in a view for the rest of an entity whose character stands before it; folding drops it."""
HEAD = "\ufeff"
"""Stands in a view for the rest of an entity whose character stands after it; folding drops it."""


def without_unseen(text: str) -> str:
    """A piece of a view without these; `str.translate` takes hundreds of times as long where it is not all ASCII."""
    for char in (TAG, TAIL, HEAD):
        if char in text:
            text = text.replace(char, "")
    return text


class Unit(NamedTuple):
    """A piece of a container's text: what stands at ``name`` in the file is ``text[start:end]``.

    ``name`` is for people ("segment 12", "B7", "paragraph 3"), ``key`` leads a program back (each reader says how).
    ``left_alone`` units are read for their surroundings but not reported: locked, or taken over from a memory.
    """

    start: int
    end: int
    name: str
    key: str = ""
    left_alone: bool = False


class _Fields(NamedTuple):
    """What a document is made of; to make a dataclass takes as long as to make twenty of these."""

    path: str
    text: str
    record: str | None = None
    date: str | None = None
    source: SourceText | None = None
    view: str | None = None
    title: str | None = None
    site: str | None = None
    units: tuple[Unit, ...] = ()
    kind: str = "text"
    outside: tuple[tuple[int, int, str], ...] = ()
    begins: tuple[int, int] = (1, 1)


class Document(_Fields):
    """Decoded text with its name.

    ``path`` is as given on the command line or found below it, with ``/``; ``record`` names the unit inside a
    container, else None. ``text`` is decoded, the BOM removed, newlines not translated. ``date`` is the date of
    publication from metadata (ISO, possibly only a year), else None. ``source`` is the Chinese it was translated from.

    ``view`` is ``text`` with its mark-up blanked, of the same length, so that offsets are those of the file; None where
    there is no mark-up. ``title`` and ``site`` come from metadata. ``units`` lead from the text of a container back to
    the places in it; they are in order and do not overlap. ``kind`` is the format the file was read as. ``outside`` are
    ``(start, end, what)`` of what a reader sees beside the text, which is not in the view: menus, share bars, footers.
    ``begins`` is the line and column at which the text begins in its file: not the first ones in a part of a huge file.
    """

    @property
    def readable(self) -> str:
        """What is analysed: the view where there is one, else the text."""
        return self.text if self.view is None else self.view

    def shown(self, start: int, end: int) -> str:
        """The words a reader sees at ``start..end``, runs of blanks as one blank where mark-up was taken out."""
        if self.view is None:
            return self.text[start:end]
        return " ".join(without_unseen(self.view[start:end]).split())

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """``start..end`` widened so that it cuts no entity in two."""
        if self.view is None:
            return start, end
        while start > 0 and self.view[start - 1] == HEAD:
            start -= 1
        while end < len(self.view) and self.view[end] == TAIL:
            end += 1
        return start, end

    def unit_at(self, offset: int) -> Unit | None:
        """The unit of a container that holds ``offset``, or the one before it; None without units."""
        if not self.units:
            return None
        number = bisect.bisect_right(self.units, offset, key=lambda unit: unit.start) - 1
        return self.units[max(number, 0)]

    @cached_property
    def _line_starts(self) -> list[int]:
        if "\r" not in self.text:
            return [0, *itertools.accumulate([len(line) + 1 for line in self.text.split("\n")[:-1]])]
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column, in code points, of ``offset``; lines end at LF, CRLF or CR only."""
        line = bisect.bisect_right(self._line_starts, offset)
        column = offset - self._line_starts[line - 1] + (self.begins[1] if line == 1 else 1)
        return self.begins[0] - 1 + line, column

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column; ValueError when the text has no such place."""
        number = line - self.begins[0] + 1
        if not 1 <= number <= len(self._line_starts):
            raise ValueError(f"no line {line}: the text has {len(self._line_starts)} lines")
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        first = self.begins[1] if number == 1 else 1
        if not first <= column <= end - start + first:
            raise ValueError(f"no column {column} in line {line}, which has {end - start} characters")
        return start + column - first

    def line_text(self, line: int) -> str:
        """The text of a 1-based line without its line end."""
        number = line - self.begins[0] + 1
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
