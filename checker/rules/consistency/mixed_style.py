"""# mixed-style (CON206)

## What it does
Notes what one page writes in two styles: dates ("May 3", "May 3rd" and "3 May"), amounts ("RMB 5 million" and
"5 million yuan"), and a few words that good style settles once ("US" and "U.S.", "Macao" and "Macau", "percent" and
"per cent").

## Why it matters
Either is right. Both on one page show that it was pieced together, and an editor has to choose in the end.

## Wrong
The clinic in Guiyang opened on May 3. Its second ward opened on June 8th.

## Right
The clinic in Guiyang opened on May 3. Its second ward opened on June 8.

## Limits
Information only. A name that is quoted, or a title, may rightly keep its own style.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.months import DAY
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import months
from glossary.lazy_pattern import lazy

_FIGURE = r"\d(?:[\d.,]*\d)?"
_AMOUNT = rf"(?<![\d.,]){_FIGURE}(?: (?:hundred|thousand|million|billion|trillion))*"
_STYLES = tuple(
    (literals, lazy(first), lazy(second))
    for literals, first, second in (
        (("U.S.", "US"), r"\bU\.S\.", r"\bUS\b(?!\$)"),
        (("U.K.", "UK"), r"\bU\.K\.", r"\bUK\b"),
        (("Macau", "Macao"), r"\bMacau\b", r"\bMacao\b"),
        (("Viet Nam", "Vietnam"), r"\bViet Nam\b", r"\bVietnam\b"),
        (("per cent", "percent"), r"\bper cent\b", r"\bpercent\b"),
        (("Covid-19", "COVID-19"), r"\bCovid-19\b", r"\bCOVID-19\b"),
        (("RMB", " yuan"), rf"\bRMB ?{_FIGURE}", rf"{_AMOUNT} yuan\b"),
    )
)
"""What stands in a text that has both, the rarer first, and the two styles."""

_DAY_BEHIND = lazy(rf" {DAY}(st|nd|rd|th)?\b(?![.:]\d)")
_DAY_BEFORE = lazy(rf"\b{DAY}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]+$")
_LONGEST = len("31st of September")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each style that is rarer on the page than another."""
    text = page.text
    for literals, *patterns in _STYLES:
        if all(literal in text for literal in literals):
            yield from _mixed(page, [[match.span() for match in pattern.finditer(text)] for pattern in patterns])
    yield from _mixed(page, _dates(page))


def _dates(page: Page) -> list[list[Place]]:
    """The days with their months: "May 3", "May 3rd" and "3 May"."""
    found: list[list[Place]] = [[], [], []]
    for start, blank in months(page):
        if before := _DAY_BEFORE.search(page.text, max(0, blank - _LONGEST), blank):
            found[2].append((before.start(), blank))
        elif behind := _DAY_BEHIND.match(page.text, blank):
            found[1 if behind[1] else 0].append((start, behind.end()))
    return found


def _mixed(page: Page, styles: list[list[Place]]) -> Iterator[Finding]:
    """A finding for each style but the commonest; what repeats earlier text or belongs to the site does not count."""
    if sum(map(bool, styles)) < 2:
        return
    styles = [[p for p in places if not (page.is_repeated(*p) or page.is_furniture(p[0]))] for places in styles]
    first, *others = sorted((places for places in styles if places), key=len, reverse=True) or [[]]
    for places in others:
        quote, other = (page.text[slice(*where[0])] for where in (places, first))
        message = f"“{quote}” is another style than “{other}” ({len(first)}× on the page); keep to one."
        yield page.finding(RULE.label, places, message, "info", "medium")


RULE = Rule(
    "CON206",
    "mixed-style",
    "inconsistency",
    "Style / inconsistent style",
    "info",
    "medium",
    check,
    __doc__ or "",
)
