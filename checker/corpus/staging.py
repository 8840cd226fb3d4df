"""Rows of checked pages on their way into a store: kept in a file of their own, so that the store is locked briefly."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from checker.batch.checked_rows import Row, schema
from checker.corpus.store import database

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS = 1000  # at a time
_MEMORY = "64MB"  # of the database
_CHARACTERS = 4_000_000  # of texts and findings, at a time

TABLE = "checked"


class Staging:
    """A new file of rows; what stands at ``path`` is a left-over of a killed run, and is replaced."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._schema = schema()
        self._rows: list[Row] = []
        self._size = 0
        self.discard()
        self._connection: Any = database().connect(path)
        self._connection.execute(f"SET memory_limit = '{_MEMORY}'")
        self._insert(f"CREATE TABLE {TABLE} AS")

    def add(self, rows: Iterable[Row]) -> None:
        """Keep the rows of a page."""
        for row in rows:
            self._rows.append(row)
            self._size += len(row.get("text") or "") + 1000 * len(row.get("findings") or ())
        if len(self._rows) >= _ROWS or self._size >= _CHARACTERS:
            self._insert(f"INSERT INTO {TABLE}")

    def _insert(self, begin: str) -> None:
        import pyarrow

        rows = pyarrow.Table.from_pylist(self._rows, schema=self._schema)
        self._connection.register("rows", rows)
        self._connection.execute(f"{begin} SELECT * FROM rows")
        self._connection.unregister("rows")
        self._rows, self._size = [], 0

    def finish(self) -> None:
        """Write what is left; now the rows can be read."""
        self._insert(f"INSERT INTO {TABLE}")
        self.close()

    def attach(self, store: DuckDBPyConnection) -> None:
        """As of `checker.corpus.adding.Attachable`."""
        quoted = self.path.replace("'", "''")
        store.execute(f"ATTACH '{quoted}' AS staged (READ_ONLY)")
        store.execute(f"CREATE TEMP VIEW checked AS SELECT * FROM staged.{TABLE}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def discard(self) -> None:
        """Delete the file."""
        for name in (self.path, f"{self.path}.wal"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
