"""What of a web page is its text: what a reader never sees, and what belongs to the site and not to the article.

The frame is told by what elements are (nav, footer), by what they are called (class and id) and by what they hold (mostly
short links). Nothing that holds most of the page's prose is ever taken for frame.
"""

from __future__ import annotations

import re
from typing import Literal

from checker.readers.markup import Element, Piece, Tree

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
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}\b")

PROSE = 400  # letters outside links: what is called a menu and holds as much is none
LINK_SHARE = 0.6  # of the letters, from which a list of links is a menu
LINK_LENGTH = 45  # letters of a link in a menu; a headline is longer
LEAST = 0.15  # share of the page's letters that must be left as text


def parts(text: str, tree: Tree) -> list[Part]:
    """For each element of a tree, by its number, what its own text is."""
    unseen = _unseen(tree)
    _count(text, tree, unseen)
    kinds = _parts(tree, unseen, by_links=True)
    total = tree.elements[0].letters
    if total and _left(text, tree, kinds) < LEAST * total:
        kinds = _parts(tree, unseen, by_links=False)  # a page of nothing but headlines
        if _left(text, tree, kinds) < LEAST * total:
            kinds = ["unseen" if is_unseen else "text" for is_unseen in unseen]
    return kinds


def _unseen(tree: Tree) -> list[bool]:
    made: list[bool] = []
    for element in tree.elements:
        given = element.attributes
        made.append(
            (element.parent is not None and made[element.parent.number])
            or element.name in _NEVER
            or "hidden" in given
            or _HIDDEN.search(given.get("style", "")[:500]) is not None
        )
    return made


def _count(text: str, tree: Tree, unseen: list[bool]) -> None:
    """Fill in how many letters and links each element holds."""
    in_link = [False] * len(tree.elements)
    for element in tree.elements:
        is_link = element.name == "a" and "href" in element.attributes
        in_link[element.number] = is_link or (element.parent is not None and in_link[element.parent.number])
        element.links = int(is_link)
        element.headings = int(element.name == "h1")
    for piece in tree.pieces:
        if piece.kind == "text" and not unseen[piece.element.number]:
            letters = sum(map(len, text[piece.start : piece.end].split()))
            piece.element.letters += letters
            if in_link[piece.element.number]:
                piece.element.linked += letters
            else:
                piece.element.longest = max(piece.element.longest, letters)
    for element in reversed(tree.elements):
        around = element.parent
        if around is not None:
            around.letters += element.letters
            around.linked += element.linked
            around.links += element.links
            around.headings += element.headings
            around.longest = max(around.longest, element.longest)


def _parts(tree: Tree, unseen: list[bool], by_links: bool) -> list[Part]:
    root = tree.elements[0]
    prose = root.letters - root.linked
    made: list[Part] = []
    in_article: list[bool] = []
    for element in tree.elements:
        around = element.parent
        in_article.append(element.name in ("article", "main") or (around is not None and in_article[around.number]))
        if unseen[element.number]:
            made.append("unseen")
        elif around is not None and made[around.number] != "text":
            made.append(made[around.number])
        elif _is_frame(element, prose, in_article[element.number]) or (by_links and _is_menu(element)):
            made.append("frame")
        elif _is_foreign(element):
            made.append("other language")
        else:
            made.append("text")
    return made


def _is_frame(element: Element, prose: int, in_article: bool) -> bool:
    if element.name in _CONTROLS:
        return True
    own = element.letters - element.linked
    if own > prose / 2 or element.name in ("html", "body", "main", "article", "h1"):
        return False
    if element.name in _FRAME or element.attributes.get("role", "").lower() in _ROLES:
        return True
    if element.name == "header":
        return not in_article and not element.headings
    words = element.words
    called = words & _CALLED
    if not called or (element.headings and called <= _WEAK) or (called <= _WEAK and words & _CONTENT):
        return False
    return own < PROSE or element.linked > LINK_SHARE * element.letters


def _is_menu(element: Element) -> bool:
    """Whether an element holds little but short links."""
    return (
        element.name in _LISTS
        and element.links >= 3
        and not element.headings
        and element.linked >= LINK_SHARE * element.letters
        and element.linked <= LINK_LENGTH * element.links
        and element.longest < LINK_LENGTH
    )


def _is_foreign(element: Element) -> bool:
    """Whether an element inside the page says that it is in neither English nor Chinese."""
    if element.name in ("html", "body", ""):
        return False
    given = element.attributes.get("lang") or element.attributes.get("xml:lang", "")
    match = _LANGUAGE.match(given)
    return match is not None and match.group().lower() not in (
        "en",
        "eng",
        "zh",
        "zho",
        "chi",
        "cmn",
        "und",
        "mul",
        "cn",
    )


def _left(text: str, tree: Tree, kinds: list[Part]) -> int:
    return sum(
        _letters(text, piece) for piece in tree.pieces if piece.kind == "text" and kinds[piece.element.number] == "text"
    )


def _letters(text: str, piece: Piece) -> int:
    return sum(map(len, text[piece.start : piece.end].split()))
