"""Findings drawn at random to be marked right or wrong, and the precision that the marks show.

Every finding has the same chance, however many places it has; what is no fault of a text (lines of the site) is not
drawn. The interval is Wilson's (Journal of the American Statistical Association 22, 1927, 209-212).
"""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.config import ConfigError
from checker.corpus.sheets import book_bytes, csv_text, new_book, read_sheet
from checker.corpus.stored_texts import stored_document
from checker.reports.excerpt import ROOM, cell, line

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHEET = "Sample"
MARK = "Right?"
RULE = "Rule"
MARKS = ("right", "wrong", "unsure")
ENOUGH = 5
"""From so many marks on a rule has an interval of its own."""
_HEADS = {
    "No.": 6, MARK: 12, "Severity": 10, RULE: 28, "Before": 50, "Stands there": 34, "After": 50, "Suggestion": 34,
    "Message": 60, "Chinese": 18, "Page": 40, "Place": 12, "Fingerprint": 18,
}  # fmt: skip
_Z = 1.959964


class Drawn(NamedTuple):
    """A finding as it is shown to be marked."""

    severity: str
    rule: str
    before: str
    quote: str
    after: str
    suggestion: str
    message: str
    zh: str
    page: str
    place: str
    fingerprint: str


def draw(con: DuckDBPyConnection, count: int, seed: int) -> tuple[list[Drawn], int]:
    """``count`` findings of a store drawn without replacement, the same for the same seed and pages, by page and place.

    Also the number of findings they were drawn from. Raises ConfigError for a store without any, or with what is no finding.
    """
    row = con.execute("SELECT count(*) FROM findings WHERE category <> 'furniture'").fetchone()
    total = row[0] if row else 0
    if not total:
        raise ConfigError("the store holds no findings to draw from")
    wanted = sorted(random.Random(seed).sample(range(total), min(count, total)))
    rows = con.execute(
        """SELECT d.path, d.record, d.date, f.object, t.text FROM (
            SELECT f.document, f.object, row_number() OVER (ORDER BY d.path, d.record, f.number) - 1 AS place
            FROM findings f JOIN documents d USING (document) WHERE f.category <> 'furniture') f
        JOIN documents d USING (document) LEFT JOIN texts t USING (document)
        WHERE list_contains($wanted, f.place) ORDER BY f.place""",
        {"wanted": wanted},
    ).fetchall()
    try:
        return [_drawn(*row) for row in rows], total
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ConfigError(f"a finding in the store cannot be read: {type(fault).__name__}: {fault}") from fault


def _drawn(path: str, record: str, date: str | None, finding: str, text: str | None) -> Drawn:
    item: dict[str, Any] = json.loads(finding)
    before = after = ""
    if text is not None:
        readable = stored_document(path, record, date, text, None).readable
        start, end = item["start"], item["end"]
        before = line(readable[max(0, start - 4 * ROOM) : start])[-2 * ROOM :].lstrip()
        after = line(readable[end : end + 4 * ROOM])[: 2 * ROOM].rstrip()
    return Drawn(
        {"info": "note"}.get(item["severity"], item["severity"]), f"{item['rule']} {item['name']}", before,
        line(item["shown"] or item["quote"]).strip(), after, item["suggestion"] or "", item["message"], item["zh"] or "",
        f"{path} [{record}]" if record else path, item["unit"] or f"{item['line']}:{item['column']}", item["fingerprint"],
    )  # fmt: skip


def as_csv(drawn: list[Drawn]) -> str:
    """The sample as CSV with a mark, as spreadsheets need it."""
    return csv_text(_HEADS, ((number, "", *map(cell, item)) for number, item in enumerate(drawn, 1)))


def as_workbook(drawn: list[Drawn]) -> bytes:
    """The sample as a workbook with a choice of marks."""
    from checker.reports.xlsx import add_row, finish_sheet, new_sheet

    book = new_book()
    sheet = new_sheet(book, SHEET, _HEADS)
    for number, item in enumerate(drawn, 1):
        add_row(sheet, [number, None, *item])
    finish_sheet(sheet, _HEADS, "B", MARKS)
    return book_bytes(book)


class Precision(NamedTuple):
    """Marks on findings. ``interval`` is that of right among right and wrong, None where neither was marked."""

    label: str
    right: int
    wrong: int
    unsure: int
    unmarked: int
    interval: tuple[float, float] | None


def precision(path: str) -> tuple[Precision, tuple[Precision, ...]]:
    """The precision that a marked sheet shows, over all and by rule.

    Raises ConfigError naming sheet and cell for a mark that is none.
    """
    sheet = read_sheet(path, SHEET)
    mark, rule = sheet.column(MARK), sheet.column(RULE)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*MARKS, ""), 0))
    for row, cells in sheet.rows:
        word = cells[mark].lower()
        if word not in (*MARKS, ""):
            raise sheet.problem(row, MARK, f"{cells[mark]!r} is no mark; write {', '.join(MARKS)}, or leave it empty")
        counts[cells[rule]][word] += 1
    by_rule = tuple(_precision(name, counts[name]) for name in sorted(counts))
    overall = {word: sum(count[word] for count in counts.values()) for word in (*MARKS, "")}
    return _precision("all", overall), by_rule


def _precision(label: str, counts: dict[str, int]) -> Precision:
    right, wrong = counts["right"], counts["wrong"]
    marked = right + wrong
    return Precision(label, right, wrong, counts["unsure"], counts[""], wilson(right, marked) if marked else None)


def wilson(right: int, marked: int) -> tuple[float, float]:
    """The 95 % interval of a share of ``right`` among ``marked`` (more than 0)."""
    share, square = right / marked, _Z * _Z
    middle = (share + square / (2 * marked)) / (1 + square / marked)
    reach = _Z / (1 + square / marked) * math.sqrt(share * (1 - share) / marked + square / (4 * marked * marked))
    return max(0.0, middle - reach), min(1.0, middle + reach)
