"""``yigai corpus discover``: renderings and terms that the glossary lacks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.document import Document
    from checker.finding import CheckError


def discover(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files, folders and archives, English or Chinese.")
    ] = None,
    store: Annotated[str | None, typer.Option(metavar="FILE", help="The texts of a store instead of paths.")] = None,
    source: Annotated[
        str | None, typer.Option(metavar="PATH", help="The Chinese beside the English: a file or a folder.")
    ] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Text and source are translated line by line.")] = False,
    glossary: Layers = None,
    at_least: Annotated[int, typer.Option(min=2, help="How often something must occur.")] = 2,
    limit: Annotated[int, typer.Option(min=1, help="How many finds of each kind to list.")] = 40,
    format: Annotated[str, typer.Option(metavar="WORD", help="text (default) or json.")] = "text",
    yaml: Annotated[
        Path | None, typer.Option("--yaml", metavar="FILE", help="Write the finds as proposed entries too.")
    ] = None,
) -> None:
    """List renderings and terms that the glossary lacks, with the evidence for each."""
    from checker.cli.setup import glossary_with
    from checker.config import ConfigError, one_of
    from checker.corpus.discovery.inputs import from_paths, from_store
    from checker.corpus.discovery.report import FORMATS, as_json, text_lines
    from checker.corpus.discovery.survey import Survey
    from checker.corpus.discovery.yaml_entries import entries

    one_of(format, FORMATS, "value of format:")
    if bool(paths) == bool(store):
        raise ConfigError("give either paths or --store FILE")
    if store is not None and (source is not None or lines):
        raise ConfigError("--source and --lines go with paths; a store holds the Chinese beside its texts")
    if lines and source is None:
        raise ConfigError("--lines needs --source, the Chinese that the text is compared with line by line")
    if yaml is not None and yaml.exists():
        raise ConfigError(f"{yaml}: there is such a file already; it is left as it is")
    known = glossary_with(glossary)
    survey = Survey(known, at_least)
    errors: list[CheckError] = []
    items = from_store(store) if store is not None else from_paths(paths or [], source, lines)
    survey.add(_readable(items, errors))
    found = survey.discovered(limit)
    if format == "json":
        print(as_json(found))
    else:
        for line in text_lines(found):
            print(line)
    if yaml is not None:
        from glossary.atomic import write_atomically

        yaml.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(yaml, entries(found, {concept.id for concept in known.concepts}))
    raise typer.Exit(2 if errors else 0)


def _readable(items: Iterator[Document | CheckError], errors: list[CheckError]) -> Iterator[Document]:
    """The documents among ``items``; what could not be read is told on standard error and kept in ``errors``."""
    from checker.document import Document
    from checker.reports.visible import visible

    for item in items:
        if isinstance(item, Document):
            yield item
        else:
            errors.append(item)
            record = f" [{item.record}]" if item.record else ""
            print(visible(f"yigai: {item.path}{record}: {item.message}"), file=sys.stderr)
