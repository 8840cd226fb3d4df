"""The words around a finding, as a table or a page shows them."""

from __future__ import annotations

from typing import NamedTuple

from checker.document import Document, without_unseen
from checker.finding import Finding, SourceReference
from checker.reports.visible import visible

ROOM = 80  # characters on either side
_LONGEST = 32_000  # characters; a cell of a workbook holds 32,767


class Excerpt(NamedTuple):
    """What stands before a place, in it and after it, on one line."""

    before: str
    quote: str
    after: str


def excerpt(finding: Finding, document: Document | None) -> Excerpt:
    """The words around a finding; the quote alone where its document is not at hand."""
    quote = line(finding.shown if finding.shown is not None else finding.quote)
    if document is None:
        return Excerpt("", quote, "")
    text = document.readable
    before = line(text[max(0, finding.start - 4 * ROOM) : finding.start])
    after = line(text[finding.end : finding.end + 4 * ROOM])
    if len(before) > ROOM:
        before = "…" + before[-ROOM:].partition(" ")[2]
    if len(after) > ROOM:
        after = after[:ROOM].rpartition(" ")[0] + "…"
    return Excerpt(before.lstrip(), quote, after.rstrip())


def line(text: str) -> str:
    """``text`` on one line without mark-up, nothing in it that hides or steers; blanks at its ends are kept as one."""
    words = " ".join(visible(text if text.isascii() else without_unseen(text)).split())
    return f"{' ' if text[:1].isspace() and words else ''}{words}{' ' if text[-1:].isspace() and words else ''}"


def cell(text: str) -> str:
    """``text`` for a cell of a table, at most as long as a cell may be."""
    made = visible(text)
    return made if len(made) <= _LONGEST else made[:_LONGEST] + "…"


def evidence(sources: tuple[SourceReference, ...]) -> str:
    """Sources on one line: title, publisher, year, address."""
    return "; ".join(
        ", ".join(part for part in (source.title, source.publisher, source.year, source.url) if part)
        for source in sources
    )


def is_query(finding: Finding) -> bool:
    """Whether only a person can decide what to write: nothing is suggested and nothing can be repaired."""
    return finding.suggestion is None and not finding.fixes
