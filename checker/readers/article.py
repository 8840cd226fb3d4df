"""What of a web page is its text: what a reader never sees, and what belongs to the site and not to the article.

The frame is told by what elements are (nav, footer), by what they are called (class and id) and by what they hold (mostly
short links). Nothing that holds most of the page's prose is ever taken for frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, compress
from typing import Literal, NamedTuple

from checker.readers.markup import Element, Tree, attributes, remembered

Part = Literal["text", "unseen", "frame", "other language"]

_NEVER = frozenset(
    "script style template noscript iframe object embed svg math canvas video audio head datalist noframes map".split()
)
_CONTROLS = frozenset("select button textarea option datalist".split())
_FRAME = frozenset("nav footer aside menu dialog search".split())
_ROLES = frozenset("navigation banner contentinfo complementary search menu menubar toolbar dialog alert".split())
_CALLED = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs position weizhi dqwz share sharing bdshare "
    "bdsharebuttonbox social sns weixin weibo wechat footer foot copyright sidebar sider related relate recommend "
    "recommended recommendation hot rank ranking friendlink friendlinks links toolbar tools login search searchbox pager "
    "pagination paging ad ads advert advertisement banner comment comments cookie cookies skip qrcode ewm erweima print "
    "fontsize topbar header logo language languages langs counter statistics popup modal tags subscribe newsletter".split()
)
_CONTENT = frozenset(
    "article content detail details post entry title text main body news doc wrapper container".split()
)
_WEAK = frozenset("header foot position hot rank links tools comment comments title tags language print".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])", re.I)
_LISTS = frozenset("ul ol div dl table tr td section p dd li".split())
_HREF = re.compile(r"\s+href\s*=", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}\b")
_OURS = frozenset("en eng zh zho chi cmn und mul cn".split())

PROSE = 400  # letters outside links: what is called a menu and holds as much is none
LINK_SHARE = 0.6  # of the letters, from which a list of links is a menu
LINK_LENGTH = 45  # letters of a link in a menu; a headline is longer
LEAST = 0.15  # share of the page's letters that must be left as text


class Article(NamedTuple):
    """What of a page is its text: for each element, by its number, what its own text is.

    ``outside`` are the elements, outermost only, that a reader sees and that are not the article's text.
    """

    kinds: list[Part]
    outside: list[Element]


def article(text: str, tree: Tree) -> Article:
    """What of a page's tree is its text."""
    unseen = tree.inside(filter(_is_unseen, tree.elements))
    counts = _Counts(text, tree, unseen)
    least = LEAST * counts.letters(tree.elements[0])
    found = _article(tree, unseen, counts, by_links=True)
    if counts.left(found.kinds) < least:
        found = _article(tree, unseen, counts, by_links=False)  # a page of nothing but headlines
        if counts.left(found.kinds) < least:
            found = Article(["unseen" if is_unseen else "text" for is_unseen in unseen], [])
    return found


def _is_unseen(element: Element) -> bool:
    return element.name in _NEVER or bool(element.given and _hides(element.given))


@remembered
def _hides(given: str) -> bool:
    lower = given.lower()
    if not ("hidden" in lower or "none" in lower or "font-size" in lower or "&" in lower):
        return False
    said = attributes(given)
    return "hidden" in said or _HIDDEN.search(said.get("style", "")[:500]) is not None


class _Counts:
    """How many letters, links and headings elements hold; what follows from their numbers takes no walk over the tree."""

    def __init__(self, text: str, tree: Tree, unseen: bytearray) -> None:
        size = len(tree.elements)
        links, headings, long, headlined = bytearray(size), bytearray(size), [0] * size, [0] * size
        self._own, linked = [0] * size, [0] * size
        for element in tree.elements:
            if element.name == "a":
                links[element.number] = _HREF.match(element.given) is not None or "href" in element.attributes
            elif element.name == "h1":
                headings[element.number] = True
        in_link = tree.inside(compress(tree.elements, links))
        for kind, start, end, element in tree.pieces:
            if kind == "text":
                number = element.number
                words = text[start:end]
                if not (words.isspace() or unseen[number]):
                    letters = sum(map(len, words.split()))
                    self._own[number] += letters
                    if in_link[number]:
                        linked[number] += letters
                    elif letters >= LINK_LENGTH:
                        long[number] += 1
        self._letters, self._linked, self._links, self._headings, self._long = (
            list(accumulate(counts, initial=0)) for counts in (self._own, linked, links, headings, long)
        )
        for element in compress(tree.elements, links):
            letters = self.letters(element)
            headlined[element.number] = letters if letters > LINK_LENGTH else 0
        self._headlined = list(accumulate(headlined, initial=0))

    def letters(self, element: Element) -> int:
        """The letters that a reader sees inside it."""
        return self._letters[element.last + 1] - self._letters[element.number]

    def linked(self, element: Element) -> int:
        """Those of them in links."""
        return self._linked[element.last + 1] - self._linked[element.number]

    def links(self, element: Element) -> int:
        """The links."""
        return self._links[element.last + 1] - self._links[element.number]

    def headlined(self, element: Element) -> int:
        """Those of them in links that are longer than those of menus."""
        return self._headlined[element.last + 1] - self._headlined[element.number]

    def headings(self, element: Element) -> int:
        """The h1."""
        return self._headings[element.last + 1] - self._headings[element.number]

    def has_long(self, element: Element) -> bool:
        """Whether a piece of text outside links is as long as a headline."""
        return self._long[element.last + 1] > self._long[element.number]

    def left(self, kinds: Iterable[Part]) -> int:
        """The letters of all elements that are text."""
        return sum(compress(self._own, (kind == "text" for kind in kinds)))


def _article(tree: Tree, unseen: bytearray, counts: _Counts, by_links: bool) -> Article:
    root = tree.elements[0]
    prose = counts.letters(root) - counts.linked(root)
    made: list[Part] = ["text"] * len(tree.elements)
    outside: list[Element] = []
    until = articles = 0  # the numbers from which elements are outside what is no text, and outside articles
    kind: Part
    for element in tree.elements:
        if element.number < until:
            continue
        if element.name in ("article", "main"):
            articles = max(articles, element.last + 1)
        if unseen[element.number]:
            kind = "unseen"
        elif _is_frame(element, counts, prose, element.number < articles) or (by_links and _is_menu(element, counts)):
            kind = "frame"
        elif _is_foreign(element):
            kind = "other language"
        else:
            continue
        until = element.last + 1
        made[element.number : until] = [kind] * (until - element.number)
        if kind != "unseen" and counts.letters(element):
            outside.append(element)
    return Article(made, outside)


def _is_frame(element: Element, counts: _Counts, prose: int, in_article: bool) -> bool:
    if element.name in _CONTROLS:
        return True
    if not element.given and element.name != "header" and element.name not in _FRAME:
        return False
    own = counts.letters(element) - counts.linked(element)
    if own > prose / 2 or element.name in ("html", "body", "main", "article", "h1"):
        return False
    if element.name in _FRAME or element.attributes.get("role", "").lower() in _ROLES:
        return True
    if element.name == "header":
        return not in_article and not counts.headings(element)
    words = element.words
    called = words & _CALLED
    if not called:
        return False
    if called <= _WEAK and (words & _CONTENT or counts.headings(element)):
        return False
    return own < PROSE or counts.linked(element) > LINK_SHARE * counts.letters(element)


def _is_menu(element: Element, counts: _Counts) -> bool:
    """Whether an element holds little but short links."""
    if element.name not in _LISTS or counts.links(element) < 3:
        return False
    linked = counts.linked(element)
    return (
        LINK_SHARE * counts.letters(element) <= linked <= LINK_LENGTH * counts.links(element)
        and 2 * counts.headlined(element) < linked
        and not counts.headings(element)
        and not counts.has_long(element)
    )


def _is_foreign(element: Element) -> bool:
    """Whether an element inside the page says that it is in neither English nor Chinese."""
    if not element.given or element.name in ("html", "body"):
        return False
    said = element.attributes
    match = _LANGUAGE.match(said.get("lang") or said.get("xml:lang", ""))
    return match is not None and match.group().lower() not in _OURS
