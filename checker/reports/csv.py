"""CSV, one row a finding, for spreadsheets: UTF-8 with a mark, which they need, and no cell they take for a formula."""

from __future__ import annotations

import csv
from typing import TextIO

from checker.document import Document
from checker.finding import Finding, Result
from checker.reports import TextOf
from checker.reports.excerpt import cell, evidence, excerpt
from checker.reports.places import file_line
from glossary.exchange.formulas import guarded

COLUMNS = (
    "path", "record", "unit", "line", "column", "severity", "confidence", "rule", "name", "category", "before", "quote",
    "after", "suggestion", "message", "concept", "zh", "source_quote", "places", "sources", "fingerprint",
)  # fmt: skip


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write a row of names, then one row for each finding."""
    write_head(stream)
    write_rows(result, stream, text_of)


def write_head(stream: TextIO) -> None:
    """Write the mark and the row of names."""
    stream.write("\ufeff")
    csv.writer(stream, lineterminator="\n").writerow(COLUMNS)


def write_rows(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write one row for each finding."""
    writer = csv.writer(stream, lineterminator="\n")
    for finding in result.findings:
        writer.writerow(_row(finding, text_of(finding.path, finding.record)))


def _row(finding: Finding, document: Document | None) -> list[object]:
    around = excerpt(finding, document)
    column = finding.column if finding.unit is None else None
    values: list[object] = [
        finding.path, finding.record, finding.unit, file_line(finding), column, finding.severity, finding.confidence,
        finding.rule, finding.name, finding.category, around.before.strip(), around.quote.strip(), around.after.strip(),
        finding.suggestion, finding.message, finding.concept, finding.zh, finding.source_quote, finding.count,
        evidence(finding.sources), finding.fingerprint,
    ]  # fmt: skip
    return [guarded(cell(value)) if isinstance(value, str) else value for value in values]
