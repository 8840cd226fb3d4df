"""What checking one page gave, as it travels between processes and into the journal."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from checker.acceptance.sifting import Sifted
from checker.batch.signatures import Signature
from checker.bitext import Link
from checker.document import Document
from checker.finding import CheckError, DocumentReport, Finding, Fix, Related, SourceReference
from checker.pipeline import Checked

encoded = json.JSONEncoder(separators=(",", ":")).encode
"""As `json.dumps`, in the fewest characters."""


class Outcome(NamedTuple):
    """The documents of a page, checked, and what could not be. ``texts`` are there only where a report shows them.

    Where the page goes into a store, ``rows`` holds what was found, as of `checker.batch.row_work`; then ``checked`` is
    `bare`.
    """

    checked: tuple[Checked, ...] = ()
    errors: tuple[CheckError, ...] = ()
    texts: tuple[Document, ...] = ()
    rows: str = ""


def bare(report: DocumentReport) -> Checked:
    """A document of which no more is kept than what pages that repeat it are told by."""
    return Checked(report._replace(metrics={}, repeats=(), renderings={}), {}, Sifted((), {}), True)


class Row(NamedTuple):
    """What the journal holds of a page: ``outcome`` is None for one that repeats another."""

    key: str
    signature: Signature | None
    outcome: Outcome | None


ROW_FIELDS = [value._fields for value in (Row, Outcome, Checked, DocumentReport, Sifted, Finding, CheckError)]
"""What a row is made of; rows of another make cannot be read."""


def row_to_json(row: Row) -> str:
    """A row on one line of ASCII; texts are left out."""
    outcome = row.outcome or Outcome()
    checked = [_plain(item) for item in outcome.checked]
    plain = [row.key, row.signature, bool(row.outcome), checked, outcome.errors, outcome.rows]
    return encoded(plain)


def row_from_json(line: str | bytes) -> Row:
    """The row of a line. Raises ValueError, TypeError, KeyError or IndexError for a line that is none."""
    key, signature, is_checked, checked, errors, rows = json.loads(line)
    outcome = Outcome(tuple(map(_checked, checked)), tuple(CheckError(*error) for error in errors), (), rows)
    return Row(key, Signature(*signature) if signature else None, outcome if is_checked else None)


def reports_to_json(outcome: Outcome) -> str:
    """The reports of a page and why parts of it could not be checked, on one line."""
    said = [(error.reason, error.message) for error in outcome.errors]
    return json.dumps([[item.report for item in outcome.checked], said])


def reports_from_json(line: str) -> tuple[list[DocumentReport], list[tuple[str, str]]]:
    """The reports and the reasons and messages of a line that `reports_to_json` made."""
    reports, said = json.loads(line)
    return [_report(values) for values in reports], [(reason, message) for reason, message in said]


def _plain(item: Checked) -> list[Any]:
    found = [[*key, count] for key, count in item.sifted.found.items()]
    return [item.report, item.statuses, item.sifted._replace(found=found), item.alone, item.links]  # type: ignore[arg-type]


def _checked(values: list[Any]) -> Checked:
    report, statuses, (shown, found, notes, rules, accepted), alone, links = values
    places = {(rule, fingerprint): count for rule, fingerprint, count in found}
    sifted = Sifted(tuple(map(_finding, shown)), places, tuple(map(_finding, notes)), tuple(rules), accepted)
    return Checked(_report(report), statuses, sifted, alone, tuple(Link(*link) for link in links))


def _report(values: list[Any]) -> DocumentReport:
    made = DocumentReport(*values)
    return made._replace(reasons=tuple(made.reasons), repeats=tuple((a, b, c) for a, b, c in made.repeats))


def _finding(values: list[Any]) -> Finding:
    made = Finding(*values)
    return made._replace(
        fixes=tuple(Fix(*fix) for fix in made.fixes),
        admitted=tuple(made.admitted),
        sources=tuple(SourceReference(*source) for source in made.sources),
        also=tuple((start, end) for start, end in made.also),
        related=tuple(Related(*item) for item in made.related),
    )
