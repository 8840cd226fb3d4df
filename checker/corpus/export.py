"""The tables of a store as files, one a table."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Literal

from checker.corpus.store import TABLES, open_store

Format = Literal["parquet", "csv"]
_OPTIONS = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER"}


def export(store: str, folder: Path, format: Format, wait: float = 0.0) -> list[Path]:
    """Write each table of a store to a file of its name in a folder, which is made if there is none; returns the files.

    Each file replaces the one that is there in one step. Raises ConfigError, OSError.
    """
    connection = open_store(store, wait=wait)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for table in TABLES:
            target = folder / f"{table}.{format}"
            with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as beside:
                made = Path(beside) / target.name
                quoted = str(made).replace("'", "''")
                connection.execute(f"COPY {table} TO '{quoted}' ({_OPTIONS[format]})")
                with made.open("rb") as stream:
                    os.fsync(stream.fileno())
                os.replace(made, target)
            written.append(target)
        return written
    finally:
        connection.close()
