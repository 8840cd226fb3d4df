"""Repairs put into a Word file: only inside the text of runs, which stay with their formatting.

Left alone is what lies in or across a tracked change, a field, a break or another paragraph, and what would leave a
paragraph empty. Each part is changed in place; all else in the file stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from checker.document import Document
from checker.docx_file import Piece, WordFile
from checker.fixing import Edit, applied
from checker.raw_xml import Edit as RawEdit
from checker.raw_xml import RawXml, text_xml
from checker.readers.archive import RefusedError
from checker.readers.docx import W
from checker.readers.walk import read_content

_CHANGES = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_FIELD = f"{W}fldSimple"
_START, _END = attrgetter("start"), attrgetter("end")


class WordRepairs:
    """The versions of one Word file, from ``content`` as it was to the last that was asked for."""

    def __init__(self, content: bytes) -> None:
        self._versions: dict[str, bytes] = {}
        self._first = content
        self._open: tuple[bytes, WordFile, dict[str, frozenset[Any]]] | None = None

    def content(self, document: Document) -> bytes:
        """The bytes of the file whose text ``document`` is."""
        return self._versions.get(document.text, self._first)

    def may_change(self, document: Document, start: int, end: int) -> bool:
        """Whether ``start..end`` is text of runs that may be changed."""
        try:
            return self._targets(document, start, end) is not None
        except RefusedError:
            return False

    def changed(self, document: Document, edits: Sequence[Edit]) -> Document | None:
        """The document after edits at places that may be changed; None when the file cannot be read again."""
        file, _ = self._file(document)
        raw: dict[str, list[RawEdit]] = {}
        new: dict[Any, tuple[str, RawXml, list[tuple[int, int, str]]]] = {}
        for edit in edits:
            found = self._targets(document, edit.start, edit.end)
            if found is None:
                return None
            name, pieces = found
            for number, piece in enumerate(pieces):
                start, end = max(edit.start, piece.start), min(edit.end, piece.end)
                there = new.setdefault(piece.element, (name, file.part(name), []))
                there[2].append((start - piece.start, end - piece.start, edit.text if number == 0 else ""))
        for element, (name, part, changes) in new.items():
            raw.setdefault(name, []).extend(_in_element(part, element, changes))
        content = file.saved({name: file.part(name).edited(made) for name, made in raw.items()})
        made = list(read_content(document.path, content))
        if len(made) != 1 or not isinstance(made[0], Document):
            return None
        self._versions[made[0].text] = content
        return made[0] if made[0].text == applied(document.text, edits) else None

    def _targets(self, document: Document, start: int, end: int) -> tuple[str, list[Piece]] | None:
        """The part and the pieces in which ``start..end`` stands; for an empty place the piece that it follows."""
        unit = document.unit_at(start)
        if unit is None or end > unit.end or start < unit.start:
            return None
        file, unchangeable = self._file(document)
        name = unit.key.partition("#")[0]
        left = not document.text[unit.start : start].isspace() and start > unit.start  # a test that mostly ends at once
        if end > start and not left and not document.text[end : unit.end].strip():
            return None
        pieces = file.pieces(document, unit)
        if start == end:
            number = bisect_left(pieces, start, key=_END)
            met = [piece for piece in pieces[number : number + 1] if piece.start < start] or pieces[:1]
        else:
            met = pieces[bisect_right(pieces, start, key=_END) : bisect_left(pieces, end, key=_START)]
        if not met or any(piece.element.tag != f"{W}t" for piece in met):
            return None
        if name not in unchangeable:
            unchangeable[name] = _unchangeable(file.part(name))
        part = file.part(name)
        if any(piece.element in unchangeable[name] or part.positions(piece.element) is None for piece in met):
            return None
        first, last = (part.span(piece.element).start for piece in (met[0], met[-1]))
        between = (one for one in file.paragraph(unit)[1].iter(*_CHANGES) if first < part.span(one).start < last)
        return None if next(between, None) is not None else (name, met)

    def _file(self, document: Document) -> tuple[WordFile, dict[str, frozenset[Any]]]:
        content = self.content(document)
        if self._open is None or self._open[0] is not content:
            self._open = content, WordFile(content), {}
        return self._open[1:]


def _unchangeable(part: RawXml) -> frozenset[Any]:
    """The elements of text that are part of a tracked change or of a field."""
    depth = 0
    made = []
    for element in part.elements:
        if element.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType"), 0)
        elif element.tag == f"{W}t" and (
            depth > 0 or any(above.tag in _CHANGES or above.tag == _FIELD for above in element.iterancestors())
        ):
            made.append(element)
    return frozenset(made)


def _in_element(part: RawXml, element: Any, changes: list[tuple[int, int, str]]) -> list[RawEdit]:
    """The edits of a part that change the text of an element, whose blanks at the ends are then kept."""
    positions = part.positions(element)
    assert positions is not None
    made = [RawEdit(positions[start], positions[end], text_xml(text)) for start, end, text in changes]
    return made + part.keeping_blanks(element)
