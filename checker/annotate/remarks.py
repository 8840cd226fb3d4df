"""What a comment in a translator's own file says: one for each concept, at its first place, with the others named.

No path and no name of a tool stands in it. How a format holds comments is the business of its module.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from checker.document import Document
from checker.finding import Finding, Severity, SourceReference
from checker.reports.excerpt import line
from checker.reports.visible import visible

_PLACES = 12  # named in a comment; a fault may stand in hundreds
_SOURCES = 1
_QUOTED = 120  # characters
_ADMITTED = 4
_WORST: tuple[Severity, ...] = ("error", "warning", "info")


class Signature(NamedTuple):
    """Who comments, and when (UTC)."""

    author: str
    when: datetime | None = None

    @property
    def initials(self) -> str:
        """The first letters of the author's names."""
        return "".join(word[0] for word in self.author.split())[:4].upper() or "T"

    @property
    def date(self) -> str:
        """The time in ISO form, to the second, with Z."""
        return (self.when or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Remark(NamedTuple):
    """One comment: the place it belongs to, in the text of its document, and its lines."""

    start: int
    end: int
    severity: Severity
    lines: tuple[str, ...]


def remarks(document: Document, findings: list[Finding], place_name: Callable[[int], str]) -> list[Remark]:
    """The comments on one document, by place. ``place_name`` says what a reader calls the place of an offset."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule))):
        groups.setdefault(finding.concept or number, []).append(finding)
    return [_remark(document, group, place_name) for group in groups.values()]


def _remark(document: Document, group: list[Finding], place_name: Callable[[int], str]) -> Remark:
    first = group[0]
    lines = list(dict.fromkeys(_advice(finding) for finding in group))
    admitted = list(dict.fromkeys(form for finding in group for form in finding.admitted))
    if admitted:
        lines.append(f"Also right: {', '.join(admitted[:_ADMITTED])}{', …' if len(admitted) > _ADMITTED else ''}")
    evidence = list(dict.fromkeys(source for finding in group for source in finding.sources))[:_SOURCES]
    lines += [f"Source: {_source(source)}" for source in evidence]
    lines += [
        f"In the Chinese: {_short(finding.source_quote)}"
        for finding in group[:1]
        if finding.source_quote and finding.source_quote not in (finding.zh or "")
    ]
    others = [
        (start, f"“{_short(document.shown(start, end))}”, {place_name(start)}")
        for finding in group
        for start, end in finding.places
        if (start, end) != (first.start, first.end)
    ]
    named = list(dict.fromkeys(words for _, words in sorted(others)))
    if named:
        more = f"; and {len(named) - _PLACES} more" if len(named) > _PLACES else ""
        lines.append(f"Also here: {'; '.join(named[:_PLACES])}{more}")
    severity = min((finding.severity for finding in group), key=_WORST.index)
    return Remark(first.start, first.end, severity, tuple(map(visible, lines)))


def _advice(finding: Finding) -> str:
    """What stands there, what to write, and why; the rule's own sentence where that says it."""
    if finding.suggestion and finding.zh and finding.why:
        return f"{_quoted(finding)} → {finding.suggestion} ({finding.reason})"
    return finding.message


def _quoted(finding: Finding) -> str:
    return f"“{_short(finding.shown or finding.quote)}”"


def _short(words: str) -> str:
    words = line(words).strip()
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


def _source(source: SourceReference) -> str:
    return ", ".join(part for part in (source.title, source.publisher, source.year, source.url) if part)
