"""A workbook for those who revise: findings with a column for the decision, queries, names in use, pages.

What only a person can decide stands on a sheet of its own, apart from the findings. Every cell of words is text, whatever
it begins with: no spreadsheet works it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from checker.document import Document
from checker.finding import Finding, Result
from checker.protected import protected_text
from checker.reports import TextOf
from checker.reports.excerpt import cell, evidence, excerpt, is_query
from checker.reports.places import place_name, place_of
from checker.reports.seen import FURNITURE, PROTECTED, faults_of
from checker.rules.registry import all_rules
from glossary.exchange.formulas import looks_like_formula

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

DECISIONS = ("accept", "reject", "other")
_SEVERITIES = {"error": "error", "warning": "warning", "info": "note"}
_TRIAGE = {"fine": "fine", "mend": "mend", "retranslate": "translate again", "re-scrape": "scrape again"}
_FILLS = {"error": "F8D7DA", "warning": "FFF3CD", "note": "E2EEF9"}
_ROWS = 1_000_000  # a sheet holds 1,048,576
_LINE, _HIGHEST = 15, 409  # points: of a line of text, and of a row


def write(result: Result, stream: BinaryIO, text_of: TextOf) -> None:
    """Write the workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "yigai"
    if book.active is not None:
        book.remove(book.active)
    queries = [finding for finding in result.findings if is_query(finding) and finding.category != FURNITURE]
    aside = [finding for finding in result.findings if finding.category == FURNITURE]
    apart = {id(finding) for finding in (*queries, *aside)}
    _findings(book, [finding for finding in result.findings if id(finding) not in apart], text_of)
    _queries(book, queries, result, text_of)
    _concepts(book, result)
    _pages(book, result)
    _not_article(book, aside, text_of)
    _kept(book, result, text_of)
    _about(book, result)
    book.save(stream)


def _findings(book: Workbook, findings: Sequence[Finding], text_of: TextOf) -> None:
    heads = {
        "Page": 28, "Place": 14, "Severity": 10, "In the text": 70, "Suggestion": 30, "Decision": 12, "Instead": 30,
        "Why": 50, "Chinese": 16, "In the source": 20, "Also admitted": 30, "Source of the suggestion": 50, "Places": 8,
        "Rule": 22, "Fingerprint": 18,
    }  # fmt: skip
    sheet = new_sheet(book, "Findings", heads)
    for finding in findings:
        add_row(sheet, [
            _page(finding), place_of(finding), _SEVERITIES[finding.severity], _marked(finding, text_of), finding.suggestion,
            None, None, finding.message, finding.zh, finding.source_quote, ", ".join(finding.admitted),
            evidence(finding.sources), finding.count, f"{finding.rule} {finding.name}", finding.fingerprint,
        ])  # fmt: skip
    finish_sheet(sheet, heads, decision="F")


def _queries(book: Workbook, findings: Sequence[Finding], result: Result, text_of: TextOf) -> None:
    heads = {
        "Page": 28, "Place": 14, "In the text": 70, "Chinese": 20, "Question": 60, "Options": 40, "Answer": 40,
        "Places": 8, "Rule": 22, "Fingerprint": 18,
    }  # fmt: skip
    sheet = new_sheet(book, "Queries", heads)
    names = {concept.concept: concept for concept in result.summary.concepts}
    for finding in findings:
        concept = names.get(finding.concept or "")
        options = [*finding.admitted, *(concept.renderings if concept else ())]
        add_row(sheet, [
            _page(finding), place_of(finding), _marked(finding, text_of), finding.source_quote or finding.zh,
            finding.message, "; ".join(dict.fromkeys(options)), None, finding.count, f"{finding.rule} {finding.name}",
            finding.fingerprint,
        ])  # fmt: skip
    finish_sheet(sheet, heads)


def _concepts(book: Workbook, result: Result) -> None:
    heads = {
        "Chinese": 24, "Name in use": 44, "Pages": 8, "Names": 8, "Settle on": 44, "Faults": 8, "Decision": 30,
        "Concept": 36,
    }  # fmt: skip
    sheet = new_sheet(book, "Concepts", heads)
    faults: dict[str, int] = defaultdict(int)
    for finding in result.findings:
        if finding.concept:
            faults[finding.concept] += finding.count
    for concept in result.summary.concepts:
        for number, (name, pages) in enumerate(concept.renderings.items()):
            first = number == 0
            add_row(sheet, [
                concept.zh, name, pages, len(concept.renderings), concept.settle_on or "(undecided)",
                faults[concept.concept] if first else None, None, concept.concept,
            ])  # fmt: skip
    finish_sheet(sheet, heads)


def _pages(book: Workbook, result: Result) -> None:
    heads = {
        "Page": 40, "What to do": 16, "Why": 60, "Errors": 8, "Warnings": 10, "Notes": 8, "Words": 8, "Subject": 14,
        "Date": 12,
    }  # fmt: skip
    sheet = new_sheet(book, "Pages", heads)
    counts: dict[tuple[str, str | None, str], int] = defaultdict(int)
    for finding in result.findings:
        counts[finding.path, finding.record, finding.severity] += 1
    for report in result.documents:
        number = [counts[report.path, report.record, severity] for severity in _SEVERITIES]
        add_row(sheet, [
            _named(report.path, report.record), _TRIAGE[report.triage], "; ".join(report.reasons), *number, report.words,
            report.subject, report.date,
        ])  # fmt: skip
    for error in result.errors:
        add_row(sheet, [_named(error.path, error.record), "not checked", error.message])
    finish_sheet(sheet, heads)


def _not_article(book: Workbook, findings: Sequence[Finding], text_of: TextOf) -> None:
    """Furniture: seen and counted, once for each different line, never something to take out."""
    heads = {"Page": 28, "Place": 14, "Not article text": 90, "Times": 8}
    sheet = new_sheet(book, "Not article text", heads)
    for finding in findings:
        document = text_of(finding.path, finding.record)
        lines: dict[str, list[int]] = defaultdict(list)
        for start, end in finding.places:
            shown = document.shown(start, end) if document else finding.quote
            lines[" ".join(shown.split())].append(start)
        for shown, starts in lines.items():
            place = place_name(document, starts[0]) if document else place_of(finding)
            add_row(sheet, [_page(finding), place, shown, len(starts)])
    finish_sheet(sheet, heads)


def _kept(book: Workbook, result: Result, text_of: TextOf) -> None:
    """What is to stay as it stands, each different text of a page once."""
    heads = {"Page": 28, "Place": 14, "Kind": 24, "To be kept as it stands": 90, "Times": 8}
    sheet = new_sheet(book, "To be kept", heads)
    faults = faults_of(result)
    for report in result.documents:
        document = text_of(report.path, report.record)
        if document is None:
            continue
        for item in protected_text(document, faults[report.path, report.record]):
            add_row(sheet, [
                _named(report.path, report.record), place_name(document, item.start), PROTECTED[item.kind], item.text,
                item.times,
            ])  # fmt: skip
    finish_sheet(sheet, heads)


def _about(book: Workbook, result: Result) -> None:
    heads = {"About this check": 30, "": 100}
    sheet = new_sheet(book, "About", heads)
    summary = result.summary
    rows = [("pages", str(summary.documents)), ("findings", str(summary.findings)), ("accepted", str(summary.accepted))]
    rows += [("not checked", line) for line in summary.unchecked]
    rows += [
        (rule.code, f"{rule.name}, {summary.by_rule[rule.code]}")
        for rule in all_rules()
        if rule.code in summary.by_rule
    ]
    rows += list(summary.signature.items())
    for row in rows:
        add_row(sheet, row)
    finish_sheet(sheet, heads)


def new_sheet(book: Workbook, title: str, heads: Iterable[str]) -> Worksheet:
    """A sheet with a row of heads, added to a workbook."""
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet: Worksheet = book.create_sheet(title)
    sheet.append(list(heads))
    for head in sheet[1]:
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="1F4E5F")
        head.alignment = Alignment(vertical="center", wrap_text=True)
    return sheet


def add_row(sheet: Worksheet, values: Iterable[object]) -> None:
    """Add a row to a sheet that is not full; words are text, whatever they begin with."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, PatternFill

    known: Any = sheet
    if known._current_row >= _ROWS:  # `max_row` looks at every cell
        return
    top = Alignment(vertical="top", wrap_text=True)
    row: list[Cell | None] = []
    for value in values:
        if value is None or value == "":
            row.append(None)
            continue
        made: Any = cell(value) if isinstance(value, str) else value
        target: Any = Cell(sheet, row=1, column=1)  # its place is given by `append`
        target.value = made
        target.alignment = top
        if isinstance(made, str):
            target.data_type = "s"  # also what begins with "=" stays words
            target.quotePrefix = looks_like_formula(made)
            if made in _FILLS:
                target.fill = PatternFill("solid", fgColor=_FILLS[made])
        row.append(target)
    sheet.append(row)


def finish_sheet(
    sheet: Worksheet, heads: dict[str, int], decision: str | None = None, choices: Sequence[str] = DECISIONS
) -> None:
    """Give a sheet its widths (characters, by head), filters, print set-up, and a column letter ``decision`` of choices."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, width in enumerate(heads.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _give_heights(sheet, list(heads.values()))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(sheet.max_row, 1)}"
    if decision is not None and sheet.max_row > 1:
        choice = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        sheet.add_data_validation(choice)
        choice.add(f"{decision}2:{decision}{sheet.max_row}")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"


def _give_heights(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Rows as high as their cells need, for not all programs see to that themselves."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        words = ((str(value), width) for value, width in zip(row, widths, strict=False) if not isinstance(value, float))
        lines = max((_lines(text, width) for text, width in words), default=1)
        if lines > 1:
            sheet.row_dimensions[number].height = min(lines * _LINE, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """How many lines a cell takes, about: a Chinese character is as wide as two letters."""
    return sum(
        1 + (len(line) if line.isascii() else len(line) + sum(map("\u2e80".__le__, line))) // width
        for line in text.split("\n")
    )


def _marked(finding: Finding, text_of: TextOf) -> Any:
    """The words around a finding with its quote in bold."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    around = excerpt(finding, _document(finding, text_of))
    bold = TextBlock(InlineFont(b=True, color=Color(rgb="FFB00020")), around.quote or " ")
    return CellRichText(*[part for part in (around.before, bold, around.after) if part])


def _document(finding: Finding, text_of: TextOf) -> Document | None:
    return text_of(finding.path, finding.record)


def _page(finding: Finding) -> str:
    return _named(finding.path, finding.record)


def _named(path: str, record: str | None) -> str:
    return f"{path} [{record}]" if record else path
