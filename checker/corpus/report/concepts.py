"""Each concept with its names in use, the dominant one and the one to settle on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from checker.corpus.report import agreement as agreeing
from checker.corpus.report.names import Family, by_concept, is_body, settle_on
from checker.corpus.report.values import ConceptUse, Name
from checker.rules.meanings import PHRASES
from checker.rules.names import approved_names, is_settled
from glossary import Glossary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def settled_names(families: Sequence[Family], pages: Any, glossary: Glossary) -> dict[str, str]:
    """The name to settle on for each concept in use; ``pages`` maps numbers of names to pages."""
    return {
        concept_id: settle_on(names, pages, glossary.concept(concept_id))
        for concept_id, names in by_concept(families).items()
    }


def numbers_of(families: Sequence[Family], settled: dict[str, str]) -> set[int]:
    """The numbers of the names to settle on, of those that are in use."""
    return {family.number for family in families if family.name == settled[family.concept]}


def concept_uses(
    con: DuckDBPyConnection,
    families: Sequence[Family],
    settled: dict[str, str],
    votes: agreeing.Votes,
    glossary: Glossary,
) -> tuple[ConceptUse, ...]:
    """All concepts, those that most pages name under another than their dominant name first.

    Also makes the temporary table ``chosen``: concept, dominant, settled (numbers of names, -1: not in use), pages.
    """
    named = dict.fromkeys((family.number for family in families), (0, 0))
    for number, pages, places in con.execute(
        "SELECT number, count(*), sum(places)::BIGINT FROM named GROUP BY number"
    ).fetchall():
        named[number] = pages, places
    sites = dict(
        con.execute(
            """WITH sites AS (SELECT page, dense_rank() OVER (ORDER BY site) AS site FROM pages)
            SELECT number, count(*) FROM (SELECT DISTINCT number, site FROM named JOIN sites USING (page)) GROUP BY 1"""
        ).fetchall()
    )
    by_year: dict[int, dict[str, int]] = defaultdict(dict)
    for number, year, pages in con.execute(
        """WITH years AS (SELECT page, year::INTEGER AS year FROM pages WHERE year IS NOT NULL)
        SELECT number, lpad(year::VARCHAR, 4, '0'), count(*) FROM named JOIN years USING (page)
        GROUP BY number, year ORDER BY number, year"""
    ).fetchall():
        by_year[number][year] = pages
    main = dict(con.execute("SELECT number, count(*) FROM votes GROUP BY number").fetchall())
    counted = agreeing.by_concept(votes)
    rows, made = [], []
    for order, (concept_id, members) in enumerate(by_concept(families).items()):
        concept, own = glossary.concept(concept_id), counted[order]
        names = []
        for family in sorted(members, key=lambda f: (-main.get(f.number, 0), -named[f.number][0], f.number)):
            pages, places = named[family.number]
            known = by_year[family.number]
            names.append(
                Name(
                    family.name, family.renderings, family.status, pages, places, main.get(family.number, 0),
                    sites.get(family.number, 0), (min(known), max(known)) if known else None, known,
                )
            )  # fmt: skip
        chosen = settled[concept_id]
        number = next((f.number for f in members if f.name == chosen), -1)
        rows.append((order, own.dominant, number, own.pages))
        made.append(
            ConceptUse(
                concept_id, members[0].zh, concept.field if concept else "", tuple(names), own.pages,
                next(f.name for f in members if f.number == own.dominant), chosen, approved_names(concept),
                own.share, own.interval, own.pairwise, concept is not None and is_settled(concept), is_body(concept),
            )
        )  # fmt: skip
    con.execute("CREATE TEMP TABLE chosen (concept INTEGER, dominant INTEGER, settled INTEGER, pages BIGINT)")
    if rows:
        con.executemany("INSERT INTO chosen VALUES (?, ?, ?, ?)", rows)
    return tuple(sorted(made, key=_order))


def _order(use: ConceptUse) -> tuple[object, ...]:
    """Those under several names first, things before set phrases, then by the pages that use another name."""
    others = use.pages * (1 - use.agreement)
    return not use.mixed, use.field == PHRASES, -others, -len(use.names), -use.pages, use.concept
