"""# page-furniture (RES407)

## What it does
Reports lines that belong to the site and not to the text: navigation, breadcrumbs, page tools and share bars, language
switches, dates of release and counters, credits, reprint notices and disclaimers, contacts, links, advertisements,
copyright; and a date or a site's name glued to the title.

## Why it matters
A scraper took them for text. They distort every count and must not be translated or published with the page.

## Wrong
Home > News Center > Text

## Right
The county hospital opened its new wing on Monday.

## Limits
One finding for the page, with every line. A warning when lines of several kinds show that the page's frame was scraped
with it, else information. Copyright, contact and credit lines alone are not reported: a text may well have them. Lines
in Chinese are left to RES402.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.furniture import FRAME, FurnitureLine
from checker.page import Page
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_GLUED_DATE = lazy(r"(?<=[A-Za-z)\"”])(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")
_NAME = "News|Network|Net|Website|Portal|Online|Daily|Times|Government|Commission|Bureau|Hospital"
_SITE_NAME = lazy(
    r"(?:\s?[_|]\s?|\s[-–—]{1,2}\s?|(?<=[a-z])-(?=[A-Z]))(?:(?:[^\W_]|[.'’&])+[ _|]){0,5}"
    rf"(?:{_NAME}|[\w.]+\.(?:com|cn|net|org))$"
)
_NAME_ENDS = tuple(f"{_NAME} .com .cn .net .org".replace("|", " ").split())
_TITLE_LINES = 6
_TITLE_WORDS = 4


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the lines of a page."""
    if not page.is_english:
        return
    found = [line for line in page.furniture if not page.is_repeated(line.start, line.end)]
    found = sorted([*found, *_glued_to_title(page)], key=lambda line: line.start)
    if not found:
        return
    kinds = list(dict.fromkeys(line.kind for line in found))
    scraped = len(kinds) > 1 and not FRAME.isdisjoint(kinds)
    what = "1 line belongs" if len(found) == 1 else f"{len(found)} lines belong"
    yield page.finding(
        RULE.label,
        [(line.start, line.end) for line in found],
        f"{what} to the site, not to the text: {', '.join(kinds)}.",
        "warning" if scraped else "info",
        "high" if scraped else "medium",
    )


def _glued_to_title(page: Page) -> Iterator[FurnitureLine]:
    """A date or a site's name that hangs on the title, the first line of some words that is no furniture."""
    for start, end in page.lines[:_TITLE_LINES]:
        line = page.text[start : min(end, start + 300)]
        if len(line.split(None, _TITLE_WORDS)) < _TITLE_WORDS or page.is_furniture(start):
            continue
        dated, named = line[-1].isdecimal() or line[-1] == "日", line.endswith(_NAME_ENDS)
        for kind, pattern, possible in (
            ("date glued to the title", _GLUED_DATE, dated),
            ("site name in the title", _SITE_NAME, named),
        ):
            match = pattern.search(line) if possible else None
            if match and match.start() > 15:
                yield FurnitureLine(start + match.start(), start + match.end(), kind)
        return


RULE = Rule(
    "RES407", "page-furniture", "furniture", "Design and markup / furniture", "warning", "high", check, __doc__ or ""
)
