"""Tables as comma-, semicolon- or tab-separated text: named or guessed columns. The key of a unit is ``ROW/COLUMN`` from 0."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Iterator

from checker.document import Document
from checker.finding import CheckError
from checker.readers import BY_CONTENT, Reading
from checker.readers.archive import RefusedError
from checker.readers.assembly import Assembly
from checker.readers.table import CELLS, add_table
from checker.readers.text import read_text

CELL_LIMIT = 1_000_000
"""How many characters a cell may have."""

_SAMPLE = 20  # rows that tell the separator
_HEAD = 65536  # characters in which they are looked for

_SAID = re.compile(r"(?i)\"?sep=([,;\t])\"?[ \t]*(?:\r\n?|\n)")


def read(path: str, content: bytes, reading: Reading = BY_CONTENT) -> Iterator[Document | CheckError]:
    """The one document of a table, or why there is none ("damaged", "too-large" and those of text).

    Raises ConfigError when a named column is not there.
    """
    text = read_text(path, content)
    if isinstance(text, CheckError):
        yield text
        return
    csv.field_size_limit(CELL_LIMIT)
    try:
        said = _SAID.match(text.text)  # to Excel, which shows no such row
        separator = said[1] if said else _separator(path, text.text, reading)
        rows = _table(text.text[said.end() if said else 0 :], separator)
    except RefusedError as problem:
        yield CheckError(path, None, problem.reason, str(problem))
        return
    except csv.Error as problem:
        yield CheckError(path, None, "damaged", f"the table cannot be read: {problem}")
        return
    made = Assembly(path, "csv")
    add_table(made, rows, reading)
    yield made.document()


def _table(text: str, separator: str) -> list[list[str]]:
    """The rows of a table. Many programs that part cells by tabs do not quote them: then a quotation mark is one."""
    quoted = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    if separator != "\t":
        return _rows(quoted)
    with contextlib.suppress(csv.Error):  # a cell that a lone mark opens may be longer than any
        rows = _rows(quoted)
        if len({len(row) for row in rows if row}) == 1:
            return rows
    return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE))


def _rows(reader: Iterable[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    left = CELLS
    for row in reader:
        left -= len(row) + 1
        if left < 0:
            raise RefusedError("too-large", f"the table has more than {CELLS:,} cells")
        rows.append(row)
    return rows


def _separator(path: str, text: str, reading: Reading) -> str:
    """The separator that parts the first rows alike, by name a tab or a comma; a row may have several lines."""
    if reading.format == "tsv" or path.lower().endswith(".tsv"):
        return "\t"
    return max(",;\t", key=lambda sign: _parted(text[:_HEAD], sign))


def _parted(head: str, separator: str) -> int:
    """Into how many cells at least a separator parts each of the first rows."""
    counts: list[int] = []
    with contextlib.suppress(csv.Error):  # a row that is not whole is not counted
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
            if any(map(str.strip, row)):
                counts.append(len(row))
            if len(counts) == _SAMPLE:
                return min(counts)
    return min(counts[:-1] if len(head) == _HEAD and len(counts) > 1 else counts, default=0)
