"""What a place is called: line and column where a program can open the file there, else the unit of the container."""

from __future__ import annotations

from checker.document import Document
from checker.finding import Finding
from checker.reports.visible import visible
from glossary.lazy_pattern import lazy

_LINE = lazy(r"line (\d+)")


def file_line(finding: Finding) -> int | None:
    """The 1-based line of the file at which a finding stands; None in a container, whose text has no lines of its own.

    Units of catalogues are called by their lines; the lines of a page in an archive are not those of the archive.
    """
    if finding.record is not None:
        return None
    if finding.unit is None:
        return finding.line
    match = _LINE.fullmatch(finding.unit)
    return int(match[1]) if match else None


def named_unit(finding: Finding) -> str:
    """The unit of a container at which a finding stands, with the sheet where there are several.

    In an archive the page with line and column. Empty for a file with lines of its own.
    """
    if finding.record is None:
        return finding.unit or ""
    return f"{finding.record}, {place_of(finding)}"


def place_of(finding: Finding) -> str:
    """``line:column``, or what the unit of a container is called."""
    return finding.unit or f"{finding.line}:{finding.column}"


def place_name(document: Document, offset: int) -> str:
    """What a reader calls a place of a document: the unit of a container, else line and column."""
    unit = document.unit_at(offset)
    return visible(unit.name) if unit else "{}:{}".format(*document.position(offset))
