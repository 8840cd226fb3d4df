"""``yigai glossary export``: the glossary as other programs take it, with what each of them cannot take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.glossary.folder import FolderOption, working_folder

if TYPE_CHECKING:
    from collections import Counter

    from glossary.concept import Concept


def export(
    format: Annotated[
        str, typer.Argument(metavar="FORMAT", help="tbx, xlsx, csv, tsv, tmx, deepl, google, microsoft or jieba.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write (default: standard output).")
    ] = None,
    dialect: Annotated[
        str | None, typer.Option(metavar="WORD", help="Of csv: memoq, trados or omegat; of xlsx: memoq or trados.")
    ] = None,
    direction: Annotated[
        str, typer.Option(metavar="WORD", help="zh-en (default) or en-zh: which language is the source of a list.")
    ] = "zh-en",
    field: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this subject field; repeatable.")
    ] = None,
    proposed: Annotated[
        bool | None,
        typer.Option("--proposed/--no-proposed", help="With concepts not yet approved (default: tbx, xlsx, csv, tsv)."),
    ] = None,
    glossary: FolderOption = None,
) -> None:
    """Write the glossary as a term base or list of another program, and say what that cannot hold."""
    from checker.cli.glossary.losses import print_losses
    from checker.config import ConfigError, one_of
    from glossary.atomic import write_atomically
    from glossary.exchange import ExchangeError, formats
    from glossary.problems import GlossaryError
    from glossary.working_tree import read_tree

    one_of(format, formats.EXPORTS, "format")
    one_of(direction, ("zh-en", "en-zh"), "value of direction:")
    if dialect is not None:
        if format not in formats.DIALECTS:
            raise ConfigError(f"{format} has no dialects; they belong to csv and xlsx")
        one_of(dialect, formats.DIALECTS[format], f"dialect of {format}")
    english_first = direction == "en-zh"
    if english_first and (dialect or format) not in formats.DIRECTED:
        raise ConfigError(f"--direction has no meaning for {dialect or format}; only for {', '.join(formats.DIRECTED)}")
    tree = read_tree(working_folder(glossary))
    if tree.problems:
        raise GlossaryError(tree.problems)
    concepts, left_out = _chosen(
        list(tree.glossary.concepts),
        field,
        proposed if proposed is not None else not dialect and format in formats.WHOLE,
    )
    comma = output is not None and output.suffix.lower() == ".csv"
    try:
        made = formats.write(format, concepts, dialect, english_first, comma)
    except ExchangeError as problem:
        raise ConfigError(str(problem)) from None
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.content)
    else:
        write_atomically(output, made.content)
    name = f"{format} for {dialect}" if dialect else format
    print(f"{output.as_posix() if output else name}: {made.concepts:,} concepts", file=sys.stderr)
    print_losses(f"what {name} does not carry:", made.lost + left_out)


def _chosen(concepts: list[Concept], fields: list[str] | None, proposed: bool) -> tuple[list[Concept], Counter[str]]:
    """The concepts wanted, and how many are left out for their status. Raises ConfigError for an unknown field."""
    from collections import Counter

    from checker.config import one_of

    for name in fields or ():
        one_of(name, sorted({concept.field for concept in concepts}), "field")
    found = [concept for concept in concepts if not fields or concept.field in fields]
    kept = [concept for concept in found if proposed or concept.status == "approved"]
    return kept, Counter({"concepts that are not approved": len(found) - len(kept)})
