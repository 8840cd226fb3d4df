"""Workflow commands, one line a finding, that GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TextIO

from checker.finding import Finding, Result
from checker.reports import TextOf
from checker.reports.visible import visible

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write one command for each finding and error of ``result``."""
    for finding in result.findings:
        stream.write(_command(finding) + "\n")
    for error in result.errors:
        stream.write(f"::error file={_property(error.path)}::{_data(error.message)}\n")


def _command(finding: Finding) -> str:
    place = f"file={_property(finding.path)},line={finding.line},endLine={finding.end_line}"
    if finding.line == finding.end_line:
        # Columns of a place that spans lines are refused.
        place += f",col={finding.column},endColumn={finding.end_column}"
    title = _property(f"{finding.rule} {finding.name}")
    return f"::{_COMMANDS[finding.severity]} {place},title={title}::{_data(finding.message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
