"""Key words in context: every place of a term in the texts of a store, with both sides where the Chinese is there."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.corpus.store import open_store
from checker.corpus.stored_texts import spotted_pages
from checker.document import without_unseen
from checker.page import Page
from checker.server.stores import WAIT
from checker.spotting.spotter import Spotter
from glossary.folding import fold

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PAGES = 150
_LINES = 400
_ROOM = 160  # characters on either side
_GAP = r"(?:[\s\pZ]|<[^<>]*>|&nbsp;)+"  # what parts words in the text of a page, mark-up among it

Cut = tuple[str, str, str]
"""What stands before, in and after a place."""


class Line(NamedTuple):
    """One place. ``english`` has nothing in its middle where only the Chinese holds the term; ``chinese`` may be None."""

    document: int
    page: str
    english: Cut
    chinese: Cut | None = None


class Concordance(NamedTuple):
    """The lines for a term, those of one page together. ``more`` says that there are further pages or lines."""

    lines: tuple[Line, ...]
    pages: int
    more: bool


def concordance(path: Path, spotter: Spotter, term: str) -> Concordance:
    """Every place of a term of the glossary, by any of its names, or of words. Raises ConfigError."""
    wanted = fold(term).strip()
    if not wanted:
        return Concordance((), 0, False)
    concepts = [
        (concept.id, concept.chinese)
        for concept in spotter.glossary.concepts
        if wanted in map(fold, (concept.id, *concept.chinese, concept.preferred, *concept.admitted))
    ]
    with contextlib.closing(open_store(str(path), wait=WAIT)) as con:
        documents = _documents(con, term, concepts)
        lines: list[Line] = []
        names = {name for name, _ in concepts}
        chinese = [form for _, forms in concepts for form in forms] or [term]
        for number, page in spotted_pages(con, spotter, documents[:_PAGES]):
            lines += _lines(number, page, term, names, chinese)
            if len(lines) > _LINES:
                break
    pages = len({line.document for line in lines[:_LINES]})
    return Concordance(tuple(lines[:_LINES]), pages, len(lines) > _LINES or len(documents) > _PAGES)


def _documents(con: DuckDBPyConnection, term: str, concepts: list[tuple[str, tuple[str, ...]]]) -> list[int]:
    if concepts:
        rows = con.execute(
            """SELECT document FROM documents WHERE document IN (
                SELECT document FROM mentions WHERE list_contains($names, concept)
                UNION SELECT document FROM texts, (SELECT unnest($forms) AS form)
                WHERE contains(coalesce(source, ''), form))
            ORDER BY document LIMIT $most""",
            {
                "names": [name for name, _ in concepts],
                "forms": [form for _, forms in concepts for form in forms],
                "most": _PAGES + 1,
            },
        ).fetchall()
    else:
        rows = con.execute(
            """SELECT document FROM texts
            WHERE regexp_matches(text, $words, 'i') OR contains(coalesce(source, ''), $term)
            ORDER BY document LIMIT $most""",
            {"words": _GAP.join(map(re.escape, term.split())), "term": term, "most": _PAGES + 1},
        ).fetchall()
    return [row[0] for row in rows]


def _lines(number: int, page: Page, term: str, concepts: set[str], chinese: list[str]) -> Iterator[Line]:
    document = page.document
    name = f"{document.path} [{document.record}]" if document.record else document.path
    if concepts:
        places = [
            (mention.start, mention.end)
            for mention in page.mentions
            if any(candidate.concept.id in concepts for candidate in mention.candidates)
        ]
    else:
        words = r"\s+".join(map(re.escape, term.split()))
        places = [match.span() for match in re.finditer(words, page.text, re.IGNORECASE)]
    told: set[tuple[int, int]] = set()
    for start, end in places:
        left, right = page.sentence_at(start)
        cut = _shortened(_cut(page.text, left, start, end, right))
        link = page.parallel.link_at(start) if page.parallel is not None else None
        if link is None or page.parallel is None:
            yield Line(number, name, cut)
            continue
        span = (link.source_start, link.source_end)
        told.add(span)
        text = page.parallel.source.text
        at = next((n for form in chinese if (n := text.find(form, *span)) >= 0), -1)
        size = next((len(form) for form in chinese if text.startswith(form, at)), 0) if at >= 0 else 0
        middle = at if at >= 0 else span[1]
        yield Line(number, name, cut, _cut(text, span[0], middle, middle + size, span[1]))
    if page.parallel is None:
        return
    text = page.parallel.source.text
    for link in page.parallel.links:
        span = (link.source_start, link.source_end)
        found = next(((n, form) for form in chinese if (n := text.find(form, *span)) >= 0), None)
        if found is not None and span not in told:
            at, form = found
            english = (page.parallel.english(link), "", "")
            yield Line(number, name, english, _cut(text, span[0], at, at + len(form), span[1]))


def _shortened(cut: Cut) -> Cut:
    """A cut with whole words only where it is long."""
    before, middle, after = cut
    if len(before) > _ROOM:
        before = "…" + before[-_ROOM:].partition(" ")[2]
    if len(after) > _ROOM:
        after = after[:_ROOM].rpartition(" ")[0] + "…"
    return before, middle, after


def _cut(text: str, left: int, start: int, end: int, right: int) -> Cut:
    before, middle, after = (
        " ".join(without_unseen(part).split()) for part in (text[left:start], text[start:end], text[end:right])
    )
    gap = " " if text[start - 1 : start].isspace() else "", " " if text[end : end + 1].isspace() else ""
    return before + gap[0], middle, gap[1] + after
