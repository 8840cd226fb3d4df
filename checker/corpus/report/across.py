"""Findings across pages: a concept that goes under one name here and under another there, with the places.

They are of the shape of all findings, under the rule CON205: ``also`` are further places on the same page, ``related``
the first place on other pages. Only some pages are named; how many there are stands in the message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from checker.corpus.report.names import Family
from checker.corpus.report.values import ConceptUse, Name
from checker.corpus.stored_texts import readings, spotted_pages
from checker.finding import Finding, Place, Related
from checker.page import Page
from checker.rules.consistency.names_across_pages import RULE
from checker.rules.fitting import capitals_like
from checker.rules.renderings import sources_of
from checker.spotting.mentions import Candidate
from checker.spotting.spotter import Spotter
from glossary import Glossary
from glossary.forms import inflect_like

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PAGES = 8
"""How many pages are named for each name."""


class _Found(NamedTuple):
    """Where a name stands on one page; ``candidate`` is the first reading."""

    page: Page
    places: list[Place]
    candidate: Candidate


def findings(
    con: DuckDBPyConnection, glossary: Glossary, concepts: Sequence[ConceptUse], families: Sequence[Family]
) -> tuple[Finding, ...]:
    """One for each name that is not the one to settle on, of each concept under several names, commonest first.

    Names on pages whose texts the store does not hold have none. Needs the temporary table ``named``.
    """
    numbers = {(family.concept, family.name): family.number for family in families}
    wanted = {
        numbers[use.concept, name.name]: (use, name)
        for use in concepts
        if use.mixed and (concept := glossary.concept(use.concept)) is not None and concept.enforced
        for name in use.names
        if name.name != use.settle_on
    }
    found = _found(con, glossary, families, set(wanted))
    made = [_finding(glossary, use, name, found[number]) for number, (use, name) in wanted.items() if number in found]
    return tuple(
        sorted(made, key=lambda item: (item.path, item.record or "", item.start, item.end, item.concept or ""))
    )


def _found(
    con: DuckDBPyConnection, glossary: Glossary, families: Sequence[Family], wanted: set[int]
) -> dict[int, list[_Found]]:
    number_of = {(family.concept, rendering): family.number for family in families for rendering in family.renderings}
    made: dict[int, list[_Found]] = defaultdict(list)
    for _, page in spotted_pages(con, Spotter(glossary), _pages_to_look_at(con, wanted)):
        here: dict[int, _Found] = {}
        for mention, candidate, rendering in readings(page):
            number = number_of.get((candidate.concept.id, rendering))
            if number is not None and number in wanted and not mention.repeated:
                here.setdefault(number, _Found(page, [], candidate)).places.append((mention.start, mention.end))
        for number, item in here.items():
            if len(made[number]) < PAGES:
                made[number].append(item)
    return made


def _pages_to_look_at(con: DuckDBPyConnection, wanted: set[int]) -> list[int]:
    """For each name some pages, those preferred that hold many of the names, so that few pages do."""
    rows = con.execute(
        """WITH chosen_names AS (SELECT unnest($wanted) AS number),
        held AS (SELECT n.page, count(*) AS names
            FROM named n JOIN chosen_names USING (number) JOIN pages p USING (page) SEMI JOIN texts t USING (document)
            GROUP BY n.page),
        best AS (SELECT n.number, unnest(max(h.names * 1000000000 - n.page, $most)) AS value
            FROM named n JOIN chosen_names USING (number) JOIN held h USING (page) GROUP BY n.number)
        SELECT DISTINCT p.document FROM best JOIN pages p
            ON p.page = (1000000000 - best.value % 1000000000) % 1000000000""",
        {"wanted": sorted(wanted), "most": PAGES},
    ).fetchall()
    return [row[0] for row in rows]


def _finding(glossary: Glossary, use: ConceptUse, name: Name, found: Sequence[_Found]) -> Finding:
    (page, places, candidate), *others = found
    concept = candidate.concept
    quote = " ".join(page.text[slice(*places[0])].split())
    best = next((other for other in use.names if other.name == use.settle_on), None)
    written = capitals_like(quote, inflect_like(use.settle_on, concept.pos, candidate.inflection, concept.plural))
    doubtful = candidate.status in ("deprecated", "wrong") or candidate.marked > 0
    stands = f"“{name.name}” stands on {_pages(name.pages)} for {use.zh}"
    other = f"“{use.settle_on}” on {_pages(best.pages)}" if best else f"“{use.settle_on}” is not used"
    return page.finding(
        RULE.label,
        places,
        f"{stands}, {other}; settle on “{use.settle_on}”.",
        "warning" if doubtful else "info",
        "low" if candidate.status == "pattern" and not candidate.marked else "medium",
        suggestion=written,
        concept=use.concept,
        zh=use.zh,
        status=candidate.status,
        sources=sources_of(concept),
        related=tuple(
            Related(*item.places[0], _place(item.page, item.places[0][0], len(item.places))) for item in others
        ),
    )


def _place(page: Page, offset: int, places: int) -> str:
    line, column = page.document.position(offset)
    record = f" [{page.document.record}]" if page.document.record else ""
    more = f" and {places - 1} more" if places > 1 else ""
    return f"{page.document.path}{record}:{line}:{column}{more}"


def _pages(count: int) -> str:
    return f"{count:,} page{'' if count == 1 else 's'}"
