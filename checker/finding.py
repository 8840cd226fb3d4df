"""The values a check produces: findings, what is known of each document, errors, the summary.

Their fields are the public schema (version 1); new ones may only be added as optional. Offsets are code points
into the decoded text, end exclusive; lines and columns are 1-based code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

from checker.bitext import Link

SCHEMA_VERSION = 1

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]
Triage = Literal["fine", "mend", "retranslate", "re-scrape"]
Place = tuple[int, int]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Fix:
    """A lossless repair: replace ``text[start:end]`` by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Related:
    """Other text that explains a finding."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class SourceReference:
    """Evidence for a suggestion: a published rendering, with publisher and year where known."""

    title: str
    url: str
    publisher: str | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with every place where it stands.

    ``also`` holds further places of the same fault with the same advice; ``count`` is 1 + their number.
    ``quote`` is ``text[start:end]``; ``shown`` what a reader sees where that differs (HTML), else None; ``unit`` names
    the place in a container as its program shows it ("segment 12", "B7"). ``why`` says in
    a few words what the quote reads as; ``admitted`` lists further renderings that are right.
    """

    path: str
    record: str | None
    rule: str
    name: str
    category: str
    mqm: str
    severity: Severity
    confidence: Confidence
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    quote: str
    message: str
    fingerprint: str
    shown: str | None = None
    unit: str | None = None
    suggestion: str | None = None
    fixes: tuple[Fix, ...] = ()
    concept: str | None = None
    zh: str | None = None
    status: str | None = None
    why: str | None = None
    admitted: tuple[str, ...] = ()
    sources: tuple[SourceReference, ...] = ()
    source_start: int | None = None
    source_end: int | None = None
    source_quote: str | None = None
    also: tuple[Place, ...] = ()
    count: int = 1
    related: tuple[Related, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, the first one first."""
        return ((self.start, self.end), *self.also)


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What is known of one document besides its findings.

    ``subject`` is "health-reform" or "other"; ``triage`` says what to do with the page and ``reasons`` why;
    ``repeats`` are the passages that repeat earlier text, as ``(start, end, start of the original)``;
    ``renderings`` maps concept id to rendering to the number of its mentions, repeats left out.
    """

    path: str
    record: str | None
    words: int
    subject: str
    date: str | None
    triage: Triage
    reasons: tuple[str, ...] = ()
    metrics: dict[str, float] = field(default_factory=dict)
    repeats: tuple[tuple[int, int, int], ...] = ()
    renderings: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckError:
    """A file or unit that could not be checked. ``reason`` is a stable word, ``message`` one sentence."""

    path: str
    record: str | None
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class ConceptSummary:
    """One concept over all documents: rendering -> number of pages, and the name to settle on (None: undecided)."""

    concept: str
    zh: str
    renderings: dict[str, int]
    settle_on: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The last object of a run. ``unchecked`` says what was not checked and why; ``accepted`` counts what was left out."""

    documents: int
    errors: int
    findings: int
    by_rule: dict[str, int]
    triage: dict[str, int]
    concepts: tuple[ConceptSummary, ...]
    unchecked: tuple[str, ...]
    signature: dict[str, str]
    skipped: int = 0
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one check produced, in the order of the documents, findings by place.

    ``links`` are those of the documents that were checked beside their Chinese, by path and record.
    """

    documents: tuple[DocumentReport, ...]
    findings: tuple[Finding, ...]
    errors: tuple[CheckError, ...]
    summary: Summary
    links: Mapping[tuple[str, str | None], tuple[Link, ...]] = field(default_factory=dict)


def as_object(value: Finding | DocumentReport | CheckError | Summary) -> dict[str, object]:
    """The JSON object of a value: its fields in order, after ``version`` and ``type``."""
    kind = {Finding: "finding", DocumentReport: "document", CheckError: "error", Summary: "summary"}[type(value)]
    return {"version": SCHEMA_VERSION, "type": kind, **_plain(value)}


def _plain(value: object) -> dict[str, object]:
    result: dict[str, object] = {}
    for entry in fields(value):  # type: ignore[arg-type]
        item = getattr(value, entry.name)
        if isinstance(item, tuple):
            item = [_plain(part) if hasattr(part, "__dataclass_fields__") else part for part in item]
        result[entry.name] = item
    return result
