"""# count-behind-noun (GAR327)

## What it does
Reports a figure behind what it counts: "open beds 1,000", "teaching staff 67 people".

## Why it matters
Chinese profiles of hospitals and schools list what there is, and how much of it, in this order (开放床位1000张). English
puts the figure first; behind the noun it reads as a number of the thing, or as the next item of the list.

## Wrong
The hospital has open beds 1,000 and doctors 214.

## Right
The hospital has 1,000 open beds and 214 doctors.

## Limits
On pages about health reform, for beds, households and staff of any kind. Years, ages ("students 18 and over"), shares,
ranges and figures with a unit are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from glossary.lazy_pattern import lazy

_COUNTED = frozenset(
    "beds doctors employees experts households nurses officials personnel physicians postgraduates professors specialists "
    "staff students supervisors talent talents teachers technicians tutors workers".split()
)
_COUNT = lazy(
    r" (?!(?:19|20)\d\d\b)\d[\d,]*(?<!,)\b(?: (?:people|persons?)\b)?"
    r"(?![.:,;]\d|[-–+/)%]| ?(?:[a-z]+[- ]old|years?|months?|weeks?|days?|hours?|minutes?|percent|per|times|to|(?:and|or) (?:over|older|above|up|under|younger|below|less|more))\b| ?[(%–-])"
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for all such figures."""
    if page.subject != "health-reform" or page.text_words.words.isdisjoint(_COUNTED):
        return
    places = []
    for number in page.words.numbers(_COUNTED):
        start, end = page.words.place(number)
        count = _COUNT.match(page.text, end)
        if count and page.text[start:end].islower() and in_new_prose(page, place := (start, count.end())):
            places.append(place)
    if places:
        quote = page.text[slice(*places[0])]
        message = f"“{quote}”: English puts the figure before what it counts."
        yield page.finding(RULE.label, places, message, "warning", "medium")


RULE = Rule(
    "GAR327",
    "count-behind-noun",
    "grammar",
    "Linguistic conventions / grammar",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
