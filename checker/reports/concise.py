"""One line a finding, ``path:line:column: RULE message``, for editors that jump to places."""

from __future__ import annotations

from typing import TextIO

from checker.finding import Result
from checker.reports import TextOf
from checker.reports.visible import visible


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write one line for each finding of ``result``."""
    for finding in result.findings:
        place = f"{finding.path}:{finding.line}:{finding.column}"
        stream.write(visible(f"{place}: {finding.rule} {finding.message}") + "\n")
