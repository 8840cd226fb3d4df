"""Findings as the editor marks them: one mark for each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol.types import (
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
    Position,
    Range,
)

from checker.finding import CheckError, Finding
from checker.language_server.positions import Lines
from checker.reports.visible import visible

SOURCE = "yigai"
_SEVERITIES = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "info": DiagnosticSeverity.Information,
}


def diagnostics(
    findings: Iterable[Finding], lines: Lines, uri: str, notes_as: DiagnosticSeverity = DiagnosticSeverity.Information
) -> list[Diagnostic]:
    """A diagnostic for each place of each finding, what explains it with the first; ``notes_as`` is said of info."""
    return [made for finding in findings for made in _of(finding, lines, uri, notes_as)]


def _of(finding: Finding, lines: Lines, uri: str, notes_as: DiagnosticSeverity) -> Iterator[Diagnostic]:
    message = visible(finding.message)
    related = [
        DiagnosticRelatedInformation(Location(uri, lines.range(item.start, item.end)), visible(item.message))
        for item in finding.related
    ]
    severity = notes_as if finding.severity == "info" else _SEVERITIES[finding.severity]
    for number, (start, end) in enumerate(finding.places):
        yield Diagnostic(
            lines.range(start, end),
            message,
            severity,
            code=finding.rule,
            source=SOURCE,
            related_information=related if related and number == 0 else None,
        )


def of_error(error: CheckError) -> Diagnostic:
    """The one mark of a text that could not be checked."""
    place = Range(Position(0, 0), Position(0, 0))
    return Diagnostic(place, visible(error.message), DiagnosticSeverity.Error, code=error.reason, source=SOURCE)
