"""The names of each concept over all pages: renderings brought together to names, and which name to settle on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from checker.rules.consistency.several_names import STANDING
from checker.rules.names import WRONG, approved_names, bare_name, is_settled, without_optional
from glossary import Glossary
from glossary.folding import fold
from glossary.forms import head_noun

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from glossary.concept import Concept

_MANY = 1_000_000  # more than there are names
_BODIES = frozenset("commission administration bureau department office ministry council committee authority".split())
_NAMED_BODIES = frozenset(
    "hospital center institute academy association society college university service federation".split()
)


class Rendering(NamedTuple):
    """A rendering as it stands in the store, over all pages."""

    concept: str
    zh: str
    rendering: str
    status: str
    pages: int
    places: int


class Family(NamedTuple):
    """Renderings that are one name. ``number`` tells it from the others; better names have smaller numbers."""

    number: int
    concept: str
    zh: str
    name: str
    renderings: tuple[str, ...]
    status: str


def prepare_names(con: DuckDBPyConnection, glossary: Glossary) -> list[Family]:
    """Bring renderings together and make the temporary tables ``named`` and ``votes``.

    ``named``: page, concept, number (of the name), places. ``votes``: page, concept and the number of the name that
    stands most often on the page, the better one of equals. All are numbers; those of concepts are in the order of the
    names returned. Needs the temporary table ``pages``.
    """
    rows = con.execute(
        """SELECT concept, any_value(zh), rendering, status, count(*), sum(count)::BIGINT
        FROM mentions WHERE status <> 'short' GROUP BY concept, rendering, status"""
    ).fetchall()
    families = _families(_one_status([Rendering(*row) for row in rows]), glossary)
    _hand_over(con, families)
    con.execute(
        """CREATE TEMP TABLE named AS
        SELECT p.page, n.concept_number AS concept, n.number, sum(m.count)::INTEGER AS places
        FROM mentions m JOIN name_of n ON m.concept = n.concept AND m.rendering = n.rendering
            JOIN pages p ON m.document = p.document
        WHERE m.status <> 'short' GROUP BY ALL"""
    )
    con.execute(
        f"""CREATE TEMP TABLE votes AS
        SELECT page, concept, ({_MANY} - 1 - max(places::BIGINT * {_MANY} + {_MANY} - 1 - number) % {_MANY})::INTEGER AS number
        FROM named GROUP BY page, concept"""
    )
    return families


def _one_status(rows: Iterable[Rendering]) -> list[Rendering]:
    """Each rendering once: with the status it has on most pages, should pages have been checked in different ways."""
    made: dict[tuple[str, str], Rendering] = {}
    for row in sorted(rows, key=lambda row: (-row.pages, row.status)):
        first = made.get((row.concept, row.rendering))
        made[row.concept, row.rendering] = (
            row if first is None else first._replace(pages=first.pages + row.pages, places=first.places + row.places)
        )
    return list(made.values())


def _families(rows: Sequence[Rendering], glossary: Glossary) -> list[Family]:
    groups: dict[tuple[str, str, bool], list[Rendering]] = defaultdict(list)
    for row in rows:
        bare = bare_name(glossary.concept(row.concept), row.rendering)
        groups[row.concept, bare, row.status in WRONG].append(row)
    made = []
    for (concept_id, _, _), members in groups.items():
        members.sort(key=lambda row: (STANDING[row.status], -row.pages, row.rendering))
        best = members[0]
        status = "preferred" if best.status == "abbreviation" else best.status
        renderings = tuple(row.rendering for row in sorted(members, key=lambda row: (-row.pages, row.rendering)))
        name = best.rendering
        if status == "admitted":  # without the level of one hospital or bureau, where the glossary has it without
            concept = glossary.concept(concept_id)
            folded = without_optional(concept, fold(name)) if concept else fold(name)
            plain = (form for form in approved_names(concept) if fold(form) == folded)
            name = next(plain, name)
        pages = sum(row.pages for row in members)
        made.append((STANDING[status], -pages, Family(0, concept_id, best.zh, name, renderings, status)))
    made.sort(key=lambda item: (item[2].concept, *item[:2], item[2].name))
    return [family._replace(number=number) for number, (_, _, family) in enumerate(made)]


def _hand_over(con: DuckDBPyConnection, families: Iterable[Family]) -> None:
    import pyarrow

    order = {concept: number for number, concept in enumerate(by_concept(families))}
    rows = [
        (family.concept, rendering, order[family.concept], family.number)
        for family in families
        for rendering in family.renderings
    ]
    columns = zip(*rows, strict=True) if rows else iter(((), (), (), ()))
    kinds = (pyarrow.string(), pyarrow.string(), pyarrow.int32(), pyarrow.int32())
    names = ("concept", "rendering", "concept_number", "number")
    arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    con.register("handed_over", pyarrow.Table.from_arrays(arrays, names))
    con.execute("CREATE TEMP TABLE name_of AS SELECT * FROM handed_over")
    con.unregister("handed_over")


def settle_on(families: Sequence[Family], pages: Mapping[int, int], concept: Concept | None) -> str:
    """The name to settle on: the best standing among approved names in use, then the commonest; else the preferred one.

    A majority of names that are not approved proves nothing. What a house style settles holds, in use or not. ``pages``
    tells on how many pages each stands.
    """
    if concept and is_settled(concept):
        return concept.preferred
    good = [family for family in families if STANDING[family.status] <= STANDING["admitted"]]
    if not good:
        return concept.preferred if concept else families[0].name
    best = min(good, key=lambda family: (STANDING[family.status], -pages[family.number], family.name))
    if concept and best.status == "preferred":
        return concept.preferred
    return best.name


def is_body(concept: Concept | None) -> bool:
    """Whether a concept is an institution: a commission, a bureau, a hospital with a name of its own."""
    if concept is None:
        return False
    head = head_noun(fold(concept.preferred))
    named = concept.pos == "name"
    return (head in _BODIES and (named or concept.field == "organisation")) or (named and head in _NAMED_BODIES)


def by_concept(families: Iterable[Family]) -> dict[str, list[Family]]:
    """The names of each concept, the better ones first."""
    made: dict[str, list[Family]] = defaultdict(list)
    for family in families:
        made[family.concept].append(family)
    return made


def pages_of(con: DuckDBPyConnection) -> Counter[int]:
    """On how many pages each name stands."""
    return Counter(dict(con.execute("SELECT number, count(*) FROM named GROUP BY number").fetchall()))
