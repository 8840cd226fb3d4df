"""The pages to check a text: the form, what is found in it, and what is decided on that."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from checker.reports.visible import visible
from checker.server.bench import Outcome, WorkError
from checker.server.checks import Check
from checker.server.decisions import (
    OPEN,
    Claims,
    Decision,
    can_be_corrected,
    corrected_text,
    edits_for,
    is_furniture,
    still_dismissed,
)
from checker.server.forms import Form, FormError, read_form
from checker.server.language import Words, language_of
from checker.server.remembered import check_of, checks_of, pool_of, settings_of
from checker.server.rendering import page, problem, work_problem
from checker.server.result_view import result_view, states
from checker.server.submissions import KINDS, Given, given_again, given_in, submission

_LONGEST = 2000  # characters of what is written for a finding, and of a reason


async def form_page(request: Request) -> Response:
    """``GET /``: the form, with the corrected text of an earlier check where ``from`` names one."""
    options = settings_of(request).options
    given = Given(subject=options.subject, spelling=options.spelling, confidence=options.min_confidence)
    token = request.query_params.get("from", "")
    earlier = checks_of(request).get(token)
    if earlier is not None and can_be_corrected(earlier.outcome.documents):
        document = earlier.outcome.documents[0]
        given = given_again(earlier.submission, document, corrected_text(document, earlier.decisions))
    return page(request, "check.html", given=given, kinds=list(KINDS), fault="", earlier=token if earlier else "")


async def check(request: Request) -> Response:
    """``POST /check``: check what was pasted or sent, then show it."""
    try:
        form = await read_form(request)
    except FormError:
        return await problem(request, 400, "error.form")
    given = given_in(form)
    made = submission(form, given, settings_of(request).options)
    if made is None:
        return page(request, "check.html", 400, given=given, kinds=list(KINDS), fault="error.nothing", earlier="")
    try:
        outcome: Outcome = await pool_of(request).run("check", made)
    except WorkError as fault:
        return await work_problem(request, fault)
    remembered = checks_of(request).add(made, outcome, pasted="file" not in form.files)
    earlier = checks_of(request).get(form.text("from"))
    if earlier is not None:
        remembered.decisions |= still_dismissed(remembered.numbered, earlier.numbered, earlier.decisions)
    return RedirectResponse(f"/check/{remembered.token}", 303)


async def result(request: Request) -> Response:
    """``GET /check/TOKEN``: the text with its marks and cards."""
    found = check_of(request)
    if found is None:
        return await problem(request, 404, "error.forgotten")
    label = Words(language_of(request))("result.text_of", n="{n}")
    return await run_in_threadpool(lambda: page(request, "result.html", result=result_view(found, label)))


async def forget(request: Request) -> Response:
    """``POST /check/TOKEN/forget``: forget the text now."""
    checks_of(request).forget(request.path_params["token"])
    return RedirectResponse("/", 303)


async def decide(request: Request) -> Response:
    """``POST /check/TOKEN/decide``: accept, dismiss or reopen a finding, or accept all repairs."""
    found = check_of(request)
    if found is None:
        return await problem(request, 404, "error.forgotten")
    words = Words(language_of(request))
    number = 0
    try:
        form = await read_form(request)
        if form.text("action") == "repairs":
            message = await _accept_repairs(request, found, words)
        else:
            number = int(form.text("finding"))
            message = await _decide(request, found, number, form, words)
    except (FormError, ValueError):
        return await problem(request, 400, "error.form")
    except WorkError as fault:
        return await work_problem(request, fault)
    if "application/json" in request.headers.get("accept", ""):
        told = {str(n): {"state": d.state, "text": d.text, "reason": d.reason} for n, d in found.decisions.items()}
        return JSONResponse({"decisions": told, "states": states(found), "message": message})
    if message:
        return await problem(request, 409, "error.not_done", message)
    return RedirectResponse(f"/check/{found.token}" + (f"#f-{number}" if number else ""), 303)


async def _decide(request: Request, found: Check, number: int, form: Form, words: Words) -> str:
    """Decide on one finding; returns why it could not be done, or nothing. Raises ValueError, WorkError."""
    action = form.text("action")
    if not 1 <= number <= len(found.outcome.result.findings):
        raise ValueError(number)
    if action == "reopen":
        found.decisions.pop(number, None)
        return ""
    if action == "dismiss":
        reason = form.line("reason")[:_LONGEST]
        if not reason:
            return words("error.no_reason")
        found.decisions[number] = Decision("dismissed", reason=reason)
        return ""
    if action != "accept":
        raise ValueError(action)
    text = form.text("text").replace("\n", " ")[:_LONGEST]
    finding = found.outcome.result.findings[number - 1]
    if not text.strip() and not finding.fixes and not is_furniture(finding):
        return words("error.no_wording")
    return await _accept(request, found, {number: text}, words)


async def _accept_repairs(request: Request, found: Check, words: Words) -> str:
    """Accept every open finding that can be repaired without changing what the text says."""
    wanted = {
        number: visible(finding.suggestion or "")
        for number, finding in found.numbered
        if finding.fixes and found.decisions.get(number, OPEN).state == "open"
    }
    left = await _accept(request, found, wanted, words)
    return left if len(wanted) == 1 else ""


async def _accept(request: Request, found: Check, texts: dict[int, str], words: Words) -> str:
    """Accept findings with what is to be written; returns why one of them could not be, or nothing."""
    documents = found.outcome.documents
    if not can_be_corrected(documents):
        return words("error.cannot_correct")
    document, findings = documents[0], found.outcome.result.findings
    wanted = {number: edits_for(document, findings[number - 1], text) for number, text in texts.items()}
    fits = [True] * len(wanted)
    if document.kind == "docx" and wanted:
        fits = await pool_of(request).run("fit", found.submission.content, document, list(wanted.values()))
    message = ""
    with found.lock:
        claims = Claims(found.decisions, wanted)
        for (number, edits), good in zip(wanted.items(), fits, strict=True):
            other = claims.holder(edits)
            if not good or not edits:
                message = words("error.in_markup")
            elif other is not None:
                message = words("error.overlaps", n=other)
            else:
                found.decisions[number] = Decision("accepted", texts[number], edits=edits)
                claims.add(number, edits)
    return message
