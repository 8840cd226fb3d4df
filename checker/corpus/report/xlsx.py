"""The report as a workbook: the sheet to decide in, then everything that speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from checker.corpus.report.concept_sheet import CONCEPT, write_concepts
from checker.corpus.report.values import Fault, Grouping, Picture
from checker.corpus.report.wording import (
    HOW,
    SEVERITIES,
    TRIAGE,
    bodies,
    label_of,
    percent,
    span,
    status,
    totals,
    with_interval,
)
from checker.corpus.sheets import new_book
from checker.reports.xlsx import add_row, finish_sheet, new_sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def write(picture: Picture, stream: BinaryIO) -> None:
    """Write the workbook."""
    book = new_book()
    write_concepts(book, picture)
    _names(book, picture)
    _bodies(book, picture)
    _progress(book, picture)
    _pages(book, picture)
    _triage(book, picture)
    _groups(book, picture)
    _faults(book, "Faults", picture.faults)
    _rules(book, picture)
    _new(book, picture)
    _trend(book, picture)
    _across(book, picture)
    _about(book, picture)
    book.save(stream)


def _names(book: Workbook, picture: Picture) -> None:
    heads = {
        "Chinese": 20, "Name": 44, "Status": 12, "Pages": 8, "Main name of pages": 12, "Places": 8, "Sites": 8,
        "Years": 14, "Renderings": 44, CONCEPT: 34,
    }  # fmt: skip
    sheet = new_sheet(book, "Names", heads)
    for use in picture.concepts:
        for name in use.names:
            add_row(sheet, [
                use.zh, name.name, status(name), name.pages, name.main_pages, name.places, name.sites, span(name),
                "; ".join(name.renderings), use.concept,
            ])  # fmt: skip
    finish_sheet(sheet, heads)


def _bodies(book: Workbook, picture: Picture) -> None:
    heads = {"Body": 28, "Settle on": 40, "Name in use": 44, "Status": 12, "Pages": 8, "Places": 8, "Years": 14}
    rows = [
        [zh if first else None, settle if first else None, name.name, status(name), name.pages, name.places, span(name)]
        for zh, settle, names in bodies(picture)
        for first, name in ((order == 0, name) for order, name in enumerate(names))
    ]
    _table(book, "Bodies", heads, rows)


def _progress(book: Workbook, picture: Picture) -> None:
    heads = {
        "Chinese": 20, "Settled": 40, "Pages with no other name": 14, "Pages": 8, "Places under it before": 14,
        "Places before": 10, "Places under it now": 14, "Places now": 10, CONCEPT: 34,
    }  # fmt: skip
    rows = [
        [
            item.zh, item.settled, item.comply, item.pages, *(item.before_places or (None, None)), *item.now_places,
            item.concept,
        ]
        for item in picture.progress
    ]  # fmt: skip
    if rows:
        _table(book, "House style", heads, rows)


def _pages(book: Workbook, picture: Picture) -> None:
    heads = {
        "Page": 44, "Address": 44, "Id": 14, "Site": 22, "What to do": 16, "Why": 44, "Errors": 8, "Warnings": 10,
        "Notes": 8, "Words": 8, "Visits": 10, "Repeated by": 10, "Commonest": 30,
    }  # fmt: skip
    rows = [
        [
            page.page, page.address, page.id, page.site, TRIAGE.get(page.triage, page.triage), "; ".join(page.reasons),
            page.errors, page.warnings, page.notes, page.words, page.visits, page.repeated_by, page.commonest,
        ]
        for page in picture.pages
    ]  # fmt: skip
    _table(book, "Pages", heads, rows)


def _triage(book: Workbook, picture: Picture) -> None:
    heads = {"What to do": 18, "Pages": 10, "Of them repeats": 12, "Why": 60, "Pages with this reason": 14}
    rows: list[list[object]] = []
    for verdict in picture.verdicts:
        what = [TRIAGE.get(verdict.triage, verdict.triage), verdict.pages, verdict.repeats]
        rows.append([*what, *(verdict.reasons[0] if verdict.reasons else (None, None))])
        rows += [[None, None, None, *reason] for reason in verdict.reasons[1:]]
    _table(book, "Triage", heads, rows)


def _groups(book: Workbook, picture: Picture) -> None:
    for grouping in picture.groups:
        _grouping(book, grouping)


def _grouping(book: Workbook, grouping: Grouping) -> None:
    heads = {
        grouping.by.capitalize(): 34, "Pages": 8, **{word.capitalize(): 12 for word in TRIAGE.values()}, "Words": 10,
        "Errors": 8, "Warnings": 10, "Faults per 1,000 words": 12, "Agreement of pages": 18, "Agreement of pairs": 18,
        "Settled": 18,
    }  # fmt: skip
    rows = []
    for group in grouping.groups:
        found = group.agreement
        shares = (
            [
                with_interval(found.share, found.share_interval),
                with_interval(found.pairwise, found.pairwise_interval),
                with_interval(found.settled, found.settled_interval),
            ]
            if found
            else []
        )
        rows.append([
            label_of(group.label, grouping.by), group.pages, *(group.triage.get(key, 0) for key in TRIAGE), group.words,
            group.errors, group.warnings, group.per_thousand, *shares,
        ])  # fmt: skip
    _table(book, f"By {grouping.by}", heads, rows)


def _faults(book: Workbook, title: str, faults: Sequence[Fault]) -> None:
    heads = {
        "Pages": 8, "Places": 8, "Severity": 10, "Stands there": 50, "Write": 40, "Chinese": 18, "Rule": 28,
        "For example on": 44,
    }  # fmt: skip
    rows = [
        [
            fault.pages, fault.places, SEVERITIES[fault.severity], fault.quote, fault.suggestion, fault.zh,
            f"{fault.rule} {fault.name}", fault.example,
        ]
        for fault in faults
    ]  # fmt: skip
    _table(book, title, heads, rows)


def _rules(book: Workbook, picture: Picture) -> None:
    heads = {"Rule": 10, "Name": 30, "At worst": 10, "Pages": 10, "Places": 10}
    rows = [[rule.rule, rule.name, SEVERITIES[rule.severity], rule.pages, rule.places] for rule in picture.rules]
    _table(book, "Rules", heads, rows)


def _new(book: Workbook, picture: Picture) -> None:
    found = picture.changes
    if found.before is None:
        return
    _faults(book, "New faults", found.faults)
    heads = {"What": 36, "Name": 50, f"Pages, run {found.before}": 14, f"Pages, run {found.run}": 14}
    named = {use.concept: use.zh for use in picture.concepts} | TRIAGE
    rows = [
        [named.get(item.what, item.what), item.detail, item.before, item.now]
        for item in (*found.triage, *found.rules, *found.names)
    ]
    _table(book, "Changes", heads, rows)


def _trend(book: Workbook, picture: Picture) -> None:
    if not picture.years:
        return
    from openpyxl.chart import LineChart, Reference

    heads = {
        "Year": 10, "Pages": 10, "Under the dominant name": 16, "Under the name to settle on": 16,
        "Faults per 1,000 words": 16,
    }  # fmt: skip
    rows = [[row.year, row.pages, row.agreement, row.settled, row.per_thousand] for row in picture.years]
    sheet = _table(book, "Trend", heads, rows)
    last = len(rows) + 1
    for row in sheet.iter_rows(min_row=2, max_row=last, min_col=3, max_col=4):
        for item in row:
            item.number_format = "0%"
    for place, title, columns, form in (
        ("G2", "Share of pages, by year", (3, 4), "0%"),
        ("G20", "Faults per 1,000 words, by year", (5, 5), "0"),
    ):
        chart: Any = LineChart()
        chart.title = title
        chart.height, chart.width = 8.5, 17
        chart.add_data(
            Reference(sheet, min_col=columns[0], max_col=columns[1], min_row=1, max_row=last), titles_from_data=True
        )
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
        chart.y_axis.number_format = form
        chart.y_axis.scaling.min = 0
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.legend.position = "b"
        if form == "0%":
            chart.y_axis.scaling.max = 1
        for line in chart.series:
            line.smooth = False
            line.marker.symbol = "circle"
        sheet.add_chart(chart, place)


def _across(book: Workbook, picture: Picture) -> None:
    heads = {
        "Chinese": 18, "Severity": 10, "Stands there": 36, "Write": 36, "Message": 60, "Page": 40, "Place": 10,
        "Also on": 70, "Rule": 12,
    }  # fmt: skip
    rows = [
        [
            item.zh, SEVERITIES[item.severity], " ".join((item.shown or item.quote).split()), item.suggestion,
            item.message, f"{item.path} [{item.record}]" if item.record else item.path, f"{item.line}:{item.column}",
            "; ".join(other.message for other in item.related), item.rule,
        ]
        for item in picture.findings
    ]  # fmt: skip
    if rows:
        _table(book, "Across pages", heads, rows)


def _about(book: Workbook, picture: Picture) -> None:
    heads = {"About this report": 26, "": 100}
    about, found = picture.about, picture.agreement
    rows = [["store", totals(about)], ["last run", f"{about.runs}, {about.checked} UTC"]]
    rows += [["note", note] for note in about.notes]
    if found is not None:
        rows += [
            ["agreement of pages", with_interval(found.share, found.share_interval)],
            ["agreement of pairs", with_interval(found.pairwise, found.pairwise_interval)],
            ["under the names to settle on", with_interval(found.settled, found.settled_interval)],
        ]
    dated = percent(about.dated / about.pages) if about.pages else "0%"
    rows += [
        ["pages with a date", dated],
        ["how it is counted", HOW],
        *([key, value] for key, value in about.signature.items()),
    ]
    _table(book, "About", heads, rows)


def _table(book: Workbook, title: str, heads: dict[str, int], rows: Sequence[Sequence[object]]) -> Worksheet:
    sheet = new_sheet(book, title, heads)
    for row in rows:
        add_row(sheet, row)
    finish_sheet(sheet, heads)
    return sheet
