"""The edit that accepts a finding with a reason, in the way that is right for the text it stands in."""

from __future__ import annotations

from typing import NamedTuple

from lsprotocol.types import Range, WorkspaceEdit
from pygls.uris import from_fs_path

from checker.acceptance.file import FILE_NAME
from checker.finding import Finding, Place
from checker.language_server.buffers import Buffer
from checker.language_server.edits import Change, buffer_edit, file_edit
from checker.language_server.pages import CheckedPage, Pages
from checker.language_server.positions import Lines
from checker.language_server.server import Server

REASONS = ("it is meant so", "it is a name", "it is quoted")
"""What an editor that can ask offers; whoever has another reason writes it over the one chosen."""

_WITH_COMMENTS = ("html", "markdown")


class Accepting(NamedTuple):
    """The edit, and where its reason stands afterwards: the address of the text and the place in it."""

    edit: WorkspaceEdit
    uri: str
    reason: Range


def accept_finding(
    server: Server, checked: CheckedPage, finding: Finding, place: Place, reason: str
) -> Accepting | None:
    """Accept a finding of a page: by a comment where the text may have one and it does, else in a file beside it.

    The file is the closest one above the page, or a new one in the closest folder of the workspace; None for a page that
    is no file. Belongs to the thread of the pages. Raises AcceptanceError.
    """
    buffer, accepted = checked.buffer, server.pages.accepted
    comment = _comment(server.pages, checked, finding, place, reason)
    if comment is not None:
        return _in_buffer(server, buffer, comment, reason)
    if buffer.path is None:
        return None
    above = [root for root in server.roots if buffer.path.is_relative_to(root)]
    folder = max(above, key=lambda root: len(root.parts), default=buffer.path.parent)
    path = accepted.closest(buffer.path) or folder / FILE_NAME
    opened = server.buffers.at(path)
    if opened is not None:
        old: Lines | None = opened.lines
    else:
        old = Lines(path.read_bytes().decode("utf-8-sig"), buffer.encoding) if path.is_file() else None
    new = accepted.with_finding(path, buffer.path, finding, reason)
    lines = Lines(new, buffer.encoding)
    start = new.index("reason: ", accepted.place_of(path, new, buffer.path, finding)) + len("reason: ")
    uri = from_fs_path(str(path)) or path.as_uri()
    edit = file_edit(path, new, opened, old, server.client_capabilities)
    return Accepting(edit, uri, lines.range(start, start + len(reason)))


def accept_line(server: Server, buffer: Buffer, finding: Finding, place: Place, reason: str) -> Accepting:
    """Accept a finding of a file of the glossary, by a comment on a line of its own above it."""
    lines = buffer.lines
    number = lines.number(place[0])
    line = lines.line(number)
    indent = line[: len(line) - len(line.lstrip(" "))]
    end = "\r\n" if "\r\n" in buffer.text else "\n"
    start = lines.start(number)
    return _in_buffer(server, buffer, (start, start, f"{indent}# {_acceptance(finding.rule, reason)}{end}"), reason)


def _acceptance(rule: str, reason: str) -> str:
    return f"yigai: accept {rule}: {reason}"


def _in_buffer(server: Server, buffer: Buffer, change: Change, reason: str) -> Accepting:
    """The edit that puts a comment into an open text."""
    start, end, words = change
    after = buffer.with_text(buffer.text[:start] + words + buffer.text[end:]).lines
    first = start + words.index(reason)
    edit = buffer_edit(buffer, [change], server.client_capabilities)
    return Accepting(edit, buffer.uri, after.range(first, first + len(reason)))


def _comment(pages: Pages, checked: CheckedPage, finding: Finding, place: Place, reason: str) -> Change | None:
    """The comment at the end of the block of a place; None where it would not accept the place, or harm anything."""
    page, buffer = checked.page, checked.buffer
    if page is None or page.document.kind not in _WITH_COMMENTS:
        return None
    block = page.block_at(page.in_text(place[0]))
    if block is None:
        return None
    _, end = page.in_document(*block)
    change = (end, end, f" <!-- {_acceptance(finding.rule, reason)} -->")
    after = pages.trial(buffer.with_text(buffer.text[: change[0]] + change[2] + buffer.text[change[0] :]))
    if after is None or after.page is None:
        return None
    still = any(other.rule == finding.rule and place in other.places for other in after.findings)
    before = {(other.rule, other.quote) for other in checked.findings}
    more = any((other.rule, other.quote) not in before for other in after.findings)
    return None if still or more else change
