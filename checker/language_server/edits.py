"""From one text to another: the few changes that an editor has to make, so that its cursor and marks stay."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Sequence
from pathlib import Path

from lsprotocol.types import (
    ClientCapabilities,
    CreateFile,
    CreateFileOptions,
    OptionalVersionedTextDocumentIdentifier,
    Position,
    Range,
    ResourceOperationKind,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)
from pygls.capabilities import get_capability
from pygls.uris import from_fs_path

from checker.language_server.buffers import Buffer
from checker.language_server.positions import Lines

Change = tuple[int, int, str]

_COMPARED = 400  # lines: comparing all of many more with all takes minutes where many are alike


def changes(old: str, new: str) -> list[Change]:
    """``(start, end, text)`` of what to replace in ``old`` to make it ``new``, in order and apart.

    Where much differs, lines are compared one by one if there are as many as before, and else replaced in one piece.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    lines, first = before, 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    before, after = before[first : len(before) - last], after[first : len(after) - last]
    starts = [*itertools.accumulate(map(len, before), initial=sum(map(len, lines[:first])))]
    if len(before) + len(after) <= _COMPARED:
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        spans = [(i, j, k, m) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    elif len(before) == len(after):
        spans = [(n, n + 1, n, n + 1) for n in range(len(before)) if before[n] != after[n]]
    else:
        spans = [(0, len(before), 0, len(after))]
    return [_trimmed(starts[i], "".join(before[i:j]), "".join(after[k:m])) for i, j, k, m in spans]


def _trimmed(start: int, old: str, new: str) -> Change:
    """The change of ``old``, which stands at ``start``, to ``new``, without what both begin and end with."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return start + first, start + len(old) - last, new[first : len(new) - last]


def text_edits(lines: Lines, made: Sequence[Change]) -> list[TextEdit]:
    """Changes as the protocol writes them."""
    return [TextEdit(lines.range(start, end), text) for start, end, text in made]


def buffer_edit(buffer: Buffer, made: Sequence[Change], client: ClientCapabilities) -> WorkspaceEdit:
    """Changes of an open text; they hold for this version only where the editor can tell versions."""
    return _edit(buffer.uri, buffer.version, text_edits(buffer.lines, made), client)


def file_edit(
    path: Path, new: str, buffer: Buffer | None, lines: Lines | None, client: ClientCapabilities
) -> WorkspaceEdit:
    """The change of a file, open in ``buffer`` or not, from ``lines`` (None: it is made) to the text ``new``."""
    if lines is not None and "\r\n" in lines.text:
        new = new.replace("\n", "\r\n")
    if buffer is not None:
        return buffer_edit(buffer, changes(buffer.text, new), client)
    uri = from_fs_path(str(path)) or path.as_uri()
    if lines is not None:
        return _edit(uri, None, text_edits(lines, changes(lines.text, new)), client)
    return _edit(uri, None, [TextEdit(Range(Position(0, 0), Position(0, 0)), new)], client, create=True)


def _edit(
    uri: str, version: int | None, edits: list[TextEdit], client: ClientCapabilities, create: bool = False
) -> WorkspaceEdit:
    wanted = get_capability(client, "workspace.workspace_edit")
    if wanted is None or not wanted.document_changes:
        return WorkspaceEdit(changes={uri: edits})
    made: list[TextDocumentEdit | CreateFile] = []
    if create and ResourceOperationKind.Create in (wanted.resource_operations or ()):
        made.append(CreateFile(uri, options=CreateFileOptions(ignore_if_exists=True)))
    made.append(TextDocumentEdit(OptionalVersionedTextDocumentIdentifier(uri, version), [*edits]))
    return WorkspaceEdit(document_changes=[*made])
