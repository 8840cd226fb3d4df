"""# cardinal-for-ordinal (GAR325)

## What it does
Reports points that are counted by a cardinal: "two is to train village doctors", and "Five, train village doctors" after
a paragraph that begins with "Fourth,".

## Why it matters
一是, 二是, 三是 count the points of a speech; English says "the second is to" or "second,".

## Wrong
The first is to build clinics; two is to train village doctors; three is to lower fees.

## Right
The first is to build clinics; the second is to train village doctors; the third is to lower fees.

## Limits
From two to nine, on a page about health reform, at the beginning of a sentence or a clause, and only where another point
is counted too: "one is to" is English. What is to be done to the figure itself ("two is to be added") is left alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from checker.finding import Finding
from checker.list_numbers import CARDINALS, ORDINALS
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_ORDINALS = {word: ordinal for word, ordinal in zip(CARDINALS, ORDINALS, strict=False) if 2 <= CARDINALS[word] <= 9}
_POINTS = 2  # of a count
_LONGEST = 24  # characters of a point and what stands before it
_POINT = lazy(
    rf"(?:^|[.;:,!?)•]\s*|\n\s*(?:- )?)((?:[Tt]he )?({'|'.join(_ORDINALS)}|{'|'.join(map(str.capitalize, _ORDINALS))}))\Z"
)
_DOES = lazy(rf" is to (?!(?:be|the|your|its|one|ten|eleven|twelve|half|many|{'|'.join(_ORDINALS)})\b)[a-z]{{3,}}")
_ANOTHER = lazy(rf"(?i)\b(?:one|first|{'|'.join((*_ORDINALS, *_ORDINALS.values()))}) is to\b")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each point."""
    if page.subject != "health-reform":
        return
    yield from _among_ordinals(page)
    text = page.text
    places = list(anchors(text, " is to "))
    if len(places) < _POINTS or len(_ANOTHER.findall(text)) < _POINTS:
        return
    for place in places:
        point = _POINT.search(text, max(0, place - _LONGEST), place) if _DOES.match(text, place) else None
        if point is None or not in_new_prose(page, point.span(1)):
            continue
        start, end = point.span(1)
        meant = f"{'The' if text[start].isupper() else 'the'} {_ORDINALS[point[2].lower()]}"
        yield page.finding(
            RULE.label,
            [(start, end)],
            f"“{text[start:end]} is to” counts points as Chinese does; write “{meant} is to”.",
            "warning",
            "high",
            suggestion=meant,
        )


def _among_ordinals(page: Page) -> Iterator[Finding]:
    """The cardinals that open a paragraph and count on from an ordinal that opens the one before."""
    numbers = [number for number in page.list_numbers if not page.is_repeated(number.start, number.end)]
    for before, number in itertools.pairwise(numbers):
        word = next((word for word, value in ORDINALS.items() if value == number.value), None)
        if word and (before.style, number.style) == ("ordinal", "cardinal") and number.value == before.value + 1:
            meant = word.capitalize()
            yield page.finding(
                RULE.label,
                [(number.start, number.end - 1)],
                f"“{page.text[number.start : number.end]}” counts points as Chinese does; write “{meant},”.",
                "warning",
                "high",
                suggestion=meant,
            )


RULE = Rule(
    "GAR325", "cardinal-for-ordinal", "calque", "Accuracy / mistranslation", "warning", "high", check, __doc__ or ""
)
