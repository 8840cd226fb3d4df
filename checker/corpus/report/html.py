"""The report as one page for people: loads nothing, runs nothing, and its content security policy forbids both.

Whatever comes from pages, files or a glossary is escaped in `text_of` of html_parts, and nowhere else put together.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TextIO

from checker.corpus.report.charts import concept_charts, trend_chart
from checker.corpus.report.html_parts import bar, cells_of, folded, plain_table, svg_image, table, table_row, text_of
from checker.corpus.report.values import Change, ConceptUse, Fault, Grouping, Name, Picture
from checker.corpus.report.wording import (
    HOW,
    SEVERITIES,
    TRIAGE,
    bodies,
    label_of,
    number,
    page_name,
    percent,
    share_of,
    span,
    status,
    totals,
    with_interval,
)

MOST = 500
_NAMES = 12


def write(picture: Picture, stream: TextIO) -> None:
    """Write the page."""
    style = files("checker.corpus.report").joinpath("html.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    title = text_of(f"yigai: {number(picture.about.pages, 'page')}")
    stream.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    parts = (
        ("progress", "The house style", _progress(picture)),
        ("new", "New in this run", _changes(picture)),
        ("names", "Names in use", _concepts(picture)),
        ("bodies", "Names of one body side by side", _bodies(picture)),
        ("triage", "What to do with the pages", _triage(picture)),
        ("pages", "Worst pages", _pages(picture)),
        ("faults", "Commonest faults", _faults(picture)),
        *((grouping.by, f"By {grouping.by}", _grouping(grouping)) for grouping in picture.groups),
        ("years", "Year by year", _years(picture)),
    )
    sections = [(anchor, title, "".join(lines)) for anchor, title, lines in parts]
    there = [section for section in sections if section[2]]
    stream.write("".join(_head(picture, there)))
    stream.write("<main>\n")
    for anchor, title, body in there:
        stream.write(f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{title}</h2>\n{body}</section>\n')
    stream.write(f'<p class="faint">{text_of(HOW)}</p>\n</main>\n</body>\n</html>\n')


def _head(picture: Picture, sections: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    about, found = picture.about, picture.agreement
    yield f"<header>\n<h1>{number(about.pages, 'page')} in one picture</h1>\n<p>{text_of(totals(about))}</p>\n"
    run = f"Run {about.runs}, {about.checked} UTC, yigai {about.signature.get('version', '')}, glossary {about.signature.get('glossary', '')[:12]}"
    yield f'<p class="faint">{text_of(run)}</p>\n'
    for note in about.notes:
        yield f'<p class="note">{text_of(note)}</p>\n'
    if found is not None:
        mixed = sum(use.mixed for use in picture.concepts)
        figures = (
            (f"{mixed:,} of {len(picture.concepts):,}", "concepts have several names"),
            (with_interval(found.share, found.share_interval), "of pages use the dominant name"),
            (with_interval(found.pairwise, found.pairwise_interval), "of pairs of pages agree"),
            (with_interval(found.settled, found.settled_interval), "of pages use the name to settle on"),
        )
        yield '<ul class="figures">' + "".join(f"<li><b>{a}</b>{b}</li>" for a, b in figures) + "</ul>\n"
    links = "".join(f'<li><a href="#{anchor}">{title}</a></li>' for anchor, title, _ in sections)
    yield f'<nav aria-label="Parts of the report"><ul>{links}</ul></nav>\n</header>\n'


def _concepts(picture: Picture) -> Iterator[str]:
    mixed = [use for use in picture.concepts if use.mixed]
    if not mixed:
        return
    heads = ["concept, and what to settle on", "name", "pages", "status", "places", "sites", "years", "agreement"]
    yield from folded([_concept(use) for use in mixed[:MOST]], len(mixed), "concept", heads, figures=(2, 4, 5))


def _concept(use: ConceptUse) -> str:
    shown = use.names[:_NAMES]
    more = len(use.names) - len(shown)
    height = len(shown) + bool(more)
    house = ' <span class="faint">(house style)</span>' if use.settled else ""
    before = (
        f'<td rowspan="{height}"><span lang="zh">{text_of(use.zh)}</span><br>'
        f'<span class="settle">{text_of(use.settle_on)}</span>{house}</td>'
    )
    agreed = f'<span class="whole">{with_interval(use.agreement, use.interval)}</span>'
    after = f'<td rowspan="{height}">{bar(use.agreement)}{agreed}</td>'
    rows = [
        cells_of([
            text_of(name.name), f"{name.pages:,}", f'<span class="{text_of(name.status)}">{text_of(status(name))}</span>',
            f"{name.places:,}", f"{name.sites:,}", f'<span class="whole">{span(name)}</span>',
        ], (1, 3, 4))
        for name in shown
    ]  # fmt: skip
    if more:
        rows.append(f'<td colspan="6"><span class="faint">and {number(more, "more name")}</span></td>')
    rows[0] = before + rows[0] + after
    return "".join(f"<tr{' class=first' if row is not rows[-1] else ''}>{row}</tr>\n" for row in rows)


def _bodies(picture: Picture) -> Iterator[str]:
    rows = [
        [
            f'<span lang="zh">{text_of(zh)}</span>',
            "<br>".join(map(_with_pages, names)),
            f'<span class="settle">{text_of(settle)}</span>',
        ]
        for zh, settle, names in bodies(picture)
    ]
    if rows:
        yield from table(["body", "names in use", "settle on"], rows, "body")


def _with_pages(name: Name) -> str:
    return f'{text_of(name.name)} <span class="faint">({number(name.pages, "page")}, {text_of(status(name))})</span>'


def _progress(picture: Picture) -> Iterator[str]:
    rows = []
    for item in picture.progress:
        rows.append([
            f'<span lang="zh">{text_of(item.zh)}</span>', text_of(item.settled),
            f"{item.comply:,} of {item.pages:,}", share_of(item.before_places), share_of(item.now_places),
        ])  # fmt: skip
    if rows:
        yield "<p>How far the names that the house style settles are followed, now and at the end of the run before.</p>\n"
        yield from table(
            ["concept", "settled", "pages with no other name", "places under it before", "places under it now"],
            rows, "concept", figures=(2, 3, 4),
        )  # fmt: skip


def _triage(picture: Picture) -> Iterator[str]:
    repeats = picture.about.repeats > 0
    rows = [
        [
            TRIAGE.get(item.triage, text_of(item.triage)), f"{item.pages:,}", *([f"{item.repeats:,}"] if repeats else []),
            "<br>".join(f"{text_of(words)} ({pages:,})" for words, pages in item.reasons[:5]),
        ]
        for item in picture.verdicts
    ]  # fmt: skip
    heads = ["what to do", "pages", *(["of them repeats"] if repeats else []), "why (pages)"]
    if rows:
        yield from table(heads, rows, "row", figures=(1, 2) if repeats else (1,))


def _grouping(grouping: Grouping) -> Iterator[str]:
    rows = []
    for group in grouping.groups:
        found = group.agreement
        rows.append([
            f'<span class="path">{text_of(label_of(group.label, grouping.by))}</span>', f"{group.pages:,}",
            *(f"{group.triage.get(key, 0):,}" for key in TRIAGE), f"{group.per_thousand:.1f}",
            with_interval(found.share, found.share_interval) if found else "",
            with_interval(found.pairwise, found.pairwise_interval) if found else "",
            with_interval(found.settled, found.settled_interval) if found else "",
        ])  # fmt: skip
    heads = [
        grouping.by, "pages", *TRIAGE.values(), "faults per 1,000 words", "agreement of pages", "of pairs", "settled",
    ]  # fmt: skip
    yield from table(heads, rows, grouping.by, figures=range(1, 10))
    if grouping.left_out:
        yield f'<p class="faint">{number(grouping.left_out, f"more {grouping.by}")} with fewer pages not listed.</p>\n'


def _years(picture: Picture) -> Iterator[str]:
    chart = trend_chart(picture.years)
    if chart is None:
        return
    yield svg_image(chart, "Agreement on names and faults year by year; the figures stand in the table below")
    rows = [
        [
            row.year, f"{row.pages:,}", *(f"{row.triage.get(key, 0):,}" for key in TRIAGE), f"{row.per_thousand:.1f}",
            percent(row.agreement), percent(row.settled),
        ]
        for row in picture.years
    ]  # fmt: skip
    heads = [
        "year", "pages", *TRIAGE.values(), "faults per 1,000 words", "under the dominant name",
        "under the name to settle on",
    ]  # fmt: skip
    yield from table(heads, rows, "year", figures=range(1, 9))
    charts = concept_charts(picture)
    if charts:
        yield '<h3>Pages under each name of the concepts that differ most</h3>\n<div class="charts">\n'
        for use, image in charts:
            yield f'<div><h3><span lang="zh">{text_of(use.zh)}</span> {text_of(use.settle_on)}</h3>'
            yield svg_image(image, f"Pages under each name of {use.settle_on}, year by year") + "</div>\n"
        yield "</div>\n"


def _pages(picture: Picture) -> Iterator[str]:
    if not picture.pages:
        return
    visits = picture.pages[0].visits is not None
    if visits:
        yield "<p>By faults times visits; an error counts three times. Visits of pages that repeat a page count for it.</p>\n"
    rows = []
    for page in picture.pages[:MOST]:
        repeated = (
            f'<br><span class="faint">and {number(page.repeated_by, "page")} that repeat it</span>'
            if page.repeated_by
            else ""
        )
        name = page_name(page)
        known = ", ".join(item for item in (page.id, page.page) if item and (item == page.id or name not in item))
        also = f'<br><span class="faint">{text_of(known)}</span>' if known else ""
        rows.append([
            f'<span class="path">{text_of(name)}</span>{also}{repeated}', f"{page.errors:,}", f"{page.warnings:,}",
            *([f"{page.visits:,}"] if visits else []), f"{page.words:,}", TRIAGE.get(page.triage, text_of(page.triage)),
            text_of("; ".join(page.reasons)), text_of(page.commonest),
        ])  # fmt: skip
    heads = ["page", "errors", "warnings", *(["visits"] if visits else []), "words", "what to do", "why", "commonest"]
    yield from table(heads, rows, "page", figures=tuple(range(1, 5 if visits else 4)), total=len(picture.pages))


def _faults(picture: Picture) -> Iterator[str]:
    if picture.faults:
        yield from table(_FAULT, [_fault(fault) for fault in picture.faults], "fault", figures=(0, 1))
    if picture.rules:
        rows = [
            [f"{rule.pages:,}", f"{rule.places:,}", f"{rule.rule} {text_of(rule.name)}", SEVERITIES[rule.severity]]
            for rule in picture.rules
        ]
        yield "<details><summary>By rule</summary>\n"
        yield from plain_table(
            ["pages", "places", "rule", "at worst"], [table_row(row, (0, 1)) for row in rows], (0, 1)
        )
        yield "</details>\n"


_FAULT = ["pages", "places", "stands there", "write", "Chinese", "rule", "for example"]


def _fault(fault: Fault) -> list[str]:
    return [
        f"{fault.pages:,}", f"{fault.places:,}", text_of(fault.quote), f'<span class="settle">{text_of(fault.suggestion)}</span>',
        f'<span lang="zh">{text_of(fault.zh)}</span>',
        f"{fault.rule} {text_of(fault.name)}, {SEVERITIES[fault.severity]}", f'<span class="path">{text_of(fault.example)}</span>',
    ]  # fmt: skip


def _changes(picture: Picture) -> Iterator[str]:
    found = picture.changes
    if found.before is None:
        return
    yield (
        f"<p>Run {found.run} against run {found.before}: {number(found.new_findings, 'finding')} on "
        f"{number(found.new_pages, 'page')} that were not there before.</p>\n"
    )
    if found.faults:
        yield from table(_FAULT, [_fault(fault) for fault in found.faults], "fault", figures=(0, 1))
    named = {use.concept: use.zh for use in picture.concepts} | TRIAGE
    for title, moved in (("Names", found.names), ("Rules", found.rules), ("What to do with pages", found.triage)):
        if moved:
            rows = [_moved(item, named.get(item.what, item.what)) for item in moved]
            yield f"<h3>{title}: pages before and now</h3>\n"
            yield from table(["", "", "before", "now"], rows, "row", figures=(2, 3))


def _moved(change: Change, what: str) -> list[str]:
    gone = ' <span class="faint">(gone)</span>' if not change.now else ""
    return [text_of(what), text_of(change.detail) + gone, f"{change.before:,}", f"{change.now:,}"]
