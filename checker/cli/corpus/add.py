"""``yigai corpus add``: check pages and keep what is found in a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers, checker_for, configuration, split_rules

if TYPE_CHECKING:
    from checker.corpus.adding import Added

_Words = list[str] | None


def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, glob patterns, files of many pages.")
    ],
    store: Annotated[str, typer.Option("--store", metavar="FILE", help="The store; it is made if there is none.")],
    glossary: Layers = None,
    min_confidence: Annotated[str | None, typer.Option(metavar="WORD", help="low, medium (default) or high.")] = None,
    select: Annotated[
        _Words, typer.Option(metavar="RULES", help="Only these rules: codes, names or beginnings such as TRM.")
    ] = None,
    ignore: Annotated[_Words, typer.Option(metavar="RULES", help="Not these rules.")] = None,
    preview: Annotated[bool | None, typer.Option(help="Also rules whose precision is not measured yet.")] = None,
    subject: Annotated[str | None, typer.Option(metavar="WORD", help="auto (default), health-reform or other.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="When the pages were published.")] = None,
    spelling: Annotated[
        str | None, typer.Option(metavar="WORD", help="Of suggestions: auto (default), us or gb.")
    ] = None,
    numbers: Annotated[
        str | None, typer.Option(metavar="WORD", help="Compared with the source: sure (default) or all.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="WORD", help="Presets: draft, scraped or glossary-only.")
    ] = None,
    input_format: Annotated[
        str | None,
        typer.Option(
            metavar="WORD", help="Of the files: text, markdown, html, docx, xlsx, csv, tsv, xliff, tmx or po."
        ),
    ] = None,
    english_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of tables: the heading or letter of the English column.")
    ] = None,
    chinese_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of tables: the heading or letter of the Chinese column.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="The Chinese: a folder with a file for each page (NAME.zh.txt)."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Processes, over pages; 0 (default): as many as there are processors."),
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0.1, help="That one page may take: 60.")
    ] = None,
    memory_limit: Annotated[
        int | None, typer.Option(metavar="MB", min=0, help="That one page may take: 2048; 0: no limit.")
    ] = None,
    duplicates: Annotated[
        str | None, typer.Option(metavar="WORD", help="Not checked again: near (default), exact; all: check all.")
    ] = None,
    text_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of JSON Lines and Parquet: the field with text or HTML.")
    ] = None,
    address_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of JSON Lines and Parquet: the field with the address.")
    ] = None,
    date_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of JSON Lines and Parquet: the field with the date.")
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="WORD", help="local (default): processes on this machine; spark: Apache Spark.")
    ] = "local",
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Of Spark: local[2], spark://HOST:PORT, yarn, k8s://…")
    ] = None,
    texts: Annotated[bool, typer.Option(help="Keep the texts of the pages too, so that findings can be shown.")] = True,
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="For another process that is using the store: 30.")
    ] = 30.0,
) -> None:
    """Check pages and keep what stands on them and what is wrong with them in a store."""
    from checker.batch.containers import Fields
    from checker.cli.batch import INTERRUPTED, Asked, batch_options
    from checker.cli.corpus.running import Order, add_pages
    from checker.cli.overwriting import refuse_overwriting
    from checker.config import ConfigError, one_of
    from checker.corpus.store import database, open_store
    from checker.readers import FORMATS, Reading
    from checker.readers.sources import paired_files
    from checker.readers.walk import find_files

    given: Mapping[str, object] = {
        "glossary": glossary or None,
        "min-confidence": min_confidence,
        "select": split_rules(select),
        "ignore": split_rules(ignore),
        "preview": preview,
        "subject": subject,
        "date": date,
        "spelling": spelling,
        "numbers": numbers,
        "profile": profile,
    }
    if "-" in paths:
        raise ConfigError("a page on standard input has no name to be kept under; give a file")
    database()
    if os.path.lexists(store):
        open_store(store, wait=wait).close()  # says at once what cannot be used
    one_of(engine, ("local", "spark"), "value of engine:")
    if (engine == "spark") != (master is not None) or (engine == "spark" and jobs is not None):
        raise ConfigError("--engine spark needs --master, and --jobs is of no use to it")
    if engine == "spark" and source is not None:
        raise ConfigError("--source is not for Spark; there, give files that hold both languages")
    config = configuration()
    if input_format is not None:
        one_of(input_format, tuple(FORMATS), "value of input-format:")
    fields = Fields(text_field, address_field, date_field)
    said = duplicates or ("exact" if engine == "spark" else None)
    options = batch_options(jobs, None, time_limit, memory_limit, said, fields)
    reading = Reading(input_format, english_column, chinese_column)
    listing = find_files(paths, containers=True)
    sources: Mapping[str, str] = {}
    if source is not None:
        listing, sources = paired_files(listing, paths, source)
    settings = config.settings(given)
    asked = Asked(config, given, settings, reading, None, sys.stdin.buffer, "-", report=False, sources=sources)
    refuse_overwriting(listing.entries, *(f"{store}{end}" for end in ("", ".journal", ".adding", ".new")))
    folders = tuple(path for path in paths if os.path.isdir(path))
    order = Order(store, texts, wait, datetime.now(UTC).replace(tzinfo=None), folders)
    checker = checker_for(config, given)
    if master is not None:
        from checker.cli.corpus.on_spark import add_by_spark

        added: Added | None = add_by_spark(checker, listing, asked, options, order, master)
    else:
        added = add_pages(checker, listing, asked, options, order)
    if added is None:
        raise typer.Exit(INTERRUPTED)
    _say(added)
    raise typer.Exit(2 if added.errors else 0)


def _say(added: Added) -> None:
    if added.run is None:
        print(f"Nothing new: {_pages(added.unchanged)} as they were.")
        return
    said = [f"{_pages(added.pages)} added or replaced", f"{added.unchanged:,} unchanged"]
    if added.errors:
        said.append(f"{added.errors:,} not checked")
    print(f"Run {added.run}: {', '.join(said)}.")
    if added.gone - added.orphans:
        print(f"Taken out, for their files no longer hold them: {added.gone - added.orphans:,}.")
    if added.orphans:
        print(f"Taken out, for they repeated pages that are changed: {added.orphans:,}; add them again.")


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"
