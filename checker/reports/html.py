"""One self-contained page for people: each text with its marks, what is found in it, concepts with sources, figures.

It can be mailed and opened anywhere: it loads nothing, and its content security policy forbids it to. Whatever comes
from a page or a glossary is escaped here and in `checker.reports.marked`, and nowhere else put together.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import TextIO

from checker.document import Document
from checker.finding import DocumentReport, Finding, Result, Severity, SourceReference
from checker.protected import protected_text
from checker.reports import TextOf
from checker.reports.excerpt import excerpt
from checker.reports.marked import Numbered, escaped, marked_text
from checker.reports.places import place_of
from checker.reports.seen import FURNITURE, PROTECTED

_WORDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_FAMILIES = {
    "TRM": "Terminology", "CON": "Consistency", "GAR": "Garble", "RES": "Residue", "SPC": "Spacing", "NUM": "Numbering",
    "BIL": "Against the Chinese", "GLS": "Glossary", "ACC": "Acceptance",
}  # fmt: skip
_TRIAGE = {"fine": "fine", "mend": "mend", "retranslate": "translate again", "re-scrape": "scrape again"}


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write the page."""
    style, script = (
        files("checker.reports").joinpath(name).read_text(encoding="utf-8") for name in ("html.css", "html.js")
    )
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    numbered = list(enumerate(result.findings, 1))
    title = f"yigai: {_number(len(numbered), 'finding')} on {_number(result.summary.documents, 'page')}"
    stream.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#pages">Skip to the pages</a>\n'
    )
    for part in (
        *_head(result),
        *_filters(numbered),
        "<main>\n",
        *_overview(result),
        *_documents(result, numbered, text_of),
    ):
        stream.write(part)
    for part in _concepts(result):
        stream.write(part)
    stream.write(f"</main>\n<script>{script}</script>\n</body>\n</html>\n")


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}"


# -- head, filters, overview -----------------------------------------------------------------------------------------


def _head(result: Result) -> Iterator[str]:
    counted = Counter(finding.severity for finding in result.findings)
    counts = ", ".join(_number(counted[severity], word) for severity, word in _WORDS.items())
    accepted = (
        f"; {_number(result.summary.accepted, 'finding')} accepted and not shown" if result.summary.accepted else ""
    )
    signature = result.summary.signature
    yield (
        f"<header>\n<h1>Check of {_number(result.summary.documents, 'page')}</h1>\n<p>{counts}{accepted}</p>\n"
        f'<p class="faint">yigai {escaped(signature.get("version", ""))}, glossary '
        f"{escaped(signature.get('glossary', '')[:12])}</p>\n</header>\n"
    )


def _filters(numbered: Sequence[Numbered]) -> Iterator[str]:
    rules = sorted({(finding.rule, finding.name) for _, finding in numbered})
    concepts = sorted(_by_concept(finding for _, finding in numbered).items())
    there = {finding.severity for _, finding in numbered}
    yield '<form id="filters" aria-label="Filter the findings" hidden>\n<div>\n'
    yield _select("severity", "Severity", [(key, word) for key, word in _WORDS.items() if key in there])
    yield _select("rule", "Rule", [(code, f"{code} {name}") for code, name in rules])
    yield _select("concept", "Concept", [(concept, f"{concept} {_chinese(found)}") for concept, found in concepts])
    yield '<button type="reset">Show all</button>\n<output id="count" aria-live="polite"></output>\n</div>\n</form>\n'


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<option value="{escaped(value)}">{escaped(shown)}</option>' for value, shown in options)
    return f'<label>{label}<select name="{name}"><option value="">all</option>{items}</select></label>\n'


def _overview(result: Result) -> Iterator[str]:
    yield '<section aria-labelledby="overview">\n<h2 id="overview">Overview</h2>\n'
    yield from _chart(result.findings)
    if len(result.documents) > 1:
        counts = Counter((finding.path, finding.record, finding.severity) for finding in result.findings)
        rows = [
            [
                f'<a href="#d-{number}">{escaped(_named(item.path, item.record))}</a>', _TRIAGE[item.triage],
                escaped("; ".join(item.reasons)), *(str(counts[item.path, item.record, severity]) for severity in _WORDS),
                str(item.words),
            ]
            for number, item in enumerate(result.documents, 1)
        ]  # fmt: skip
        yield _table("Pages", ["page", "what to do", "why", "errors", "warnings", "notes", "words"], rows, numbers=4)
    if result.errors:
        rows = [[escaped(_named(error.path, error.record)), escaped(error.message)] for error in result.errors]
        yield _table("Could not be checked", ["file", "why"], rows)
    if result.summary.unchecked:
        items = "".join(f"<li>{escaped(line)}</li>" for line in result.summary.unchecked)
        yield f"<details><summary>What was not checked</summary><ul>{items}</ul></details>\n"
    yield "</section>\n"


def _chart(findings: Sequence[Finding]) -> Iterator[str]:
    """A bar for each family, as a table, so that it can be read without seeing it."""
    counts = Counter((finding.rule[:3], finding.severity) for finding in findings)
    totals = Counter(finding.rule[:3] for finding in findings)
    most = max(totals.values(), default=0)
    rows = []
    for family in [name for name in _FAMILIES if totals[name]]:
        x, bars = 0.0, []
        for severity in _WORDS:
            width = 100 * counts[family, severity] / most
            bars.append(f'<rect class="{severity}" x="{x:.2f}" y="0" width="{width:.2f}" height="8"/>')
            x += width
        svg = f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{"".join(bars)}</svg>'
        rows.append([_FAMILIES[family], svg, *(str(counts[family, severity]) for severity in _WORDS)])
    if rows:
        yield _table("Findings by family", ["family", "", "errors", "warnings", "notes"], rows, numbers=3)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """A table of cells that are HTML already; the last ``numbers`` columns hold figures."""
    first = len(heads) - numbers
    plain, figure = "<td>", '<td class="number">'
    head = "".join(
        f'<th scope="col"{" class=number" if n >= first else ""}>{name}</th>' for n, name in enumerate(heads)
    )
    body = "".join(
        f"<tr>{''.join(f'{figure if n >= first else plain}{cell}</td>' for n, cell in enumerate(row))}</tr>\n"
        for row in rows
    )
    return f'<h3>{caption}</h3>\n<div class="wide" tabindex="0" role="region" aria-label="{caption}"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'


# -- pages -----------------------------------------------------------------------------------------------------------


def _documents(result: Result, numbered: Sequence[Numbered], text_of: TextOf) -> Iterator[str]:
    by_document: dict[tuple[str, str | None], list[Numbered]] = defaultdict(list)
    for number, finding in numbered:
        by_document[finding.path, finding.record].append((number, finding))
    yield '<div id="pages">\n'
    for order, report in enumerate(result.documents, 1):
        key = (report.path, report.record)
        found = by_document.pop(key, [])
        yield from _document(order, report, found, text_of(*key), result)
    for (path, record), found in by_document.items():  # files that are no documents: of a glossary, of what is accepted
        yield f'<section class="document">\n<h2>{escaped(_named(path, record))}</h2>\n'
        yield from (_card(number, finding, None) for number, finding in found)
        yield "</section>\n"
    yield "</div>\n"


def _document(
    order: int, report: DocumentReport, found: Sequence[Numbered], document: Document | None, result: Result
) -> Iterator[str]:
    yield f'<section class="document" aria-labelledby="d-{order}">\n<h2 id="d-{order}">{escaped(_named(report.path, report.record))}</h2>\n'
    reasons = f": {escaped('; '.join(report.reasons))}" if report.reasons else ""
    yield f"<p><b>{_TRIAGE[report.triage].capitalize()}</b>{reasons}. {_number(report.words, 'word')}, {escaped(report.date or 'no date')}.</p>\n"
    if report.metrics:
        items = "".join(
            f"<dt>{escaped(key.replace('_', ' '))}</dt><dd>{value:g}</dd>" for key, value in report.metrics.items()
        )
        yield f"<details><summary>Figures</summary><dl>{items}</dl></details>\n"
    if document is not None:
        yield from _seen(document, found)
    if found:
        yield '<div class="page">\n'
        if document is not None:
            links = result.links.get((document.path, document.record))
            yield from marked_text(document, found, links, f"Text of page {order}")
        yield "<div>\n"
        yield from (_card(number, finding, document) for number, finding in found)
        yield "</div>\n</div>\n"
    yield "</section>\n"


def _seen(document: Document, found: Sequence[Numbered]) -> Iterator[str]:
    """What is to be kept as it stands, and what is no article text, each listed once."""
    faults = [place for _, finding in found if finding.category != FURNITURE for place in finding.places]
    kept = protected_text(document, faults)
    if kept:
        rows = "".join(
            f"<dt>{PROTECTED[kind]}</dt><dd>{'<br>'.join(_times(item.text, item.times) for item in kept if item.kind == kind)}</dd>"
            for kind in PROTECTED
            if any(item.kind == kind for item in kept)
        )
        count = _number(sum(item.times for item in kept), "place")
        yield f"<details><summary>Seen, to be kept as it stands: {count}</summary><dl>{rows}</dl></details>\n"
    lines = Counter(
        " ".join(document.shown(*place).split())
        for _, finding in found
        if finding.category == FURNITURE
        for place in finding.places
    )
    parts = Counter(what for _, _, what in document.outside)
    if lines or parts:
        items = [f"<li>{_times(text, count)}</li>" for text, count in lines.items()]
        items += [f"<li>{_number(count, 'part')} not read: {escaped(what)}</li>" for what, count in parts.items()]
        count = _number(lines.total() + parts.total(), "place")
        yield f"<details><summary>Not article text: {count}</summary><ul>{''.join(items)}</ul></details>\n"


def _times(text: str, count: int) -> str:
    return escaped(text) if count == 1 else f"{escaped(text)} ({count}×)"


def _card(number: int, finding: Finding, document: Document | None) -> str:
    around = excerpt(finding, document)
    place = place_of(finding)
    count = f", {finding.count} places" if finding.count > 1 else ""
    rows: list[tuple[str, str]] = []
    if finding.suggestion:
        rows.append(("write", f'<span class="write">{escaped(finding.suggestion)}</span>'))
    rows.append(("why", escaped(finding.message)))
    if finding.zh:
        chinese = f'<span lang="zh">{escaped(finding.zh)}</span>'
        linked = f'<a href="#c-{escaped(finding.concept)}">{chinese}</a>' if finding.concept else chinese
        rows.append(("Chinese", linked))
    if finding.source_quote:
        rows.append(("in the source", f'<span lang="zh">{escaped(finding.source_quote)}</span>'))
    if finding.admitted:
        rows.append(("also right", escaped(", ".join(finding.admitted))))
    if finding.sources:
        rows.append(("source", _sources(finding.sources)))
    for related in finding.related:
        rows.append(("see", escaped(related.message)))
    body = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
    back = f' <a href="#m-{number}">show in the text</a>' if document is not None else ""
    return (
        f'<article id="f-{number}" class="{finding.severity}" data-severity="{finding.severity}" data-rule="{escaped(finding.rule)}" '
        f'data-concept="{escaped(finding.concept or "")}" tabindex="-1">\n'
        f'<h4><span class="badge {finding.severity}">{_WORDS[finding.severity]}</span> {escaped(finding.rule)} {escaped(finding.name)}, '
        f"{escaped(place)}{count}{back}</h4>\n"
        f'<p class="context">{escaped(around.before)}<b>{escaped(around.quote)}</b>{escaped(around.after)}</p>\n<dl>{body}</dl>\n</article>\n'
    )


# -- concepts --------------------------------------------------------------------------------------------------------


def _by_concept(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    by_concept: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.concept:
            by_concept[finding.concept].append(finding)
    return by_concept


def _chinese(found: Iterable[Finding]) -> str:
    """What findings of one concept render, each once."""
    return "、".join(dict.fromkeys(finding.zh for finding in found if finding.zh))


def _concepts(result: Result) -> Iterator[str]:
    """A card for each concept that a finding names, and the names in use for it."""
    by_concept = _by_concept(result.findings)
    if not by_concept:
        return
    names = {concept.concept: concept for concept in result.summary.concepts}
    yield '<section aria-labelledby="concepts">\n<h2 id="concepts">Concepts</h2>\n'
    for concept, found in sorted(by_concept.items()):
        rows: list[tuple[str, str]] = []
        summary = names.get(concept)
        if summary is not None:
            used = ", ".join(
                f"{escaped(name)} ({_number(pages, 'page')})" for name, pages in summary.renderings.items()
            )
            rows.append(("settle on", f'<span class="write">{escaped(summary.settle_on or "undecided")}</span>'))
            rows.append(("names in use", used))
        written: Counter[str] = Counter()
        for finding in found:
            if finding.rule.startswith("TRM"):
                written[" ".join((finding.shown or finding.quote).split())] += finding.count
        if written:
            rows.append(
                ("wrong here", ", ".join(f"{escaped(name)} ({count}×)" for name, count in written.most_common()))
            )
        admitted = list(dict.fromkeys(form for finding in found for form in finding.admitted))
        if admitted:
            rows.append(("also right", escaped(", ".join(admitted))))
        sources = tuple(dict.fromkeys(source for finding in found for source in finding.sources))
        if sources:
            rows.append(("sources", _sources(sources)))
        body = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
        yield (
            f'<article id="c-{escaped(concept)}" tabindex="-1">\n<h4><span lang="zh">{escaped(_chinese(found))}</span> {escaped(concept)}</h4>\n'
            f"<dl>{body}</dl>\n</article>\n"
        )
    yield "</section>\n"


def _sources(sources: Iterable[SourceReference]) -> str:
    made = []
    for source in sources:
        words = escaped(", ".join(part for part in (source.title, source.publisher, source.year) if part))
        if source.url.startswith(("https://", "http://")):
            words = f'<a href="{escaped(source.url)}" rel="noopener noreferrer">{words}</a>'
        made.append(words)
    return "<br>".join(made)


# -- words -----------------------------------------------------------------------------------------------------------


def _named(path: str, record: str | None) -> str:
    return f"{path} [{record}]" if record else path


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
