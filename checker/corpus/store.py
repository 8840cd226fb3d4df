"""The file that holds what is known of many pages: making it, opening it, and bringing an old one up to date.

What stands in it is said by ``schema.sql`` and docs/corpus.md.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.config import ConfigError
from glossary.version import VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MIGRATIONS: tuple[str, ...] = ()
"""What makes a store of version 1 one of version 2, that one of version 3 …: SQL, never changed once it is released."""

SCHEMA_VERSION = len(MIGRATIONS) + 1

TABLES = ("about", "runs", "documents", "metrics", "mentions", "findings", "texts", "errors", "history")

MEMORY = "512MB"
"""What the database may take beside the checker; it goes on in files beside the store beyond that."""

_PAUSE = 0.2  # seconds between two tries


def open_store(path: str, write: bool = False, wait: float = 0.0) -> DuckDBPyConnection:
    """The store in a file, to read, or to ``write``: then it is made, or brought up to date, if need be.

    ``wait`` is for how many seconds it is tried while another process has it open. Raises ConfigError.
    """
    if not os.path.lexists(path):
        if not write:
            raise ConfigError(f"{path}: there is no such store; `yigai corpus add` makes one")
        _make(path)
    connection = _connected(path, write, wait)
    try:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        _bring_up_to_date(connection, path, write)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: str) -> None:
    """Make an empty store; whoever is killed at it leaves none."""
    beside = f"{path}.new"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(beside)
    with contextlib.closing(_connected(beside, True, 0)) as connection:
        connection.execute(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))
        values = [("schema_version", str(SCHEMA_VERSION)), ("tool_version", VERSION)]
        connection.executemany("INSERT INTO about VALUES (?, ?)", values)
    os.replace(beside, path)


def _connected(path: str, write: bool, wait: float) -> DuckDBPyConnection:
    duckdb = database()
    until = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(path, read_only=not write)
        except duckdb.Error as problem:
            first = str(problem).partition("\n")[0]
            if "lock" not in first:
                if isinstance(problem, duckdb.IOException) and "not a valid DuckDB" in first:
                    raise ConfigError(f"{path}: no store of yigai; it is left as it is") from problem
                raise ConfigError(f"{path}: the store cannot be opened: {first}") from problem
            if time.monotonic() >= until:
                raise ConfigError(f"{path}: another process is using the store; try again when it is done") from problem
        time.sleep(_PAUSE)


def _bring_up_to_date(connection: DuckDBPyConnection, path: str, write: bool) -> None:
    found = "SELECT 1 FROM information_schema.tables WHERE table_name = 'about'"
    rows = []
    if connection.execute(found).fetchall():
        rows = connection.execute("SELECT value FROM about WHERE key = 'schema_version'").fetchall()
    if not rows or not rows[0][0].isdecimal():
        raise ConfigError(f"{path}: a database, but no store of yigai; it is left as it is")
    version = int(rows[0][0])
    if version > SCHEMA_VERSION:
        raise ConfigError(
            f"{path}: a store of version {version}, made by a newer yigai; this one knows {SCHEMA_VERSION}"
        )
    if version < SCHEMA_VERSION:
        if not write:
            raise ConfigError(f"{path}: a store of an older yigai; `yigai corpus add` brings it up to date")
        connection.execute("BEGIN")
        for step in MIGRATIONS[version - 1 :]:
            connection.execute(step)
        connection.execute("UPDATE about SET value = ? WHERE key = 'schema_version'", [str(SCHEMA_VERSION)])
        connection.execute("COMMIT")


def run_script(connection: DuckDBPyConnection, script: Path, **values: object) -> None:
    """Run the statements of a file of SQL; ``values`` are given to those that ask for them, as ``$name``."""
    text = "\n".join(line for line in script.read_text(encoding="utf-8").split("\n") if not line.startswith("--"))
    for statement in filter(str.strip, text.split(";")):
        wanted = {name: value for name, value in values.items() if f"${name}" in statement}
        connection.execute(statement, wanted or None)


def database() -> Any:
    """The database's library. Raises ConfigError where it is not installed."""
    try:
        import duckdb
        import pyarrow  # noqa: F401  # by which rows go in and out
    except ImportError as problem:
        raise ConfigError("a store of pages needs DuckDB: pip install 'yigai[corpus]'") from problem
    return duckdb
