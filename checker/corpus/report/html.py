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
from checker.corpus.report.html_parts import bar, folded, plain_table, svg_image, table, table_row, text_of
from checker.corpus.report.values import Change, ConceptUse, Fault, Name, Picture
from checker.corpus.report.wording import (
    HOW,
    SEVERITIES,
    TRIAGE,
    bodies,
    label_of,
    number,
    percent,
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
    sections = [
        (anchor, title, "".join(make(picture)))
        for anchor, title, make in (
            ("names", "Names in use", _concepts),
            ("bodies", "Names of bodies", _bodies),
            ("progress", "The house style", _progress),
            ("triage", "What to do with the pages", _triage),
            ("groups", f"By {picture.by}", _groups),
            ("years", "Year by year", _years),
            ("pages", "Worst pages", _pages),
            ("faults", "Commonest faults", _faults),
            ("new", "New in this run", _changes),
        )
    ]
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
            (f"{mixed:,} of {len(picture.concepts):,}", "concepts go under several names"),
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
    heads = ["concept, and what to settle on", "name", "status", "pages", "places", "sites", "years", "agreement"]
    yield from folded([_concept(use) for use in mixed[:MOST]], len(mixed), "concept", heads, figures=(3, 4, 5))


def _concept(use: ConceptUse) -> str:
    shown = use.names[:_NAMES]
    more = len(use.names) - len(shown)
    rows = []
    for order, name in enumerate(shown):
        first, last = order == 0, order == len(shown) - 1 and not more
        house = ' <span class="faint">(house style)</span>' if use.settled else ""
        cells = [
            f'<span lang="zh">{text_of(use.zh)}</span><br><span class="settle">{text_of(use.settle_on)}</span>{house}'
            if first
            else "",
            text_of(name.name),
            f'<span class="{text_of(name.status)}">{text_of(status(name))}</span>',
            f"{name.pages:,}",
            f"{name.places:,}",
            f"{name.sites:,}",
            f'<span class="whole">{span(name)}</span>',
            f'{bar(use.agreement)}<span class="whole">{with_interval(use.agreement, use.interval)}</span>'
            if first
            else "",
        ]
        rows.append(table_row(cells, (3, 4, 5), "last" if last else "first"))
    if more:
        rows.append(
            table_row(["", f'<span class="faint">and {number(more, "more name")}</span>', *[""] * 6], (), "last")
        )
    return "".join(rows)


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
        before = _share(item.before_places)
        rows.append([
            f'<span lang="zh">{text_of(item.zh)}</span>', text_of(item.settled),
            f"{item.comply:,} of {item.pages:,}", before, _share(item.now_places),
        ])  # fmt: skip
    if rows:
        yield "<p>How far the names that the house style settles are followed, now and at the end of the run before.</p>\n"
        yield from table(
            ["concept", "settled", "pages with no other name", "places under it before", "places under it now"],
            rows, "concept", figures=(2, 3, 4),
        )  # fmt: skip


def _share(places: tuple[int, int] | None) -> str:
    return f"{percent(places[0] / places[1])} of {places[1]:,}" if places and places[1] else ""


def _triage(picture: Picture) -> Iterator[str]:
    rows = [
        [
            TRIAGE.get(item.triage, text_of(item.triage)), f"{item.pages:,}", f"{item.repeats:,}",
            "<br>".join(f"{text_of(words)} ({pages:,})" for words, pages in item.reasons[:5]),
        ]
        for item in picture.verdicts
    ]  # fmt: skip
    if rows:
        yield from table(["what to do", "pages", "of them repeats", "why (pages)"], rows, "row", figures=(1, 2))


def _groups(picture: Picture) -> Iterator[str]:
    rows = []
    for group in picture.groups:
        found = group.agreement
        rows.append([
            f'<span class="path">{text_of(label_of(group.label, picture.by))}</span>', f"{group.pages:,}",
            *(f"{group.triage.get(key, 0):,}" for key in TRIAGE), f"{group.per_thousand:.1f}",
            with_interval(found.share, found.share_interval) if found else "",
            with_interval(found.pairwise, found.pairwise_interval) if found else "",
            with_interval(found.settled, found.settled_interval) if found else "",
        ])  # fmt: skip
    heads = [
        picture.by,
        "pages",
        *TRIAGE.values(),
        "faults per 1,000 words",
        "agreement of pages",
        "of pairs",
        "settled",
    ]
    if rows:
        yield from table(heads, rows, picture.by, figures=tuple(range(1, 10)))


def _years(picture: Picture) -> Iterator[str]:
    chart = trend_chart(picture.years)
    if chart is None:
        return
    yield svg_image(chart, "Agreement on names and faults year by year; the figures stand in the table below")
    rows = [
        [row.year, f"{row.pages:,}", percent(row.agreement), percent(row.settled), f"{row.per_thousand:.1f}"]
        for row in picture.years
    ]
    heads = ["year", "pages", "under the dominant name", "under the name to settle on", "faults per 1,000 words"]
    yield from table(heads, rows, "year", figures=(1, 2, 3, 4))
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
        known = ", ".join(item for item in (page.id, page.address) if item and item not in page.page)
        also = f'<br><span class="faint">{text_of(known)}</span>' if known else ""
        rows.append([
            f'<span class="path">{text_of(page.page)}</span>{also}{repeated}', f"{page.errors:,}", f"{page.warnings:,}",
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


_FAULT = ["pages", "places", "rule", "stands there", "write", "Chinese", "for example"]


def _fault(fault: Fault) -> list[str]:
    return [
        f"{fault.pages:,}", f"{fault.places:,}", f"{fault.rule} {text_of(fault.name)}, {SEVERITIES[fault.severity]}",
        text_of(fault.quote), f'<span class="settle">{text_of(fault.suggestion)}</span>',
        f'<span lang="zh">{text_of(fault.zh)}</span>', f'<span class="path">{text_of(fault.example)}</span>',
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
    for title, moved in (("Names", found.names), ("Rules", found.rules), ("What to do with pages", found.triage)):
        if moved:
            yield f"<h3>{title}: pages before and now</h3>\n"
            yield from table(["", "", "before", "now"], [_moved(item) for item in moved], "row", figures=(2, 3))


def _moved(change: Change) -> list[str]:
    gone = ' <span class="faint">(gone)</span>' if not change.now else ""
    what = TRIAGE.get(change.what, change.what)
    return [text_of(what), text_of(change.detail) + gone, f"{change.before:,}", f"{change.now:,}"]
