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
On pages about health reform, for beds, households and staff of any kind, where "people" follows the figure or a word like
"open" or "existing" stands before the noun, and the list goes on or ends behind the figure. Samples ("doctors 12, nurses
18"), ages, years, sums, shares and ranges are left alone.
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
    r"\s(?!(?:19|20)\d\d\b)\d[\d,]*(?<!,)(?:( (?:people|persons?)\b)|(?=[,;.](?!\d)| and\b(?! (?:\d|over|older))|$))"
)
_EXISTING = frozenset(
    "actual administrative approved authorized available existing fixed management open opened opening planned "
    "professional registered teaching technical total".split()
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for all such figures."""
    if page.subject != "health-reform" or page.text_words.words.isdisjoint(_COUNTED):
        return
    places = []
    for number in page.words.numbers(_COUNTED):
        start, end = page.words.place(number)
        count = _COUNT.match(page.text, end)
        if count is None or not page.text[start:end].islower() or not in_new_prose(page, (start, count.end())):
            continue
        if count[1] or page.words.tokens[number - 1] in _EXISTING:
            places.append((start, count.end()))
    if places:
        quote = " ".join(page.text[slice(*places[0])].split())
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
