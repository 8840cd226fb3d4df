"""``yigai corpus sample``: findings drawn at random to be marked, and the precision that the marks show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checker.corpus.sample import Precision


def sample(
    store: Annotated[str | None, typer.Option("--store", metavar="FILE", help="The store to draw from.")] = None,
    n: Annotated[int, typer.Option("-n", metavar="N", min=1, help="How many findings to draw.")] = 50,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed draws the same findings.")] = 1,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The sheet to mark: .xlsx or .csv.")
    ] = None,
    marked: Annotated[str | None, typer.Option(metavar="SHEET", help="Tell the precision of a marked sheet.")] = None,
) -> None:
    """Draw findings at random to be marked right or wrong, or tell how many were right."""
    from checker.config import ConfigError
    from checker.corpus import sample as sampling
    from checker.corpus.store import open_store
    from checker.reports.visible import visible
    from glossary.atomic import write_atomically

    if marked is not None:
        if store is not None or output is not None:
            raise ConfigError("--marked reads a sheet; it takes neither --store nor --output")
        _tell(*sampling.precision(marked))
        return
    if store is None or output is None:
        raise ConfigError("give --store FILE and --output SHEET to draw, or --marked SHEET to count the marks")
    if output.suffix.lower() not in (".xlsx", ".csv"):
        raise ConfigError(f"{output}: a sheet is .xlsx or .csv")
    if output.exists():
        raise ConfigError(f"{output}: there is such a file already; it is left as it is")
    connection = open_store(store)
    try:
        drawn, total = sampling.draw(connection, n, seed)
    finally:
        connection.close()
    made = sampling.as_csv(drawn) if output.suffix.lower() == ".csv" else sampling.as_workbook(drawn)
    write_atomically(output, made)
    print(visible(f"{output}: {len(drawn):,} of {total:,} findings, each with the same chance (seed {seed})"))
    print(f"Write {', '.join(sampling.MARKS)} in the column {sampling.MARK!r}, then: yigai corpus sample --marked …")


def _tell(overall: Precision, by_rule: tuple[Precision, ...]) -> None:
    from checker.corpus.sample import ENOUGH
    from checker.reports.visible import visible

    if overall.interval is None:
        print(f"nothing is marked yet; {overall.unmarked + overall.unsure:,} findings wait")
        return
    print(_line("precision on these pages", overall))
    for item in by_rule:
        if item.right + item.wrong >= ENOUGH:
            print(visible(f"  {_line(item.label, item)}"))
    few = sum(1 for item in by_rule if item.right + item.wrong < ENOUGH)
    if few:
        print(
            f"  {few} rule{'' if few == 1 else 's'} with fewer than {ENOUGH} marks {'is' if few == 1 else 'are'} not told apart"
        )
    print(f"unsure: {overall.unsure:,}; not marked: {overall.unmarked:,}")


def _line(label: str, item: Precision) -> str:
    from checker.corpus.report.wording import with_interval

    marked = item.right + item.wrong
    assert item.interval is not None  # there are marks
    return f"{label}: {with_interval(item.right / marked, item.interval)}, {item.right:,} of {marked:,} right"
