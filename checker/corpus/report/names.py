"""The names of each concept over all pages: renderings brought together to names, and which name to settle on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from checker.document import Document
from checker.page import Page
from checker.rules.consistency.several_names import STANDING
from checker.rules.meanings import only_names_a_kind, without_optional
from checker.rules.renderings import advised
from checker.spotting.mentions import Candidate
from checker.spotting.spotter import Spotter
from glossary import Glossary
from glossary.folding import fold
from glossary.forms import head_noun
from glossary.templates import is_template

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from glossary.concept import Concept

_CURATED = "glossary/terms/"
FOLLOWING = frozenset("of in is are and to with has will for".split())
"""Words that some forms of the glossary take in and that belong to no name."""
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
    names returned. Needs the temporary table ``pages``. Renderings that are no other name of their concept are in
    neither.
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
    kinds = no_names(glossary, {(row.concept, row.rendering) for row in rows if STANDING[row.status] > 1})
    groups: dict[tuple[str, str, bool], list[Rendering]] = defaultdict(list)
    for row in rows:
        if (row.concept, row.rendering) not in kinds:
            bare = bare_name(glossary.concept(row.concept), row.rendering)
            groups[row.concept, bare, row.status in ("wrong", "deprecated")].append(row)
    made = []
    for (concept_id, bare, _), members in groups.items():
        members.sort(key=lambda row: (STANDING[row.status], -row.pages, row.rendering))
        best = members[0]
        status = "preferred" if best.status == "abbreviation" else best.status
        renderings = tuple(row.rendering for row in sorted(members, key=lambda row: (-row.pages, row.rendering)))
        name = best.rendering
        if status == "admitted":  # without the level of one hospital or bureau, where the glossary has it without
            plain = (form for form in approved_names(glossary.concept(concept_id)) if fold(form) == bare)
            name = next(plain, name)
        pages = sum(row.pages for row in members)
        made.append((STANDING[status], -pages, Family(0, concept_id, best.zh, name, renderings, status)))
    made.sort(key=lambda item: (item[2].concept, *item[:2], item[2].name))
    return [family._replace(number=number) for number, (_, _, family) in enumerate(made)]


def bare_name(concept: Concept | None, rendering: str) -> str:
    """What tells a name from others: the folded rendering without article, words that may come or go, and what follows it.

    Some wrong renderings of the glossary take in a word that follows ("medical union of").
    """
    words = fold(rendering).split(" ")
    while len(words) > 1 and words[-1] in FOLLOWING:
        words.pop()
    name = " ".join(words)
    return (without_optional(concept, name) if concept else name).removeprefix("the ")


def no_names(glossary: Glossary, renderings: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of renderings, as (concept, rendering), those that are no other name of their concept.

    Some are good English and name a kind of it ("tertiary public hospital"), others a phrase around it for which
    something else is to be written.
    """
    if not renderings:
        return set()
    text = "\n\n".join(f"{rendering}." for _, rendering in sorted(renderings))
    page = Page(Document("", text), Spotter(glossary))
    return {
        (candidate.concept.id, candidate.base)
        for hit in page.hits
        for candidate in hit.candidates
        if is_no_name(candidate)
    }


def is_no_name(candidate: Candidate) -> bool:
    """Whether a reading names only a kind of its concept, or a phrase around it that has a rendering of its own."""
    if only_names_a_kind(candidate):
        return True
    write = advised(candidate)
    return write is not None and not any(fold(name) in fold(write) for name in approved_names(candidate.concept))


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

    A majority of names that are not approved proves nothing. ``pages`` tells on how many pages each stands.
    """
    good = [family for family in families if STANDING[family.status] <= STANDING["admitted"]]
    if not good:
        return concept.preferred if concept else families[0].name
    best = min(good, key=lambda family: (STANDING[family.status], -pages[family.number], family.name))
    if concept and best.status == "preferred":
        return concept.preferred
    return best.name


def approved_names(concept: Concept | None) -> tuple[str, ...]:
    """The names the glossary allows for a concept, the preferred one first."""
    if concept is None:
        return ()
    return (concept.preferred, *(form for form in concept.admitted if not is_template(form)))


def is_settled(concept: Concept | None) -> bool:
    """Whether a house style has spoken on a concept: its entry comes from a layer, not from the curated glossary."""
    return concept is not None and not concept.file.replace("\\", "/").startswith(_CURATED)


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
