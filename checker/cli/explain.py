"""``yigai explain``: what is known of one place, and why it is reported or silent."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from checker.cli.setup import Layers, checker_for, configuration


def explain(
    place: Annotated[str, typer.Argument(metavar="FILE:LINE:COL", help="A place as the reports give it.")],
    glossary: Layers = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="When the page was published.")] = None,
    subject: Annotated[str | None, typer.Option(metavar="WORD", help="auto (default), health-reform or other.")] = None,
) -> None:
    """Say what stands at a place: mention, concept, guards, and why it is or is not reported."""
    from checker.config import ConfigError
    from checker.explanation import explain as explained
    from checker.finding import CheckError
    from checker.readers.walk import Listing, read_files
    from checker.reports.visible import visible

    match = re.fullmatch(r"(.+):(\d{1,9}):(\d{1,9})", place, re.DOTALL)
    if match is None:
        raise ConfigError(f"{place!r} is not FILE:LINE:COL, for example page.txt:9:421")
    checker = checker_for(configuration(), {"glossary": glossary or None, "date": date, "subject": subject})
    document = next(read_files(Listing((match[1],), 0)))
    if isinstance(document, CheckError):
        raise ConfigError(f"{document.path}: {document.message}")
    try:
        offset = document.offset(int(match[2]), int(match[3]))
    except ValueError as problem:
        raise ConfigError(f"{document.path}: {problem}") from None
    for line in explained(document, offset, checker):
        typer.echo(visible(line))
