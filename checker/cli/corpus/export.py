"""``yigai corpus export``: the tables of a store as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where a file is written for each table.")],
    store: Annotated[str, typer.Option("--store", metavar="FILE", help="The store.")],
    format: Annotated[str, typer.Option(metavar="WORD", help="parquet (default) or csv.")] = "parquet",
) -> None:
    """Write each table of a store to a file."""
    from typing import get_args

    from checker.config import one_of
    from checker.corpus import export as exporting
    from checker.reports.visible import visible

    word = cast(exporting.Format, one_of(format, get_args(exporting.Format), "value of format:"))
    for path in exporting.export(store, folder, word):
        print(visible(str(path)))
