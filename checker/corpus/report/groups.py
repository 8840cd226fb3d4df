"""Pages added up by site, section, year or engine, and year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.corpus.report.agreement import Votes, of_group
from checker.corpus.report.values import Group, YearRow

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BY = ("site", "section", "year", "engine")
MOST = 100
"""How many groups are told apart."""
COMPARED = 30
"""For how many of them agreement is worked out."""
_FAULTS = """SELECT document, coalesce(sum(count) FILTER (severity = 'error'), 0)::BIGINT AS errors,
    coalesce(sum(count) FILTER (severity = 'warning'), 0)::BIGINT AS warnings
    FROM findings WHERE category <> 'furniture' GROUP BY document"""


def prepare_groups(con: DuckDBPyConnection, by: str) -> int:
    """Make the temporary table ``groups``: label and number, those with most pages first; returns the groups left out."""
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE groups AS
        SELECT label, row_number() OVER (ORDER BY pages DESC, label) - 1 AS number
        FROM (SELECT coalesce({by}, '') AS label, count(*) AS pages FROM pages GROUP BY 1) QUALIFY number < {MOST}"""
    )
    row = con.execute(f"SELECT count(DISTINCT coalesce({by}, '')) FROM pages").fetchone()
    return max(0, (row[0] if row else 0) - MOST)


def groups(con: DuckDBPyConnection, by: str, votes: Votes) -> tuple[Group, ...]:
    """The groups of `prepare_groups` with their figures; years in order, all else by pages.

    Words and faults are those of pages that repeat no other.
    """
    rows = con.execute(
        f"""SELECT g.number, g.label, count(*), sum(p.words) FILTER (p.duplicate_of IS NULL)::BIGINT,
            histogram(p.triage), coalesce(sum(f.errors), 0)::BIGINT, coalesce(sum(f.warnings), 0)::BIGINT
        FROM pages p JOIN groups g ON coalesce(p.{by}, '') = g.label LEFT JOIN ({_FAULTS}) f USING (document)
        GROUP BY g.number, g.label ORDER BY {"g.label" if by == "year" else "g.number"}"""
    ).fetchall()
    return tuple(
        Group(
            label, pages, words or 0, dict(triage), errors, warnings, _density(errors + warnings, words),
            of_group(votes, number) if number < COMPARED else None,
        )
        for number, label, pages, words, triage, errors, warnings in rows
    )  # fmt: skip


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
        SELECT p.year, count(*), sum(p.words)::BIGINT, coalesce(sum(f.errors + f.warnings), 0)::BIGINT,
            any_value(v.agreement), any_value(v.settled)
        FROM pages p LEFT JOIN ({_FAULTS}) f USING (document) LEFT JOIN voted v ON v.year = p.year
        WHERE p.year IS NOT NULL AND p.duplicate_of IS NULL GROUP BY p.year ORDER BY p.year"""
    ).fetchall()
    return tuple(
        YearRow(year, pages, _density(faults, words), agreement, settled)
        for year, pages, words, faults, agreement, settled in rows
    )


def _density(faults: int, words: int | None) -> float:
    return round(1000 * faults / words, 1) if words else 0.0
