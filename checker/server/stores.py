"""The store of many pages, opened to read for as long as a question takes, so that pages can be added meanwhile."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.config import ConfigError
from checker.corpus.report.charts import concept_charts, trend_chart
from checker.corpus.report.picture import make_picture
from checker.corpus.report.values import Picture
from checker.corpus.store import open_store
from checker.corpus.stored_texts import stored_document
from checker.document import Document
from checker.finding import DocumentReport, Finding, Fix, Related, SourceReference
from checker.server import faults
from glossary import Glossary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WAIT = 5.0  # seconds for another process that writes
_PLACES = 200  # pages listed for a concept


class BrokenStoreError(ConfigError):
    """What stands in a store is not what yigai writes there."""


@contextlib.contextmanager
def heeding_breaks() -> Iterator[None]:
    """Whatever goes wrong with values of a store, which may be anybody's file, is a BrokenStoreError."""
    try:
        yield
    except (ConfigError, OSError):
        raise
    except Exception as fault:
        faults.say(fault)
        raise BrokenStoreError("what stands in the store cannot be read") from fault


class StoreView(NamedTuple):
    """The report of a store, the number of each page by its name, and its charts as SVG."""

    picture: Picture
    numbers: dict[str, int]
    charts: dict[str, bytes]


class StoredPage(NamedTuple):
    """A page of a store. ``document`` is None where the store was made without texts."""

    name: str
    report: DocumentReport
    findings: tuple[Finding, ...]
    document: Document | None


class Occurrence(NamedTuple):
    """A page on which a concept stands under a name."""

    document: int
    page: str
    rendering: str
    status: str
    count: int  # type: ignore[assignment]  # hides tuple.count


class Stores:
    """Reads one store. Every method raises ConfigError when it cannot be opened or read."""

    def __init__(self, path: Path, glossary: Glossary) -> None:
        self._path = path
        self._glossary = glossary
        self._lock = threading.Lock()
        self._made: tuple[tuple[int, int], StoreView] | None = None

    @contextlib.contextmanager
    def _opened(self) -> Iterator[DuckDBPyConnection]:
        with contextlib.closing(open_store(str(self._path), wait=WAIT)) as con, heeding_breaks():
            yield con

    def view(self) -> StoreView:
        """The report with its charts, worked out anew when the file has changed."""
        with self._lock:
            state = self._path.stat()
            key = (state.st_mtime_ns, state.st_size)
            if self._made is None or self._made[0] != key:
                self._made = key, self._view()
            return self._made[1]

    def _view(self) -> StoreView:
        with self._opened() as con:
            picture = make_picture(con, self._glossary)
            numbers = dict(con.execute("SELECT label, document FROM pages").fetchall())
            charts = {use.concept: svg for use, svg in concept_charts(picture)}
            trend = trend_chart(picture.years)
        return StoreView(picture, numbers, charts if trend is None else {"": trend} | charts)

    def page(self, number: int) -> StoredPage | None:
        """The page of a number with what was found on it; None when there is none."""
        with self._opened() as con:
            row = con.execute(
                """SELECT path, record, date, words, subject, triage, reasons, t.text, t.source
                FROM documents LEFT JOIN texts t USING (document) WHERE document = ?""",
                [number],
            ).fetchone()
            if row is None:
                return None
            objects = con.execute("SELECT object FROM findings WHERE document = ? ORDER BY number", [number]).fetchall()
            findings = tuple(_finding(json.loads(item)) for (item,) in objects)
        path, record, date, words, subject, triage, reasons, text, source = row
        report = DocumentReport(path, record or None, words, subject, date, triage, tuple(reasons), {}, (), {})
        document = None if text is None else stored_document(path, record, date, text, source)
        name = f"{path} [{record}]" if record else path
        return StoredPage(name, report, findings, document)

    def occurrences(self, concept: str) -> list[Occurrence]:
        """Where a concept stands, the pages that name it most often first."""
        with self._opened() as con:
            rows = con.execute(
                """SELECT document, CASE WHEN record = '' THEN path ELSE path || ' [' || record || ']' END,
                rendering, status, count FROM mentions JOIN documents USING (document) WHERE concept = ?
                ORDER BY count DESC, path, record, rendering LIMIT ?""",
                [concept, _PLACES],
            ).fetchall()
        return [Occurrence(*row) for row in rows]


def _finding(values: dict[str, Any]) -> Finding:
    """A finding from its object, as `checker.finding.as_object` makes it."""
    made = {key: value for key, value in values.items() if key in Finding._fields}
    made |= {
        "fixes": tuple(Fix(**item) for item in made.get("fixes", ())),
        "admitted": tuple(made.get("admitted", ())),
        "sources": tuple(SourceReference(**item) for item in made.get("sources", ())),
        "also": tuple((start, end) for start, end in made.get("also", ())),
        "related": tuple(Related(**item) for item in made.get("related", ())),
    }
    return Finding(**made)
