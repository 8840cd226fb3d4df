"""The sheet to decide in: a row a concept, with a cell for the name to settle on.

`checker.corpus.decide` reads it back; it finds the columns by their heads.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.config import ConfigError
from checker.corpus.report.values import Picture
from checker.corpus.report.wording import number, status
from checker.corpus.sheets import read_sheet
from checker.reports.xlsx import add_row, finish_sheet, new_sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CONCEPTS = "Concepts"
SETTLE_ON = "Settle on"
REMARK = "Remark"
CONCEPT = "Concept"
_CHOICES = "Choices"
_OPEN = "FFF9DB"  # the fill of cells to be filled in
_NAMES = 12  # in one cell


def write_concepts(book: Workbook, picture: Picture) -> None:
    """Add the sheet to a workbook, and a hidden one with the names that its cells offer."""
    heads = {
        "Chinese": 20, "Names in use (pages)": 48, "Names": 8, "Pages": 8, "Dominant": 30, "Its status": 12,
        "Agreement": 10, "Interval (95%)": 12, "Recommended": 34, SETTLE_ON: 34, REMARK: 24, CONCEPT: 34,
    }  # fmt: skip
    sheet = new_sheet(book, CONCEPTS, heads)
    for use in picture.concepts:
        names = [f"{name.name} ({name.pages:,})" for name in use.names[:_NAMES]]
        if len(use.names) > _NAMES:
            names.append(f"and {len(use.names) - _NAMES:,} more")
        dominant = next(name for name in use.names if name.name == use.dominant)
        add_row(sheet, [
            use.zh, "; ".join(names), len(use.names), use.pages, use.dominant, status(dominant),
            use.agreement, "{:.0%} to {:.0%}".format(*use.interval), use.settle_on, use.settle_on if use.settled else None, None,
            use.concept,
        ])  # fmt: skip
        sheet.cell(sheet.max_row, list(heads).index("Agreement") + 1).number_format = "0%"
    finish_sheet(sheet, heads)
    _offer(book, sheet, picture, list(heads).index(SETTLE_ON) + 1)


def refuse_loss(path: str, picture: Picture) -> None:
    """Raises ConfigError when a file to be written over is a workbook with decisions that the new one would not have."""
    if not Path(path).is_file():
        return
    try:
        sheet = read_sheet(path, CONCEPTS)
        concept, name, remark = map(sheet.column, (CONCEPT, SETTLE_ON, REMARK))
    except ConfigError:
        return  # no workbook of ours, which is nobody's work of deciding
    kept = {use.concept: use.settle_on for use in picture.concepts if use.settled}
    lost = sum(bool(cells[remark]) or cells[name] not in ("", kept.get(cells[concept])) for _, cells in sheet.rows)
    if lost:
        raise ConfigError(f"{path}: is filled in for {number(lost, 'concept')}; give another file")


def _offer(book: Workbook, sheet: Worksheet, picture: Picture, column: int) -> None:
    """Give each cell to be decided in the list of the names that the glossary allows; others may be typed in."""
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = new_sheet(book, _CHOICES, ["Concept", "Names"])
    choices.sheet_state = "hidden"
    for row, use in enumerate(picture.concepts, 2):
        offered = list(dict.fromkeys((use.settle_on, *use.approved)))
        add_row(choices, [use.concept, *offered])
        rule = DataValidation(
            type="list",
            formula1=f"={_CHOICES}!$B${row}:${get_column_letter(1 + len(offered))}${row}",
            allow_blank=True,
            errorStyle="warning",
            errorTitle="Another name",
            error="The glossary does not list this name. Keep it all the same?",
        )
        sheet.add_data_validation(rule)
        rule.add(f"{get_column_letter(column)}{row}")
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=_OPEN)
