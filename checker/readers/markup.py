"""HTML as a tree of elements in which every tag and every piece of text knows its place in the file.

The parser is the standard library's. What makes it slow or lose its way on hostile or broken files is covered before,
by characters of the same length. Which elements are read is not decided here.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav noscript ol optgroup option p pre search "
    "section summary table tbody td tfoot th thead title tr ul".split()
)
"""Elements that begin and end a line."""

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
_KEEPS = frozenset(["table", "ul", "ol", "dl", "select", "menu"])  # nothing is closed across these
_ENTITY = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?|&[A-Za-z][A-Za-z0-9]{1,31};?")
_COVER = "\x1a"  # for "&", so that text comes in one piece


class TooComplexError(ValueError):
    """A file with more tags than are read."""


@dataclass(eq=False, slots=True)
class Element:
    """An element; ``start..end`` with its tags, ``content`` where its start tag ends. Attribute names are lower case."""

    name: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    content: int = 0
    end: int = 0
    letters: int = 0  # that a reader sees, inside it
    linked: int = 0  # of them in links
    links: int = 0
    longest: int = 0  # letters of its longest piece of text outside links
    headings: int = 0  # h1 inside
    number: int = 0  # in order of the start tags
    last: int = 0  # the number of the last element inside it

    @property
    def words(self) -> set[str]:
        """The words of its classes and its id, in lower case, parted at hyphens and capitals."""
        given = f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}"[:400]
        return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", given)}

    def inside(self) -> Iterator[Element]:
        """The element and those around it, inmost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(frozen=True, slots=True)
class Piece:
    """``start..end`` of the file: ``kind`` is "text", "start", "end" or "other"; ``element`` what it belongs to."""

    kind: str
    start: int
    end: int
    element: Element


@dataclass(slots=True)
class Tree:
    """The elements in order of their start tags and the pieces, which cover the file without a gap."""

    elements: list[Element] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


class _Tokens(HTMLParser):
    """What the parser sees, as ``(kind, start, length or 0, name, attributes)``."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, int, int, str, dict[str, str]]] = []
        self._tags = 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.feed(text)
        self.close()

    def _add(self, kind: str, length: int = 0, name: str = "", attributes: dict[str, str] | None = None) -> None:
        line, column = self.getpos()
        self.found.append((kind, self._lines[line - 1] + column, length, name, attributes or {}))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the first of attributes that are given twice, as browsers do."""
        self._tags += 1
        if self._tags > TAG_LIMIT:
            raise TooComplexError
        given = {name: html.unescape((value or "").replace(_COVER, "&")) for name, value in reversed(attrs)}
        self._add("start", 0, tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An empty element."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.found.append(("end", self.found[-1][1] + 1, 0, tag, {}))

    def handle_endtag(self, tag: str) -> None:
        """The end of an element that may never have begun."""
        self._add("end", 0, tag)

    def handle_data(self, data: str) -> None:
        """Text, or the inside of a script."""
        self._add("text", len(data))

    def handle_comment(self, data: str) -> None:
        """Not text."""
        self._add("other")

    def handle_decl(self, decl: str) -> None:
        """Not text."""
        self._add("other")

    def handle_pi(self, data: str) -> None:
        """Not text."""
        self._add("other")

    def unknown_decl(self, data: str) -> None:
        """Not text."""
        self._add("other")


def read_tree(text: str) -> Tree:
    """The elements and pieces of a file. Raises TooComplexError."""
    tokens = _Tokens(_covered(text)).found
    root = Element("", {}, None, 0, end=len(text))
    tree = Tree([root])
    open_elements = [root]
    names: Counter[str] = Counter()

    def close(name: str, place: int) -> None:
        while True:
            closed = open_elements.pop()
            names[closed.name] -= 1
            closed.end = place
            closed.last = len(tree.elements) - 1
            if closed.name == name:
                return

    position = 0
    for number, (kind, start, length, name, attributes) in enumerate(tokens):
        following = tokens[number + 1][1] if number + 1 < len(tokens) else len(text)
        if start > position:
            tree.pieces.append(Piece("other", position, start, open_elements[-1]))
        end = min(start + length, following) if kind == "text" else following
        position = end
        if kind == "start":
            _close_before(name, open_elements, names, close, start)
            element = Element(name, attributes, open_elements[-1], start, end, end, number=len(tree.elements))
            element.last = element.number
            tree.elements.append(element)
            tree.pieces.append(Piece("start", start, end, element))
            if name not in VOID:
                open_elements.append(element)
                names[name] += 1
        elif kind == "end" and names[name]:
            closing = _open(name, open_elements)
            if closing is None:
                tree.pieces.append(Piece("other", start, end, open_elements[-1]))
            else:
                close(name, end)
                tree.pieces.append(Piece("end", start, end, closing))
        else:
            tree.pieces.append(Piece("text" if kind == "text" else "other", start, end, open_elements[-1]))
    if position < len(text):
        tree.pieces.append(Piece("other", position, len(text), root))
    while open_elements:
        closed = open_elements.pop()
        closed.end = len(text)
        closed.last = len(tree.elements) - 1
    return tree


def _open(name: str, open_elements: list[Element]) -> Element | None:
    """The inmost open element of a name; None when a cell or another keeper stands between, except for its own kind."""
    for element in reversed(open_elements):
        if element.name == name:
            return element
        if element.name in ("td", "th") and name not in BLOCKS:
            return None
    return None


def _close_before(name: str, open_elements: list[Element], names: Counter[str], close: object, place: int) -> None:
    """Close what a start tag closes without saying so: an item the next item, a paragraph a block, the head the body."""
    assert callable(close)
    if names["head"] and open_elements[-1].name == "head" and name not in _IN_HEAD:
        close("head", place)
    if name in BLOCKS and names["p"] and any(element.name == "p" for element in open_elements[-4:]):
        close("p", place)
    ends = _CLOSES.get(name)
    if ends is None:
        return
    for element in open_elements[:-40:-1]:
        if element.name in _KEEPS:
            return
        if element.name in ends:
            close(element.name, place)
            if name not in ("tr", "tbody", "thead", "tfoot"):
                return
            _close_before(name, open_elements, names, close, place)
            return


def _covered(text: str) -> str:
    """``text`` of the same length without what the parser loses its way on."""
    end = text.rfind(">") + 1
    rest = text[end:]
    opens = rest.find("<")
    if opens >= 0:
        rest = rest[:opens] + " " * (len(rest) - opens)  # a tag that the file ends in
    head = text[:end].replace("<![", "<!x").replace("&", _COVER)
    last = head.rfind("-->")
    head = head[: last + 1] + head[last + 1 :].replace("<!--", "<!xx")  # a comment that never ends
    return head + rest.replace("&", _COVER)


def entities(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """``(start, end, character)`` of the entities in ``text[start:end]`` that stand for one character."""
    if text.find("&", start, end) < 0:
        return
    for match in _ENTITY.finditer(text, start, end):
        raw = match.group()
        meant = html.unescape(raw)
        if len(meant) == 1 and meant != raw:
            yield match.start(), match.end(), meant
