"""Excel workbooks: a document a sheet, with named or guessed columns. The key of a unit is ``ROW/COLUMN`` from 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.document import Document
from checker.finding import CheckError
from checker.readers import BY_CONTENT, Reading
from checker.readers.archive import RefusedError, held_to_limits
from checker.readers.assembly import Assembly
from checker.readers.table import CELLS, add_table


def read(path: str, content: bytes, reading: Reading = BY_CONTENT) -> Iterator[Document | CheckError]:
    """A document for each sheet that holds words, an empty one where none does, or why there is none.

    Reasons: "damaged", "encrypted", "too-large", "unsafe".

    The shown value of a formula is read, never the formula. Raises ConfigError when a named column is on no sheet.
    """
    try:
        sheets = _sheets(content)
    except RefusedError as problem:
        yield CheckError(path, None, problem.reason, str(problem))
        return
    yield from _documents(path, sheets, reading)


def _documents(path: str, sheets: list[tuple[str, list[list[str]]]], reading: Reading) -> Iterator[Document]:
    from checker.config import ConfigError

    missing: ConfigError | None = None
    found = False
    for name, rows in sheets:
        made = Assembly(path, "xlsx", name)
        try:
            add_table(made, rows, reading)
        except ConfigError as problem:
            missing = problem
            continue
        document = made.document()
        if document.text:
            found = True
            yield document
    if missing is not None and not found:
        raise missing
    if not found:
        yield Assembly(path, "xlsx", sheets[0][0] if sheets else None).document()


def _sheets(content: bytes) -> list[tuple[str, list[list[str]]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(held_to_limits(content), read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, AttributeError) as problem:
        raise RefusedError("damaged", "the file is no Excel workbook, or parts of it are missing") from problem
    left = CELLS
    made: list[tuple[str, list[list[str]]]] = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its size may be wrong by millions
        rows: list[list[str]] = []
        for row in sheet.iter_rows(values_only=True):
            left -= len(row) + 1
            if left < 0:
                raise RefusedError("too-large", f"the workbook has more than {CELLS:,} cells")
            rows.append([_words(value) for value in row])
        made.append((sheet.title, rows))
    book.close()
    return made


def _words(value: Any) -> str:
    # Line breaks in a cell are stored as LF, in files of some programs escaped.
    return (
        value.replace("_x000D_\n", "\n").replace("_x000D_", "\n")
        if isinstance(value, str)
        else ""
        if value is None
        else str(value)
    )
