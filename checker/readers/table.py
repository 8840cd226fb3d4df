"""Which columns of a table hold the English and the Chinese: named by the user, told by a heading, or by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.config import ConfigError, one_of
from checker.readers import Reading
from checker.readers.assembly import Assembly
from checker.readers.sides import columns, is_chinese

CELLS = 2_000_000
"""How many cells a table may have; a row counts as one more."""

_ENGLISH = re.compile(r"(?i)en(?:[-_]?(?:us|gb|uk))?|eng|english|target|tgt|translation|mt|译文|英文|英语|翻译|目标")
_CHINESE = re.compile(
    r"(?i)zh(?:[-_]?(?:cn|hans|tw|hk|hant))?|chi|zho|cn|chinese|source|src|original|原文|中文|汉语|源文|源语"
)
_LETTER = re.compile(r"[A-Za-z]{1,3}")
Rows = Sequence[Sequence[str]]


def table_columns(rows: Rows, english: str | None, chinese: str | None) -> tuple[list[int], int | None, int]:
    """The columns with English text, the Chinese one beside them or None, and how many rows of headings there are.

    Columns count from 0. Without a Chinese column all columns that hold words are English ones. Raises ConfigError when
    a named column is not there.
    """
    if english or chinese:
        ours, theirs = _named(rows, english), _named(rows, chinese)
        if ours is None:
            ours = next(iter(_texts(rows, skip=theirs)), None)
        head = int(
            bool(rows) and any(_is_heading(rows[0], n, name) for n, name in ((ours, english), (theirs, chinese)))
        )
        return [] if ours is None else [ours], theirs, head
    if rows:
        ours = next((n for n, cell in enumerate(rows[0]) if _ENGLISH.fullmatch(cell.strip())), None)
        theirs = next((n for n, cell in enumerate(rows[0]) if _CHINESE.fullmatch(cell.strip())), None)
        if ours is not None and (theirs is not None or not any(map(is_chinese, map("".join, rows)))):
            return [ours], theirs, 1
    found = columns([[((0, 0), cell) for cell in row] for row in rows])
    if found is not None:
        ours, theirs = found
        return [ours], theirs, int(len(rows[0]) > theirs and not is_chinese(rows[0][theirs]))
    return _texts(rows), None, 0


def named_columns(rows: Rows, english: str | None, chinese: str | None) -> tuple[int, int] | None:
    """The English and the Chinese column where both are named; None where one is not. Raises ConfigError."""
    ours, theirs = _named(rows, english), _named(rows, chinese)
    return None if ours is None or theirs is None else (ours, theirs)


def are_headings(english: str, chinese: str) -> bool:
    """Whether two cells of one row name the columns of a translation and its source."""
    return bool(_ENGLISH.fullmatch(english.strip()) and _CHINESE.fullmatch(chinese.strip()))


def letters(column: int) -> str:
    """The name of a column, counted from 0, as spreadsheets show it: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _named(rows: Rows, name: str | None) -> int | None:
    if name is None:
        return None
    headings = [cell.strip() for cell in rows[0]] if rows else []
    if name in headings:
        return headings.index(name)
    width = max(map(len, rows), default=0)
    if _LETTER.fullmatch(name):
        number = 0
        for letter in name.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        if number <= width:
            return number - 1
    one_of(name, [heading for heading in headings if heading], "column")
    raise ConfigError(f"unknown column {name!r}")


def _is_heading(row: Sequence[str], number: int | None, name: str | None) -> bool:
    return number is not None and number < len(row) and name is not None and row[number].strip() == name


def _texts(rows: Rows, skip: int | None = None) -> list[int]:
    """The columns that hold words in one of the rows."""
    found = {n for row in rows for n, cell in enumerate(row) if cell and any(map(str.isalpha, cell))}
    return sorted(found - {skip})


def add_table(made: Assembly, rows: Rows, reading: Reading) -> None:
    """Add the cells of a table, row by row, with the Chinese beside them where there is such a column.

    Units are named as spreadsheets name cells ("B7"). Raises ConfigError when a named column is not there.
    """
    english, chinese, headings = table_columns(rows, reading.english, reading.chinese)
    for number, row in enumerate(rows):
        if number < headings:
            continue
        mark = made.begin_pair()
        for column in english:
            if column >= len(row):
                break  # they are in order
            made.add(row[column], f"{letters(column)}{number + 1}", f"{number}/{column}")
        if chinese is not None and chinese < len(row) and made.begin_pair() != mark:
            made.add_chinese(row[chinese])
        made.end_pair(mark)
