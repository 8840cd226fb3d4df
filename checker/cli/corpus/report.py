"""``yigai corpus report``: one picture of all pages of a store."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.setup import Layers, glossary_with

_FORMATS = ("text", "html", "xlsx", "json")


def report(
    store: Annotated[str, typer.Option("--store", metavar="FILE", help="The store.")],
    glossary: Layers = None,
    format: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="text, html, xlsx or json; by default what the name of --output says."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report there.")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(metavar="FILE", help="CSV: path or address of pages with id, site, section, engine.")
    ] = None,
    traffic: Annotated[
        str | None, typer.Option(metavar="FILE", help="CSV: address, path or id of pages with their visits.")
    ] = None,
) -> None:
    """Tell which concept goes under which names on how many pages, what is broken where, and what to settle on."""
    from importlib import import_module

    from checker.cli.overwriting import refuse_overwriting
    from checker.config import ConfigError, one_of
    from checker.corpus.report.concept_sheet import refuse_loss
    from checker.corpus.report.picture import make_picture
    from checker.corpus.store import open_store
    from glossary.atomic import write_atomically

    suffix = Path(output or "").suffix.lstrip(".").lower()
    if format is None and suffix not in (*_FORMATS, "txt", ""):
        raise ConfigError(f"{output}: the name says no format; give --format, or a name in .html, .xlsx, .json or .txt")
    chosen = one_of(format or (suffix if suffix in _FORMATS else "text"), _FORMATS, "value of format:")
    if chosen == "xlsx" and output is None:
        raise ConfigError("a workbook needs a file to be written to; give --output FILE")
    if output is not None:
        refuse_overwriting((store, mapping, traffic, *(glossary or ())), output)
    connection = open_store(store)
    try:
        places = chosen in ("json", "xlsx")
        picture = make_picture(connection, glossary_with(glossary), mapping, traffic, places)
    finally:
        connection.close()
    if output is not None and (chosen == "xlsx" or suffix == "xlsx"):
        refuse_loss(output, picture)
    write = import_module(f"checker.corpus.report.{chosen}").write
    if chosen == "xlsx":
        book = io.BytesIO()
        write(picture, book)
        write_atomically(Path(output or ""), book.getvalue())
        return
    if output is None:
        write(picture, sys.stdout)
        return
    text = io.StringIO()
    write(picture, text)
    write_atomically(Path(output), text.getvalue())
