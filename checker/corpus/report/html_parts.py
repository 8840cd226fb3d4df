"""The pieces that the page is made of: tables, bars, pictures, escaped words."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from checker.corpus.report.wording import number
from checker.reports.visible import visible

OPEN = 25
"""How many rows of a table stand open; the others unfold."""


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    word: str,
    figures: Sequence[int] = (),
    total: int | None = None,
) -> Iterator[str]:
    """A table of cells that are HTML already; columns of ``figures`` stand to the right."""
    yield from folded([table_row(row, figures) for row in rows], total or len(rows), word, heads, figures)


def folded(
    rows: Sequence[str], total: int, word: str, heads: Sequence[str], figures: Sequence[int] = ()
) -> Iterator[str]:
    """A table of rows made already, of which the first stand open; ``total`` is how many there are in all."""
    yield from plain_table(heads, rows[:OPEN], figures)
    if len(rows) > OPEN:
        yield f"<details><summary>{number(len(rows) - OPEN, f'more {word}')}</summary>\n"
        yield from plain_table(heads, rows[OPEN:], figures)
        yield "</details>\n"
    if total > len(rows):
        yield f'<p class="faint">{total - len(rows):,} more are in the workbook.</p>\n'


def plain_table(heads: Sequence[str], rows: Iterable[str], figures: Sequence[int]) -> Iterator[str]:
    """A table of rows made already."""
    head = "".join(
        f'<th scope="col"{" class=figure" if n in figures else ""}>{text_of(name)}</th>' for n, name in enumerate(heads)
    )
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{text_of(" ".join(heads[:3]))}"><table>\n'
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
    yield from rows
    yield "</tbody>\n</table></div>\n"


def table_row(cells: Sequence[str], figures: Sequence[int]) -> str:
    """One row of cells that are HTML already."""
    return f"<tr>{cells_of(cells, figures)}</tr>\n"


def cells_of(cells: Sequence[str], figures: Sequence[int]) -> str:
    """The cells of a row."""
    return "".join(f"<td{' class=figure' if n in figures else ''}>{cell}</td>" for n, cell in enumerate(cells))


def bar(share: float) -> str:
    """A share as a bar, for the eye alone."""
    width = 100 * share
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="100" height="10"/><rect width="{width:.1f}" height="10"/></svg>'
    )


def svg_image(svg: bytes, words: str) -> str:
    """A picture within the page, with words for those who do not see it."""
    data = base64.b64encode(svg).decode("ascii")
    return f'<figure><img alt="{text_of(words)}" src="data:image/svg+xml;base64,{data}"></figure>\n'


def text_of(text: str | None) -> str:
    """Words for the page on one line: escaped, nothing in them that hides or steers."""
    return escape(visible(text or ""))
