"""What is remembered of the pages of a run beyond the ones at work: in a temporary file, so that memory stays flat."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from checker.batch.signatures import NEAR, Signature

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
CREATE TABLE pages (number INTEGER PRIMARY KEY, place TEXT, kept TEXT);
CREATE TABLE exact (hash TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE near (band INTEGER, simhash INTEGER, number INTEGER);
CREATE INDEX bands ON near (band);
CREATE TABLE names (name TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE lines (key TEXT PRIMARY KEY, offset INTEGER) WITHOUT ROWID;
"""
_BANDS = NEAR + 1  # two hashes with at most NEAR different bits agree in one of so many parts
_WIDTH = 64 // _BANDS


class Twin(NamedTuple):
    """An earlier page: its number, and whether its folded text is the same to the letter."""

    number: int
    exact: bool


class Seen:
    """The pages that have been let through to be checked, with a piece of text kept for each."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._file.executescript(_TABLES)
        self._file.execute("BEGIN")  # never ended: each change would be written by itself

    def close(self) -> None:
        """Delete the file."""
        self._file.close()

    def twin(self, signature: Signature, near: bool = True) -> Twin | None:
        """The first page with the same text, else (``near``) the first that is nearly the same."""
        row = self._file.execute("SELECT number FROM exact WHERE hash = ?", (signature.exact,)).fetchone()
        if row is not None:
            return Twin(row[0], True)
        if not near or signature.near is None:
            return None
        rows = self._file.execute(
            f"SELECT number, simhash FROM near WHERE band IN ({','.join('?' * _BANDS)}) ORDER BY number",
            _bands(signature.near),
        )
        for number, simhash in rows:
            if ((simhash + 2**63) ^ signature.near).bit_count() <= NEAR:
                return Twin(number, False)
        return None

    def add(self, number: int, path: str, record: str | None, signature: Signature) -> None:
        """Remember a page, ``number`` in the order of the run, that is to be checked."""
        self._file.execute("INSERT INTO pages VALUES (?, ?, NULL)", (number, json.dumps([path, record])))
        self._file.execute("INSERT OR IGNORE INTO exact VALUES (?, ?)", (signature.exact, number))
        if signature.near is not None:
            rows = [(band, signature.near - 2**63, number) for band in _bands(signature.near)]
            self._file.executemany("INSERT INTO near VALUES (?, ?, ?)", rows)

    def keep(self, number: int, text: str) -> None:
        """Keep a text for a page that was added."""
        self._file.execute("UPDATE pages SET kept = ? WHERE number = ?", (text, number))

    def page(self, number: int) -> tuple[str, str | None, str]:
        """Path, record and kept text of a page that was added."""
        row = self._file.execute("SELECT place, kept FROM pages WHERE number = ?", (number,)).fetchone()
        path, record = json.loads(row[0])
        return path, record, row[1]

    def index(self, key: str, offset: int) -> None:
        """Remember where a key stands in a file; the last place counts."""
        self._file.execute("INSERT OR REPLACE INTO lines VALUES (?, ?)", (key, offset))

    def indexed(self, key: str) -> int | None:
        """Where a key stands, or None."""
        row = self._file.execute("SELECT offset FROM lines WHERE key = ?", (key,)).fetchone()
        return None if row is None else int(row[0])

    def times(self, name: str) -> int:
        """How often a name has been asked for, this time included."""
        row = self._file.execute(
            "INSERT INTO names VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1 RETURNING count",
            (name,),
        ).fetchone()
        return int(row[0])


def _bands(simhash: int) -> list[int]:
    return [part << _WIDTH | simhash >> part * _WIDTH & (1 << _WIDTH) - 1 for part in range(_BANDS)]
