"""# orphan-terminator (SPC503)

## What it does
Reports full stops, commas and other terminators that stand on a line of their own, torn from their sentence.

## Why it matters
The page was translated sentence by sentence and put together again with every stop on a new line. Sentences have no end
for any tool that reads the text.

## Wrong
The county hospital opened a stroke center
.
Patients come from three counties

## Right
The county hospital opened a stroke center.
Patients come from three counties

## Limits
One finding for the page, with every place. A lone stop after a line that already ends in one is a separator, as some
formats have it, and left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix
from checker.page import Page
from checker.rules.rule import Rule


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the places of a page."""
    new = [(line, place) for line, place in page.damaged.orphans if not page.is_repeated(*place)]
    if not new:
        return
    what = "A terminator stands" if len(new) == 1 else f"{len(new)} terminators stand"
    yield page.finding(
        RULE.label,
        [place for _, place in new],
        f"{what} on a line of its own; join it to the sentence before."
        if len(new) == 1
        else f"{what} on lines of their own; join them to the sentences before.",
        "warning",
        "high",
        fixes=tuple(Fix(line[1], place[1], page.text[slice(*place)]) for line, place in new),
    )


RULE = Rule(
    "SPC503",
    "orphan-terminator",
    "spacing",
    "Linguistic conventions / punctuation",
    "warning",
    "high",
    check,
    __doc__ or "",
)
