"""Pages from templates: all that is put into one is escaped and made visible, and told in the reader's language."""

from __future__ import annotations

import functools
import hashlib
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from checker.reports.visible import visible
from checker.server.bench import WorkError
from checker.server.language import COOKIE, LANGUAGES, Words, language_of
from glossary.search import pinyin

_STATUS = {"busy": 503, "timeout": 503, "crashed": 500, "failed": 500, "changed": 409, "in_markup": 409}
_YEAR = 365 * 24 * 3600  # seconds


@functools.cache
def environment(package: str = "checker.server") -> Environment:
    """The templates of a package, and ours where it has none of a name."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("checker.server")]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["pinyin"] = functools.cache(pinyin)
    made.globals["asset"] = _asset
    return made


def _shown(value: Any) -> Any:
    """What stands in a page for a value: of plain text nothing that hides or steers; ``| e`` keeps it as it is."""
    if value is None:
        return ""
    return visible(value) if type(value) is str else value


@functools.cache
def _asset(name: str) -> str:
    """The address of a file of ours, which changes with its content, so that browsers may keep it."""
    content = files("checker.server").joinpath("static", name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(content).hexdigest()[:12]}"


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """The page made of a template, in the language of the request, which is remembered when it was asked for."""
    words = Words(language_of(request))
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    # Never two slashes at its start, which would lead to another host.
    there = "/" + quote(request.url.path).lstrip("/") if request.method in ("GET", "HEAD") else "/"
    other = {
        code: (name, f"{there}?{urlencode([*query, ('lang', code)])}")
        for code, name in LANGUAGES.items()
        if code != words.language
    }
    content = (
        environment()
        .get_template(template)
        .render(
            t=words,
            others=other,
            here=request.url.path,
            has_store=request.app.state.settings.store is not None,
            **values,
        )
    )
    response = HTMLResponse(content.encode("utf-8", "backslashreplace"), status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, words.language, max_age=_YEAR, samesite="lax", httponly=True)
    return response


async def problem(request: Request, status: int, key: str, message: str = "") -> Response:
    """A page that says what is wrong, by a key of the interface's words, with a sentence of its own."""
    words = Words(language_of(request))
    if "application/json" in request.headers.get("accept", ""):
        from starlette.responses import JSONResponse

        return JSONResponse({"message": message or words(key)}, status)
    return page(request, "problem.html", status, key=key, message=message)


async def work_problem(request: Request, fault: WorkError) -> Response:
    """The page of work that was not done."""
    status = _STATUS.get(fault.reason)
    if status is None:
        return await problem(request, 422, "error.refused", fault.message)
    return await problem(request, status, f"error.{fault.reason}")
