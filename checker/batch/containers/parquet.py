"""Parquet tables of pages, read a few rows at a time. A page is called by its address, else by its row."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from checker.batch.containers import ContainerError, Fields, File, Item
from checker.batch.containers.fields import record_page, settled
from checker.finding import CheckError
from checker.readers.archive import FREE, RATIO

_ROWS = 16  # at a time


def pages(file: File, fields: Fields) -> Iterator[Item]:
    """The page of each row. Raises ContainerError."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as problem:
        message = "reading Parquet needs pyarrow: pip install 'yigai[corpus]'"
        raise ContainerError("extra-missing", message) from problem
    size = os.path.getsize(file.name)
    try:
        with ParquetFile(file.name, pre_buffer=False, buffer_size=1 << 20) as table:
            found = settled(table.schema_arrow.names, fields, "the table")
            _refuse_bombs(table.metadata, size)
            total = max(table.metadata.num_rows, 1)
            number = 0
            columns = [name for name in found if name is not None]
            for batch in table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
                for values in _rows_of(batch):
                    number += 1
                    position = file.offset + size * number // total
                    if values is None:
                        message = "the row holds bytes that are not UTF-8"
                        yield CheckError(file.path, f"row {number}", "undecodable", message)
                        continue
                    yield record_page(file, f"row {number}", values, found, position)
    except (ArrowException, UnicodeDecodeError) as problem:  # the latter by names of columns
        raise ContainerError("damaged", "the file is cut off or damaged, or no Parquet") from problem


def _rows_of(batch: Any) -> Iterator[dict[str, object] | None]:
    """The rows of a batch, None for those that hold no text where they say so."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for number in range(batch.num_rows):
            try:
                yield batch.slice(number, 1).to_pylist()[0]
            except UnicodeDecodeError:
                yield None


def _refuse_bombs(metadata: object, size: int) -> None:
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]  # type: ignore[attr-defined]
    unpacked = sum(group.total_byte_size for group in groups)
    if unpacked > 16 * FREE and unpacked > RATIO * size:
        raise ContainerError("too-large", "the file unpacks to far more than it should")
