"""The pages of the glossary: search, fields, concepts."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from checker.config import ConfigError
from checker.server.remembered import glossary_of, proposed_of, stores_of
from checker.server.rendering import page, problem
from glossary import Concept, Glossary, Morpheme, Rendering
from glossary.search import Hit, search
from glossary.templates import class_keys

_HITS = 30
_LONGEST = 200  # characters of a query


class Pattern(NamedTuple):
    """A pattern with the classes of morphemes that stand in it."""

    rendering: Rendering
    morphemes: list[Morpheme]


async def search_page(request: Request) -> Response:
    """``GET /glossary``: what answers ``q``, or the concepts of ``field``, or the fields there are."""
    query = " ".join(request.query_params.get("q", "").split())[:_LONGEST]
    field = request.query_params.get("field", "")
    return await run_in_threadpool(_search_page, request, query, field)


def _search_page(request: Request, query: str, field: str) -> Response:
    concepts = [*glossary_of(request).concepts, *proposed_of(request).concepts.values()]
    fields = dict(sorted(Counter(concept.field for concept in concepts).items()))
    hits = search(concepts, query, _HITS) if query else []
    if field and not query:
        those = sorted((item for item in concepts if item.field == field), key=lambda item: item.preferred.lower())
        hits = [Hit(item, item.preferred, 100.0) for item in those]
    return page(request, "glossary.html", query=query, field=field, fields=fields, hits=hits, total=len(concepts))


async def concept_page(request: Request) -> Response:
    """``GET /glossary/concept/ID``: all that is known of a concept."""
    glossary = glossary_of(request)
    name = request.path_params["id"]
    concept = glossary.concept(name) or proposed_of(request).concepts.get(name)
    if concept is None or concept.status == "withdrawn":
        return await problem(request, 404, "error.not_found")
    return await run_in_threadpool(_concept_page, request, glossary, concept)


def _concept_page(request: Request, glossary: Glossary, concept: Concept) -> Response:
    near = {
        "replaced_by": _named(glossary, [concept.replaced_by]),
        "broader": _named(glossary, [concept.broader]),
        "narrower": [item for item in glossary.concepts if item.broader == concept.id],
        "distinct_from": _named(glossary, concept.distinct_from),
    }
    patterns = [Pattern(item, _morphemes(glossary, item.en)) for item in concept.patterns]
    stores = stores_of(request)
    try:
        places = [] if stores is None else stores.occurrences(concept.id)
    except (ConfigError, OSError):
        places = []
    return page(request, "concept.html", concept=concept, patterns=patterns, near=near, places=places)


def _named(glossary: Glossary, ids: object) -> list[Concept]:
    names = ids if isinstance(ids, list | tuple) else []
    return [found for name in names if name and (found := glossary.concept(name)) is not None]


def _morphemes(glossary: Glossary, template: str) -> list[Morpheme]:
    return [glossary.morphemes[key] for key in dict.fromkeys(class_keys(template)) if key in glossary.morphemes]
