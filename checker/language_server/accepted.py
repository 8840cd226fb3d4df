"""The files of accepted findings: what is accepted on a page, and a file with one more entry.

A file of accepted findings that is open in the editor counts as it stands there.
"""

from __future__ import annotations

import os
from pathlib import Path

from checker.acceptance.file import FILE_NAME, AcceptedFile, Entry, accepted_yaml
from checker.finding import Finding
from checker.language_server.buffers import Buffer, Buffers
from checker.language_server.settings import State, state_of

_QUOTED = 60  # characters


class AcceptedFiles:
    """The files ``yigai-accepted.yaml``, read again when they have changed."""

    def __init__(self, buffers: Buffers) -> None:
        self._buffers = buffers
        self._read: dict[Path, tuple[State | Buffer, AcceptedFile]] = {}

    def counts(self, page: Path | None) -> dict[tuple[str, str], int]:
        """How many places are accepted on a page, by rule and fingerprint. Raises AcceptanceError."""
        path = self.closest(page)
        if path is None or page is None:
            return {}
        name = _within(page, path)
        entries = self.file(path).entries.values()
        return {(entry.rule, entry.fingerprint): entry.count for entry in entries if entry.path == name}

    def closest(self, page: Path | None) -> Path | None:
        """The file in the folder of a page or the closest one above it; None without one."""
        places = [] if page is None else [folder / FILE_NAME for folder in page.parents]
        return next((path for path in places if self._buffers.at(path) is not None or path.is_file()), None)

    def file(self, path: Path) -> AcceptedFile:
        """What stands in a file. Raises AcceptanceError."""
        buffer = self._buffers.at(path)
        state = state_of(path) if buffer is None else buffer
        kept = self._read.get(path)
        if kept is None or kept[0] != state:
            kept = self._read[path] = state, AcceptedFile(path, None if buffer is None else buffer.text)
        return kept[1]

    def with_finding(self, path: Path, page: Path, finding: Finding, reason: str) -> str:
        """The text of a file with an entry for a finding of a page. Raises AcceptanceError."""
        file = self.file(path)
        words = " ".join((finding.shown or finding.quote).split())
        quote = words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1]}…"
        key = _within(page, path), finding.rule, finding.fingerprint
        old = file.entries.get(key)
        entry = Entry(*key, finding.count, quote, reason, lead=old.lead if old else "")
        return accepted_yaml(
            [*(other for other in file.entries.values() if other.key != key), entry], file.head, file.tail
        )

    def place_of(self, path: Path, text: str, page: Path, finding: Finding) -> int:
        """Where the fingerprint of a finding of a page stands in the text of a file. Raises AcceptanceError."""
        key = _within(page, path), finding.rule, finding.fingerprint
        return AcceptedFile(path, text).entries[key].place[0]


def _within(page: Path, file: Path) -> str:
    return os.path.relpath(page, file.parent).replace(os.sep, "/")
