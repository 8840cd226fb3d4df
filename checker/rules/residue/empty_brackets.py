"""# empty-brackets (RES404)

## What it does
Reports brackets, title marks and quotation marks with nothing in them.

## Why it matters
Something stood there: most often Chinese that a filter took out, or a number that was never filled in.

## Wrong
The two hospitals signed the agreement () in May.

## Right
The two hospitals signed the agreement (No. 12) in May.

## Limits
Looks at prose only. Lines of code are left alone, and so are brackets right after a name, as in "main()", unless the
page holds Chinese or is about health reform; there pairs of angle brackets with a comma between count too. On a page with
lines of stripped Chinese, RES401 reports them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from glossary.lazy_pattern import lazy

_EMPTY = tuple((sign[0], lazy(sign)) for sign in (r"（\s?）", r"《\s?》", r"〔\s?〕", r"【\s?】", r"「\s?」", r"“\s?”"))
_ANGLE = lazy(r"<>(?:,<>)+")  # figures in brackets that a filter took for tags
_ROUND = lazy(r"\([\s,;]{0,3}\)")
_CODE = lazy(r"[`'\"_:=\\*\[]|\w\.\w|[a-z][A-Z]")
_CODE_LINE = lazy(r"[`_/=<>#;{}|\\]|\(\w")
RARE = 2000  # characters to a run of Chinese on a page that merely names somebody
_TALKS_OF_CODE = lazy(
    r"\b(?:tuple|list|operator|function|method|class|call|parenthes[ie]s|bracket|pair|argument)", re.I
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each kind of bracket."""
    if not page.is_english or page.damaged.skeletons:
        return
    found: dict[str, list[Place]] = {}
    text = page.text
    patterns = [_ROUND, *(pattern for sign, pattern in _EMPTY if sign in text)]
    if page.subject == "health-reform" and "<" in text:
        patterns.append(_ANGLE)  # elsewhere it is code
    empty = sorted([match.span() for pattern in patterns for match in pattern.finditer(text)])
    calls = bool(empty) and len(page.han) * RARE <= len(text) and page.subject != "health-reform"
    for place in empty:
        if calls and text[place[0]] == "(" and place[0] and not text[place[0] - 1].isspace():
            continue  # right behind a name
        # some of these make a sentence no prose
        angle = text[place[0]] == "<" and not page.is_repeated(*place) and not page.is_furniture(place[0])
        if angle or (in_new_prose(page, place) and not _is_code(page, place, calls)):
            found.setdefault(page.text[place[0]], []).append(place)
    for places in found.values():
        yield page.finding(
            RULE.label,
            places,
            f"“{page.text[slice(*places[0])]}” is empty; put back what stood in it or take it out.",
            "warning",
            "high",
        )


def _is_code(page: Page, place: Place, calls: bool) -> bool:
    """Whether empty round brackets are a call, a tuple or a thing the text talks about.

    ``calls``: those right behind a word count as a call whatever the word is.
    """
    if page.text[place[0]] != "(":
        return False
    block = page.prose_at(place[0])
    assert block is not None
    line = page.text[max(block[0], place[0] - 80) : min(block[1], place[1] + 80)]
    if _TALKS_OF_CODE.search(line):
        return True
    word = page.text[max(block[0], place[0] - 40) : place[0]].rsplit(" ", 1)[-1]
    if not word:
        return bool(_CODE_LINE.search(line))
    return calls or _CODE.search(word) is not None


RULE = Rule(
    "RES404",
    "empty-brackets",
    "residue",
    "Design and markup / missing text",
    "warning",
    "high",
    check,
    __doc__ or "",
)
