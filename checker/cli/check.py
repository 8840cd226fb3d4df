"""``yigai check``: check files and folders and report what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers, configured

if TYPE_CHECKING:
    from checker.finding import CheckError, Result, Severity

_Words = list[str] | None


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, glob patterns, or - for standard input."),
    ],
    glossary: Layers = None,
    format: Annotated[
        str | None, typer.Option(metavar="WORD", help="text (default), concise, json, jsonl, sarif or github.")
    ] = None,
    output: Annotated[str | None, typer.Option(metavar="FILE", help="Write the report to a file.")] = None,
    min_confidence: Annotated[
        str | None, typer.Option(metavar="WORD", help="low, medium (default) or high.")
    ] = None,
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
    preview: Annotated[
        bool | None, typer.Option(help="Also rules whose precision is not measured yet.")
    ] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="WORD", help="auto (default), health-reform or other.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="When the pages were published.")] = None,
    spelling: Annotated[
        str | None, typer.Option(metavar="WORD", help="Of suggestions: auto (default), us or gb.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="The Chinese: a file, a folder, or PATH itself when it holds both."),
    ] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Text and source are translated line by line.")
    ] = False,
    numbers: Annotated[
        str | None, typer.Option(metavar="WORD", help="Compared with the source: sure (default) or all.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="WORD", help="Presets: draft, scraped or glossary-only.")
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Leave with 0 even when there are findings.")
    ] = False,
    stdin_filename: Annotated[
        str, typer.Option(metavar="NAME", help="The name under which standard input is reported.")
    ] = "-",
) -> None:
    """Report wrong and mixed renderings of health-reform terms in English pages."""
    from checker.cli.progress import shown
    from checker.config import settings
    from checker.document import Document
    from checker.pipeline import Checker
    from checker.readers.walk import find_files, read_files
    from checker.reports import report
    from glossary import load

    given = {
        "glossary": glossary or None,
        "format": format,
        "min-confidence": min_confidence,
        "fail-on": fail_on,
        "select": _split(select),
        "ignore": _split(ignore),
        "preview": preview,
        "subject": subject,
        "date": date,
        "spelling": spelling,
        "numbers": numbers,
        "profile": profile,
    }
    from_file = configured()
    chosen = settings(given, from_file)
    _refuse_unknown_rules([*_rules_in(given), *_rules_in(from_file)])
    checker = Checker(load(*chosen.glossary), chosen.options)
    listing = find_files(paths)
    documents: dict[tuple[str, str | None], Document] = {}

    def remembered(items: Iterator[Document | CheckError]) -> Iterator[Document | CheckError]:
        for item in items:
            if chosen.format == "text" and isinstance(item, Document):
                documents[item.path, item.record] = item
            yield item

    read = read_files(listing, sys.stdin.buffer, stdin_filename)
    if source is not None:
        from checker.readers.sources import with_sources

        read = with_sources(read, listing, paths, source, lines)
    result = checker.check(remembered(shown(read, len(listing.entries))), listing.skipped)

    write = report(chosen.format)
    if output is None:
        write(result, sys.stdout, lambda path, record: documents.get((path, record)))
    else:
        with open(output, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            write(result, stream, lambda path, record: documents.get((path, record)))
    if chosen.format != "text" or output is not None:
        for error in result.errors:
            print(f"yigai: {error.path}: {error.message}", file=sys.stderr)
    raise typer.Exit(_exit_code(result, chosen.fail_on, exit_zero))


def _exit_code(result: Result, fail_on: Severity, exit_zero: bool) -> int:
    from checker.finding import SEVERITIES

    if result.errors:
        return 2
    bad = SEVERITIES[SEVERITIES.index(fail_on) :]
    return int(not exit_zero and any(finding.severity in bad for finding in result.findings))


def _split(words: Sequence[str] | None) -> tuple[str, ...] | None:
    """Rules may be given several times or with commas."""
    if not words:
        return None
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def _rules_in(source: Mapping[str, object]) -> list[str]:
    named: list[str] = []
    for key in ("select", "ignore"):
        value = source.get(key)
        if isinstance(value, tuple):
            named += value
    return named


def _refuse_unknown_rules(named: Sequence[str]) -> None:
    if not named:
        return
    from checker.config import RULE_FAMILIES, one_of
    from checker.rules.registry import all_rules

    rules = all_rules()
    for word in named:
        if word not in RULE_FAMILIES and not any(rule.matches(word) for rule in rules):
            one_of(word, [name for rule in rules for name in (rule.code, rule.name)], "rule")
