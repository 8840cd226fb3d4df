"""The report for a terminal: what matters most of each part, with a line on how much more there is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TextIO

from checker.corpus.report.values import Change, ConceptUse, Picture
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
from checker.reports.visible import columns, visible

CONCEPTS = 20
ROWS = 12
NAMES = 6  # of one concept
WIDEST = 52  # columns of one cell


def write(picture: Picture, stream: TextIO) -> None:
    """Write the report."""
    for line in _lines(picture):
        stream.write(line.rstrip() + "\n")


def _lines(picture: Picture) -> Iterator[str]:
    about = picture.about
    yield visible(totals(about))
    if about.checked:
        yield visible(f"run {about.runs}, {about.checked} UTC, yigai {about.signature.get('version', '')}")
    for note in about.notes:
        yield visible(f"note: {note}")
    yield from _agreement(picture)
    yield from _concepts(picture.concepts)
    yield from _bodies(picture)
    yield from _progress(picture)
    yield from _triage(picture)
    yield from _groups(picture)
    yield from _years(picture)
    yield from _pages(picture)
    yield from _faults(picture)
    yield from _changes(picture)
    yield ""
    yield from textwrap.wrap(HOW, 100)


def _agreement(picture: Picture) -> Iterator[str]:
    found = picture.agreement
    if found is not None:
        yield (
            f"agreement on names: {with_interval(found.share, found.share_interval)} of pages, "
            f"{with_interval(found.pairwise, found.pairwise_interval)} of pairs; under the name to settle on: "
            f"{with_interval(found.settled, found.settled_interval)}"
        )


def _concepts(concepts: Sequence[ConceptUse]) -> Iterator[str]:
    mixed = [use for use in concepts if use.mixed]
    if not concepts:
        return
    yield from _head(f"names in use for one thing ({len(mixed)} of {number(len(concepts), 'concept')})")
    rows = []
    for use in mixed[:CONCEPTS]:
        agreed = with_interval(use.agreement, use.interval)
        for order, name in enumerate(use.names[:NAMES]):
            first = order == 0
            rows.append([
                use.zh if first else "", name.name, status(name), f"{name.pages:,}", f"{name.sites:,}", span(name),
                agreed if first else "", use.settle_on if first else "",
            ])  # fmt: skip
        if len(use.names) > NAMES:
            rows.append(["", f"… and {number(len(use.names) - NAMES, 'more name')}", "", "", "", "", "", ""])
    heads = ["", "name", "status", "pages", "sites", "years", "agreement", "settle on"]
    yield from _table(heads, rows, right=(3, 4))
    yield from _more(len(mixed) - CONCEPTS, "concept")


def _bodies(picture: Picture) -> Iterator[str]:
    found = bodies(picture)
    if found:
        yield from _head("names of one body, side by side")
        for zh, settle, names in found[:ROWS]:
            said = "; ".join(f"{name.name} ({name.pages:,})" for name in names[:NAMES])
            yield visible(f"  {zh}: {said}; settle on {settle}")
        yield from _more(len(found) - ROWS, "body", "bodies")


def _progress(picture: Picture) -> Iterator[str]:
    if picture.progress:
        yield from _head("how far the house style is followed")
        rows = []
        for item in picture.progress[:CONCEPTS]:
            rows.append([
                item.zh, item.settled, f"{item.comply:,} of {number(item.pages, 'page')}",
                share_of(item.before_places), share_of(item.now_places),
            ])  # fmt: skip
        yield from _table(["", "settled", "pages with no other name", "places before", "places now"], rows)
        yield from _more(len(picture.progress) - CONCEPTS, "concept")


def _triage(picture: Picture) -> Iterator[str]:
    if picture.verdicts:
        yield from _head("what to do with the pages")
        for verdict in picture.verdicts:
            reasons = "; ".join(f"{words} ({pages:,})" for words, pages in verdict.reasons[:3])
            yield visible(f"  {TRIAGE.get(verdict.triage, verdict.triage):16}{verdict.pages:>8,}  {reasons}")


def _groups(picture: Picture) -> Iterator[str]:
    for by, groups, left_out in picture.groups:
        yield from _head(f"by {by}")
        rows = []
        for group in groups[:ROWS]:
            found = group.agreement
            rows.append([
                label_of(group.label, by), f"{group.pages:,}", *(f"{group.triage.get(key, 0):,}" for key in TRIAGE),
                f"{group.per_thousand:.1f}", with_interval(found.share, found.share_interval) if found else "",
                percent(found.settled) if found else "",
            ])  # fmt: skip
        heads = ["", "pages", *TRIAGE.values(), "faults/1,000 words", "agreement", "settled"]
        yield from _table(heads, rows, right=range(1, 7))
        yield from _more(len(groups) + left_out - ROWS, by)


def _years(picture: Picture) -> Iterator[str]:
    if len(picture.years) > 1:
        yield from _head("year by year")
        rows = [
            [
                row.year, f"{row.pages:,}", *(f"{row.triage.get(key, 0):,}" for key in TRIAGE), f"{row.per_thousand:.1f}",
                percent(row.agreement), percent(row.settled),
            ]
            for row in picture.years
        ]  # fmt: skip
        heads = ["", "pages", *TRIAGE.values(), "faults/1,000 words", "agreement", "settled"]
        yield from _table(heads, rows, right=range(1, 9))


def _pages(picture: Picture) -> Iterator[str]:
    if not picture.pages:
        return
    visits = picture.pages[0].visits is not None
    yield from _head("worst pages" + (", by faults times visits" if visits else ""))
    rows = []
    for page in picture.pages[:ROWS]:
        name = page_name(page) + (f" (and {page.repeated_by:,} that repeat it)" if page.repeated_by else "")
        seen = [f"{page.visits:,}"] if visits else []
        what = TRIAGE.get(page.triage, page.triage)
        rows.append([name, f"{page.errors:,}", f"{page.warnings:,}", *seen, what, page.commonest])
    heads = ["", "errors", "warnings", *(["visits"] if visits else []), "what to do", "commonest"]
    yield from _table(heads, rows, right=(1, 2, 3) if visits else (1, 2), widest=70)


def _faults(picture: Picture) -> Iterator[str]:
    if picture.faults:
        yield from _head("commonest faults")
        rows = [
            [
                f"{fault.pages:,}", f"{fault.places:,}", fault.rule, SEVERITIES[fault.severity], fault.quote,
                fault.suggestion or "",
            ]
            for fault in picture.faults[:ROWS]
        ]  # fmt: skip
        yield from _table(["pages", "places", "rule", "", "stands there", "write"], rows, right=(0, 1))


def _changes(picture: Picture) -> Iterator[str]:
    found = picture.changes
    if found.before is None:
        return
    yield from _head(f"new in run {found.run} against run {found.before}")
    yield f"  {number(found.new_findings, 'finding')} on {number(found.new_pages, 'page')} that run {found.before} had not"
    for fault in found.faults[:5]:
        yield visible(f"  {fault.pages:>7,} {'page' if fault.pages == 1 else 'pages'}  {fault.rule}  {fault.quote}")
    for title, moved in (("names", found.names), ("pages to", found.triage)):
        if moved:
            yield f"  {title}: " + visible("; ".join(_moved(change) for change in moved[:8]))


def _moved(change: Change) -> str:
    what = change.detail or TRIAGE.get(change.what, change.what)
    return f"{what} {change.before:,} → {change.now:,}"


def _head(title: str) -> Iterator[str]:
    yield ""
    yield title


def _more(count: int, word: str, many: str | None = None) -> Iterator[str]:
    if count > 0:
        yield f"  … and {count:,} more {word if count == 1 else many or word + 's'}; the workbook (--format xlsx) has them all"


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), widest: int = WIDEST
) -> Iterator[str]:
    cells = [heads, *([_cut(visible(cell), widest) for cell in row] for row in rows)]
    wide = [max(columns(row[n]) for row in cells) for n in range(len(heads))]
    for row in cells:
        yield "  " + "  ".join(
            " " * (wide[n] - columns(cell)) + cell if n in right else cell + " " * (wide[n] - columns(cell))
            for n, cell in enumerate(row)
        )


def _cut(text: str, widest: int) -> str:
    if columns(text) <= widest:
        return text
    while text and columns(text) > widest - 1:
        text = text[:-1]
    return text + "…"
