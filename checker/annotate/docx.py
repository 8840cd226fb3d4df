"""Word comments: the marks of each in the main text, its words in the part of comments, which is made where there is none.

Runs are split at the ends of a comment and keep their formatting; no text, field or tracked change is touched. Comments
can only stand in the main text: what is found in a note stands at the note's mark, of a text box at the box, of a header
or footer at the first paragraph, and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from checker.annotate.remarks import Remark, Signature, remarks
from checker.document import Document, Unit
from checker.docx_file import CONTENT_TYPES, Piece, WordFile, piece_at, relations_of
from checker.finding import Finding
from checker.raw_xml import Edit, RawXml, attribute_xml, text_xml
from checker.readers.docx import W, paragraph_text

_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HEADING = re.compile(r"(?i)(?:heading|title|标题)\s*\d*")
_NOTES = ("footnote", "endnote")
_NOTE = re.compile(rf"({'|'.join(_NOTES)}) (.+)")
_ENDS, _STARTS = 0, 1  # what ends at a place is written before what begins there


class _Mark(NamedTuple):
    """What is put at one place, and the run that is parted there, if any."""

    order: int
    text: str
    run: Any = None
    within: Any = None  # the element of text in which it is parted


def annotate(content: bytes, document: Document, findings: list[Finding], signature: Signature) -> bytes:
    """The file with a comment for each concept. Raises RefusedError."""
    return _Annotator(content, document).annotated(findings, signature)


class _Annotator:
    def __init__(self, content: bytes, document: Document) -> None:
        self.file = WordFile(content)
        self.document = document
        self.main = self.file.part(self.file.main)
        self.places = _Places(self.file, document)
        self.marks: dict[int, list[_Mark]] = defaultdict(list)
        self._formatting: dict[Any, str] = {}  # of runs that were parted

    def annotated(self, findings: list[Finding], signature: Signature) -> bytes:
        made: list[tuple[str, ...]] = []
        comments = self.file.related(self.file.main, "/comments")
        first = 0 if comments is None else _first_free(self.file.part(comments))
        for remark in remarks(self.document, findings, self.places.name):
            where = self._anchor(remark, first + len(made))
            if where is not None:
                made.append(remark.lines if where == "" else (f"In the {where}:", *remark.lines))
        changed = {self.file.main: self.main.edited(self._edits())}
        changed |= self._comments(comments, made, first, signature)
        return self.file.saved(changed)

    # -- the marks in the text ---------------------------------------------------------------------------------------

    def _anchor(self, remark: Remark, number: int) -> str | None:
        """Put the marks of a comment; returns what its place is called where the marks stand elsewhere, else ""."""
        unit = self.document.unit_at(remark.start)
        if unit is None:
            return None
        if not unit.key.startswith(f"{self.file.main}#"):
            element = self._mark_of_note(unit)
            if element is None:
                element = self._first_paragraph
            if element is None or not self._around(element, number):
                return None
            return unit.name.rpartition(" ")[0]  # the number that Word shows of a note is another
        paragraph = self.file.paragraph(unit)[1]
        outer = next((above for above in reversed(list(paragraph.iterancestors(f"{W}p")))), None)
        if outer is not None:
            box = next(above for above in paragraph.iterancestors() if above.getparent() is outer)
            return "text box" if self._around(box, number) else None
        start, end = remark.start, remark.end
        if start == end:
            start, end = unit.start, unit.end
        last = self.document.unit_at(end - 1)
        if last is None or not self._is_plain(last):
            last = unit
        end = min(end, last.end)
        self._begin(self.file.pieces(self.document, unit), start, number)
        self._end(self.file.pieces(self.document, last), end, number)
        return ""

    def _is_plain(self, unit: Unit) -> bool:
        """Whether a unit is a paragraph of the main text itself."""
        if not unit.key.startswith(f"{self.file.main}#"):
            return False
        return next(self.file.paragraph(unit)[1].iterancestors(f"{W}p"), None) is None

    def _mark_of_note(self, unit: Unit) -> Any:
        found = _NOTE.fullmatch(unit.name)
        if found is None:
            return None
        note = next(self.file.paragraph(unit)[1].iterancestors(f"{W}{found[1]}"), None)
        label = None if note is None else note.get(f"{W}id")
        mark = self._marks_of_notes.get((f"{W}{found[1]}Reference", label))
        return None if mark is None else _child_of_paragraph(mark)

    @cached_property
    def _marks_of_notes(self) -> dict[tuple[str, str | None], Any]:
        """The first mark of each note, by what it is called and the note's id."""
        marks: dict[tuple[str, str | None], Any] = {}
        for mark in self.main.root.iter(*(f"{W}{kind}Reference" for kind in _NOTES)):
            marks.setdefault((mark.tag, mark.get(f"{W}id")), mark)
        return marks

    @cached_property
    def _first_paragraph(self) -> Any:
        """The first paragraph with words, if any."""
        return next((p for p in self.main.root.iter(f"{W}p") if paragraph_text(p).strip()), None)

    def _around(self, element: Any, number: int) -> bool:
        """Put marks around an element that stands in a paragraph, or inside the ends of a paragraph."""
        span = self.main.span(element)
        start, end = span.start, span.end
        if element.tag == f"{W}p":
            children = [child for child in element if child.tag != f"{W}pPr"]
            if not children:
                return False
            start, end = self.main.span(children[0]).start, self.main.span(children[-1]).end
        self.marks[start].append(_Mark(_STARTS, self._tag("commentRangeStart", number)))
        self.marks[end].append(_Mark(_ENDS, self._tag("commentRangeEnd", number) + self._reference(number)))
        return True

    def _begin(self, pieces: list[Piece], offset: int, number: int) -> None:
        piece = pieces[piece_at(pieces, offset)]
        self._put(piece, offset - piece.start, _STARTS, self._tag("commentRangeStart", number))

    def _end(self, pieces: list[Piece], offset: int, number: int) -> None:
        piece = pieces[piece_at(pieces, offset - 1)]
        text = self._tag("commentRangeEnd", number)
        outer = _child_of_paragraph(piece.element)
        if outer is None or outer.tag == f"{W}r":
            text += self._reference(number)
        else:
            # The mark itself is no part of a tracked change, a link or a field.
            self.marks[self.main.span(outer).end].append(_Mark(_ENDS, self._reference(number)))
        self._put(piece, offset - piece.start, _ENDS, text)

    def _put(self, piece: Piece, within: int, order: int, text: str) -> None:
        """Put ``text`` before the character ``within`` of a piece, parting its run where it has to be."""
        run = next(piece.element.iterancestors(f"{W}r"), None)
        if run is None:  # text in no run: nothing to part
            around = self.main.span(piece.element)
            self.marks[around.start if order == _STARTS else around.end].append(_Mark(order, text))
            return
        first = next(child for child in run if child.tag != f"{W}rPr")
        last = next(child for child in reversed(run) if child.tag != f"{W}rPr")
        span = self.main.span(piece.element)
        if within <= 0 and first is piece.element:
            self.marks[self.main.span(run).start].append(_Mark(order, text))
        elif within >= len(piece.text) and last is piece.element:
            self.marks[self.main.span(run).end].append(_Mark(order, text))
        elif piece.element.getparent() is not run:  # in a ruby, say: the run stays whole
            at = self.main.span(run).start if order == _STARTS else self.main.span(run).end
            self.marks[at].append(_Mark(order, text))
        elif within <= 0:
            self.marks[span.start].append(_Mark(order, text, run))
        elif within >= len(piece.text):
            self.marks[span.end].append(_Mark(order, text, run))
        else:
            positions = self.main.positions(piece.element)
            if positions is None:
                at = span.start if order == _STARTS else span.end
                self.marks[at].append(_Mark(order, text, run))
            else:
                self.marks[positions[within]].append(_Mark(order, text, run, piece.element))

    def _edits(self) -> Iterator[Edit]:
        parted: set[Any] = set()
        for position, marks in self.marks.items():
            text = "".join(mark.text for mark in sorted(marks, key=lambda mark: mark.order))
            run = next((mark.run for mark in marks if mark.run is not None), None)
            within = next((mark.within for mark in marks if mark.within is not None), None)
            if run is not None:
                before, after = self._parting(run, within)
                text = f"{before}{text}{after}"
            yield Edit(position, position, text)
            if within is not None and within not in parted:
                parted.add(within)
                yield from self.main.keeping_blanks(within)

    def _parting(self, run: Any, within: Any) -> tuple[str, str]:
        """What ends a run, and its text, at a place, and what begins it again with the same formatting."""
        name = self.main.name(run)
        again = self._formatting.get(run)
        if again is None:
            span = self.main.span(run)
            again = self.main.raw(span.start, span.inner)
            formatting = run.find(f"{W}rPr")
            if formatting is not None:
                there = self.main.span(formatting)
                again += self.main.raw(there.start, there.end)
            self._formatting[run] = again
        if within is None:
            return f"</{name}>", again
        text = self.main.name(within)
        return f"</{text}></{name}>", f'{again}<{text} xml:space="preserve">'

    def _tag(self, name: str, number: int) -> str:
        prefix, declared = _prefix(self.main)
        return f'<{prefix}{name}{declared} {prefix}id="{number}"/>'

    def _reference(self, number: int) -> str:
        prefix, declared = _prefix(self.main)
        return f"<{prefix}r{declared}>{self._tag('commentReference', number)}</{prefix}r>"

    # -- the words ---------------------------------------------------------------------------------------------------

    def _comments(
        self, there: str | None, made: list[tuple[str, ...]], first: int, signature: Signature
    ) -> dict[str, bytes]:
        """The parts that hold the words of comments and say that they are there."""
        if there is not None:
            part = self.file.part(there)
            words = "".join(_comment(*_prefix(part), first + n, lines, signature) for n, lines in enumerate(made))
            return {there: part.edited([part.appended(part.root, words)])}
        words = "".join(_comment("w:", "", first + n, lines, signature) for n, lines in enumerate(made))
        name = self._new_name()
        relations = self._relations()
        used = {relation.get("Id") for relation in relations.root}
        number = next(n for n in range(1, len(used) + 2) if f"rIdComments{n}" not in used)
        relation = relations.alike(relations.root, "Relationship")
        types = self.file.part(CONTENT_TYPES)
        override = types.alike(types.root, "Override")
        return {
            relations_of(self.file.main): relations.edited(
                [
                    relations.appended(
                        relations.root, f'<{relation} Id="rIdComments{number}" Type="{_RELATION}" Target="/{name}"/>'
                    )
                ]
            ),
            CONTENT_TYPES: types.edited(
                [types.appended(types.root, f'<{override} PartName="/{name}" ContentType="{_COMMENTS}"/>')]
            ),
            name: f'{_DECLARATION}<w:comments xmlns:w="{W[1:-1]}">{words}</w:comments>'.encode(),
        }

    def _relations(self) -> RawXml:
        """What the main part relates to; a text without pictures, styles and notes may relate to nothing."""
        name = relations_of(self.file.main)
        return self.file.part(name) if name in self.file.names else RawXml(_NO_RELATIONS)

    def _new_name(self) -> str:
        folder = self.file.main.rpartition("/")[0]
        names = (f"{folder}/comments{n or ''}.xml".lstrip("/") for n in range(len(self.file.names) + 1))
        return next(name for name in names if name not in self.file.names)


def _prefix(part: RawXml) -> tuple[str, str]:
    """What names of Word's own begin with, and its declaration where the part, whose elements need none, lacks it.

    Attributes are in no namespace without a prefix.
    """
    prefix = next((name for name, meant in part.root.nsmap.items() if name and meant == W[1:-1]), None)
    return (f"{prefix}:", "") if prefix else ("w:", f' xmlns:w="{W[1:-1]}"')


def _comment(prefix: str, declared: str, number: int, lines: tuple[str, ...], signature: Signature) -> str:
    p, r, t = f"{prefix}p", f"{prefix}r", f"{prefix}t"
    words = "".join(f'<{p}><{r}><{t} xml:space="preserve">{text_xml(line)}</{t}></{r}></{p}>' for line in lines)
    return (
        f'<{prefix}comment{declared} {prefix}id="{number}" {prefix}author={attribute_xml(signature.author)} '
        f'{prefix}date="{signature.date}" {prefix}initials={attribute_xml(signature.initials)}>{words}</{prefix}comment>'
    )


def _first_free(comments: RawXml) -> int:
    numbers = (comment.get(f"{W}id", "") for comment in comments.root)
    return max((int(number) for number in numbers if re.fullmatch(r"\d{1,9}", number)), default=-1) + 1


def _child_of_paragraph(element: Any) -> Any:
    """The element that holds another one and stands in a paragraph itself."""
    while element is not None and (element.getparent() is None or element.getparent().tag != f"{W}p"):
        element = element.getparent()
    return element


class _Places:
    """What a reader calls the places of a document: by page where Word has left its page breaks, else by heading."""

    def __init__(self, file: WordFile, document: Document) -> None:
        self._file = file
        self._document = document
        self._main = file.part(file.main)
        self._headings = _heading_styles(file)
        self._breaks: list[int] = []  # where pages end
        self._heading: dict[Any, str] = {}
        heading = ""
        for element in self._main.root.iter(f"{W}p", f"{W}lastRenderedPageBreak"):
            if element.tag != f"{W}p":
                self._breaks.append(self._main.span(element).start)
                continue
            if self._is_heading(element):
                heading = " ".join(paragraph_text(element).split())
            self._heading[element] = heading

    def name(self, offset: int) -> str:
        """The page, or the paragraph or cell and the heading it stands under."""
        unit = self._document.unit_at(offset)
        if unit is None or not unit.key.startswith(f"{self._file.main}#"):
            return unit.name if unit else ""
        paragraph = self._file.paragraph(unit)[1]
        if self._breaks:
            pieces = self._file.pieces(self._document, unit)
            reached = pieces[piece_at(pieces, offset)].element if pieces else paragraph
            return f"page {bisect_left(self._breaks, self._main.span(reached).start) + 1}"
        heading = self._heading[paragraph]
        return f"{unit.name} (under “{heading[:80]}”)" if heading and not self._is_heading(paragraph) else unit.name

    def _is_heading(self, paragraph: Any) -> bool:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return False
        style = properties.find(f"{W}pStyle")
        return properties.find(f"{W}outlineLvl") is not None or (
            style is not None and style.get(f"{W}val") in self._headings
        )


def _heading_styles(file: WordFile) -> frozenset[str]:
    """The ids of the styles that are headings, by their names."""
    name = file.related(file.main, "/styles")
    if name is None:
        return frozenset()
    found = set()
    for style in file.part(name).root.iter(f"{W}style"):
        called = style.find(f"{W}name")
        if called is not None and _HEADING.fullmatch(called.get(f"{W}val", "")):
            found.add(style.get(f"{W}styleId"))
    return frozenset(found)
