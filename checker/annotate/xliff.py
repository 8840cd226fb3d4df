"""Notes in XLIFF files where the tools show them, put in place: not a byte of the rest changes.

Plain XLIFF 1.2 gets a ``note`` after the target, 2.x one among the unit's ``notes``, Trados comments on the segment, and
memoQ comments on the target. Where the English is the source, as in files from English to Chinese, notes are on it.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from functools import lru_cache
from typing import Any, NamedTuple

from checker.annotate.remarks import Remark, Signature, remarks
from checker.document import Document
from checker.finding import Finding
from checker.raw_xml import Edit, RawXml, attribute_xml, text_xml
from checker.readers.archive import RefusedError
from checker.readers.sides import is_chinese
from checker.readers.xliff import Segment, segments
from checker.readers.xml import local

_TRADOS = "http://sdl.com/FileTypes/SdlXliff/1.0"
_MEMOQ = "MQXliff"
_PRIORITIES = {"error": 1, "warning": 2, "info": 3}
_WEIGHTS = {"error": "High", "warning": "Medium", "info": "Low"}
_NAME = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMES = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


class _Note(NamedTuple):
    """What is said of a segment, and its name where it stands in a unit with others."""

    remark: Remark
    segment: Segment
    several: bool

    @property
    def words(self) -> str:
        """The words as XML."""
        lead = f"{self.segment.name}: " if self.several else ""
        return lead + _lines(self.remark)

    @property
    def side(self) -> str:
        """Which side the English is, that the words are about."""
        return "source" if is_chinese(self.segment.target) and not is_chinese(self.segment.source) else "target"


def annotate(content: bytes, document: Document, findings: list[Finding], signature: Signature) -> bytes:
    """The file with a note for each concept. Raises RefusedError."""
    file = RawXml(content)
    there = {segment.key: segment for segment in segments(file.root)}
    counts = Counter(segment.unit for segment in there.values())

    def place_name(offset: int) -> str:
        unit = document.unit_at(offset)
        return unit.name if unit else ""

    by_unit: dict[Any, list[_Note]] = {}
    for remark in remarks(document, findings, place_name):
        unit = document.unit_at(remark.start)
        if unit is None or unit.key not in there:
            raise RefusedError("changed", "the file is not the one that was checked")
        segment = there[unit.key]
        by_unit.setdefault(segment.unit, []).append(_Note(remark, segment, counts[segment.unit] > 1))
    edits: list[Edit] = []
    definitions: list[str] = []
    text_name = uuid.uuid5(_NAMES, document.text)
    for element, notes in by_unit.items():
        namespaces = element.nsmap.values()
        if local(element) == "unit":
            edits.append(_notes_2(file, element, notes))
        elif _TRADOS in namespaces:
            by_segment: dict[Segment, list[Remark]] = {}
            for note in notes:
                by_segment.setdefault(note.segment, []).append(note.remark)
            for segment, mine in by_segment.items():
                name = _new(file, uuid.uuid5(text_name, segment.key))
                edits += _trados_mark(file, segment, name)
                definitions.append(_trados_definition(name, mine, signature))
        elif _MEMOQ in namespaces:
            edits.append(_memoq_comments(file, element, notes, signature))
        else:
            edits.append(_notes_1(file, element, notes, signature))
    if definitions:
        edits.append(_trados_definitions(file, "".join(definitions)))
    return file.edited(edits)


def _notes_1(file: RawXml, unit: Any, notes: list[_Note], signature: Signature) -> Edit:
    """Notes stand after the target, before whatever a tool has added to a unit."""
    target = next(child for child in unit if local(child) == "target")
    name = file.alike(target, "note")
    at = file.span(target).end
    text = "".join(
        f'<{name} from={attribute_xml(signature.author)} annotates="{note.side}" '
        f'priority="{_PRIORITIES[note.remark.severity]}">{note.words}</{name}>'
        for note in notes
    )
    return Edit(at, at, text)


def _notes_2(file: RawXml, unit: Any, notes: list[_Note]) -> Edit:
    """Notes come before the original data, and both before the segments."""
    name = file.alike(unit, "note")
    text = "".join(
        f'<{name} category="terminology" appliesTo="{note.side}" '
        f'priority="{_PRIORITIES[note.remark.severity]}">{note.words}</{name}>'
        for note in notes
    )
    there = next((child for child in unit if local(child) == "notes"), None)
    if there is not None:
        return file.appended(there, text)
    first = next(child for child in unit if local(child) in ("originalData", "segment", "ignorable"))
    at = file.span(first).start
    return Edit(at, at, f"<{file.alike(unit, 'notes')}>{text}</{file.alike(unit, 'notes')}>")


def _trados_mark(file: RawXml, segment: Segment, name: str) -> list[Edit]:
    """A comment is a mark around the segment's words."""
    span = file.span(segment.holder)
    mark = file.alike(segment.holder, "mrk")
    prefix, declared = _prefix(segment.holder, _TRADOS, "sdl")
    opened = f'<{mark} mtype="x-sdl-comment"{declared} {prefix}:cid="{name}">'
    return [Edit(span.inner, span.inner, opened), Edit(span.inner_end, span.inner_end, f"</{mark}>")]


def _new(file: RawXml, name: uuid.UUID) -> str:
    """A name that nothing in the file has: one that comes back with comments may be commented on again."""
    while str(name).encode() in _names_in(file.data):
        name = uuid.uuid5(name, "again")
    return str(name)


@lru_cache(maxsize=1)
def _names_in(content: bytes) -> frozenset[bytes]:
    return frozenset(_NAME.findall(content))


def _lines(remark: Remark) -> str:
    return text_xml("\n".join(remark.lines))


def _trados_definition(name: str, made: list[Remark], signature: Signature) -> str:
    comments = "".join(
        f'<Comment severity="{_WEIGHTS[remark.severity]}" user={attribute_xml(signature.author)} '
        f'date="{signature.date}" version="1.0">{_lines(remark)}</Comment>'
        for remark in made
    )
    return f'<cmt-def id="{name}"><Comments>{comments}</Comments></cmt-def>'


def _trados_definitions(file: RawXml, text: str) -> Edit:
    """The words of comments, at the head of the file."""
    info = next((child for child in file.root if local(child) == "doc-info"), None)
    if info is None:
        at = file.span(file.root).inner
        return Edit(at, at, f'<doc-info xmlns="{_TRADOS}"><cmt-defs>{text}</cmt-defs></doc-info>')
    there = next((child for child in info if local(child) == "cmt-defs"), None)
    plain = f' xmlns="{_TRADOS}"' if info.prefix else ""
    if there is not None:
        if plain:
            text = text.replace("<cmt-def ", f"<cmt-def{plain} ")
        return file.appended(there, text)
    text = f"<cmt-defs{plain}>{text}</cmt-defs>"
    after = next((child for child in info if local(child) == "cmt-meta-defs"), None)
    if after is not None:
        at = file.span(after).start
        return Edit(at, at, text)
    return file.appended(info, text)


def _memoq_comments(file: RawXml, unit: Any, notes: list[_Note], signature: Signature) -> Edit:
    there = unit.find(f"{{{_MEMOQ}}}comments")
    prefix, declared = _prefix(unit, _MEMOQ, "mq")
    name = f"{prefix}:comment" if there is None else file.alike(there, "comment")
    text = "".join(
        f'<{name} id="{_new(file, uuid.uuid5(_NAMES, f"{note.segment.key} {note.words}"))}" '
        f'creatoruser={attribute_xml(signature.author)} time="{signature.date}" deleted="false" category="0" '
        f'appliesto="{note.side.capitalize()}" origin="User">{note.words}</{name}>'
        for note in notes
    )
    if there is not None:
        return file.appended(there, text)
    at = file.span(unit).inner_end
    return Edit(at, at, f"<{prefix}:comments{declared}>{text}</{prefix}:comments>")


def _prefix(element: Any, uri: str, usual: str) -> tuple[str, str]:
    """The prefix that a namespace has at an element, and its declaration where it has none yet."""
    for prefix, there in element.nsmap.items():
        if prefix and there == uri:
            return prefix, ""
    return usual, f' xmlns:{usual}="{uri}"'
