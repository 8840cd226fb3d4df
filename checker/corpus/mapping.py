"""Tables that a site's editors bring along: which page has which address, id, section and engine, and its visits."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.config import ConfigError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAPPED = ("address", "id", "site", "section", "engine")
"""What a mapping may say of a page."""
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


class Table(NamedTuple):
    """A table with a header: its columns in small letters, and its rows with their 1-based line in the file."""

    path: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def problem(self, line: int, column: str, message: str) -> ConfigError:
        """What is wrong with a cell, with its place."""
        return ConfigError(f"{self.path}:{line}: column {column}: {message}")


def mapping_table(con: DuckDBPyConnection, path: str) -> int:
    """Fill the temporary table ``mapped`` from a mapping; returns how many of its rows match no page.

    ``mapped`` holds document, address, id, site, section, engine, one row a document, with nulls where nothing is said.
    Pages are matched by ``path`` and ``record`` where there is a column path, else by ``record``, else by ``address``.
    Raises ConfigError naming file, line and column.
    """
    table = read_table(path)
    known = ("path", "record", *MAPPED)
    for column in table.columns:
        if column not in known:
            raise table.problem(1, column, f"not known; a mapping has {', '.join(known)}")
    keys: list[str] = [key for key in ("path", "record") if key in table.columns] or ["address"]
    if keys[0] not in table.columns:
        raise ConfigError(f"{path}:1: no column path, record or address to find the pages by")
    if not set(table.columns) - set(keys):
        raise ConfigError(f"{path}:1: nothing but {' and '.join(keys)}; a mapping also has {', '.join(MAPPED)}")
    seen: dict[tuple[str, ...], int] = {}
    rows = []
    for line, cells in table.rows:
        said = dict(zip(table.columns, cells, strict=True))
        if not any(said[key] for key in keys):
            raise table.problem(line, keys[0], "empty")
        key = tuple(address_key(said[name]) if name == "address" else said[name] for name in keys)
        if key in seen:
            raise table.problem(line, keys[0], f"the same page as on line {seen[key]}")
        seen[key] = line
        rows.append([key[0], said.get("record"), *(said.get(name) or None for name in MAPPED)])
    _load(con, "mapping_rows", ("key", "record", *MAPPED), rows)
    columns = {"path": "d.path", "record": "d.record", "address": _address_sql("d")}
    with_record = " AND (coalesce(m.record, '') = '' OR m.record IN (d.record, d.page))" if keys[1:] else ""
    con.execute(
        f"""CREATE TEMP TABLE mapped AS
        SELECT d.document, m.address, m.id, m.site, m.section, m.engine, m.number
        FROM documents d JOIN mapping_rows m ON {columns[keys[0]]} = m.key{with_record}
        QUALIFY row_number() OVER (PARTITION BY d.document ORDER BY coalesce(m.record, '') DESC, m.number) = 1"""
    )
    return len(rows) - _one(con, "SELECT count(DISTINCT number) FROM mapped")


def traffic_table(con: DuckDBPyConnection, path: str) -> int:
    """Fill the temporary table ``traffic`` (document, visits) from a table of visits; returns the rows without a page.

    The first column found of address, path and id names the page, ``visits`` the number; rows of one page are added up.
    Needs the temporary table ``pages``. Raises ConfigError naming file, line and column.
    """
    table = read_table(path)
    key = next((name for name in ("address", "path", "id") if name in table.columns), None)
    if key is None:
        raise ConfigError(f"{path}:1: no column address, path or id to find the pages by")
    if "visits" not in table.columns:
        raise ConfigError(f"{path}:1: no column visits")
    rows = []
    for line, cells in table.rows:
        said = dict(zip(table.columns, cells, strict=True))
        if not said[key]:
            raise table.problem(line, key, "empty")
        if not _COUNT.fullmatch(said["visits"]):
            raise table.problem(line, "visits", f"not a number of visits: {said['visits']!r}")
        name = address_key(said[key]) if key == "address" else said[key]
        rows.append([name, int(said["visits"].replace(",", ""))])
    _load(con, "traffic_rows", ("key", "visits"), rows)
    column = {"address": "p.address_key", "path": "p.path", "id": "p.id"}[key]
    con.execute(
        f"""CREATE TEMP TABLE traffic AS SELECT p.document, sum(t.visits)::BIGINT AS visits
        FROM pages p JOIN traffic_rows t ON {column} = t.key GROUP BY p.document"""
    )
    return _one(
        con,
        f"SELECT count(*) FROM traffic_rows t WHERE t.key NOT IN (SELECT {column} FROM pages p WHERE {column} <> '')",
    )


def address_key(address: str) -> str:
    """An address without scheme, anchor and closing slash, the host in small letters: what addresses are compared by."""
    bare = _SCHEME.sub("", address.strip()).split("#", 1)[0].rstrip("/")
    host, slash, rest = bare.partition("/")
    return host.lower() + slash + rest


def address_sql(column: str) -> str:
    """`address_key` as an expression over a column of addresses."""
    bare = f"rtrim(regexp_replace(regexp_replace({column}, '^[a-zA-Z][a-zA-Z0-9+.-]*://', ''), '#.*$', ''), '/')"
    return f"lower(split_part({bare}, '/', 1)) || substr({bare}, length(split_part({bare}, '/', 1)) + 1)"


def _address_sql(alias: str) -> str:
    return address_sql(f"CASE WHEN {alias}.page <> '' THEN {alias}.page ELSE {alias}.path END")


def read_table(path: str) -> Table:
    """A CSV or TSV file with a header. Raises ConfigError naming file and line; OSError when it cannot be read."""
    content = Path(path).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise ConfigError(f"{path}:{line}: not UTF-8; save the table as CSV in UTF-8") from None
    head = text.split("\n", 1)[0]
    tabs = path.lower().endswith((".tsv", ".tab")) or ("\t" in head and "," not in head)
    reader = csv.reader(text.splitlines(keepends=True), delimiter="\t" if tabs else ",", strict=True)
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for cells in reader:
            made = tuple(cell.strip() for cell in cells)
            if not columns:
                columns = _header(path, made)
            elif any(made):
                if len(made) > len(columns):
                    raise ConfigError(
                        f"{path}:{reader.line_num}: column {len(columns) + 1}: the header names only {len(columns)}"
                    )
                rows.append((reader.line_num, made + ("",) * (len(columns) - len(made))))
    except csv.Error as problem:
        raise ConfigError(f"{path}:{reader.line_num}: not CSV: {problem}") from None
    if not columns:
        raise ConfigError(f"{path}:1: empty; the first line names the columns")
    return Table(path, columns, tuple(rows))


def _header(path: str, cells: Sequence[str]) -> tuple[str, ...]:
    names = tuple(cell.lower() for cell in cells)
    for number, name in enumerate(names, 1):
        if not name:
            raise ConfigError(f"{path}:1: column {number}: no name")
        if names.index(name) != number - 1:
            raise ConfigError(f"{path}:1: column {number}: {name} stands twice")
    return names


def _load(con: DuckDBPyConnection, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Make a temporary table of strings (``visits`` of numbers) with a column ``number``, the order of the rows."""
    import pyarrow

    values: list[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(columns)
    kinds = [pyarrow.int64() if column == "visits" else pyarrow.string() for column in columns]
    made = pyarrow.table(
        {
            "number": pyarrow.array(range(len(values[0])), pyarrow.int64()),
            **{c: pyarrow.array(v, k) for c, v, k in zip(columns, values, kinds, strict=True)},
        }
    )
    con.register("handed_over", made)
    con.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM handed_over")
    con.unregister("handed_over")


def _one(con: DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchone()
    return int(row[0]) if row else 0
