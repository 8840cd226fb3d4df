"""XML changed in place: where each element stands in the bytes, and edits at such places. Nothing is written anew.

What no edit touches stays byte for byte as it was: order of attributes, quotes, blanks, declarations, encoding.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from checker.readers.archive import RefusedError
from checker.readers.xml import root_of
from glossary.lazy_pattern import lazy

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,80}?\sencoding\s*=\s*["']([A-Za-z][\w.-]{0,39})["']""")
_CHARACTER = lazy(r"&[^;<&]{1,40};|\r\n|[^<&]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = lazy("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Span(NamedTuple):
    """Where an element stands, as offsets into `RawXml.data`: ``start..end`` with its tags, ``inner..inner_end`` between."""

    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one tag, ``<a/>``, into which nothing can be put."""
        return self.inner == self.end


class Edit(NamedTuple):
    """Replace ``start..end`` of `RawXml.data` by ``text``."""

    start: int
    end: int
    text: str


class RawXml:
    """A file of XML with the places of its elements. ``data`` is its content as UTF-8, without a byte order mark.

    Raises RefusedError: "unsafe" and "damaged" as reading does, "encoding" for one that cannot be written back.
    """

    def __init__(self, content: bytes) -> None:
        self.root: Any = root_of(content)
        self._mark, self._encoding = _encoding(content)
        try:
            text = content[len(self._mark) :].decode(self._encoding)
        except (UnicodeDecodeError, LookupError) as problem:
            raise RefusedError("encoding", "the encoding of the file cannot be written back") from problem
        self.data = text.encode("utf-8")
        if self._mark + text.encode(self._encoding) != content:
            raise RefusedError("encoding", "the encoding of the file cannot be written back")
        spans = _spans(self.data)
        self.elements: list[Any] = list(self.root.iter("*"))
        if len(spans) != len(self.elements):
            raise RefusedError("damaged", "the file cannot be changed in place")
        self._spans: dict[Any, Span] = dict(zip(self.elements, spans, strict=True))
        self._positions: dict[Any, list[int] | None] = {}

    def span(self, element: Any) -> Span:
        """Where an element stands."""
        return self._spans[element]

    def raw(self, start: int, end: int) -> str:
        """What is written there."""
        return self.data[start:end].decode("utf-8")

    def name(self, element: Any) -> str:
        """The name of an element as written, with its prefix."""
        local = element.tag.rsplit("}", 1)[-1]
        return f"{element.prefix}:{local}" if element.prefix else local

    def alike(self, element: Any, name: str) -> str:
        """``name`` with the prefix that ``element`` has: a name in the same namespace."""
        return f"{element.prefix}:{name}" if element.prefix else name

    def positions(self, element: Any) -> list[int] | None:
        """Where each character of an element's text stands, and the end; None where more than text stands in it."""
        if element not in self._positions:
            self._positions[element] = self._found_positions(element)
        return self._positions[element]

    def _found_positions(self, element: Any) -> list[int] | None:
        span = self.span(element)
        inner = self.raw(span.inner, span.inner_end)
        made, position, index = [span.inner], span.inner, 0
        while index < len(inner):
            match = _CHARACTER.match(inner, index)
            if match is None:
                return None
            index = match.end()
            position += len(match[0].encode("utf-8"))
            made.append(position)
        return made if len(made) == len(element.text or "") + 1 else None

    def appended(self, element: Any, text: str) -> Edit:
        """``text`` as the last thing inside an element."""
        span = self.span(element)
        if span.is_empty_tag:
            return Edit(span.end - 2, span.end, f">{text}</{self.name(element)}>")
        return Edit(span.inner_end, span.inner_end, text)

    def keeping_blanks(self, element: Any) -> list[Edit]:
        """What makes the blanks at the ends of an element's text count; nothing where it says whether they do."""
        if element.get(_SPACE) is not None:
            return []
        at = self.span(element).inner - 1
        return [Edit(at, at, ' xml:space="preserve"')]

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file with edits, in its own encoding; what that cannot write becomes a character reference.

        Edits may stand at one place, but not overlap: that raises ValueError.
        """
        made: list[bytes] = []
        last = 0
        for edit in sorted(edits, key=lambda edit: edit.start):
            if edit.start < last:
                raise ValueError("edits overlap")
            made += [self.data[last : edit.start], edit.text.encode("utf-8")]
            last = edit.end
        text = b"".join([*made, self.data[last:]]).decode("utf-8")
        return self._mark + text.encode(self._encoding, "xmlcharrefreplace")


def text_xml(text: str) -> str:
    """``text`` as the content of an element; what XML cannot hold becomes U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text))


def attribute_xml(text: str) -> str:
    """``text`` as the value of an attribute, with its quotes."""
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _encoding(content: bytes) -> tuple[bytes, str]:
    """The byte order mark and the encoding of a file."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return mark, name
    declared = _DECLARED.match(content)
    return b"", declared[1].decode("ascii") if declared else "utf-8"


def _spans(data: bytes) -> list[Span]:
    """Where the elements stand, in the order of their start tags. Raises RefusedError."""
    parser = expat.ParserCreate("utf-8")  # goes over what the file declares
    made: list[list[int]] = []
    waiting: list[tuple[int, int]] = []  # places that are known when the next thing begins
    inside: list[int] = []

    def here() -> int:
        position = parser.CurrentByteIndex
        for number, which in waiting:
            made[number][which] = position
        waiting.clear()
        return position

    def begin(name: str, attributes: dict[str, str]) -> None:
        made.append([here(), 0, 0, 0])
        inside.append(len(made) - 1)
        waiting.append((inside[-1], 1))

    def end(name: str) -> None:
        number = inside.pop()
        made[number][2] = here()
        waiting.append((number, 3))

    def other(data: str) -> None:
        here()

    def refuse(*_: object) -> None:
        raise RefusedError("unsafe", "the file defines entities, which are not read")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.DefaultHandler = other
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise RefusedError("damaged", "the file is no well-formed XML") from problem
    for number, which in waiting:
        made[number][which] = data.index(b">", made[number][2] - 1) + 1
    return [Span(*places) for places in made]
