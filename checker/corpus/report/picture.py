"""Puts the report together: opens nothing and writes nothing, asks the store and works out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from checker.corpus.report import across
from checker.corpus.report.agreement import agreement, read_votes
from checker.corpus.report.changes import changes, last_runs, progress
from checker.corpus.report.concepts import concept_uses, numbers_of, settled_names
from checker.corpus.report.faults import commonest_faults, faults_by_rule, verdicts, worst_pages
from checker.corpus.report.groups import groupings, years
from checker.corpus.report.names import by_concept, pages_of, prepare_names
from checker.corpus.report.pages import prepare_pages
from checker.corpus.report.values import About, Picture
from glossary import Glossary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FAULTS = 500
PAGES = 2_000
CHANGES = 100


def make_picture(
    con: DuckDBPyConnection,
    glossary: Glossary,
    mapping: str | None = None,
    traffic: str | None = None,
    places: bool = False,
) -> Picture:
    """The report of a store with a glossary, which should be the one its pages were checked with.

    ``places`` says whether to find the places of names across pages, which takes longer.
    Raises ConfigError for a mapping or traffic table that cannot be used.
    """
    notes = prepare_pages(con, mapping, traffic)
    families = prepare_names(con, glossary)
    settled = settled_names(families, pages_of(con), glossary)
    votes = read_votes(con, families, numbers_of(families, settled))
    concepts = concept_uses(con, families, settled, votes, glossary)
    about = _about(con, glossary, notes)
    found = across.findings(con, glossary, concepts, families) if places else ()
    return Picture(
        about=about,
        concepts=concepts,
        agreement=agreement(votes),
        groups=groupings(con, votes),
        verdicts=verdicts(con),
        pages=worst_pages(con, PAGES),
        faults=commonest_faults(con, FAULTS),
        rules=faults_by_rule(con),
        years=years(con),
        changes=changes(con, CHANGES),
        progress=progress(con, glossary, concepts, by_concept(families)),
        findings=found,
    )


def _about(con: DuckDBPyConnection, glossary: Glossary, notes: list[str]) -> About:
    row = con.execute(
        """SELECT count(*), count(duplicate_of), count(DISTINCT site),
            coalesce(sum(words) FILTER (duplicate_of IS NULL), 0)::BIGINT, count(year) FROM pages"""
    ).fetchone()
    pages, repeats, sites, words, dated = row or (0, 0, 0, 0, 0)
    found = dict(
        con.execute(
            "SELECT severity, sum(count)::BIGINT FROM findings WHERE category <> 'furniture' GROUP BY 1 ORDER BY 1"
        ).fetchall()
    )
    last, _ = last_runs(con)
    run = con.execute(
        "SELECT strftime(finished, '%Y-%m-%d %H:%M'), signature, errors FROM runs WHERE run = ?", [last]
    ).fetchone()
    checked, signature, errors = (run[0], json.loads(run[1]), run[2]) if run else ("", {}, 0)
    if pages and signature.get("glossary") not in (None, glossary.signature):
        notes.append(
            "the pages were last checked with another glossary or house style than the one of this report; "
            "give the same --glossary to both, and add the pages again after a change"
        )
    if pages and dated < pages:
        notes.append(f"{pages - dated:,} of {pages:,} pages give no date and are in no year")
    return About(pages, repeats, sites, words, dated, errors, last, checked, found, signature, tuple(notes))
