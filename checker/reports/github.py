"""Workflow commands, one line a finding, that GitHub shows beside the lines of a pull request.

GitHub shows ten of each kind for a step; more are written to the log only. So the worst of all come first, and a last
line says how many there are in all.
"""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from checker.finding import CONFIDENCES, SEVERITIES, Finding, Result
from checker.reports import TextOf
from checker.reports.places import file_line, named_unit
from checker.reports.visible import visible

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_LIMIT = 10  # annotations of one kind that are shown


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write one command for each error and the worst findings of ``result``, at most ten of a kind."""
    written: Counter[str] = Counter()
    for error in result.errors:
        written["error"] += 1
        if written["error"] <= _LIMIT:
            message = f"{error.record}: {error.message}" if error.record else error.message
            stream.write(f"::error file={_file(error.path)}::{_data(message)}\n")
    for finding in sorted(result.findings, key=_badness):
        command = _COMMANDS[finding.severity]
        written[command] += 1
        if written[command] <= _LIMIT:
            stream.write(_command(command, finding) + "\n")
    for command, count in written.items():
        if count > _LIMIT:
            more = f"{count - _LIMIT} more of the kind {command} are not shown here; see another format of yigai check"
            stream.write(f"{more}\n")


def _badness(finding: Finding) -> tuple[int, int]:
    """By severity, then confidence; the order of the result is kept among equals."""
    return -SEVERITIES.index(finding.severity), -CONFIDENCES.index(finding.confidence)


def _command(command: str, finding: Finding) -> str:
    place = f"file={_file(finding.path)}"
    message = finding.message
    line = file_line(finding)
    if finding.unit is None and line is not None:
        place += f",line={finding.line},endLine={finding.end_line}"
        if finding.line == finding.end_line:
            # Columns of a place that spans lines are refused.
            place += f",col={finding.column},endColumn={finding.end_column}"
    elif line is not None:
        place += f",line={line}"
    else:
        message = f"{named_unit(finding)}: {message}"
    title = _property(f"{finding.rule} {finding.name}")
    return f"::{command} {place},title={title}::{_data(message)}"


def _file(path: str) -> str:
    """A path as GitHub knows the files of a repository: from its root, without the ``./`` of a whole folder."""
    return _property(path.removeprefix("./"))


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
