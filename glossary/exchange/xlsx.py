"""Excel workbooks: one sheet of our own columns out; in, every sheet whose columns are known."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from glossary.concept import Concept
from glossary.exchange import MAX_BYTES, ExchangeError, Exported, Imported
from glossary.exchange.cat_tools import dialect_rows, read_rows
from glossary.exchange.formulas import looks_like_formula
from glossary.exchange.safe_xml import clean, has_document_type
from glossary.exchange.table import Row, rows_of

CELLS = 1_000_000
"""How many cells a workbook may have."""

UNPACKED = 256 * 1024 * 1024
"""How many bytes all parts together may have, unpacked."""

_PARTS = 10_000
_RATIO, _FREE = 200, 4 * 1024 * 1024  # a large part may be so many times its packed size
_LONGEST = 32_767  # characters in a cell
_WIDTHS = {"id": 28, "zh": 20, "preferred": 36, "admitted": 40, "wrong": 40, "definition": 60, "sources": 60}


def write(concepts: Sequence[Concept]) -> Exported:
    """A workbook of the concepts."""
    lost: Counter[str] = Counter()
    return Exported(workbook(list(rows_of(concepts, lost)), "Terms", lost), len(concepts), lost)


def write_dialect(concepts: Sequence[Concept], dialect: str) -> Exported:
    """A workbook as "memoq" or "trados" takes it."""
    lost: Counter[str] = Counter()
    rows = dialect_rows(dialect, concepts, lost, english_first=False)
    return Exported(workbook(rows, "Terms", lost), len(concepts), lost)


def workbook(rows: Sequence[Sequence[str]], title: str, lost: Counter[str]) -> bytes:
    """A workbook of one sheet, its first row the headings; every cell is text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = "yigai"
    sheet: Any = book.active
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if not value:
                continue
            lost["cells cut at 32,767 characters"] += len(value) > _LONGEST
            cell = sheet.cell(number, column)
            cell.value = clean(value)[:_LONGEST]
            cell.data_type = "s"
            cell.quotePrefix = looks_like_formula(value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column, heading in enumerate(rows[0], 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(heading, 18)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content: bytes) -> Imported:
    """The entries of a workbook. Raises ExchangeError with the sheet or cell."""
    made = Imported()
    first: ExchangeError | None = None
    for title, rows in read_sheets(content):
        try:
            found = read_rows(rows)
        except ExchangeError as problem:
            first = first or problem
            made.lost[f"rows of the sheet {title!r}, whose columns are not known"] += len(rows)
            continue
        made.entries += found.entries
        made.lost += found.lost
        made.understood += found.understood
    if not made.entries and first is not None:
        raise first
    return made


def read_sheets(content: bytes) -> list[tuple[str, list[Row]]]:
    """Title and rows of each sheet; formulas give their shown values. Raises ExchangeError."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    _held_to_limits(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        left = CELLS
        made = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a sheet says of its size may be wrong by millions
            rows = []
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                left -= len(values) + 1
                if left < 0:
                    raise ExchangeError(f"the workbook has more than {CELLS:,} cells", sheet.title)
                cells = ["" if value is None else str(value).replace("_x000D_", "") for value in values]
                places = [f"{sheet.title}!{get_column_letter(column)}{number}" for column in range(1, len(cells) + 1)]
                rows.append(Row(cells, places, f"{sheet.title}!{number}"))
            made.append((sheet.title, rows))
        book.close()
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        zipfile.BadZipFile,
        EOFError,
        SyntaxError,
        zlib.error,
    ) as problem:
        raise ExchangeError("no Excel workbook (.xlsx), or parts of it are missing or damaged") from problem
    return made


def _held_to_limits(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise ExchangeError(f"the file is larger than {MAX_BYTES:,} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise ExchangeError("the workbook unpacks to far more than it should")
            for part in parts:
                if part.flag_bits & 1:
                    raise ExchangeError("the workbook is protected by a password")
                if part.file_size > _FREE and part.file_size > _RATIO * max(part.compress_size, 1):
                    raise ExchangeError("the workbook unpacks to far more than it should")
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if has_document_type(stream):
                            raise ExchangeError("a part of the workbook defines entities, which are not read")
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
        RuntimeError,
        zlib.error,
    ) as problem:
        raise ExchangeError("no Excel workbook (.xlsx), or it is cut off or damaged") from problem
