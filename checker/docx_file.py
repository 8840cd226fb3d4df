"""A Word file opened to be changed: its parts as XML with places, its paragraphs by the keys of units, and its writing.

A part that is not changed is kept as it is. What is put where is not decided here.
"""

from __future__ import annotations

import bisect
import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from checker.document import Document, Unit
from checker.raw_xml import RawXml
from checker.readers.archive import RefusedError, held_to_limits
from checker.readers.docx import W, paragraph_pieces

CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "/officeDocument"


class Piece(NamedTuple):
    """An element that stands for text, with the text, and where that begins in the text of the document."""

    element: Any
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where its text ends in the text of the document."""
        return self.start + len(self.text)


class WordFile:
    """The parts of a Word file. Raises RefusedError."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._parts: dict[str, RawXml] = {}
        self._pieces: dict[Unit, list[Piece]] = {}
        self._paragraphs: dict[str, list[Any]] = {}
        with zipfile.ZipFile(held_to_limits(content)) as archive:
            self.names = frozenset(archive.namelist())
        main = self.related("", _MAIN)
        if main is None:
            raise RefusedError("damaged", "the file is no Word document")
        self.main = main

    def part(self, name: str) -> RawXml:
        """A part of XML by its name, without a slash before it. Raises RefusedError."""
        if name not in self._parts:
            try:
                with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
                    self._parts[name] = RawXml(archive.read(name))
            except (KeyError, zipfile.BadZipFile, OSError, EOFError) as problem:
                raise RefusedError("damaged", f"the part {name} of the file cannot be read") from problem
        return self._parts[name]

    def related(self, part: str, kind: str) -> str | None:
        """The name of the part that ``part`` ("": the file) relates to by a relationship whose type ends with ``kind``."""
        rels = relations_of(part)
        if rels not in self.names:
            return None
        folder = posixpath.dirname(part)
        for relation in self.part(rels).root:
            if isinstance(relation.tag, str) and relation.get("Type", "").endswith(kind):
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                return target if target in self.names else None
        return None

    def paragraph(self, unit: Unit) -> tuple[RawXml, Any]:
        """The part and the ``w:p`` element that a unit was read from. Raises RefusedError."""
        name, _, number = unit.key.partition("#")
        part = self.part(name)
        if name not in self._paragraphs:
            self._paragraphs[name] = list(part.root.iter(f"{W}p"))
        try:
            return part, self._paragraphs[name][int(number)]
        except (ValueError, IndexError) as problem:
            raise RefusedError("changed", "the file is not the one that was checked") from problem

    def pieces(self, document: Document, unit: Unit) -> list[Piece]:
        """The pieces of a unit's text in order. Raises RefusedError when the file does not say what the document says."""
        known = self._pieces.get(unit)
        if known is not None:
            return known
        made: list[Piece] = []
        position = unit.start
        for element, text in paragraph_pieces(self.paragraph(unit)[1]):
            made.append(Piece(element, text, position))
            position += len(text)
        if "".join(piece.text for piece in made) != document.text[unit.start : unit.end]:
            raise RefusedError("changed", "the file is not the one that was checked")
        self._pieces[unit] = made
        return made

    def saved(self, changed: Mapping[str, bytes]) -> bytes:
        """The file with the content of some parts changed; new ones come last. Raises RefusedError."""
        try:
            return self._saved(changed)
        except (zipfile.BadZipFile, OSError, EOFError, zlib.error) as problem:
            raise RefusedError("damaged", "a part of the file is damaged") from problem

    def _saved(self, changed: Mapping[str, bytes]) -> bytes:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._content)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                new.writestr(info, changed.get(info.filename) or old.read(info))
            for name in changed:
                if name not in self.names:
                    # A fixed date: the file does not depend on when it was made.
                    made = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    made.compress_type = zipfile.ZIP_DEFLATED
                    new.writestr(made, changed[name])
        return stream.getvalue()


def relations_of(part: str) -> str:
    """The name of the part that holds the relationships of a part, or of the file ("")."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def piece_at(pieces: list[Piece], offset: int) -> int:
    """The number of the piece that holds the character at ``offset``, of pieces that do."""
    return bisect.bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
