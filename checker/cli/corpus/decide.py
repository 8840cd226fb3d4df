"""``yigai corpus decide``: a house style and a find-and-replace plan from a workbook that was filled in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.setup import Layers, glossary_with


def decide(
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help="The workbook of the report, filled in.")],
    store: Annotated[str, typer.Option("--store", metavar="FILE", help="The store it was made from.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the files are written.")],
    glossary: Layers = None,
) -> None:
    """Turn the column "Settle on" into a house style and a plan of what to replace on which page."""
    from checker.config import ConfigError
    from checker.corpus import decide as deciding
    from checker.corpus import plan as planning
    from checker.corpus.report.wording import number
    from checker.corpus.store import open_store
    from checker.reports.visible import visible
    from glossary.atomic import write_atomically

    layers = [layer for layer in glossary or () if Path(layer).resolve() != (output / deciding.LAYER).resolve()]
    decisions = deciding.read_decisions(sheet, glossary_with(glossary))
    layer = deciding.layer_of(decisions)
    deciding.refuse_loss(output / deciding.LAYER, decisions)
    settled = deciding.loaded_with(layer, layers or _configured())
    connection = open_store(store)
    try:
        replacements, without = planning.plan(connection, settled, decisions)
    finally:
        connection.close()
    if output.exists() and not output.is_dir():
        raise ConfigError(f"{output} is a file; give a folder")
    output.mkdir(parents=True, exist_ok=True)
    for name, content in (
        (deciding.LAYER, layer),
        ("replace.csv", planning.as_csv(replacements)),
        ("replace.xlsx", planning.as_workbook(replacements)),
    ):
        write_atomically(output / name, content)
        print(visible(str(output / name)))
    places = sum(item.places for item in replacements)
    pages = len({item.page for item in replacements})
    print(
        f"{number(len(decisions), 'concept')} settled; {number(places, 'place')} to change on {number(pages, 'page')}"
    )
    if without:
        print(f"yigai: {without:,} pages without texts in the store are not in the plan", file=sys.stderr)


def _configured() -> list[str]:
    from checker.cli.setup import configuration

    return list(configuration().settings({}).glossary)
