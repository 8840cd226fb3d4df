"""HTML as a tree of elements in which every tag and every piece of text knows its place in the file.

One pattern cuts a file into tags, comments and text, as the standard library's parser does (Python 3.11), which takes
many times as long. Which elements are read is not decided here.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

VOID = frozenset("area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol optgroup option p pre search "
    "section summary table tbody td tfoot th thead title tr ul".split()
)
"""Elements that begin and end a line."""

_REMEMBERED = 500  # characters of attributes: more are a picture in letters or the like
_Made = TypeVar("_Made")

TAG_LIMIT = 400_000
"""How many tags a file may have."""

_CLOSES = {
    **dict.fromkeys(["li"], frozenset(["li"])),
    **dict.fromkeys(["dt", "dd"], frozenset(["dt", "dd"])),
    **dict.fromkeys(["td", "th"], frozenset(["td", "th"])),
    **dict.fromkeys(["tr", "tbody", "thead", "tfoot"], frozenset(["td", "th", "tr", "tbody", "thead", "tfoot"])),
    **dict.fromkeys(["option", "optgroup"], frozenset(["option"])),
}
_IN_HEAD = frozenset("title meta link base style script noscript template object".split())
_IN_PARAGRAPHS = frozenset(["option", "optgroup"])
_KEEPS = frozenset(["table", "ul", "ol", "dl", "select", "menu"])  # nothing is closed across these
_ENTITY = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?|&[A-Za-z][A-Za-z0-9]{1,31};?")
_NAME = r"[a-zA-Z][^\t\n\r\f />\x00]*+"
_BETWEEN = r"\s*+(?:/(?!>)\s*+)*+"
_VALUE = r"""'[^']*'|"[^"]*"|(?!['"])[^>\s]*"""
_GIVEN = r"""(?<=['"\s/])[^\s/>][^\s/=>]*+"""
_INSIDE = rf"(?>{_BETWEEN}(?:{_GIVEN}(?:\s*=+\s*(?:{_VALUE}))?{_BETWEEN})*+)"
_TOKEN = re.compile(
    rf"""<(?:
        ({_NAME})({_INSIDE})(/?>)                                # 1 to 3: a start tag
        | /(?:\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*|({_NAME})[^>]*)>  # 4 or 5: an end tag
        | /[^>]*> | [?][^>]*> | !(?!--)[^>]*>                    # declarations, end tags of nothing
        | !--(?:[^-]++|-(?!-\s*>))*+--\s*>                       # comments
        | (!--[^>]*> | (?={_NAME}{_INSIDE}(?:[a-zA-Z=/]|\Z))[^>]*> | {_NAME}{_INSIDE} | )  # 6: text
    )""",
    re.X,
)
_START, _TEXT = 3, 6
_ATTRIBUTE = re.compile(rf"({_GIVEN})(?:\s*=+\s*({_VALUE}))?")
_RAW_ENDS = {
    "script": re.compile(r"</\s*[sS][cC][rR][iI][pP][tT]\s*>"),
    "style": re.compile(r"</\s*[sS][tT][yY][lL][eE]\s*>"),
}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class TooComplexError(ValueError):
    """A file with more tags than are read."""


class Element:
    """An element; ``start..end`` with its tags, ``content..close`` without them; ``given`` are its attributes as written.

    ``number`` counts the elements in order of their start tags, ``last`` is that of the last one inside this one.
    """

    __slots__ = ("close", "content", "end", "given", "last", "name", "number", "parent", "start")

    def __init__(self, name: str, given: str, parent: Element | None, start: int, content: int, number: int) -> None:
        self.name = name
        self.given = given
        self.parent = parent
        self.start = start
        self.content = self.close = self.end = content
        self.number = self.last = number

    @property
    def attributes(self) -> Mapping[str, str]:
        """The attributes by name in lower case; the first of those that are given twice, as in browsers."""
        return attributes(self.given)

    @property
    def words(self) -> frozenset[str]:
        """The words of its classes and its id, in lower case, parted at hyphens and capitals."""
        return _words(self.given)


Piece = tuple[str, int, int, Element]
"""``(kind, start, end, element)``: "text", "start", "end" or "other" of the file, and the element it belongs to."""


class Tree(NamedTuple):
    """The elements in order of their start tags and the pieces, which cover the file without a gap."""

    elements: list[Element]
    pieces: list[Piece]

    def inside(self, outer: Iterable[Element]) -> bytearray:
        """One byte an element: 1 for the given ones, which are in order, and all inside them."""
        made = bytearray(len(self.elements))
        until = 0
        for element in outer:
            if element.number >= until:
                until = element.last + 1
                made[element.number : until] = b"\1" * (until - element.number)
        return made


def remembered(function: Callable[[str], _Made]) -> Callable[[str], _Made]:
    """A function of what a start tag is given, whose results are remembered from page to page unless that is long."""
    kept = lru_cache(maxsize=4096)(function)
    return lambda given: kept(given) if len(given) <= _REMEMBERED else function(given)


@remembered
def attributes(given: str) -> Mapping[str, str]:
    """The attributes that stand in a start tag behind its name."""
    made = {}
    for name, value in reversed(_ATTRIBUTE.findall(given)):
        value = value[1:-1] if value[:1] in ("'", '"') else value
        made[name.lower()] = html.unescape(value) if "&" in value else value
    return made


@remembered
def _words(given: str) -> frozenset[str]:
    said = attributes(given)
    return frozenset(map(str.lower, _WORD.findall(f"{said.get('class', '')} {said.get('id', '')}"[:400])))


def read_tree(text: str) -> Tree:
    """The elements and pieces of a file. Raises TooComplexError."""
    reading = _Reading(_covered(text))
    begin: int | None = 0
    while begin is not None:
        begin = reading.read_from(begin)
    return reading.tree


class _Reading:
    """A tree as far as it is read: which elements are open, inmost last, and at which depths those of each name."""

    def __init__(self, text: str) -> None:
        root = Element("", "", None, 0, 0, 0)
        self.tree = Tree([root], [])
        self._text = text
        self._open = [root]
        self._depths: defaultdict[str, list[int]] = defaultdict(list, {"": [0]})

    def read_from(self, position: int) -> int | None:
        """Read to the inside of a script or style, and return where it ends, or to the end of the text: None."""
        (elements, pieces), opened, depths = self.tree, self._open, self._depths
        add = pieces.append
        for match in _TOKEN.finditer(self._text, position):
            start, end = match.span()
            if start > position:
                add(("text", position, start, opened[-1]))
            position = end
            kind = match.lastindex
            if kind == _START:
                name, given, closing = match.group(1, 2, 3)
                name = name.lower()
                around = opened[-1]
                if around.name == "head" or (name in BLOCKS and (name in _CLOSES or depths["p"])):
                    self._close_before(name, start)
                    around = opened[-1]
                number = len(elements)
                if number > TAG_LIMIT:
                    raise TooComplexError
                element = Element(name, given, around, start, end, number)
                elements.append(element)
                add(("start", start, end, element))
                if name in VOID:
                    continue
                depths[name].append(len(opened))
                opened.append(element)
                if closing == "/>":
                    element.content = start + 1
                    pieces[-1] = ("start", start, start + 1, element)
                    self._end(name, start + 1, end)
                elif name in _RAW_ENDS:
                    return self._raw_end(element)
            elif kind is None or kind == _TEXT:
                add(("text" if kind else "other", start, end, opened[-1]))
            else:
                name = match[kind].lower()
                inmost = opened[-1]
                if inmost.name == name:
                    opened.pop()
                    depths[name].pop()
                    inmost.close, inmost.end, inmost.last = start, end, len(elements) - 1
                    add(("end", start, end, inmost))
                else:
                    self._end(name, start, end)
        length = len(self._text)
        if position < length:
            add(("text", position, length, opened[-1]))
        self._close("", length, length)
        return None

    def _raw_end(self, element: Element) -> int | None:
        """Where the inside of a script or style that has begun ends; without an end all of the text is its start tag."""
        match = _RAW_ENDS[element.name].search(self._text, element.content)
        if match is not None:
            if match.start() > element.content:
                self.tree.pieces.append(("text", element.content, match.start(), element))
            return match.start()
        element.content = len(self._text)
        self.tree.pieces[-1] = ("start", element.start, element.content, element)
        self._close("", element.content, element.content)
        return None

    def _end(self, name: str, start: int, end: int) -> None:
        """An end tag, which may end nothing; one of a cell's inside ends nothing outside the cell but a block."""
        depths = self._depths
        at = depths[name]
        cells = [inmost[-1] for inmost in (depths["td"], depths["th"]) if inmost]
        if at and (name in BLOCKS or at[-1] > max(cells, default=-1)):
            element = self._open[at[-1]]
            self._close(name, start, end)
            self.tree.pieces.append(("end", start, end, element))
            return
        self.tree.pieces.append(("other", start, end, self._open[-1]))

    def _close(self, name: str, place: int, end: int) -> None:
        """Close the inmost open element of a name and what is open inside it, at ``place`` or behind its end tag."""
        last = len(self.tree.elements) - 1
        while True:
            closed = self._open.pop()
            closed.close, closed.end, closed.last = place, end, last
            self._depths[closed.name].pop()
            if closed.name == name:
                return

    def _close_before(self, name: str, place: int) -> None:
        """Close what a start tag closes without saying so: an item the next item, a paragraph a block, the head the body."""
        if self._open[-1].name == "head" and name not in _IN_HEAD:
            self._close("head", place, place)
        if name not in BLOCKS:
            return
        if name not in _IN_PARAGRAPHS and self._depths["p"] and any(element.name == "p" for element in self._open[-4:]):
            self._close("p", place, place)
        ends = _CLOSES.get(name, ())
        for element in self._open[:-40:-1] if ends else ():
            if element.name in _KEEPS:
                return
            if element.name in ends:
                self._close(element.name, place, place)
                if name in ("tr", "tbody", "thead", "tfoot"):
                    self._close_before(name, place)
                return


def _covered(text: str) -> str:
    """``text`` of the same length without tags that the file ends in, and comments that never end.

    In XHTML what stands in CDATA is text: its marks become declarations of the same length.
    """
    if text[:100].lstrip("\ufeff \t\r\n").startswith("<?xml"):
        text = text.replace("<![CDATA[", "<!xxxxxx>").replace("]]>", "<!>")
    end = text.rfind(">") + 1
    opens = text.find("<", end)
    if opens >= 0:
        text = text[:opens] + " " * (len(text) - opens)
    last = text.rfind("-->", 0, end) + 1
    if text.find("<!--", last) >= 0:
        text = text[:last] + text[last:].replace("<!--", "<!xx")
    return text


def entities(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """``(start, end, character)`` of the entities in ``text[start:end]`` that stand for one character."""
    if text.find("&", start, end) < 0:
        return
    for match in _ENTITY.finditer(text, start, end):
        raw = match.group()
        meant = html.unescape(raw)
        if len(meant) == 1 and meant != raw:
            yield match.start(), match.end(), meant
        elif meant != raw and raw[-1] != ";" and len(raw) > len(meant) > 1:
            # "&nbspThe": one of the old names, which need no semicolon, and what stands right behind it
            yield match.start(), match.end() - len(meant) + 1, meant[0]
