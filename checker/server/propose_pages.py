"""The pages to propose an entry: the form, what comes of it, the patch, and writing it where that is allowed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from checker.server.bench import WorkError
from checker.server.downloads import attachment
from checker.server.forms import Form, FormError, read_form
from checker.server.proposals import Assessed, Proposal, files_in, proposal_from
from checker.server.remembered import pool_of, proposed_of, settings_of
from checker.server.rendering import page, problem, work_problem
from glossary.new_entry import slug

_FIELDS = ("zh", "preferred", "file", "definition", "wrong_example", "right_example", "url", "title")
_ROWS = ("wrong", "why", "trigger")
_LONGEST = 1000  # characters of a field


async def form_page(request: Request) -> Response:
    """``GET /glossary/propose``: the form, with what was searched for in it."""
    query = " ".join(request.query_params.get("q", "").split())[:200]
    chinese = any("\u3400" <= char <= "\u9fff" for char in query)
    given = Proposal(zh=query if chinese else "", preferred="" if chinese else query)
    return _page(request, given)


def _page(request: Request, given: Proposal, made: Assessed | None = None, status: int = 200) -> Response:
    settings = settings_of(request)
    fields: dict[str, list[str]] = {}
    for name in files_in(settings.tree):
        fields.setdefault(name.split("/", 1)[0], []).append(name)
    return page(request, "propose.html", status, given=given, made=made, fields=fields, may_write=settings.write)


async def propose(request: Request) -> Response:
    """``POST /glossary/propose``: make an entry of the form; show it, give its patch, or write it."""
    try:
        form = await read_form(request)
    except FormError:
        return await problem(request, 400, "error.form")
    given = _proposal(form)
    settings = settings_of(request)
    writes = form.text("what") == "write" and settings.write
    made: Assessed
    try:
        if writes:
            async with proposed_of(request).lock:
                made = await pool_of(request).run("write_proposal", given, seconds=settings.limits.lint)
        else:
            made = await pool_of(request).run("assess", given, seconds=settings.limits.lint)
    except WorkError as fault:
        return await work_problem(request, fault)
    if made.faults:
        return _page(request, given, made, 422)
    if form.text("what") == "patch":
        return attachment(made.patch.encode(), f"{made.id}.patch")
    if not writes:
        return _page(request, given, made)
    if made.concept is not None:
        proposed_of(request).concepts[made.id] = made.concept
    return RedirectResponse(f"/glossary/proposed/{made.id}", 303)


async def written(request: Request) -> Response:
    """``GET /glossary/proposed/ID``: that an entry stands in the folder now."""
    name = request.path_params["id"]
    if name != slug(name):
        return await problem(request, 404, "error.not_found")
    return page(request, "written.html", id=name, known=name in proposed_of(request).concepts)


def _proposal(form: Form) -> Proposal:
    names = [*_FIELDS, *(f"{name}{n}" for name in _ROWS for n in range(1, 4))]
    fields = {name: form.line(name)[:_LONGEST] for name in names}
    return proposal_from(fields, [line[:_LONGEST] for line in form.lines("admitted")][:20])
