"""What a person decides about findings, and the text that comes of it."""

from __future__ import annotations

import html
from bisect import bisect_left, insort
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from checker.acceptance.file import Entry, accepted_yaml
from checker.document import Document
from checker.finding import Finding
from checker.fixing import KINDS, Edit, applied, encoded_like, is_plain
from checker.reports.seen import FURNITURE
from checker.reports.visible import visible

State = Literal["open", "accepted", "dismissed"]


class Decision(NamedTuple):
    """``text`` is what is written for an accepted finding, ``reason`` why one was dismissed."""

    state: State = "open"
    text: str = ""
    reason: str = ""
    edits: tuple[Edit, ...] = ()


OPEN = Decision()


def can_be_corrected(documents: Sequence[Document]) -> bool:
    """Whether a corrected file can be written: it is one text, plain or in a Word file."""
    return len(documents) == 1 and (
        documents[0].kind == "docx" or (documents[0].kind in KINDS and not documents[0].units)
    )


def is_furniture(finding: Finding) -> bool:
    """Whether a finding is about lines of the site, which are no text and may go."""
    return finding.category == FURNITURE and not finding.fixes and finding.suggestion is None


def edits_for(document: Document, finding: Finding, text: str) -> tuple[Edit, ...]:
    """What accepting a finding with ``text`` changes: its own place, and its others where the same words stand.

    Lines of the site are taken out, all of them. A place in which mark-up stands is left out.
    """
    if finding.fixes and text == visible(finding.suggestion or ""):  # as the field shows it
        places = [(fix.start, fix.end, fix.text) for fix in finding.fixes]
    elif is_furniture(finding):
        places = [(start, end, "") for start, end in finding.places]
    else:
        alike = [place for place in finding.also if document.text[slice(*place)] == finding.quote]
        places = [(start, end, text) for start, end in ((finding.start, finding.end), *alike)]
    made = (
        Edit(start, end, html.escape(new, quote=False) if document.kind == "html" else new, finding.rule)
        for start, end, new in places
        if is_plain(document, start, end)
    )
    return tuple(made)


class Claims:
    """The places that accepted findings change, those of ``others`` left out. They stand apart."""

    def __init__(self, decisions: Mapping[int, Decision], others: Container[int]) -> None:
        claimed = (
            (edit.start, edit.end, number)
            for number, decision in decisions.items()
            if number not in others
            for edit in decision.edits
        )
        self._places = sorted(claimed)

    def holder(self, edits: Iterable[Edit]) -> int | None:
        """The number of a finding whose places these edits meet; None when they stand apart."""
        for edit in edits:
            after = bisect_left(self._places, (edit.start,))
            for start, end, number in self._places[max(after - 1, 0) : after + 1]:
                if start == edit.start or (start < edit.end and edit.start < end):
                    return number
        return None

    def add(self, number: int, edits: Iterable[Edit]) -> None:
        """Claim the places of edits that stand apart from all others."""
        for edit in edits:
            insort(self._places, (edit.start, edit.end, number))


def still_dismissed(
    findings: Iterable[tuple[int, Finding]], earlier: Iterable[tuple[int, Finding]], decisions: Mapping[int, Decision]
) -> dict[int, Decision]:
    """What was dismissed in an earlier check and stands unchanged, with the words around it, among new findings."""
    known = {
        (finding.rule, finding.fingerprint): decision
        for number, finding in earlier
        if (decision := decisions.get(number, OPEN)).state == "dismissed"
    }
    kept = {number: known.get((finding.rule, finding.fingerprint)) for number, finding in findings}
    return {number: decision for number, decision in kept.items() if decision is not None}


def all_edits(decisions: Mapping[int, Decision]) -> list[Edit]:
    """The edits of all accepted findings, in order; they stand apart."""
    made = {edit for decision in decisions.values() for edit in decision.edits}
    return sorted(made, key=lambda edit: edit.start)


def with_both(document: Document) -> Document:
    """A document with the Chinese in its text again that stands in the same file; any other as it is."""
    source = document.source
    if document.view is not None or source is None or source.path != document.path:
        return document
    ours, theirs = document.text, source.text
    if len(ours) != len(theirs) or any(a != b and " " not in (a, b) for a, b in zip(ours, theirs, strict=True)):
        return document  # another file of the same name
    return document._replace(text="".join(b if a == " " else a for a, b in zip(ours, theirs, strict=True)))


def corrected_text(document: Document, decisions: Mapping[int, Decision]) -> str:
    """The text after all that was accepted, with the Chinese that stands in it."""
    return applied(with_both(document).text, all_edits(decisions))


def corrected_file(content: bytes, document: Document, decisions: Mapping[int, Decision]) -> bytes:
    """The file of a text after all that was accepted, in its encoding where that is sure, else in UTF-8."""
    whole = with_both(document)
    text = applied(whole.text, all_edits(decisions))
    made = encoded_like(content, whole, text)
    if made is None and document.kind == "html":  # which names its encoding, and can say any character in it
        made = encoded_like(content, document, text, "xmlcharrefreplace")
    return text.encode("utf-8", "backslashreplace") if made is None else made


def suppressions(findings: Sequence[tuple[int, Finding]], decisions: Mapping[int, Decision]) -> str:
    """The text of a ``yigai-accepted.yaml`` with what was dismissed, for the folder that the file lies in."""
    entries: dict[tuple[str, str, str], Entry] = {}
    for number, finding in findings:
        decision = decisions.get(number, OPEN)
        if decision.state == "dismissed":
            quote = " ".join((finding.shown or finding.quote).split())[:60]
            entry = Entry(finding.path, finding.rule, finding.fingerprint, finding.count, quote, decision.reason)
            old = entries.get(entry.key)
            entries[entry.key] = entry if old is None else entry._replace(count=old.count + entry.count)
    return accepted_yaml(entries.values())
