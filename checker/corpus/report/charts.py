"""Trends as pictures: SVG that stands alone, the same bytes for the same report."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from checker.config import ConfigError
from checker.corpus.report.values import ConceptUse, Picture, YearRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CONCEPTS = 6
"""How many concepts have a picture of their own."""
_NAMES = 4
_COLOURS = ("#1f4e5f", "#c0504d", "#e0a030", "#6a8f3c", "#9aa5ad")
_INK = "#1d2328"
_SETTINGS = {
    "svg.hashsalt": "yigai", "svg.fonttype": "path", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": "#8a949c", "axes.labelcolor": _INK, "text.color": _INK, "xtick.color": _INK, "ytick.color": _INK,
}  # fmt: skip


def trend_chart(years: tuple[YearRow, ...]) -> bytes | None:
    """Agreement, settled names and faults year by year; None where fewer than two years are known."""
    if len(years) < 2:
        return None
    plot = _plot()
    with plot.rc_context(_SETTINGS):
        figure, (upper, lower) = plot.subplots(2, 1, figsize=(7, 4.4), sharex=True, height_ratios=(3, 2))
        labels = [row.year for row in years]
        for column, (label, values) in enumerate(
            (
                ("the dominant name", [row.agreement for row in years]),
                ("the name to settle on", [row.settled for row in years]),
            )
        ):
            shares = [float("nan") if value is None else 100 * value for value in values]
            upper.plot(labels, shares, marker="o", color=_COLOURS[column], label=label)
        upper.set_ylim(0, 105)
        upper.set_ylabel("% of pages under")
        upper.legend(frameon=False, loc="lower left", ncols=2)
        lower.bar(labels, [row.per_thousand for row in years], color=_COLOURS[4], width=0.6)
        for place, row in enumerate(years):
            lower.text(place, row.per_thousand, f"{row.pages:,}", ha="center", va="bottom", fontsize=7)
        lower.set_ylabel("faults per 1,000\nwords (pages above)")
        lower.margins(y=0.25)
        _thin(lower, len(labels))
        return _svg(figure)


def concept_charts(picture: Picture) -> list[tuple[ConceptUse, bytes]]:
    """For the concepts whose names disagree most a picture of the pages under each name, year by year."""
    years = sorted({row.year for row in picture.years})
    if len(years) < 2:
        return []
    chosen = [use for use in picture.concepts if use.mixed and len({y for n in use.names for y in n.by_year}) > 1]
    return [(use, _concept_chart(use, years)) for use in chosen[:CONCEPTS]]


def _concept_chart(use: ConceptUse, years: list[str]) -> bytes:
    plot = _plot()
    with plot.rc_context(_SETTINGS):
        figure, axes = plot.subplots(figsize=(4.6, 2.6))
        below = [0] * len(years)
        shown = list(use.names[:_NAMES])
        rows = [(name.name, [name.by_year.get(year, 0) for year in years]) for name in shown]
        if len(use.names) > _NAMES:
            rest = [sum(name.by_year.get(year, 0) for name in use.names[_NAMES:]) for year in years]
            rows.append((f"{len(use.names) - _NAMES} more", rest))
        for colour, (label, counts) in zip(_COLOURS, rows, strict=False):
            words = label if len(label) <= 44 else label[:43] + "…"
            axes.bar(years, counts, bottom=below, color=colour, width=0.7, label=words.replace("$", r"\$"))
            below = [a + b for a, b in zip(below, counts, strict=True)]
        axes.set_ylabel("pages")
        axes.yaxis.get_major_locator().set_params(integer=True)
        axes.legend(frameon=False, fontsize=7, loc="upper left", bbox_to_anchor=(0, -0.12), ncols=1)
        _thin(axes, len(years))
        return _svg(figure)


def _thin(axes: Any, labels: int) -> None:
    step = max(1, labels // 10)
    axes.set_xticks(range(0, labels, step))


def _svg(figure: Figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    _plot().close(figure)
    return stream.getvalue()


def _plot() -> Any:
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import pyplot
    except ImportError as problem:
        raise ConfigError("charts need matplotlib: pip install 'yigai[corpus]'") from problem
    return pyplot
