"""What can be taken home from a check: the corrected file, the file with comments, what was dismissed, reports."""

from __future__ import annotations

import io
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from checker.document import Document
from checker.finding import Result
from checker.server.bench import WorkError
from checker.server.decisions import OPEN, all_edits, can_be_corrected, corrected_file, suppressions
from checker.server.remembered import check_of, pool_of
from checker.server.rendering import problem, work_problem
from checker.server.result_view import can_be_annotated


async def download(request: Request) -> Response:
    """``GET /check/TOKEN/take/WHAT``: WHAT is corrected, annotated, accepted, html or xlsx."""
    found, what = check_of(request), request.path_params["what"]
    if found is None:
        return await problem(request, 404, "error.forgotten")
    documents, result = found.outcome
    content, decisions = found.submission.content, found.decisions
    stem, dot, suffix = found.submission.name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (suffix, "")
    left = [finding for n, finding in found.numbered if decisions.get(n, OPEN).state != "dismissed"]
    try:
        if what == "corrected" and can_be_corrected(documents):
            if documents[0].kind != "docx":
                made = corrected_file(content, documents[0], decisions)
            else:
                made = await pool_of(request).run("corrected_word", content, documents[0], all_edits(decisions))
            return attachment(made, f"{stem}.corrected{suffix}")
        if what == "annotated" and can_be_annotated(documents):
            made = await pool_of(request).run("annotated", content, documents[0], left)
            return attachment(made, f"{stem}.comments{suffix}")
    except WorkError as fault:
        return await work_problem(request, fault)
    if what == "accepted":
        return attachment(suppressions(found.numbered, decisions).encode(), "yigai-accepted.yaml")
    if what in ("html", "xlsx"):
        made = await run_in_threadpool(_report, documents, result._replace(findings=tuple(left)), what)
        return attachment(made, f"{stem}.report.{what}")
    return await problem(request, 404, "error.not_found")


def attachment(content: bytes, name: str) -> Response:
    """A file to be saved, never shown."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type="application/octet-stream", headers={"content-disposition": disposition})


def _report(documents: tuple[Document, ...], result: Result, format: str) -> bytes:
    from checker.reports import binary_report, report

    by_key = {(document.path, document.record): document for document in documents}

    def text_of(path: str, record: str | None) -> Document | None:
        return by_key.get((path, record))

    if format == "xlsx":
        binary = io.BytesIO()
        binary_report(format)(result, binary, text_of)
        return binary.getvalue()
    stream = io.StringIO()
    report(format)(result, stream, text_of)
    return stream.getvalue().encode("utf-8", "backslashreplace")
