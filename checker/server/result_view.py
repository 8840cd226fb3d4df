"""What the page of a check shows: its texts with their marks, a card for each finding, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from checker.bitext import Link
from checker.document import Document
from checker.finding import CheckError, DocumentReport, Finding, Severity, Summary
from checker.reports.excerpt import Excerpt, excerpt
from checker.reports.marked import marked_text
from checker.reports.places import place_of
from checker.server.checks import Check
from checker.server.decisions import OPEN, Decision, can_be_corrected, is_furniture
from checker.server.stores import StoredPage

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_CARDS = 2000  # findings on one page; a browser takes seconds to lay out more


class Card(NamedTuple):
    """A finding with what was decided on it. ``wording`` is what stands in the field of what to write."""

    number: int
    finding: Finding
    around: Excerpt
    place: str
    decision: Decision
    wording: str

    @property
    def family(self) -> str:
        """The family of its rule."""
        return self.finding.rule[:3]

    @property
    def deletes(self) -> bool:
        """Whether accepting it takes lines out: they belong to the site."""
        return is_furniture(self.finding)


class TextView(NamedTuple):
    """One text: its report, its HTML with marks, its cards; ``order`` counts from 1."""

    order: int
    report: DocumentReport
    name: str
    marked: Markup
    cards: list[Card]
    bilingual: bool


class ResultView(NamedTuple):
    """The page of a check, or of a text in a store, which has no token."""

    token: str
    name: str
    texts: list[TextView]
    errors: tuple[CheckError, ...]
    summary: Summary
    severities: dict[Severity, int]
    families: dict[str, int]
    rules: dict[str, str]
    states: Mapping[str, int] = MappingProxyType({"open": 0, "accepted": 0, "dismissed": 0})
    corrected: bool = False
    annotated: bool = False
    repairs: int = 0
    left_out: int = 0
    pasted: bool = False


def result_view(check: Check, label: str) -> ResultView:
    """The page of a check; ``label`` names a text for those who hear the page, with its number for ``{n}``."""
    documents, result = check.outcome
    by_document: dict[tuple[str, str | None], list[tuple[int, Finding]]] = {}
    for number, finding in check.numbered[:_CARDS]:
        by_document.setdefault((finding.path, finding.record), []).append((number, finding))
    texts = []
    for order, (document, report) in enumerate(zip(documents, result.documents, strict=True), 1):
        key = (document.path, document.record)
        found = by_document.get(key, [])
        links = result.links.get(key)
        marked = Markup("".join(marked_text(document, found, links, label.format(n=order))))
        name = f"{document.path} [{document.record}]" if document.record else document.path
        cards = [_card(number, finding, document, check.decisions.get(number, OPEN)) for number, finding in found]
        texts.append(TextView(order, report, name, marked, cards, bool(links)))
    made = _view(check.token, check.submission.name, texts, result.errors, result.summary, result.findings)
    return made._replace(
        left_out=max(len(result.findings) - _CARDS, 0),
        states=states(check),
        corrected=can_be_corrected(documents),
        annotated=can_be_annotated(documents),
        repairs=sum(bool(f.fixes) and check.decisions.get(n, OPEN).state == "open" for n, f in check.numbered),
        pasted=check.pasted,
    )


def _view(
    token: str,
    name: str,
    texts: list[TextView],
    errors: tuple[CheckError, ...],
    summary: Summary,
    findings: Sequence[Finding],
) -> ResultView:
    counted = Counter(finding.severity for finding in findings)
    return ResultView(
        token=token,
        name=name,
        texts=texts,
        errors=errors,
        summary=summary,
        severities={name: counted[name] for name in SEVERITIES if counted[name]},
        families=dict(sorted(Counter(finding.rule[:3] for finding in findings).items())),
        rules=dict(sorted({finding.rule: finding.name for finding in findings}.items())),
    )


def stored_view(stored: StoredPage, links: Sequence[Link], label: str) -> ResultView:
    """The page of a text in a store, on which nothing can be decided; without its text only the cards."""
    document = stored.document
    numbered = list(enumerate(stored.findings, 1))[:_CARDS]
    marked = Markup("" if document is None else "".join(marked_text(document, numbered, links, label.format(n=1))))
    cards = [_card(number, finding, document, OPEN) for number, finding in numbered]
    text = TextView(1, stored.report, stored.name, marked, cards, bool(links))
    summary = Summary(1, 0, len(cards), {}, {}, (), (), {})
    made = _view("", stored.name, [text], (), summary, stored.findings)
    return made._replace(left_out=max(len(stored.findings) - _CARDS, 0))


def can_be_annotated(documents: Sequence[Document]) -> bool:
    """Whether comments can be written into the file."""
    return len(documents) == 1 and documents[0].kind in ("docx", "xliff")


def states(check: Check) -> dict[str, int]:
    """How many findings are open, accepted and dismissed."""
    counted = Counter(check.decisions.get(number, OPEN).state for number, _ in check.numbered)
    return {state: counted[state] for state in ("open", "accepted", "dismissed")}


def _card(number: int, finding: Finding, document: Document | None, decision: Decision) -> Card:
    wording = decision.text if decision.state == "accepted" else finding.suggestion or ""
    return Card(number, finding, excerpt(finding, document), place_of(finding), decision, wording)
