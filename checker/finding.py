"""The values a check produces: findings, what is known of each document, errors, the summary.

Their fields are the public schema (version 1); new ones may only be added as optional. Offsets are code points
into the decoded text, end exclusive; lines and columns are 1-based code points.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from checker.bitext import Link

SCHEMA_VERSION = 1

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]
Triage = Literal["fine", "mend", "retranslate", "re-scrape"]
Place = tuple[int, int]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")


class Fix(NamedTuple):
    """A lossless repair: replace ``text[start:end]`` by ``text``."""

    start: int
    end: int
    text: str


class Related(NamedTuple):
    """Other text that explains a finding."""

    start: int
    end: int
    message: str


class SourceReference(NamedTuple):
    """Evidence for a suggestion: a published rendering, with publisher and year where known."""

    title: str
    url: str
    publisher: str | None = None
    year: str | None = None


class Finding(NamedTuple):
    """One fault, with every place where it stands.

    ``also`` holds further places of the same fault with the same advice; ``count`` is 1 + their number.
    ``quote`` is ``text[start:end]``; ``shown`` what a reader sees where that differs (HTML), else None; ``unit`` names
    the place in a container as its program shows it ("segment 12", "B7"). ``zh`` is the Chinese that the quote renders:
    the concept's, or what of it the advice is about. ``why`` says in a few words what the quote reads as; ``admitted``
    lists further renderings that are right.
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
    count: int = 1  # type: ignore[assignment]  # hides tuple.count
    related: tuple[Related, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, the first one first."""
        return ((self.start, self.end), *self.also)

    @property
    def reason(self) -> str:
        """What the Chinese is and why this is not it, in few words; the message where no Chinese is named."""
        if not self.zh or not self.why:
            return self.message
        return self.why if self.zh in self.why.split(" ")[0] else f"{self.zh}: {self.why}"


class DocumentReport(NamedTuple):
    """What is known of one document besides its findings.

    ``subject`` is "health-reform" or "other"; ``triage`` says what to do with the page and ``reasons`` why;
    ``repeats`` are the passages that repeat earlier text, as ``(start, end, start of the original)``;
    ``renderings`` maps concept id to rendering to the number of its mentions, repeats left out. ``duplicate_of`` names
    the page that this one repeats, ``(path, record)``, from which all else is taken; None for a page that was checked.
    """

    path: str
    record: str | None
    words: int
    subject: str
    date: str | None
    triage: Triage
    reasons: tuple[str, ...]
    metrics: dict[str, float]
    repeats: tuple[tuple[int, int, int], ...]
    renderings: dict[str, dict[str, int]]
    duplicate_of: tuple[str, str | None] | None = None


class CheckError(NamedTuple):
    """A file or unit that could not be checked. ``reason`` is a stable word, ``message`` one sentence."""

    path: str
    record: str | None
    reason: str
    message: str


class ConceptSummary(NamedTuple):
    """One concept over all documents: rendering -> number of pages, and the name to settle on (None: undecided).

    ``field`` is its subject field.
    """

    concept: str
    zh: str
    renderings: dict[str, int]
    settle_on: str | None
    field: str = ""


class Summary(NamedTuple):
    """The last object of a run. ``unchecked`` says what was not checked and why; ``accepted`` counts what was left out.

    ``duplicates`` are pages that repeat one of the ``documents`` and were not checked again.
    """

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
    duplicates: int = 0


class Result(NamedTuple):
    """Everything one check produced, in the order of the documents, findings by place.

    ``links`` are those of the documents that were checked beside their Chinese, by path and record.
    """

    documents: tuple[DocumentReport, ...]
    findings: tuple[Finding, ...]
    errors: tuple[CheckError, ...]
    summary: Summary
    links: Mapping[tuple[str, str | None], tuple[Link, ...]]


def as_object(value: Finding | DocumentReport | CheckError | Summary) -> dict[str, object]:
    """The JSON object of a value: its fields in order, after ``version`` and ``type``."""
    kind = {Finding: "finding", DocumentReport: "document", CheckError: "error", Summary: "summary"}[type(value)]
    return {"version": SCHEMA_VERSION, "type": kind, **_plain(value)}


def _plain(value: NamedTuple) -> dict[str, object]:
    return {
        key: [_plain(part) if hasattr(part, "_asdict") else part for part in item] if isinstance(item, tuple) else item
        for key, item in value._asdict().items()
    }
