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
on pages about health reform.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix
from checker.months import MONTHS
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.shape import shape
from checker.rules.surroundings import in_new_prose, word_before
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_YEAR = lazy(r"(?:19|20)\d\d, (?:the|an?|our)\b")
_DAY = lazy(
    r" (?:[12]\d|3[01]|[1-9])"
    r"(?:(?:st|nd|rd|th)(?![\w-])(?! (?:to|and|anniversary|century)\b)|(?=[,.;)]?(?:\s|$)(?!\s*[a-z\d])|, (?:19|20)\d\d\b))"
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for the places of a page that have the wrong preposition, one for each that has none."""
    if page.subject == "health-reform":  # elsewhere a year may be that of a copyright
        yield from _without_any(page)
    text, words = page.text, page.text_words.words
    months = [month for month in MONTHS if month.lower() in words]
    places = [
        (start, day.end())
        for month in months
        for start in (*anchors(text, f"in {month} "), *anchors(text, f"In {month} "))
        if (day := _DAY.match(text, start + len("in ") + len(month))) and not text[start - 1 : start].isalnum()
    ]
    new = [place for place in sorted(places) if in_new_prose(page, place)]
    if new:
        quote = " ".join(page.text[slice(*new[0])].split())
        meant = f"{_on(quote)}{quote[2:]}"
        yield page.finding(
            RULE.label,
            new,
            f"“{quote}” is a day; write “{meant}”.",
            "warning",
            "high",
            suggestion=meant,
            fixes=tuple(Fix(start, start + 2, _on(page.text[start])) for start, _ in new),
        )


def _without_any(page: Page) -> Iterator[Finding]:
    """Years, with or without their month, that open a sentence."""
    text = page.text
    for place in anchors(shape(page).classes, "0000, a"):
        match = _YEAR.match(text, place)
        month = word_before(text, place - 1)
        start = place - 1 - len(month) if month in MONTHS else place
        if match and page.sentence_at(place)[0] == start and in_new_prose(page, (start, match.end())):
            date = text[start : place + 4]
            meant = f"In {date}"
            yield page.finding(
                RULE.label,
                [(start, place + 4)],
                f"“{date}” opens a sentence without a preposition; write “{meant}”.",
                "warning",
                "medium",
                suggestion=meant,
                fixes=(Fix(start, place + 4, meant),),
            )


def _on(text: str) -> str:
    return "On" if text.startswith("I") else "on"


RULE = Rule(
    "GAR323", "date-preposition", "grammar", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
