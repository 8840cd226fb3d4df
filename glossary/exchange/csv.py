"""CSV and TSV: our own columns out, anybody's in. UTF-8; a CSV file begins with a mark, which spreadsheets need."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from glossary.concept import Concept
from glossary.exchange import MAX_BYTES, ExchangeError, Exported, Imported
from glossary.exchange.cat_tools import dialect_rows, read_rows
from glossary.exchange.formulas import guarded, unguarded
from glossary.exchange.table import Row, is_heading, rows_of

CELL_LIMIT = 1_000_000  # characters
MARK = "\ufeff"
_SAMPLE = 20  # lines that tell the separator
_TOLD = re.compile(r"\Asep=([,;\t])\r?\n", re.IGNORECASE)  # what spreadsheets are told of it


def write(concepts: Sequence[Concept], separator: str = ",") -> Exported:
    """A table of the concepts in our own columns, parted by a comma or a tab."""
    lost: Counter[str] = Counter()
    rows = [[guarded(cell) for cell in row] for row in rows_of(concepts, lost)]
    return Exported(written(rows, separator, mark=separator == ","), len(concepts), lost)


def write_dialect(concepts: Sequence[Concept], dialect: str, english_first: bool = False) -> Exported:
    """A table as "memoq", "trados" or "omegat" takes it; OmegaT's has English first when asked."""
    lost: Counter[str] = Counter()
    rows = dialect_rows(dialect, concepts, lost, english_first)
    if dialect == "omegat":
        content = "".join("\t".join(row) + "\n" for row in rows).encode("utf-8")
    else:
        content = written(rows, ",", mark=True)
    return Exported(content, len(concepts), lost)


def written(rows: Iterable[Sequence[str]], separator: str, mark: bool) -> bytes:
    """Rows as the bytes of a table; lines end with LF."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return ((MARK if mark else "") + stream.getvalue()).encode("utf-8")


def read(content: bytes) -> Imported:
    """The entries of a table. Raises ExchangeError with the line."""
    rows, encoding = read_table(content)
    kept = [row for row in rows if not row.cells[0].startswith("#") or is_heading(row)]  # OmegaT's comments
    made = read_rows([row._replace(cells=[unguarded(cell) for cell in row.cells]) for row in kept])
    made.lost["lines of comment"] += len(rows) - len(kept)
    if encoding != "utf-8":
        made.understood[f"the file as {encoding}: it is not UTF-8"] += 1
    return made


def read_table(content: bytes) -> tuple[list[Row], str]:
    """The rows of a table and its encoding. Raises ExchangeError with the line."""
    text, encoding = decoded(content)
    csv.field_size_limit(CELL_LIMIT)
    told = _TOLD.match(text)
    separator = told[1] if told else _separator(text)
    text = _TOLD.sub("\n", text)
    try:
        return _rows(text, separator, csv.QUOTE_MINIMAL), encoding
    except ExchangeError:
        if separator != "\t":
            raise
        return _rows(text, separator, csv.QUOTE_NONE), encoding  # lists parted by tabs often quote nothing


def _rows(text: str, separator: str, quoting: Literal[0, 3]) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            if cells:
                rows.append(Row(cells, [str(line)] * len(cells), str(line)))
            line = reader.line_num + 1
    except csv.Error as problem:
        raise ExchangeError(f"the table cannot be read: {problem}", line) from problem
    return rows


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and its encoding: by its mark, else UTF-8, else GB18030. Raises ExchangeError with the line."""
    if len(content) > MAX_BYTES:
        raise ExchangeError(f"the file is larger than {MAX_BYTES:,} bytes")
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding).removeprefix(MARK)
        except UnicodeDecodeError as problem:
            place = content.count(b"\n", 0, problem.start) + 1
            continue
        if "\0" in text:
            raise ExchangeError("not a text file", text.count("\n", 0, text.index("\0")) + 1)
        return text, encoding
    raise ExchangeError("neither UTF-8 nor GB18030", place)


def _separator(text: str) -> str:
    """The separator that parts the first lines alike."""
    lines = [line for line in text[:65536].splitlines()[:_SAMPLE] if line.strip()]
    if not lines:
        return ","
    counts = {sign: [line.count(sign) for line in lines] for sign in "\t,;"}
    # In a list without headings a comment may have commas: every line has a tab, not every line a comma.
    return max(counts, key=lambda sign: (min(counts[sign]), counts[sign][0]))
