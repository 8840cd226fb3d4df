"""What came of a page as rows of one table, which is what the store takes in and what Spark gives back.

A row is a document; a page that could not be checked, has no documents or need not be checked is a row too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from checker.acceptance.sifting import without_accepted
from checker.batch.raw_page import RawPage
from checker.batch.run import Done
from checker.batch.signatures import Signature
from checker.batch.site import site_of
from checker.finding import CheckError, DocumentReport, Finding, as_object
from checker.tally import Statuses

if TYPE_CHECKING:
    import pyarrow

    from checker.document import Document

State = Literal["checked", "duplicate", "unchanged", "error", "empty"]
Row = dict[str, Any]
_encoded = json.JSONEncoder(ensure_ascii=False).encode
Accepted = Mapping[tuple[str, str], int]


class Place(NamedTuple):
    """A page of the run: its number in order, what it is called and the key it is kept under."""

    number: int
    path: str
    page: str
    key: str = ""


_FINDING = {
    "number": "INTEGER",
    **dict.fromkeys(("rule", "name", "category", "severity", "confidence", "concept", "zh", "quote"), "VARCHAR"),
    "suggestion": "VARCHAR",
    "count": "INTEGER",
    **dict.fromkeys(("fingerprint", "object"), "VARCHAR"),
}
COLUMNS: Mapping[str, str | Mapping[str, str]] = {
    "number": "BIGINT",
    "part": "INTEGER",
    **dict.fromkeys(("state", "path", "record", "page", "page_key", "exact"), "VARCHAR"),
    "near": "BIGINT",
    **dict.fromkeys(("site", "section", "date"), "VARCHAR"),
    "words": "INTEGER",
    **dict.fromkeys(("subject", "triage"), "VARCHAR"),
    "reasons": "VARCHAR[]",
    **dict.fromkeys(("duplicate_path", "duplicate_record"), "VARCHAR"),
    "metrics": {"name": "VARCHAR", "value": "DOUBLE"},
    "mentions": {**dict.fromkeys(("concept", "zh", "rendering", "status"), "VARCHAR"), "count": "INTEGER"},
    "findings": _FINDING,
    **dict.fromkeys(("text", "source", "reason", "message"), "VARCHAR"),
}
"""The columns of a row with their types in SQL; a mapping is a list of parts, which are rows of the store's tables."""
OF_THE_PAGE = ("number", "page_key", "exact", "near")
"""The columns that are the same in all rows of a page, and known before its rows are."""


def schema() -> pyarrow.Schema:
    """The columns of a row for Spark."""
    import pyarrow as pa

    kinds = {"VARCHAR": pa.string(), "VARCHAR[]": pa.list_(pa.string()), "DOUBLE": pa.float64()}
    kinds |= {"INTEGER": pa.int32(), "BIGINT": pa.int64()}

    def made(kind: str | Mapping[str, str]) -> pyarrow.DataType:
        if isinstance(kind, str):
            return kinds[kind]
        return pa.list_(pa.struct([(name, kinds[inner]) for name, inner in kind.items()]))

    return pa.schema([(name, made(kind)) for name, kind in COLUMNS.items()])


def rows_of(
    place: Place,
    done: Done,
    accepted: Accepted,
    zh_of: Callable[[str], str],
    texts: Iterable[Document],
    given: Sequence[str] = (),
) -> list[Row]:
    """The rows of a page that was checked, or repeats another, or could not be checked.

    ``accepted`` says how many places of each rule and fingerprint are left out, ``zh_of`` gives the Chinese of a
    concept, ``texts`` are the documents of the page, none where texts are not kept; ``given`` as of `site_of`.
    """
    by_record = {item.record: item for item in texts}
    rows = []
    for number, item in enumerate(done.outcome.checked):
        row = _document(place, number, "checked", item.report, done.signature, given)
        row["metrics"] = [{"name": name, "value": value} for name, value in item.report.metrics.items()]
        row["mentions"] = _mentions(item.report, item.statuses, zh_of)
        left = [*without_accepted(item.sifted.shown, accepted), *item.sifted.notes]
        left.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
        row["findings"] = [_finding(number, finding) for number, finding in enumerate(left, 1)]
        document = by_record.get(item.report.record)
        if document is not None:
            row["text"] = clean(document.text)
            row["source"] = clean(document.source.text) if document.source is not None else None
        rows.append(row)
    rows += [
        _document(place, number, "duplicate", report, done.signature, given)
        for number, report in enumerate(done.repeats)
    ]
    rows += [error_row(place, error) for error in done.outcome.errors]
    return rows or [_row(place, 0, "empty")]


def place_of(number: int, page: RawPage, key: str = "") -> Place:
    """The place of a page."""
    return Place(number, clean(page.path), clean(page.record or ""), key)


def unchanged_row(place: Place) -> Row:
    """The row of a page that the store holds as it is."""
    return _row(place, 0, "unchanged")


def error_row(place: Place, error: CheckError) -> Row:
    """The row of what could not be checked."""
    return {**_row(place, 0, "error", error.record), "reason": error.reason, "message": clean(error.message)}


def clean(text: str) -> str:
    """``text`` with lone surrogates, which no file format takes, as question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _row(place: Place, part: int, state: State, record: str | None = None) -> Row:
    return {
        "number": place.number,
        "part": part,
        "state": state,
        "path": place.path,
        "record": clean(record or ""),
        "page": place.page,
        "page_key": place.key,
    }


def _document(
    place: Place, part: int, state: State, report: DocumentReport, signature: Signature | None, given: Sequence[str]
) -> Row:
    site, section = site_of(report.path, report.record, given)
    first = report.duplicate_of
    return {
        **_row(place, part, state, report.record),
        "exact": signature.exact if signature is not None else None,
        "near": signature.signed if signature is not None else None,
        "site": clean(site),
        "section": clean(section),
        "date": report.date,
        "words": report.words,
        "subject": report.subject,
        "triage": report.triage,
        "reasons": [clean(reason) for reason in report.reasons],
        "duplicate_path": clean(first[0]) if first is not None else None,
        "duplicate_record": clean(first[1] or "") if first is not None else None,
    }


def _mentions(report: DocumentReport, statuses: Statuses, zh_of: Callable[[str], str]) -> list[Mapping[str, object]]:
    return [
        {
            "concept": concept,
            "zh": zh_of(concept),
            "rendering": rendering,
            "status": statuses[concept][rendering],
            "count": count,
        }
        for concept, counted in report.renderings.items()
        for rendering, count in counted.items()
    ]


def _finding(number: int, finding: Finding) -> Row:
    return {
        "number": number,
        "rule": finding.rule,
        "name": finding.name,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "concept": finding.concept,
        "zh": finding.zh,
        "quote": clean(finding.quote),
        "suggestion": None if finding.suggestion is None else clean(finding.suggestion),
        "count": finding.count,
        "fingerprint": finding.fingerprint,
        "object": clean(_encoded(as_object(finding))),
    }
