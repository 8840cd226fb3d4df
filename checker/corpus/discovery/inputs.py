"""Where the pages to look through come from: files, folders and archives, or the texts of a store."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.batch.containers import Fields
from checker.batch.intake import Intake
from checker.batch.raw_page import read_page
from checker.bitext import SourceText
from checker.config import ConfigError
from checker.document import Document
from checker.finding import CheckError
from checker.readers import BY_CONTENT, SUFFIXES, Reading
from checker.readers.sources import with_sources
from checker.readers.walk import find_files, read_content, read_files

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Item = Document | CheckError
_ROWS = 200  # taken from a store at a time


def from_paths(paths: Sequence[str], source: str | None = None, lines: bool = False) -> Iterator[Item]:
    """The documents of files, folders and archives, one at a time; what cannot be read is an error among them.

    ``source`` is the Chinese beside them, as `checker.readers.sources.with_sources` takes it, ``lines`` says that they
    are translated line by line. Raises ConfigError when the two sides cannot be put together.
    """
    listing = find_files(paths, containers=source is None)
    if source is not None:
        yield from with_sources(read_files(listing, sys.stdin.buffer), listing, paths, source, lines)
        return
    times: Counter[str] = Counter()

    def asked(name: str) -> int:
        times[name] += 1
        return times[name]

    for page in Intake(listing, asked, Fields(), sys.stdin.buffer):
        if isinstance(page, CheckError):
            yield page
            continue
        yield from read_page(page, BY_CONTENT)


def from_store(path: str) -> Iterator[Item]:
    """The documents of a store, without those that repeat another. Raises ConfigError when it holds no texts."""
    from checker.corpus.store import open_store

    connection = open_store(path)
    try:
        yield from _documents(connection, path)
    finally:
        connection.close()


def _documents(connection: DuckDBPyConnection, path: str) -> Iterator[Item]:
    row = connection.execute("SELECT count(*) FROM texts").fetchone()
    if row is None or not row[0]:
        raise ConfigError(f"{path}: the store holds no texts; add the pages without --no-texts")
    cursor = connection.execute(
        "SELECT path, record, text, source FROM documents JOIN texts USING (document) "
        "WHERE duplicate_of IS NULL ORDER BY document"
    )
    while rows := cursor.fetchmany(_ROWS):
        for name, record, text, source in rows:
            yield _document(name, record or None, text, source)


def _document(path: str, record: str | None, text: str, source: str | None) -> Document:
    """A page of a store as it was read: the text of an HTML or Markdown page still has its mark-up."""
    beside = SourceText(path, source) if source is not None else None
    kind = SUFFIXES.get(f".{path.rpartition('.')[2].lower()}")
    if text.lstrip()[:1] == "<":
        kind = "html"
    if kind in ("html", "markdown"):
        for item in read_content(path, text.encode("utf-8", "surrogatepass"), Reading(kind)):
            if isinstance(item, Document):
                return Document(path, item.text, record, view=item.view, source=beside)
    return Document(path, text, record, source=beside)
