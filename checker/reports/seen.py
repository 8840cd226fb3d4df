"""What a run has seen and nobody is to change: text to keep as it stands, and what is no article text."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from checker.finding import Place, Result
from checker.protected import protected_text
from checker.reports import TextOf

FURNITURE = "furniture"
"""The category of findings on lines that belong to the site."""

NAMED = 10_000
"""How many different texts to keep are remembered over many pages."""

PROTECTED = {
    "title": "titles", "law": "laws", "document number": "numbers of documents", "address": "addresses",
    "contact": "contacts", "licence": "licence lines", "name": "names of bodies",
}  # fmt: skip
"""What the kinds of protected text are called."""


class SeenText(NamedTuple):
    """Over all pages: how often each text to keep stands there, by kind; lines of furniture; parts not read."""

    kept: Counter[tuple[str, str]]
    lines: int
    parts: int

    def with_more(self, other: SeenText) -> SeenText:
        """The sum of both, with this one's counts taken over. Of very many different texts, those beyond the first `NAMED` are counted under no kind."""
        kept = self.kept
        for key, times in other.kept.items():
            kept[key if key in kept or len(kept) < NAMED else ("", "")] += times
        return SeenText(kept, self.lines + other.lines, self.parts + other.parts)


def faults_of(result: Result) -> dict[tuple[str, str | None], list[Place]]:
    """The places of findings by path and record."""
    made: dict[tuple[str, str | None], list[Place]] = defaultdict(list)
    for finding in result.findings:
        if finding.category != FURNITURE:
            made[finding.path, finding.record] += finding.places
    return made


def seen_text(result: Result, text_of: TextOf) -> SeenText:
    """What has been seen on the pages whose text is at hand."""
    kept: Counter[tuple[str, str]] = Counter()
    parts = 0
    faults = faults_of(result)
    for report in result.documents:
        document = text_of(report.path, report.record)
        if document is not None:
            parts += len(document.outside)
            for item in protected_text(document, faults[report.path, report.record]):
                kept[item.kind, item.text] += item.times
    lines = sum(finding.count for finding in result.findings if finding.category == FURNITURE)
    return SeenText(kept, lines, parts)
