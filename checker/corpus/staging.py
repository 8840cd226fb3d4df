"""Rows of checked pages on their way into a store: kept in a file of their own, so that the store is locked briefly."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.batch.checked_rows import COLUMNS, OF_THE_PAGE
from checker.batch.signatures import Signature
from checker.corpus.store import database

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = 128  # megabytes of the database, beside what a long line takes
_LEAST = 1 << 20  # characters of the longest line
_CHARACTERS = 8_000_000  # at a time

TABLE = "checked"


class Staging:
    """A new file of rows; what stands at ``path`` is a left-over of a killed run, and is replaced."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._lines_path = f"{path}.jsonl"  # what the database reads by itself
        self._lines: list[str] = []
        self._size = 0
        self.discard()
        self._connection: Any = database().connect(path)
        self._connection.execute("SET preserve_insertion_order = false")  # which would hold in memory what comes in
        self._connection.execute("SET threads = 1")
        self._insert(f"CREATE TABLE {TABLE} AS")

    def add(self, number: int, key: str, signature: Signature | None, rows: str) -> None:
        """Keep the rows of a page, as of `checker.batch.row_work.rows_to_json`. Raises OSError."""
        head = [number, key, signature and signature.exact, signature and signature.signed]
        line = f'{json.dumps(dict(zip(OF_THE_PAGE, head, strict=True)))[:-1]}, "rows": {rows}}}\n'
        self._lines.append(line)
        self._size += len(line)
        if self._size >= _CHARACTERS:
            self._insert(f"INSERT INTO {TABLE}")

    def _insert(self, begin: str) -> None:
        Path(self._lines_path).write_text("".join(self._lines), encoding="ascii")
        longest = max(_LEAST, max(map(len, self._lines), default=0))
        self._connection.execute(f"SET memory_limit = '{_MEMORY + longest // 100_000}MB'")
        self._connection.execute(f"{begin} {_SELECT}", [self._lines_path, longest])
        self._lines, self._size = [], 0

    def finish(self) -> None:
        """Write what is left; now the rows can be read. Raises OSError."""
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
        """Delete the files."""
        for name in (self.path, f"{self.path}.wal", self._lines_path):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)


def _sql(kind: str | Mapping[str, str]) -> str:
    return (
        kind if isinstance(kind, str) else f"STRUCT({', '.join(f'{name} {inner}' for name, inner in kind.items())})[]"
    )


_PARTS = {name: kind for name, kind in COLUMNS.items() if name not in OF_THE_PAGE}
_SELECT = f"""
    SELECT {", ".join(f"part.{name}" if name in _PARTS else name for name in COLUMNS)} FROM (
        SELECT * EXCLUDE rows, unnest(rows) AS part FROM read_json(?, maximum_object_size = ?,
            format = 'newline_delimited', columns = {{
                {", ".join(f"{name}: '{_sql(COLUMNS[name])}'" for name in OF_THE_PAGE)},
                rows: 'STRUCT({", ".join(f"{name} {_sql(kind)}" for name, kind in _PARTS.items())})[]'
            }})
    )"""
