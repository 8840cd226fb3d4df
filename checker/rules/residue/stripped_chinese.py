"""# stripped-chinese (RES401)

## What it does
Reports lines of which only the punctuation is left, because a filter took the Chinese characters out. On such a page
it also takes in Chinese marks in a row and empty brackets inside English lines.

## Why it matters
Each such line was a sentence. Its content is lost, and the marks that survive show how much.

## Wrong
。《》,3,、、,“”

## Right
The plan sets three goals: pay, training and pensions.

## Limits
One finding for the page, with every place. A line counts when it holds no letters but acronyms, and at least one mark
that only Chinese has; beside such a line also rows of commas, "()" and a full stop like 。 before English words.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.lines import CHINESE_MARKS
from checker.page import Page
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_INSIDE = lazy(rf"[{CHINESE_MARKS}]{{2,}}|\(\s?\)|（\s?）|《\s?》|〔\s?〕")


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the places of a page."""
    lines = page.damaged.skeletons
    if not lines or not page.is_english:
        return
    inside = [match.span() for match in _INSIDE.finditer(page.text)]
    places = list(lines)
    number = 0
    for start, end in inside:
        while number < len(lines) and lines[number][1] <= start:
            number += 1
        if number == len(lines) or end <= lines[number][0]:
            places.append((start, end))
    places = sorted(place for place in places if not page.is_repeated(*place))
    if places:
        count = len(places)
        what = "This line holds" if count == 1 else f"{count} places hold"
        yield page.finding(
            RULE.label,
            places,
            f"{what} only the punctuation of a Chinese sentence whose characters were stripped; get the text again.",
            "error",
            "high",
        )


RULE = Rule(
    "RES401",
    "stripped-chinese",
    "residue",
    "Design and markup / missing text",
    "error",
    "high",
    check,
    __doc__ or "",
)
