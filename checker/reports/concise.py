"""One line a finding, ``path:line:column: RULE message``, for editors that jump to places.

In a container the unit stands instead: ``path: segment 12: RULE message``.
"""

from __future__ import annotations

from typing import TextIO

from checker.finding import Finding, Result
from checker.reports import TextOf
from checker.reports.places import file_line, named_unit
from checker.reports.visible import visible


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write one line for each finding of ``result``."""
    for finding in result.findings:
        stream.write(visible(f"{_place(finding)}: {finding.rule} {finding.message}") + "\n")


def _place(finding: Finding) -> str:
    line = file_line(finding)
    if line is None:
        return f"{finding.path}: {named_unit(finding)}"
    return f"{finding.path}:{line}" if finding.unit else f"{finding.path}:{line}:{finding.column}"
