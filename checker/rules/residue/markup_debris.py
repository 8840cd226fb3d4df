"""# markup-debris (RES405)

## What it does
Reports what is left of a page's mark-up: entities (&nbsp;), tags (<br>), an address that a filter hid
("[email protected]"), asterisks for words that a filter took out, letters for a name or year that was never
filled in (20xx, XX City), escaped line ends (\\n), template braces ({{ title }}) and script leftovers.

## Why it matters
The reader sees code. Where a template was not filled in, something is missing.

## Wrong
Working hours:&nbsp;8:00 to 17:30<br/>Sundays closed

## Right
Working hours: 8:00 to 17:30. Closed on Sundays

## Limits
Left alone: code, what stands in quotation marks or backquotes, Markdown, and texts that are about mark-up. A tag
counts only when HTML knows it, an entity without its semicolon or with a blank only when it is one of space, quotation
mark and dash; a lone \\n only between words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_TAGS = (
    "a|b|br|p|div|span|strong|em|i|u|h[1-6]|img|font|table|tbody|tr|td|th|ul|ol|li|hr|iframe|center|script|style|section"
    "|article|figure|sup|sub|o:p"
)
_ENTITY = r"&(?:[A-Za-z]{2,8}[1-4]?|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
_NAMED = "nbsp|ensp|emsp|[lr][sd]quo|middot|hellip|mdash"  # entities that have lost their semicolon or gained a blank
_IN_BRACKETS = (
    r"\[(?:(?P<hidden>\s?[Ee]-?mail\s?[Pp]rotected\s?\])|object Object\]"
    r"|(?P<forum>/?(?:b|i|u|url|img|quote|size|color)(?:=[^\]\n]{1,80})?\](?!\()))"
)
_ASTERISKS = (  # three and more in a sentence, two and more before what is counted
    r"\*(?:(?<=[a-z,] \*)(?: ?\*){2,}(?= [a-z]|[.,;](?:\s|$))"
    r"|(?<!\*\*)\*++(?= (?:million|billion|yuan|people)\b))"
)
# A pattern that begins with the same character wherever it matches is looked for many times as fast.
_KINDS = (  # what must stand in the text at all, and the pattern
    ("&", lazy(rf"{_ENTITY}(?:{_ENTITY})*")),
    ("&", lazy(rf"&(?: (?:{_NAMED})\b(?: ?;)?|(?:{_NAMED})(?![;=]))")),
    ("<", lazy(rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?\s?/?>|<!--[^<>]{{0,300}}-->|<!\[CDATA\[")),
    ("< ", lazy(rf"<\s{{1,2}}/?\s{{0,2}}(?i:{_TAGS})\s{{0,2}}/?\s{{0,2}}>")),
    ("*", lazy(_ASTERISKS)),
    ("xx", lazy(r"x(?<=\bx)x(?= (?:town|city|county|hospital|province|district|township)\b)")),
    ("XX", lazy(r"X(?<=\bX)XX?(?= (?:Town|City|County|Hospital|Province|District|Township)\b)")),
    ("2", lazy(r"2(?<=\b2)0(?:xx|XX)\b")),
    ("[", lazy(_IN_BRACKETS)),
    ("\\", lazy(r"\\(?<=[\w.,;!?)\]\"”]\\)[nrt](?:\\[nrt])*(?=[A-Z“\s]|$)", re.MULTILINE)),
    ("\\", lazy(r"\\u[0-9a-f]{4}(?:\\u[0-9a-f]{4})+")),
    ("{", lazy(r"\{\{[^{}\n]{1,60}\}\}")),
    ("<", lazy(r"<%=?[^%\n]{1,60}%>")),
    ("%", lazy(r"%[0-9A-F]{2}(?:%[0-9A-F]{2}){2,}")),
    ("javascript:", lazy(r"javascript:\s?void\(0\);?")),
)
_ABOUT = ("html", "xml", "markup", "mark-up", " tag", "entity", "entities", "escape", "template", "regexp", "backslash")
_MARKDOWN = ("\n```", "](#", "](http")
_QUOTES = "`'\"“‘"
_STATISTICS = lazy(r"\bp\s?[<=≤]|\bp.?values?\b|statistically|significance level", re.IGNORECASE)
_URL = lazy(r"(?:https?://|www\.|=)\S*$")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each different piece of debris."""
    about: bool | None = None
    closed: bool | None = None  # whether a mark in square brackets is
    text = page.text
    for sign, pattern in _KINDS:
        if sign[0] not in text or sign not in text:  # one character is found in far less time than two
            continue
        found: dict[str, list[Place]] = {}
        for match in pattern.finditer(text):
            if sign == "&" and _plain(match[0]) == match[0]:
                continue
            if match.lastgroup == "forum":
                closed = "[/" in text if closed is None else closed
                if not closed:
                    continue
            if about is None:
                about = _is_about_markup(page)
            if (not about or match.lastgroup == "hidden") and _is_debris(page, match.span()):
                found.setdefault(match.group(), []).append(match.span())
        for quote, places in found.items():
            yield _finding(page, quote, places)


def _plain(quote: str) -> str:
    """What debris stands for: its entities decoded, one without its semicolon or with a blank in it too."""
    if "&" not in quote:
        return quote
    from html import unescape  # loads the table of all entities

    if quote[0] == "&" and (" " in quote or quote[-1] != ";"):
        quote = f"&{quote.strip('& ;')};"
    return unescape(quote).replace("\u00a0", " ")


def _is_about_markup(page: Page) -> bool:
    text = page.text.encode("ascii", "replace").decode("ascii")  # of which the small letters are made at once
    if sum(map(text.lower().count, _ABOUT)) * 400 > len(page.words) or text.startswith("```"):
        return True
    return any(sign in text for sign in _MARKDOWN)


def _is_debris(page: Page, place: Place) -> bool:
    start, end = place
    text = page.text
    before = text[start - 1 : start]
    quoted = bool(before) and before in _QUOTES and text[end : end + 1] in _QUOTES
    option = before == "=" and text[start] == "<"  # --style=<name>
    address = text[start] in "%&" and _URL.search(text, max(0, start - 200), start) is not None
    escape = text[start] == "\\" and page.prose_at(start) is None
    stars = text[start] == "*" and _STATISTICS.search(text) is not None  # marks of significance
    sample = text[start] in "2xX" and page.subject != "health-reform"
    return not (quoted or option or address or escape or stars or sample) and not page.is_repeated(*place)


def _finding(page: Page, quote: str, places: list[Place]) -> Finding:
    plain = _plain(quote)
    entity = quote.startswith("&") and plain != quote
    shown = quote if len(quote) <= 40 else quote[:39] + "…"
    if "rotected" in quote:
        message = f"“{shown}” stands where a filter hid an e-mail address."
    elif quote[0] == "*":
        message = f"“{shown}” stands where a filter took out words."
    elif quote[0] in "2xX":
        message = f"“{shown}” stands for a name or a year that was never filled in."
    elif entity:
        message = f"“{shown}” is an entity of HTML that was not decoded."
    else:
        message = f"“{shown}” is left over from the page's mark-up."
    return page.finding(
        RULE.label,
        places,
        message,
        "warning",
        "high",
        suggestion=plain.strip() or None if entity else None,
        fixes=tuple(Fix(*place, plain) for place in places) if entity else (),
    )


RULE = Rule("RES405", "markup-debris", "residue", "Design and markup / markup", "warning", "high", check, __doc__ or "")
