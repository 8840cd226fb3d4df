"""Tables as comma-, semicolon- or tab-separated text: named or guessed columns. The key of a unit is ``ROW/COLUMN`` from 0."""

from __future__ import annotations

import csv
import io
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

_SAMPLE = 20  # lines that tell the separator


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
        rows = _rows(csv.reader(io.StringIO(text.text, newline=""), delimiter=_separator(path, text.text, reading)))
    except RefusedError as problem:
        yield CheckError(path, None, problem.reason, str(problem))
        return
    except csv.Error as problem:
        yield CheckError(path, None, "damaged", f"the table cannot be read: {problem}")
        return
    made = Assembly(path, "csv")
    add_table(made, rows, reading)
    yield made.document()


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
    """The separator that parts the first lines alike, by name a tab or a comma."""
    if reading.format == "tsv" or path.lower().endswith(".tsv"):
        return "\t"
    lines = [line for line in text[:65536].splitlines()[:_SAMPLE] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in "\t;,"}
    return max(",;\t", key=lambda sign: min(counts[sign], default=0))
