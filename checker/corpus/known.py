"""What a store knows of pages before a run begins, so that it checks none of them again and sees what repeats them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from checker.batch.journal import Journal
from checker.batch.outcome import Outcome, Row, bare, reports_to_json
from checker.batch.seen import Seen
from checker.batch.signatures import Signature
from checker.finding import DocumentReport

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COLUMNS = "path, page, page_key, exact, near, record, words, subject, date, triage, reasons, duplicate_of"
_AT_ONCE = 10_000


class _Page(NamedTuple):
    key: str
    signature: Signature | None
    reports: tuple[DocumentReport, ...]  # none of a page that repeats another


class KnownPages:
    """The pages of a store and, beyond them, of a journal: what a run asks, and where it keeps what it does.

    ``settings`` begins the keys of pages that are checked as this run checks them. The pages of ``paths`` come in this
    run; those from elsewhere are only there to be repeated.
    """

    def __init__(self, settings: str, journal: Journal) -> None:
        self._settings = settings
        self._journal = journal
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("CREATE TABLE pages (key TEXT PRIMARY KEY, kept TEXT) WITHOUT ROWID")
        self._file.execute("BEGIN")  # as in `checker.batch.seen`

    def read(self, store: DuckDBPyConnection, paths: Collection[str], seen: Seen) -> None:
        """Take note of all pages of the store."""
        count = store.execute("SELECT count(*) FROM documents").fetchall()[0][0]
        number = -count - 1  # before all pages of the run
        for path, page, known in _pages(store):
            if path in paths:
                if known.key.startswith(self._settings):
                    self._file.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (known.key, _to_json(known)))
            elif known.reports and known.signature is not None:
                seen.add(number, path, page or None, known.signature)
                seen.keep(number, reports_to_json(_outcome(known)))
                number += 1

    def row(self, key: str) -> Row | None:
        """As of `checker.batch.journal.Rows`: from the store, else from the journal."""
        known = self._page(key)
        if known is None:
            return self._journal.row(key)
        return Row(key, known.signature, _outcome(known) if known.reports else None)

    def is_kept(self, key: str) -> bool:
        """Whether the store holds a page with what was found on it."""
        known = self._page(key)
        return known is not None and bool(known.reports)

    def _page(self, key: str) -> _Page | None:
        found = self._file.execute("SELECT kept FROM pages WHERE key = ?", (self.full(key),)).fetchone()
        return None if found is None else _from_json(found[0])

    def full(self, key: str) -> str:
        """The key of a page in the store, by that in the journal."""
        return self._settings + key

    def add(self, row: Row) -> None:
        """As of `checker.batch.journal.Rows`."""
        self._journal.add(row)

    def close(self) -> None:
        """Forget what was read, and close the journal."""
        self._file.close()
        self._journal.close()


def _pages(store: DuckDBPyConnection) -> Iterator[tuple[str, str, _Page]]:
    """Path, page and what is known of it for each page, in the order in which they came into the store."""
    query = f"SELECT {_COLUMNS} FROM documents ORDER BY min(document) OVER (PARTITION BY path, page), document"
    for (path, page, key), rows in groupby(_rows(store, query), lambda row: row[:3]):
        signature, reports = None, []
        for _, _, _, exact, near, record, words, subject, date, triage, reasons, duplicate_of in rows:
            if exact is not None:
                signature = Signature(exact, None if near is None else near + 2**63)
            if duplicate_of is None:
                reports.append(
                    DocumentReport(path, record or None, words, subject, date, triage, tuple(reasons), {}, (), {})
                )
        yield path, page, _Page(key, signature, tuple(reports))


def _rows(store: DuckDBPyConnection, query: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    cursor = store.execute(query)
    while rows := cursor.fetchmany(_AT_ONCE):
        yield from rows


def _outcome(known: _Page) -> Outcome:
    """As far as pages that repeat this one are told by it."""
    return Outcome(tuple(map(bare, known.reports)))


def _to_json(known: _Page) -> str:
    return json.dumps([known.key, known.signature, known.reports])


def _from_json(text: str) -> _Page:
    key, signature, reports = json.loads(text)
    made = tuple(DocumentReport(*values)._replace(reasons=tuple(values[6])) for values in reports)
    return _Page(key, Signature(*signature) if signature else None, made)
