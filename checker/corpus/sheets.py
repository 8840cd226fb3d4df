"""Sheets that people fill in, workbook or CSV: written, and read back with the name of every cell for messages."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.config import ConfigError
from glossary.exchange.formulas import guarded

if TYPE_CHECKING:
    from openpyxl import Workbook

_MAX_BYTES = 500_000_000  # that a workbook may unpack to


class Sheet(NamedTuple):
    """One sheet: heads by column (from 0) and rows of text with their 1-based number."""

    path: str
    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, head: str) -> int:
        """The number of a column from 0. Raises ConfigError when the sheet has none of this name."""
        if head not in self.heads:
            raise ConfigError(f"{self._where}: no column {head!r} in the first row")
        return self.heads.index(head)

    def problem(self, row: int, head: str, message: str) -> ConfigError:
        """What is wrong with a cell, with its place."""
        return ConfigError(f"{self._where}, cell {letters(self.heads.index(head))}{row}: {message}")

    @property
    def _where(self) -> str:
        return f"{self.path}: sheet {self.name}" if self.name else self.path


def new_book() -> Workbook:
    """A workbook without sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "yigai"
    if book.active is not None:
        book.remove(book.active)
    return book


def book_bytes(book: Workbook) -> bytes:
    """A workbook as its file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_text(heads: Iterable[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a mark, as spreadsheets need it; what looks like a formula has an apostrophe before it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([guarded(item) if isinstance(item, str) else item for item in row])
    return "\ufeff" + stream.getvalue()


def read_sheet(path: str, title: str) -> Sheet:
    """The sheet called ``title`` of a workbook, or a CSV file. Raises ConfigError; OSError when it cannot be read."""
    if path.lower().endswith(".csv"):
        rows, name = list(_csv_rows(path)), ""
    else:
        rows, name = list(_workbook_rows(path, title)), title
    heads = tuple(cell.strip() for cell in rows[0]) if rows else ()
    if not any(heads):
        raise ConfigError(f"{path}: {f'sheet {name} is' if name else 'the file is'} empty")
    width = len(heads)
    made = [
        (number, (*(cell.strip() for cell in row[:width]), *[""] * (width - len(row))))
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    return Sheet(path, name, heads, tuple(made))


def letters(column: int) -> str:
    """The letters of a column numbered from 0: A, B … Z, AA."""
    made = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


def _csv_rows(path: str) -> Iterator[list[str]]:
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ConfigError(f"{path}: not UTF-8 at byte {problem.start}") from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        raise ConfigError(f"{path}:{reader.line_num}: not CSV: {problem}") from None


def _workbook_rows(path: str, title: str) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with open(path, "rb") as stream:
        try:
            with zipfile.ZipFile(stream) as parts:
                if sum(part.file_size for part in parts.infolist()) > _MAX_BYTES:
                    raise ConfigError(f"{path}: the workbook unpacks to more than {_MAX_BYTES:,} bytes")
            book = load_workbook(stream, read_only=True, data_only=True)
        except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as problem:
            raise ConfigError(f"{path}: no workbook (.xlsx) or CSV file; save it as one") from problem
        if title not in book.sheetnames:
            raise ConfigError(f"{path}: no sheet {title!r}; there are {', '.join(book.sheetnames)}")
        for row in book[title].iter_rows(values_only=True):
            yield ["" if value is None else str(value) for value in row]
