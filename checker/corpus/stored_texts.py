"""Pages of a store looked at again: their texts as documents, spotted with a glossary of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from checker.bitext import SourceText
from checker.document import Document
from checker.options import Options
from checker.page import Page
from checker.readers.html import read_page
from checker.readers.markup import TooComplexError
from checker.spotting.mentions import Candidate, Mention
from checker.spotting.spotter import Spotter
from checker.together import spot_together

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TOGETHER = 64  # pages


def spotted_pages(con: DuckDBPyConnection, spotter: Spotter, documents: Iterable[int]) -> Iterator[tuple[int, Page]]:
    """Those of the documents whose texts the store holds, in order of their numbers."""
    wanted = sorted(documents)
    for first in range(0, len(wanted), _TOGETHER):
        rows = con.execute(
            """SELECT d.document, d.path, d.record, d.date, d.subject, t.text, t.source
            FROM documents d JOIN texts t USING (document) WHERE list_contains($wanted, d.document) ORDER BY d.document""",
            {"wanted": wanted[first : first + _TOGETHER]},
        ).fetchall()
        pages = [(row[0], Page(stored_document(*row[1:4], *row[5:]), spotter, _options(row[4]))) for row in rows]
        spot_together([page for _, page in pages])
        yield from pages


def _options(subject: Any) -> Options:
    return Options(subject=subject) if subject in ("health-reform", "other") else Options()


def stored_document(path: str, record: str, date: str | None, text: str, source: str | None) -> Document:
    """The document of a stored text; of one that begins with mark-up with the view of a reader."""
    beside = SourceText(path, source) if source else None
    if text.lstrip()[:1] == "<":
        try:
            view = read_page(path, text).view
        except TooComplexError:
            view = None
        return Document(path, text, record or None, date, beside, view)
    return Document(path, text, record or None, date, beside)


def readings(page: Page) -> Iterator[tuple[Mention, Candidate, str]]:
    """The mentions of enforced concepts on a page with the rendering under which a store counts them."""
    for mention in page.mentions:
        candidate = mention.only
        if candidate is None or not candidate.concept.enforced or candidate.status == "short":
            continue
        concept = candidate.concept
        yield (
            mention,
            candidate,
            concept.preferred if candidate.status == "abbreviation" else concept.stored(candidate.base),
        )
