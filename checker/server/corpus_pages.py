"""The pages of a store: concepts by disagreement, pages by damage, trends, concordance, a page with its marks."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from checker.bitext import Link
from checker.config import ConfigError
from checker.server.bench import WorkError
from checker.server.language import Words, language_of
from checker.server.remembered import pool_of, stores_of
from checker.server.rendering import page, problem, work_problem
from checker.server.result_view import stored_view
from checker.server.stores import BrokenStoreError, StoreView, heeding_breaks

_ROWS = 100
_LONGEST = 100  # characters of a term


async def concepts(request: Request) -> Response:
    """``GET /corpus``: what the store holds, concepts by how much their names disagree."""
    return await _shown(
        request,
        lambda made: page(
            request, "corpus.html", view=made, uses=[use for use in made.picture.concepts if use.mixed][:_ROWS]
        ),
    )


async def pages(request: Request) -> Response:
    """``GET /corpus/pages``: pages by damage, and what to do with all."""
    return await _shown(
        request, lambda made: page(request, "corpus_pages.html", view=made, rows=made.picture.pages[:_ROWS])
    )


async def trends(request: Request) -> Response:
    """``GET /corpus/trends``: agreement and faults by year."""
    return await _shown(request, lambda made: page(request, "corpus_trends.html", view=made))


async def chart(request: Request) -> Response:
    """``GET /corpus/chart/NAME.svg``: the chart of a concept, or of all (``all``)."""
    name = request.path_params["name"]

    def made(view: StoreView) -> Response | None:
        svg = view.charts.get("" if name == "all" else name)
        # An image in a page runs nothing; opened by itself it may use its own styles and no more.
        policy = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return None if svg is None else Response(svg, media_type="image/svg+xml", headers=policy)

    return await _shown(request, made)


async def _shown(request: Request, make: Callable[[StoreView], Response | None]) -> Response:
    stores = stores_of(request)
    if stores is None:
        return await problem(request, 404, "error.not_found")

    def shown() -> Response | None:
        view = stores.view()
        with heeding_breaks():
            return make(view)

    try:
        made = await run_in_threadpool(shown)
    except (ConfigError, OSError) as fault:
        return await _unread(request, fault)
    return made if made is not None else await problem(request, 404, "error.not_found")


async def stored_page(request: Request) -> Response:
    """``GET /corpus/page/N``: a page of the store with its marks."""
    stores = stores_of(request)
    if stores is None:
        return await problem(request, 404, "error.not_found")
    try:
        stored = await run_in_threadpool(stores.page, request.path_params["number"])
        if stored is None:
            return await problem(request, 404, "error.not_found")
        links: tuple[Link, ...] = ()
        if stored.document is not None and stored.document.source is not None:
            links = await pool_of(request).run("links", stored.document)
        label = Words(language_of(request))("result.text_of", n="{n}")

        def made() -> Response:
            with heeding_breaks():
                return page(request, "corpus_page.html", result=stored_view(stored, links, label))

        return await run_in_threadpool(made)
    except (ConfigError, OSError) as fault:
        return await _unread(request, fault)
    except WorkError as fault:
        return await work_problem(request, fault)


async def _unread(request: Request, fault: Exception) -> Response:
    """What is told of a store that cannot be opened or read."""
    return await problem(request, 503, "error.broken_store" if isinstance(fault, BrokenStoreError) else "error.store")


async def concordance(request: Request) -> Response:
    """``GET /corpus/concordance``: every place of the term ``q``, with both sides."""
    if stores_of(request) is None:
        return await problem(request, 404, "error.not_found")
    query = " ".join(request.query_params.get("q", "").split())[:_LONGEST]
    try:
        made = await pool_of(request).run("concordance", query) if query else None
    except WorkError as fault:
        return await work_problem(request, fault)
    return page(request, "concordance.html", query=query, made=made)
