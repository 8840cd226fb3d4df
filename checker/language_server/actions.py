"""What may be done about findings at the cursor: repair, write what is suggested, accept, repair all."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from lsprotocol.types import ClientCapabilities, CodeAction, CodeActionContext, CodeActionKind, Command, Diagnostic

from checker.document import Document
from checker.finding import Finding, Place
from checker.fixing import applied, is_plain, mend
from checker.language_server.buffers import Buffer
from checker.language_server.diagnostics import SOURCE
from checker.language_server.edits import Change, buffer_edit, changes
from checker.language_server.pages import CheckedPage, Pages, reread
from checker.reports.visible import visible

FIX_ALL, ACCEPT = "yigai.fixAll", "yigai.accept"
FIX_ALL_KIND = f"{CodeActionKind.SourceFixAll.value}.yigai"
_TITLE = 60  # characters of words in a title


def page_actions(
    checked: CheckedPage, start: int, end: int, context: CodeActionContext, client: ClientCapabilities
) -> list[CodeAction]:
    """What may be done about the findings of a page that touch ``start..end``, as far as the editor asked for it."""
    if checked.page is None:
        return []
    document = checked.page.document
    made: list[CodeAction] = []
    for finding, place in touching(checked.findings, start, end):
        made += _for_finding(checked.buffer, document, finding, place, context, client)
    if any(finding.fixes for finding in checked.findings):
        command = Command("Repair all", FIX_ALL, arguments=[checked.buffer.uri])
        made.append(CodeAction("Repair all that is safe, as yigai fix does", FIX_ALL_KIND, command=command))
    return _asked_for(made, context)


def file_actions(
    buffer: Buffer, findings: Sequence[Finding], start: int, end: int, context: CodeActionContext
) -> list[CodeAction]:
    """What may be done about the findings of a file of the glossary that touch ``start..end``."""
    made = [_accepting(buffer, finding, place, context) for finding, place in touching(findings, start, end)]
    return _asked_for(made, context)


def touching(findings: Sequence[Finding], start: int, end: int) -> Iterator[tuple[Finding, Place]]:
    """The findings with a place that touches ``start..end``, each with the first such place."""
    for finding in findings:
        place = next((place for place in finding.places if place[0] <= end and start <= place[1]), None)
        if place is not None:
            yield finding, place


def _for_finding(
    buffer: Buffer,
    document: Document,
    finding: Finding,
    place: Place,
    context: CodeActionContext,
    client: ClientCapabilities,
) -> Iterator[CodeAction]:
    marks = _marks(buffer, finding, place, context)

    def writing(title: str, edits: list[Change], preferred: bool) -> CodeAction:
        edit = buffer_edit(buffer, edits, client)
        return CodeAction(title, CodeActionKind.QuickFix, marks, preferred, edit=edit)

    if finding.fixes:
        repairs = [(fix.start, fix.end, _written(document, fix.text)) for fix in finding.fixes]
        if all(is_plain(document, first, last) for first, last, _ in repairs):
            yield writing(f"Repair {_named(finding.shown or finding.quote)} ({finding.rule})", repairs, True)
    elif finding.suggestion:
        alike = [other for other in finding.places if document.text[slice(*other)] == finding.quote]
        plain = [other for other in alike if is_plain(document, *other)]
        word = _written(document, finding.suggestion)
        if place in plain:
            yield writing(f"Write {_named(finding.suggestion)}", [(*place, word)], True)
        if len(plain) > 1:
            title = f"Write {_named(finding.suggestion)} in all {len(plain)} places"
            yield writing(title, [(*other, word) for other in sorted(plain)], False)
    yield _accepting(buffer, finding, place, context)


def _accepting(buffer: Buffer, finding: Finding, place: Place, context: CodeActionContext) -> CodeAction:
    title = f"Accept {finding.rule} at {_named(finding.shown or finding.quote)} and say why"
    command = Command("Accept", ACCEPT, arguments=[buffer.uri, finding.rule, finding.fingerprint, *place])
    return CodeAction(title, CodeActionKind.QuickFix, _marks(buffer, finding, place, context), command=command)


def _marks(buffer: Buffer, finding: Finding, place: Place, context: CodeActionContext) -> list[Diagnostic]:
    where = buffer.lines.range(*place)
    return [
        mark for mark in context.diagnostics if (mark.source, mark.code, mark.range) == (SOURCE, finding.rule, where)
    ]


def _asked_for(made: list[CodeAction], context: CodeActionContext) -> list[CodeAction]:
    if context.only is None:
        return made
    wanted = [_word(kind) for kind in context.only]
    return [
        action
        for action in made
        if any(f"{_word(action.kind or '')}.".startswith(f"{kind}." if kind else "") for kind in wanted)
    ]


def _word(kind: CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, CodeActionKind) else kind


def _named(words: str) -> str:
    shown = " ".join(visible(words).split())
    return f"“{shown if len(shown) <= _TITLE else shown[: _TITLE - 1] + '…'}”"


def _written(document: Document, words: str) -> str:
    return html.escape(words, quote=False) if document.kind == "html" else words


def repairs(pages: Pages, buffer: Buffer) -> list[Change]:
    """The changes that make of a page what ``yigai fix`` makes of it; none where nothing can be repaired."""
    checked = pages.checked(buffer)
    if checked is None or checked.page is None:
        return []
    checker = checked.checker

    def check(document: Document) -> list[Finding]:
        return pages.findings(buffer, document, checker)

    mended = mend(checked.page.document, lambda document, edits: reread(buffer, applied(document.text, edits)), check)
    return changes(buffer.text, mended.text)
