"""# date-preposition (GAR323)

## What it does
Reports a day that has the preposition of a month, "in August 4th", and a year or month that opens a sentence without any:
"2003, the county opened a clinic."

## Why it matters
Chinese says 于 of a year, a month and a day alike, or nothing at all; English says "in August" and "on August 4".

## Wrong
The new wing of the county hospital was opened in August 4th.

## Right
The new wing of the county hospital was opened on August 4th.

## Limits
Left alone: figures that may be a year ("in May 2019"), a number of things ("in May 12 clinics opened"), and days that
stand for a span ("in May 4 to 8"). A year at the beginning counts only before a comma and an article,
in a sentence in the past tense without another comma, on pages about health reform.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.months import MONTHS
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.shape import shape
from checker.rules.surroundings import in_new_prose, word_before
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_YEAR = lazy(
    r"(?:19|20)\d\d, (?:the|an?|our) (?!(?:first|last|second|third|same)?\s*(?:year|peak|start|end|beginning)\b)"
)
_DAY = lazy(
    r" (?:[12]\d|3[01]|[1-9])(?:(?:st|nd|rd|th)(?![\w-])(?! (?:(?:to|and|anniversary|century)\b|[A-Z]))"
    r"|, (?:19|20)\d\d\b|(?=[,.;)](?:\s|\Z)|[ \t]*(?:\n|\Z)))"
)
_PAST = lazy(
    r"\b(?:was|were|has|have|had|[a-z]{2,}ed|began|held|took|built|set up|became|saw|won|led|grew|rose|fell|made|came|went|gave|met"
    r"|paid|brought|sent|withstood)\b"
)
SHORTEST = 8  # words of a sentence that a date may open


def check(page: Page) -> Iterator[Finding]:
    """One finding for each date."""
    text, words = page.text, page.text_words.words
    found = [
        (start, day.end(), f"{'On' if text[start] == 'I' else 'on'} ", start + len("in "))
        for month in MONTHS
        if month.lower() in words
        for start in (*anchors(text, f"in {month} "), *anchors(text, f"In {month} "))
        if (day := _DAY.match(text, start + len("in ") + len(month))) and not text[start - 1 : start].isalnum()
    ]
    if page.subject == "health-reform":  # elsewhere a year may be that of a copyright
        found += [(start, end, "In ", start) for start, end in _without_any(page)]
    for start, end, preposition, date in sorted(found):
        if in_new_prose(page, (start, end)):
            quote, meant = text[start:end], preposition + text[date:end]
            fault = "opens a sentence without a preposition" if date == start else "is a day"
            yield page.finding(
                RULE.label,
                [(start, end)],
                f"“{quote}” {fault}; write “{meant}”.",
                "warning",
                "medium" if date == start else "high",
                suggestion=meant,
                fixes=(Fix(start, date, preposition),),
            )


def _without_any(page: Page) -> Iterator[Place]:
    """Years, with or without their month, that open a sentence in the past tense."""
    text = page.text
    for place in anchors(shape(page).classes, "0000, a"):
        month = word_before(text, place - 1)
        start = place - 1 - len(month) if month in MONTHS else place
        first, last = page.sentence_at(place)
        rest = text[place + 5 : last]
        plain = "," not in rest and ":" not in rest and rest.count(" ") >= SHORTEST
        if first == start and plain and _YEAR.match(text, place) and _PAST.search(rest):
            yield start, place + 4


RULE = Rule(
    "GAR323", "date-preposition", "grammar", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
