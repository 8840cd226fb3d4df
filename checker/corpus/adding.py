"""The rows of a run taken into a store, in one transaction: a process that is killed leaves the store as it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from checker.corpus.store import open_store, run_script
from glossary.version import VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = 128  # megabytes


class Added(NamedTuple):
    """What a run has done to a store. ``run`` is None where it had nothing to do: then the store is as it was.

    ``pages`` were added or replaced, ``unchanged`` were there already; ``gone`` documents were taken out, of them
    ``orphans`` that repeat a page which is no longer what it was, and are to be added again.
    """

    run: int | None
    pages: int
    unchanged: int
    errors: int
    gone: int
    orphans: int


class Attachable(Protocol):
    """Where rows come from."""

    def attach(self, store: DuckDBPyConnection) -> None:
        """Make the rows a table or view ``checked`` of a connection, with `checker.batch.checked_rows.schema`."""


def take_in(
    store: str, rows: Attachable, signature: Mapping[str, str], started: datetime, whole: Collection[str], wait: float
) -> Added:
    """Take rows into a store, which is made if it is not there.

    ``whole`` are the paths of files that were read to their end, ``started`` (UTC) is when the run began, ``wait`` for
    how many seconds it is tried while another process has the store open. Raises ConfigError.
    """
    connection = open_store(store, write=True, wait=wait)
    try:
        rows.attach(connection)
        return _take_in(connection, signature, started, whole)
    finally:
        connection.close()


def _take_in(
    connection: DuckDBPyConnection, signature: Mapping[str, str], started: datetime, whole: Collection[str]
) -> Added:
    documents = _number(connection, "SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM checked)")
    # The index of all documents and what is known of those of the run must be in memory; all else need not.
    connection.execute(f"SET memory_limit = '{_MEMORY + documents // 3000}MB'")
    connection.execute("SET preserve_insertion_order = false")  # which would hold in memory what is to be inserted
    connection.execute("SET threads = 2")
    connection.execute("BEGIN")
    connection.execute("CREATE TEMP TABLE paths AS SELECT unnest(?::VARCHAR[]) AS path", [list(whole)])
    run = _number(connection, "SELECT coalesce(max(run), 0) + 1 FROM runs")
    run_script(connection, Path(__file__).with_name("adding.sql"), run=run)
    counts = {
        name: _number(connection, query)
        for name, query in {
            "pages": "SELECT count(DISTINCT (path, page)) FROM taken WHERE NOT same",
            "met": "SELECT count(*) FROM met",
            "failed": "SELECT count(*) FROM (SELECT 1 FROM checked GROUP BY path, page HAVING bool_and(state IN ('error', 'empty')))",
            "errors": f"SELECT count(*) FROM errors WHERE run = {run}",
            "gone": "SELECT count(*) FROM gone",
            "orphans": "SELECT count(*) FROM orphans",
            "other_errors": f"""
                SELECT count(*) FROM (SELECT path, record, reason, message FROM errors WHERE run = {run} EXCEPT
                SELECT path, record, reason, message FROM errors WHERE run = {run} - 1)""",
        }.items()
    }
    unchanged = counts["met"] - counts["pages"] - counts["failed"]
    changed = any(counts[name] for name in ("pages", "gone", "orphans", "other_errors"))
    if changed or run == 1:
        connection.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                run, started, datetime.now(UTC).replace(tzinfo=None), json.dumps(dict(signature)), counts["pages"],
                unchanged, counts["errors"],
            ],
        )  # fmt: skip
        connection.execute("UPDATE about SET value = ? WHERE key = 'tool_version'", [VERSION])
        connection.execute("COMMIT")
    else:
        connection.execute("ROLLBACK")
    return Added(
        run if changed or run == 1 else None, counts["pages"], unchanged, counts["errors"],
        counts["gone"] + counts["orphans"], counts["orphans"],
    )  # fmt: skip


def _number(connection: DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
