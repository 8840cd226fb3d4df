"""``yigai align``: pair the sentences of an English text with those of its Chinese source."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.setup import Layers, glossary_with


def align(
    english: Annotated[str, typer.Argument(metavar="EN", help="The English file.")],
    chinese: Annotated[str, typer.Argument(metavar="ZH", help="The Chinese file.")],
    format: Annotated[str, typer.Option(metavar="WORD", help="tsv, tmx or xliff.")] = "tsv",
    lines: Annotated[bool, typer.Option("--lines", help="The files are translated line by line.")] = False,
    output: Annotated[str | None, typer.Option(metavar="FILE", help="Write the pairs to a file.")] = None,
    glossary: Layers = None,
) -> None:
    """Pair the sentences of an English text with those of its Chinese source."""
    from checker.cli.setup import read_pair
    from checker.config import one_of
    from checker.pairs import WRITERS
    from checker.pipeline import Checker

    one_of(format, tuple(WRITERS), "value of format:")
    document = read_pair(english, chinese, lines)
    parallel = Checker(glossary_with(glossary)).page(document).parallel
    assert parallel is not None
    pairs = [(parallel.english(link), parallel.chinese(link), link.anchors) for link in parallel.links]
    if output is None and sys.stdout.isatty():
        import io

        from checker.reports.visible import visible

        shown = io.StringIO()
        WRITERS[format](pairs, shown)
        for line in shown.getvalue().split("\n")[:-1]:
            print("\t".join(map(visible, line.split("\t"))))
    elif output is None:
        WRITERS[format](pairs, sys.stdout)
    else:
        from glossary.atomic import replacing_text

        with replacing_text(Path(output)) as stream:
            WRITERS[format](pairs, stream)
    gaps = sum(link.is_gap for link in parallel.links)
    print(f"yigai: {len(pairs) - gaps} pairs, {gaps} sentences without a partner", file=sys.stderr)
