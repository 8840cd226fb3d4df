"""The workbench as an ASGI application: which address leads where, and what stands before all of them."""

from __future__ import annotations

import asyncio
import contextlib
import mimetypes
from collections.abc import AsyncIterator
from functools import partial
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from checker.server import check_pages, corpus_pages, downloads, faults, glossary_pages, propose_pages, rule_pages
from checker.server.checks import Checks
from checker.server.guards import Guard, TooLargeError, TooManyError
from checker.server.pool import Pool
from checker.server.remembered import Proposed
from checker.server.rendering import problem
from checker.server.settings import Settings
from checker.server.stores import Stores
from glossary import Glossary

_ASSETS = frozenset({"style.css", "workbench.js", "icon.svg"})
_TIDY = 60.0  # seconds between looks for what is to be forgotten


def application(settings: Settings, glossary: Glossary) -> Starlette:
    """The workbench. Its processes start with it and end with it."""
    limits = settings.limits
    app = Starlette(
        routes=[
            Route("/", check_pages.form_page),
            Route("/check", check_pages.check, methods=["POST"]),
            Route("/check/{token}", check_pages.result),
            Route("/check/{token}/decide", check_pages.decide, methods=["POST"]),
            Route("/check/{token}/forget", check_pages.forget, methods=["POST"]),
            Route("/check/{token}/take/{what}", downloads.download),
            Route("/glossary", glossary_pages.search_page),
            Route("/glossary/concept/{id}", glossary_pages.concept_page),
            Route("/glossary/propose", propose_pages.form_page),
            Route("/glossary/propose", propose_pages.propose, methods=["POST"]),
            Route("/glossary/proposed/{id}", propose_pages.written),
            Route("/corpus", corpus_pages.concepts),
            Route("/corpus/pages", corpus_pages.pages),
            Route("/corpus/trends", corpus_pages.trends),
            Route("/corpus/chart/{name}.svg", corpus_pages.chart),
            Route("/corpus/concordance", corpus_pages.concordance),
            Route("/corpus/page/{number:int}", corpus_pages.stored_page),
            Route("/rules", rule_pages.rules),
            Route("/rules/{code}", rule_pages.rule),
            Route("/static/{name}", _asset),
        ],
        middleware=[
            Middleware(Guard, hosts=settings.hosts, upload=limits.upload, receiving=limits.receiving, refusal=problem)
        ],
        exception_handlers={
            TooLargeError: partial(_refused, status=413, key="error.too_large"),
            TooManyError: partial(_refused, status=503, key="error.busy"),
            404: partial(_refused, status=404, key="error.not_found"),
            405: partial(_refused, status=405, key="error.method"),
            HTTPException: partial(_refused, status=400, key="error.form"),
            Exception: _unforeseen,
        },
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.glossary = glossary
    app.state.checks = Checks(limits)
    app.state.proposed = Proposed()
    app.state.pool = Pool(settings)
    app.state.stores = None if settings.store is None else Stores(settings.store, glossary)
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    pool: Pool = app.state.pool
    pool.start()
    tidying = asyncio.create_task(_tidy(app.state.checks))
    try:
        yield
    finally:
        tidying.cancel()
        await pool.close()


async def _tidy(checks: Checks) -> None:
    while True:
        await asyncio.sleep(_TIDY)
        await run_in_threadpool(checks.tidy)


async def _refused(request: Request, fault: Exception, status: int, key: str) -> Response:
    return await problem(request, status, key)


async def _unforeseen(request: Request, fault: Exception) -> Response:
    faults.say(fault)
    return await problem(request, 500, "error.unforeseen")


async def _asset(request: Request) -> Response:
    """One of our own files; no other can be named."""
    name = request.path_params["name"]
    if name not in _ASSETS:
        return await problem(request, 404, "error.not_found")
    content = files("checker.server").joinpath("static", name).read_bytes()
    kind = mimetypes.guess_type(name)[0]
    return Response(content, media_type=kind, headers={"cache-control": "max-age=31536000, immutable"})
