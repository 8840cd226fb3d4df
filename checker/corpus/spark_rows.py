"""The rows that Spark has written, on their way into a store: pages of one text are told apart here."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.corpus.store import run_script

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class SparkRows:
    """The Parquet files in a folder. ``exact`` says whether a page that repeats another is to be its duplicate.

    ``paths`` are the files of the run.
    """

    def __init__(self, folder: str, exact: bool, paths: Sequence[str]) -> None:
        quoted = glob.escape(folder).replace("'", "''")
        self._source = f"read_parquet('{quoted}/*.parquet')"
        self._exact = exact
        self._paths = paths

    def attach(self, store: DuckDBPyConnection) -> None:
        """Make the rows a view ``checked`` of a connection."""
        store.execute(f"CREATE TEMP VIEW raw AS SELECT * FROM {self._source}")
        if not self._exact:
            store.execute("CREATE TEMP VIEW checked AS SELECT * FROM raw")
            return
        store.execute("CREATE TEMP TABLE listed AS SELECT unnest(?::VARCHAR[]) AS path", [list(self._paths)])
        run_script(store, Path(__file__).with_name("exact.sql"))

    def errors(self, store: DuckDBPyConnection) -> list[tuple[str, str, str]]:
        """Path, record and message of what could not be checked, in order."""
        query = f"SELECT path, record, message FROM {self._source} WHERE state = 'error' ORDER BY number, part"
        return store.execute(query).fetchall()  # type: ignore[no-any-return]
