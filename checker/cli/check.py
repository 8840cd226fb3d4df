"""``yigai check``: check files and folders and report what is wrong with them.

Annotations are not put off: Typer would unpack each of them from its text at every start.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers, checker_for, configuration, split_rules

if TYPE_CHECKING:
    from checker.acceptance.run import Acceptance
    from checker.config import Configuration
    from checker.document import Document
    from checker.finding import CheckError, Result

MANY = 500
"""From so many files on pages are checked as many pages are: one by one in processes, forgotten when reported."""

_Words = list[str] | None


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, glob patterns, or - for standard input."),
    ],
    glossary: Layers = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="WORD",
            help="text (default), concise, json, jsonl, sarif, github, csv, html, xlsx; docx or xliff: the files themselves with comments.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the report to a file; several annotated files: to a folder."
        ),
    ] = None,
    author: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who signs comments in docx and xliff: Terminology check.")
    ] = None,
    min_confidence: Annotated[str | None, typer.Option(metavar="WORD", help="low, medium (default) or high.")] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="WORD",
            help="The severity from which exit code 1 is given: error, warning (default), info.",
        ),
    ] = None,
    select: Annotated[
        _Words,
        typer.Option(metavar="RULES", help="Only these rules: codes, names or beginnings such as TRM."),
    ] = None,
    ignore: Annotated[_Words, typer.Option(metavar="RULES", help="Not these rules.")] = None,
    preview: Annotated[bool | None, typer.Option(help="Also rules whose precision is not measured yet.")] = None,
    subject: Annotated[str | None, typer.Option(metavar="WORD", help="auto (default), health-reform or other.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="When the pages were published.")] = None,
    spelling: Annotated[
        str | None, typer.Option(metavar="WORD", help="Of suggestions: auto (default), us or gb.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="The Chinese: a file, a folder, or PATH itself when it holds both."),
    ] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Text and source are translated line by line.")] = False,
    numbers: Annotated[
        str | None, typer.Option(metavar="WORD", help="Compared with the source: sure (default) or all.")
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
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Processes, over pages; 0: as many as there are processors."),
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Keep a journal of the pages done there, and go on where it ends."),
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0.1, help="That one page of many may take: 60.")
    ] = None,
    memory_limit: Annotated[
        int | None, typer.Option(metavar="MB", min=0, help="That one page of many may take: 2048; 0: no limit.")
    ] = None,
    duplicates: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="Of many pages, not checked again: near (default), exact; all: check all."),
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
    profile: Annotated[
        str | None, typer.Option(metavar="WORD", help="Presets: draft, scraped or glossary-only.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Write what is found into yigai-accepted.yaml instead of reporting it.")
    ] = False,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for --accept.")] = "",
    prune: Annotated[
        bool, typer.Option("--prune", help="Take entries that have lapsed out of yigai-accepted.yaml.")
    ] = False,
    show_accepted: Annotated[bool, typer.Option("--show-accepted", help="Report what is accepted too.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Leave with 0 even when there are findings.")] = False,
    stdin_filename: Annotated[
        str, typer.Option(metavar="NAME", help="The name under which standard input is reported.")
    ] = "-",
) -> None:
    """Report wrong and mixed renderings of health-reform terms in English pages."""
    from checker.acceptance.run import Acceptance
    from checker.annotate import FORMATS as ANNOTATED
    from checker.cli.progress import shown
    from checker.config import ConfigError, one_of
    from checker.document import Document
    from checker.readers import FORMATS, Reading, container_kind
    from checker.readers.parts import in_parts
    from checker.readers.walk import SIZE_LIMIT, TEXT_LIMIT, find_files, read_files
    from checker.reports import BINARY, NEED_TEXT
    from checker.reports.visible import visible

    given = {
        "glossary": glossary or None,
        "format": format,
        "min-confidence": min_confidence,
        "fail-on": fail_on,
        "select": split_rules(select),
        "ignore": split_rules(ignore),
        "preview": preview,
        "subject": subject,
        "date": date,
        "spelling": spelling,
        "numbers": numbers,
        "author": author,
        "profile": profile,
    }
    config = configuration()
    chosen = config.settings(given)
    checker = checker_for(config, given)
    if show_accepted and (accept or prune):
        raise ConfigError("--show-accepted looks past what --accept and --prune would write")
    listing = find_files(paths, containers=True)
    in_place = chosen.format in ANNOTATED and not accept
    if chosen.format in BINARY and output is None and not accept and sys.stdout.isatty():
        raise ConfigError(f"{chosen.format} is not for a terminal; give --output FILE")
    if in_place:
        from checker.cli.write_back import targets

        places = targets([entry for entry in listing.entries if isinstance(entry, str)], output, chosen.format)
    documents: dict[tuple[str, str | None], Document] = {}

    def remembered(items: "Iterator[Document | CheckError]") -> "Iterator[Document | CheckError]":
        for item in items:
            if (in_place or chosen.format in NEED_TEXT) and isinstance(item, Document):
                documents[item.path, item.record] = item
            yield item

    if input_format is not None:
        one_of(input_format, tuple(FORMATS), "value of input-format:")
    reading = Reading(input_format, english_column, chinese_column)
    for_many = [jobs, resume, time_limit, memory_limit, duplicates, text_field, address_field, date_field]
    archives = [entry for entry in listing.entries if isinstance(entry, str) and container_kind(entry)]
    alone = in_place or source is not None or lines  # what is not done over many pages
    if alone and (archives or any(option is not None for option in for_many)):
        what = f"{archives[0]}: files of many pages" if archives else "the options for many pages"
        raise ConfigError(f"{what} cannot be combined with --source, --lines or the formats docx and xliff")
    if output is not None and not in_place and not accept:
        from checker.cli.overwriting import refuse_overwriting

        chinese = source is not None and Path(output).resolve().is_relative_to(Path(source).resolve())
        sides = [output] if chinese and os.path.isfile(output) else []
        refuse_overwriting((*listing.entries, *(glossary or ()), *sides), output)
    if not alone and (archives or len(listing.entries) > MANY or any(option is not None for option in for_many)):
        from checker.batch.containers import Fields
        from checker.cli.batch import INTERRUPTED, Asked, batch_options, run_batch

        options = batch_options(
            jobs, resume, time_limit, memory_limit, duplicates, Fields(text_field, address_field, date_field)
        )
        asked = Asked(config, given, chosen, reading, output, sys.stdin.buffer, stdin_filename, report=not accept)
        accepted = None if show_accepted else Acceptance(checker.rules, _common_folder(paths), prune)
        result, code = run_batch(checker, listing, asked, options, accepted)
        if accepted is not None and code != INTERRUPTED:
            _say_what_was_written(accepted, result, accept, reason)
        raise typer.Exit(0 if code == 1 and (exit_zero or accept) else code)
    limit = TEXT_LIMIT if source is None else SIZE_LIMIT  # with its Chinese a text is not cut into parts
    read = read_files(listing, sys.stdin.buffer, stdin_filename, limit, reading)
    if source is not None:
        from checker.readers.sources import with_sources

        read = with_sources(read, listing, paths, source, lines)
    elif lines:
        raise ConfigError("--lines needs --source, the Chinese that the text is compared with line by line")
    else:
        read = in_parts(read)
    accepted = None if show_accepted else Acceptance(checker.rules, _common_folder(paths), prune)
    result = checker.check(remembered(shown(read, len(listing.entries))), listing.skipped, accepted)
    if accepted is not None:
        _say_what_was_written(accepted, result, accept, reason)
    good = True
    if in_place:
        from checker.cli.write_back import write_annotated

        good = write_annotated(documents.values(), result.findings, places, chosen.format, chosen.author)
    elif not accept:
        write_report(result, chosen.format, output, lambda path, record: documents.get((path, record)))
    if chosen.format != "text" or output is not None or accept:
        for error in result.errors:
            print(visible(f"yigai: {error.path}: {error.message}"), file=sys.stderr)
    raise typer.Exit(_exit_code(result, config, given, exit_zero or accept) if good else 2)


def _say_what_was_written(accepted: "Acceptance", result: "Result", accept: bool, reason: str) -> None:
    from checker.reports.visible import visible

    for name, count in accepted.pruned:
        print(visible(f"yigai: {name}: {count} lapsed"), file=sys.stderr)
    if accept:
        for name, count in accepted.accept(result.findings, reason):
            print(visible(f"yigai: {name}: {count} accepted"), file=sys.stderr)


def _common_folder(paths: list[str]) -> Path:
    """The folder that holds all pages: where a file of accepted findings is made."""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]
    common = Path(os.path.commonpath(folders))
    return next(folder for folder in (common, *common.parents) if folder.is_dir())  # a pattern names none


def write_report(
    result: "Result", format: str, output: str | None, text_of: Callable[[str, str | None], "Document | None"]
) -> None:
    """Write a report that is not an annotated file to ``output`` or standard output. Raises OSError."""
    from checker.reports import BINARY, binary_report, report

    if format in BINARY:
        import io

        from glossary.atomic import write_atomically

        made = io.BytesIO()  # a library that writes to a full disk itself says so in its own way
        binary_report(format)(result, made, text_of)
        if output is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(made.getvalue())
        else:
            write_atomically(Path(output), made.getvalue())
    elif output is None:
        report(format)(result, sys.stdout, text_of)
    else:
        from glossary.atomic import replacing_text

        with replacing_text(Path(output), "backslashreplace") as stream:
            report(format)(result, stream, text_of)


def _exit_code(result: "Result", config: "Configuration", given: Mapping[str, object], exit_zero: bool) -> int:
    from checker.finding import SEVERITIES

    if result.errors:
        return 2
    if exit_zero:
        return 0
    lowest = {
        path: SEVERITIES.index(config.settings(given, path).fail_on)
        for path in {finding.path for finding in result.findings}
    }
    return int(any(SEVERITIES.index(finding.severity) >= lowest[finding.path] for finding in result.findings))
