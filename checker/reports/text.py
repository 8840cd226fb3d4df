"""For people: each finding with the words around it, then what to do with the pages and their names."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from checker.document import Document, without_unseen
from checker.finding import CheckError, DocumentReport, Finding, Result, SourceReference, Summary
from checker.reports import TextOf
from checker.reports.places import place_name
from checker.reports.seen import PROTECTED, SeenText, seen_text
from checker.reports.visible import columns, visible
from checker.rules.meanings import PHRASES

WIDTH = 80
"""Columns of a code frame, its indent included."""

NAMED = 1000
"""How many pages and errors the summary of a long run names."""

_INDENT = "  "
_LINE_END = re.compile(r"[\r\n]")
_MAX_PLACES = 6
_COLOURS = {"error": "31", "warning": "33", "info": "36", "head": "1", "faint": "2"}
_TRIAGE = {
    "fine": "fine",
    "mend": "to mend",
    "retranslate": "to translate again",
    "re-scrape": "to scrape again",
}


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write every finding with its frame, then the summary; in colour on a terminal unless NO_COLOR is set."""
    writer = Writer(stream, len(result.documents) + len(result.errors))
    writer.part(result, text_of)
    writer.end(result._replace(documents=(), findings=(), errors=()))


class Writer:
    """The report written while pages come. The pages and errors that the summary names are held, at most ``named``."""

    def __init__(self, stream: TextIO, named: int = NAMED) -> None:
        self._stream = stream
        self._paint = _painter(stream)
        self._named = named
        self._documents: list[DocumentReport] = []
        self._errors: list[CheckError] = []
        self._by_severity: Counter[str] = Counter()
        self._seen = SeenText(Counter(), 0, 0)
        self._left_out = 0

    def part(self, result: Result, text_of: TextOf) -> None:
        """Write the findings of some pages."""
        for finding in result.findings:
            lines = finding_lines(finding, text_of(finding.path, finding.record), self._paint)
            self._stream.write("\n".join([*lines, "", ""]))
            self._by_severity[finding.severity] += 1
        documents = [item for item in result.documents if item.triage != "fine" and item.duplicate_of is None]
        room = max(0, self._named - len(self._documents) - len(self._errors))
        self._documents += documents[:room]
        self._errors += result.errors[: max(0, room - len(documents))]
        self._left_out += max(0, len(documents) + len(result.errors) - room)
        self._seen = self._seen.with_more(seen_text(result, text_of))

    def end(self, result: Result) -> None:
        """Write what belongs to no page, and the summary."""
        self.part(result, lambda path, record: None)
        held = result._replace(documents=tuple(self._documents), errors=tuple(self._errors))
        for line in (*_summary(held, self._by_severity, self._left_out), *seen_lines(self._seen)):
            self._stream.write(line + "\n")


def seen_lines(seen: SeenText) -> Iterator[str]:
    """What is to stay as it stands, a line for each kind, and how much of the pages is no article text."""
    if seen.kept:
        yield f"seen, to be kept as it stands: {_number(sum(seen.kept.values()), 'place')}"
    for kind, name in PROTECTED.items():
        words = [f"{text} ({count}×)" if count > 1 else text for (k, text), count in seen.kept.items() if k == kind]
        if words:
            yield f"  {name}: " + _cut_right("; ".join(map(visible, words)), WIDTH - columns(name) - 4)
    if seen.lines:
        yield f"not article text: {_number(seen.lines, 'line')} of the pages"
    if seen.parts:
        yield f"not article text: {_number(seen.parts, 'part')} around the articles, not read"


class Painter:
    """Puts text in colour, or leaves it as it is."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, role: str) -> str:
        """``text`` in the colour of ``role``: a severity, "head" or "faint"."""
        return f"\x1b[{_COLOURS[role]}m{text}\x1b[0m" if self.colour else text


def finding_lines(finding: Finding, document: Document | None, paint: Painter) -> Iterator[str]:
    """The lines of one finding; without its document they lack the frame's surroundings and the other places."""
    record = f" [{visible(finding.record)}]" if finding.record else ""
    # What stands in a container is found by its unit, not by a line that nobody can open.
    where = f":{finding.line}:{finding.column}" if finding.unit is None else f" {visible(finding.unit)}"
    place = f"{visible(finding.path)}{record}{where}"
    rule = f"{finding.rule} {finding.name}"
    head = f"{paint(place, 'head')}  {paint(finding.severity, finding.severity)}  {rule}"
    yield head + _other_places(finding, document)
    frame, carets = code_frame(finding, document)
    yield _INDENT + frame
    yield _INDENT + paint(carets, finding.severity)
    yield from (_INDENT + line for line in _advice(finding, document))


def code_frame(finding: Finding, document: Document | None) -> tuple[str, str]:
    """The words at fault in a window of the line around them, and the carets that stand under them.

    The window is `WIDTH` columns at most; what is cut off shows as ``…``. A quote of several lines shows as one.
    """
    room = WIDTH - len(_INDENT)
    if document is None:
        before, after = "", ""
    else:
        # Twice the room, so that a longer line still shows where it is cut; more where mark-up takes of it.
        reach = 2 * room if document.view is None else 20 * room
        line = _LINE_END.split(document.readable[max(0, finding.start - reach) : finding.start])[-1]
        before = visible(_seen(document, line)[-2 * room :]).lstrip()
        line = _LINE_END.split(document.readable[finding.end : finding.end + reach], maxsplit=1)[0]
        after = visible(_seen(document, line)[: 2 * room]).rstrip()
    quote = _cut_right(visible(finding.shown or finding.quote), room)
    rest = room - columns(quote)
    # Half of the room goes before the quote; what one side does not need is the other's.
    for_after = max(rest - min(columns(before), rest // 2), 0)
    after = _cut_right(after, for_after)
    before = _cut_left(before, rest - columns(after))
    return before + quote + after, " " * columns(before) + "^" * max(columns(quote), 1)


def _seen(document: Document, text: str) -> str:
    """A piece of what is read of a document, without the marks that stand for mark-up."""
    return text if document.view is None else re.sub(" {2,}", " ", without_unseen(text))


def summary_lines(result: Result) -> Iterator[str]:
    """What to do with the pages, the names to settle on, and what was not checked."""
    yield from _summary(result, Counter(finding.severity for finding in result.findings))


def _summary(result: Result, by_severity: Counter[str], left_out: int = 0) -> Iterator[str]:
    summary = result.summary
    yield _counts(summary, by_severity)
    for document in result.documents:
        if document.triage != "fine":
            yield _document_line(document)
    yield from _names_table(summary)
    for line in summary.unchecked:
        yield f"not checked: {visible(line)}"
    if summary.accepted:
        yield f"accepted: {_number(summary.accepted, 'finding')} not shown"
    if summary.skipped:
        yield f"skipped: {_number(summary.skipped, 'file')} of folders, not a known text format"
    if summary.duplicates:
        yield f"duplicates: {_number(summary.duplicates, 'page')} not checked again"
    for error in result.errors:
        record = f" [{visible(error.record)}]" if error.record else ""
        yield f"could not check: {visible(error.path)}{record}: {visible(error.message)}"
    if left_out:
        yield f"not named here: {_number(left_out, 'page')} to mend or not checked; --format jsonl has them all"


def _other_places(finding: Finding, document: Document | None) -> str:
    if not finding.also:
        return ""
    if document is None:
        return f"  ({finding.count} places)"
    shown = [place_name(document, start) for start, _ in finding.also[:_MAX_PLACES]]
    more = ", …" if len(finding.also) > _MAX_PLACES else ""
    return f"  ({finding.count} places: {', '.join(shown)}{more})"


def _advice(finding: Finding, document: Document | None) -> Iterator[str]:
    if finding.suggestion is None:
        yield f"note   {visible(finding.message)}"
    else:
        yield f"write  {visible(finding.suggestion)}    {visible(finding.reason)}"
    named = [name for name in map(_publisher, finding.sources) if name]
    admitted = f"also admitted: {', '.join(finding.admitted)}" if finding.admitted else ""
    if named:
        yield f"source {visible('; '.join(filter(None, (', '.join(dict.fromkeys(named)), admitted))))}"
    elif admitted:
        yield visible(admitted)
    for item in finding.related:
        place = f"{place_name(document, item.start)}  " if document else ""
        yield f"see    {place}{visible(item.message)}"


def _publisher(source: SourceReference) -> str:
    return " ".join(filter(None, (source.publisher or source.title, source.year)))


def _counts(summary: Summary, by_severity: Counter[str]) -> str:
    pages = ", ".join(f"{summary.triage[kind]} {words}" for kind, words in _TRIAGE.items() if summary.triage.get(kind))
    counts = [
        _number(by_severity[severity], word)
        for severity, word in (("error", "error"), ("warning", "warning"), ("info", "note"))
    ]
    return f"{_number(summary.documents, 'page')}{': ' if pages else ''}{pages}; {', '.join(counts)}"


def _document_line(document: DocumentReport) -> str:
    reasons = "; ".join(document.reasons)
    record = f" [{document.record}]" if document.record else ""
    return visible(f"  {_TRIAGE[document.triage]}: {document.path}{record}{': ' if reasons else ''}{reasons}")


def _names_table(summary: Summary) -> Iterator[str]:
    """Renderings and the number of pages that use them, for each thing with more than one name; the worst first."""
    things = [concept for concept in summary.concepts if concept.field != PHRASES]
    mixed = [concept for concept in things if len(concept.renderings) > 1]
    mixed.sort(key=lambda concept: -sum(n for name, n in concept.renderings.items() if name != concept.settle_on))
    if not mixed:
        return
    yield ""
    yield f"names in use for one thing ({len(mixed)} of {_number(len(things), 'term')})"
    cells = [
        (concept, visible(rendering), pages)
        for concept in mixed
        for rendering, pages in sorted(concept.renderings.items(), key=lambda item: (-item[1], item[0]))
    ]
    wide_zh = max(columns(concept.zh) for concept, _, _ in cells)
    wide = max(len("rendering"), *(columns(rendering) for _, rendering, _ in cells))
    yield f"  {_padded('', wide_zh)}  {_padded('rendering', wide)}  pages  settle on"
    last = None
    for concept, rendering, pages in cells:
        first = concept is not last
        last = concept
        settle = visible(concept.settle_on or "(undecided)") if first else ""
        zh = visible(concept.zh) if first else ""
        yield f"  {_padded(zh, wide_zh)}  {_padded(rendering, wide)}  {pages:>5}  {settle}".rstrip()
    yield ""


def _painter(stream: TextIO) -> Painter:
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    return Painter(terminal and not os.environ.get("NO_COLOR"))


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _cut_right(text: str, room: int) -> str:
    """``text`` in ``room`` columns, with ``…`` where its end is cut off, at a blank where one is near."""
    if columns(text) <= room:
        return text
    if room < 1:
        return ""
    kept = text[: _fitting(text, room - 1)]
    blank = kept.rfind(" ")
    return (kept[:blank] if blank >= len(kept) - 12 and blank > 0 else kept) + "…"


def _cut_left(text: str, room: int) -> str:
    """``text`` in ``room`` columns, with ``…`` where its beginning is cut off, at a blank where one is near."""
    if columns(text) <= room:
        return text
    if room < 1:
        return ""
    kept = text[len(text) - _fitting(text[::-1], room - 1) :]
    blank = kept.find(" ")
    return "…" + (kept[blank + 1 :] if 0 <= blank <= 12 else kept)


def _fitting(text: str, room: int) -> int:
    """How many characters of ``text`` fit into ``room`` columns."""
    for number, char in enumerate(text):
        room -= columns(char)
        if room < 0:
            return number
    return len(text)
