"""# orphan-terminator (SPC503)

## What it does
Reports full stops, commas and other terminators that stand on a line of their own, torn from their sentence, and full
stops that stand twice at its end.

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
formats have it, and left alone. Of two full stops only those in prose count; three are an ellipsis.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from glossary.lazy_pattern import lazy

_TWICE = lazy(r"\.(?<=[a-z”\")]\.) ?\.(?=[ \t]*(?:\n|\Z)|[ \n]{1,3}[A-Z“\"(])")


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the places of a page, and one for the stops that stand twice."""
    yield from _said_twice(page)
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


def _said_twice(page: Page) -> Iterator[Finding]:
    if not page.is_english or (".." not in page.text and ". ." not in page.text):
        return
    new = [match.span() for match in _TWICE.finditer(page.text) if in_new_prose(page, match.span())]
    if new:
        yield page.finding(
            RULE.label,
            new,
            "A full stop stands twice; write it once.",
            "warning",
            "high",
            suggestion=".",
            fixes=tuple(Fix(*place, ".") for place in new),
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
