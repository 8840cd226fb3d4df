"""The texts that the editor has open, as it last told them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lsprotocol.types import (
    Position,
    PositionEncodingKind,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
    TextDocumentItem,
)
from pygls.uris import to_fs_path

from checker.language_server.positions import Lines

_MARK = "\ufeff"


@dataclass(frozen=True)
class Buffer:
    """One state of one open text. ``path`` is None for what is no file yet; ``text`` is without its byte order mark."""

    uri: str
    path: Path | None
    language: str
    version: int
    text: str
    marked: bool
    encoding: PositionEncodingKind

    @property
    def name(self) -> str:
        """What the text is called in findings: its path, or the last part of its address."""
        return self.path.as_posix() if self.path is not None else self.uri.rpartition("/")[2].rpartition(":")[2]

    @cached_property
    def lines(self) -> Lines:
        """Its lines."""
        return Lines(self.text, self.encoding, self.marked)

    def with_text(self, text: str, version: int | None = None) -> Buffer:
        """The buffer with another text."""
        marked = text.startswith(_MARK)
        return replace(self, text=text[marked:], marked=marked, version=self.version if version is None else version)

    def changed(self, version: int, changes: Sequence[TextDocumentContentChangeEvent]) -> Buffer:
        """The buffer after what was typed, one change after the other."""
        made = self
        for change in changes:
            if isinstance(change, TextDocumentContentChangePartial):
                start, end = made.lines.offset(change.range.start), made.lines.offset(change.range.end)
                text = made.text[:start] + change.text + made.text[end:]
                head = Position(0, 0)  # before the mark, which goes with what is taken out from there on
                kept = made.marked and (change.range.start != head or change.range.end == head)
                made = made.with_text(_MARK + text if kept else text)
            else:
                made = made.with_text(change.text)
        return replace(made, version=version)


class Buffers:
    """All that is open, by address. Buffers never change, so that other threads may look at them."""

    def __init__(self) -> None:
        self.encoding = PositionEncodingKind.Utf16
        self._open: dict[str, Buffer] = {}

    def __iter__(self) -> Iterator[Buffer]:
        return iter([*self._open.values()])

    def get(self, uri: str) -> Buffer | None:
        """The buffer of an address, or None."""
        return self._open.get(uri)

    def open(self, item: TextDocumentItem) -> Buffer:
        """Take over a text that was opened."""
        name = to_fs_path(item.uri)
        path = Path(name) if name else None
        buffer = Buffer(item.uri, path, str(item.language_id), item.version, "", False, self.encoding)
        return self.keep(buffer.with_text(item.text))

    def keep(self, buffer: Buffer) -> Buffer:
        """Take over a new state."""
        self._open[buffer.uri] = buffer
        return buffer

    def close(self, uri: str) -> None:
        """Forget a text."""
        self._open.pop(uri, None)

    def at(self, path: Path) -> Buffer | None:
        """The buffer of a file, or None where it is not open."""
        return next((buffer for buffer in self if buffer.path == path), None)
