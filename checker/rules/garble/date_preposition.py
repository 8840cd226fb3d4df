"""# date-preposition (GAR323)

## What it does
Reports a day that has the preposition of a month: "in August 4th".

## Why it matters
Chinese says 于 of a year, a month and a day alike; English says "in August" and "on August 4".

## Wrong
The new wing of the county hospital was opened in August 4th.

## Right
The new wing of the county hospital was opened on August 4th.

## Limits
Left alone: figures that may be a year ("in May 2019"), a number of things ("in May 12 clinics opened"), and days that
stand for a span ("in May 4 to 8").
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix
from checker.months import DAY
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, months
from glossary.lazy_pattern import lazy

LONGEST = len("?in September")
_IN = lazy(r"(?<![^\W_])[Ii]n [A-Z][a-z]+\Z")
_DAY = lazy(
    rf" {DAY}(?:(?:st|nd|rd|th)(?![\w-])(?! (?:(?:to|and|anniversary|century)\b|[A-Z]))"
    r"|, (?:19|20)\d\d\b|(?=[,.;)](?:\s|\Z)|[ \t]*(?:\n|\Z)))"
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each date."""
    text = page.text
    for _, place in months(page):
        day, month = _DAY.match(text, place), _IN.search(text, max(0, place - LONGEST), place)
        if day and month and in_new_prose(page, (month.start(), day.end())):
            start, end = month.start(), day.end()
            preposition = "On" if text[start] == "I" else "on"
            meant = preposition + text[start + 2 : end]
            yield page.finding(
                RULE.label,
                [(start, end)],
                f"“{text[start:end]}” is a day; write “{meant}”.",
                "warning",
                "high",
                suggestion=meant,
                fixes=(Fix(start, start + 2, preposition),),
            )


RULE = Rule(
    "GAR323", "date-preposition", "grammar", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
