"""# figure-form (NUM605)

## What it does
Reports ordinals with the wrong ending (the 42th meeting) and, as a note, counts of five digits and more that are not
grouped (70000 yuan).

## Why it matters
Chinese sets 第 before a figure and groups nothing by thousands, or by ten thousands; a machine carries figures over as they
stand. A reader counts noughts.

## Wrong
The 42th meeting granted 70000 yuan to the village clinic.

## Right
The 42nd meeting granted 70,000 yuan to the village clinic.

## Limits
A figure counts only before what a page about health care counts: people, beds, yuan, visits, and in a rate
(8.6/100000). What ends in "st" may be a weight and is left alone, and so is what is called, dialled or numbered. Nothing
is mended by itself: the 1th may have been the 11th.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place, Severity
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.shape import shape
from checker.rules.surroundings import in_new_prose, word_before
from checker.scanning import anchors, first_digit
from glossary.forms import ordinal
from glossary.lazy_pattern import lazy

_COUNTED = lazy(
    r" (?!hotline|line|number|service)(?:[a-z]+ ){0,2}?(?:yuan|people|persons|residents|patients|households|families|cases|beds|doctors|nurses|farmers|women"
    r"|children|students|staff|employees|workers|villages|visits|hospitals|clinics|institutions|pharmacies|mu"
    r"|records|reports|samples|doses|copies|contracts|members|volunteers|consultations|prescriptions|operations|deliveries|tons|tonnes"
    r"|square (?:kilo)?met(?:er|re)s)\b"
)
_RATE = lazy(r"(?:\d\s?/\s?|\bper )(10{4,6})(?![\w/]|[,.]\d)")
_NUMBERS = frozenset("iso no nos id code postcode article dial call calls hotline order phone tel zip gb".split())
_IN_CODE = frozenset("-–—/.,#_=:+(")
LONGEST = 9  # digits of a count


def check(page: Page) -> Iterator[Finding]:
    """One finding for each ordinal, and one for all figures of a page."""
    if not page.is_english:
        return
    text, classes = page.text, shape(page).classes
    for place in anchors(classes, "0aa"):
        ending = text[place + 1 : place + 3]
        if ending in ("nd", "rd", "th") and not text[place + 3 : place + 4].isalnum():
            start = first_digit(text, place, LONGEST + 1)
            meant = ordinal(text[start : place + 1])
            apart = not text[start - 1 : start].isalpha() and text[start - 1 : start] not in _IN_CODE
            if meant[-2:] != ending and apart and in_new_prose(page, (start, place + 3)):
                yield _finding(page, [(start, place + 3)], meant, "has the wrong ending", "warning")
    places = [
        (start, last + 5)
        for last in anchors(classes, "00000 a")
        if text[start := first_digit(text, last, LONGEST + 1)] != "0"
        and last + 5 - start <= LONGEST
        and text[start - 1 : start] not in _IN_CODE
        and _COUNTED.match(text, last + 5)
        and word_before(text, start - 1).lower() not in _NUMBERS
        and in_new_prose(page, (start, last + 5))
    ]
    if page.subject == "health-reform" and "0000" in text:
        rates = (match.span(1) for match in _RATE.finditer(text))
        places = sorted({*places, *(place for place in rates if in_new_prose(page, place))})
    if places:
        yield _finding(page, places, f"{int(text[slice(*places[0])]):,}", "is not grouped", "info")


def _finding(page: Page, places: list[Place], meant: str, fault: str, severity: Severity) -> Finding:
    return page.finding(
        RULE.label,
        places,
        f"“{page.text[slice(*places[0])]}” {fault}; write “{meant}”.",
        severity,
        "high",
        suggestion=meant,
    )


RULE = Rule(
    "NUM605", "figure-form", "number", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
