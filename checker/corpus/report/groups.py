"""Pages added up by site, section and engine, and year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checker.corpus.report.agreement import Votes, agreement
from checker.corpus.report.values import Agreement, Group, Grouping, YearRow

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BY = ("site", "section", "engine")
MOST = 100
"""How many groups are told apart."""
COMPARED = 30
"""For how many of them agreement is worked out."""
_FAULTS = """SELECT document, coalesce(sum(count) FILTER (severity = 'error'), 0)::BIGINT AS errors,
    coalesce(sum(count) FILTER (severity = 'warning'), 0)::BIGINT AS warnings
    FROM findings WHERE category <> 'furniture' GROUP BY document"""


def groupings(con: DuckDBPyConnection, votes: Votes) -> tuple[Grouping, ...]:
    """The groups of each kind of which several labels are known, those with most pages first.

    Words and faults are those of pages that repeat no other. A group is compared with itself: it may have dominant names
    of its own.
    """
    made = [_grouping(con, by, votes) for by in BY]
    return tuple(grouping for grouping in made if len(grouping.groups) > 1)


def _grouping(con: DuckDBPyConnection, by: str, votes: Votes) -> Grouping:
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE groups AS SELECT coalesce({by}, '') AS label,
            (row_number() OVER (ORDER BY count(*) DESC, coalesce({by}, '')) - 1)::INTEGER AS number
        FROM pages GROUP BY 1"""
    )
    rows = con.execute(
        f"""SELECT g.number, g.label, count(*), sum(p.words) FILTER (p.duplicate_of IS NULL)::BIGINT,
            histogram(p.triage), coalesce(sum(f.errors), 0)::BIGINT, coalesce(sum(f.warnings), 0)::BIGINT
        FROM pages p JOIN groups g ON coalesce(p.{by}, '') = g.label LEFT JOIN ({_FAULTS}) f USING (document)
        WHERE g.number < {MOST} GROUP BY g.number, g.label ORDER BY g.number"""
    ).fetchall()
    table = con.sql(f"SELECT g.number FROM pages p JOIN groups g ON coalesce(p.{by}, '') = g.label ORDER BY p.page")
    of_vote = table.to_arrow_table().column("number").to_numpy()[votes.pages]
    known = con.execute("SELECT count(*) FROM groups").fetchone()
    return Grouping(
        by,
        tuple(
            Group(
                label, pages, words or 0, dict(triage), errors, warnings, _density(errors + warnings, words),
                _agreement_of(votes, of_vote == number) if number < COMPARED else None,
            )
            for number, label, pages, words, triage, errors, warnings in rows
        ),
        max(0, (known[0] if known else 0) - MOST),
    )  # fmt: skip


def _agreement_of(votes: Votes, chosen: Any) -> Agreement | None:
    return agreement(votes._replace(pages=votes.pages[chosen], names=votes.names[chosen]))


def years(con: DuckDBPyConnection) -> tuple[YearRow, ...]:
    """Year by year the share of pages under the dominant and the settled names, counted for each concept they name.

    Needs the temporary table ``chosen``: concept, dominant, settled (numbers of names), pages.
    """
    rows = con.execute(
        f"""WITH voted AS (
            SELECT p.year, avg((v.number = c.dominant)::INTEGER) AS agreement,
                avg((v.number = c.settled)::INTEGER) AS settled
            FROM votes v JOIN pages p USING (page) JOIN chosen c ON c.concept = v.concept AND c.pages > 1
            GROUP BY p.year)
        SELECT p.year, count(*), histogram(p.triage), sum(p.words)::BIGINT, coalesce(sum(f.errors + f.warnings), 0)::BIGINT,
            any_value(v.agreement), any_value(v.settled)
        FROM pages p LEFT JOIN ({_FAULTS}) f USING (document) LEFT JOIN voted v ON v.year = p.year
        WHERE p.year IS NOT NULL AND p.duplicate_of IS NULL GROUP BY p.year ORDER BY p.year"""
    ).fetchall()
    return tuple(
        YearRow(year, pages, dict(triage), _density(faults, words), share, settled)
        for year, pages, triage, words, faults, share, settled in rows
    )


def _density(faults: int, words: int | None) -> float:
    return round(1000 * faults / words, 1) if words else 0.0
