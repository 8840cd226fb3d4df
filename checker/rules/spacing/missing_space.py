"""# missing-space (SPC505)

## What it does
Reports a space that is missing at punctuation: before an opening quotation mark or bracket, after a closing one, after
a comma, a semicolon, a full stop or a percent sign, between a small word and a figure, and in "No.5".

## Why it matters
Chinese sets no spaces at its marks. What was joined there stays joined in English, and two words read as one.

## Wrong
The fund pays the hospital(a non-profit one) each month,and settles the account in December.It began in2016.

## Right
The fund pays the hospital (a non-profit one) each month, and settles the account in December. It began in 2016.

## Limits
Looks at prose only, at "No.5" on pages about health reform. A figure before its unit (6.2million) is left to SPC501. Left
alone: code, names of files and hosts, "person(s)", "(re)open", lists of values without any space, and a full stop before a
word that seldom begins a sentence, unless two others on a page about health reform lack their space.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.missing_spaces import missing_spaces
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from glossary.lazy_pattern import lazy

_CODE = lazy(r"[=_{}<>\\|`#]|\(\)|://|\$\w")
_LONG = 40


def check(page: Page) -> Iterator[Finding]:
    """One finding for each kind of place."""
    if not page.is_english:
        return
    for what, gaps in missing_spaces(page):
        new = [gap for gap in gaps if in_new_prose(page, (gap - 1, gap + 1)) and not _is_code(page, gap)]
        if new:
            yield _finding(page, what, new)


def _is_code(page: Page, gap: int) -> bool:
    return page.is_furniture(gap) or _CODE.search(page.text, max(0, gap - 40), gap + 40) is not None


def _finding(page: Page, what: str, gaps: list[int]) -> Finding:
    places = [_around(page.text, gap) for gap in gaps]
    start, end = places[0]
    return page.finding(
        RULE.label,
        places,
        f"{what}: “{page.text[start:end]}”" + (f" and {len(gaps) - 1} more." if len(gaps) > 1 else "."),
        "warning",
        "high",
        suggestion=f"{page.text[start : gaps[0]]} {page.text[gaps[0] : end]}",
        fixes=tuple(Fix(gap, gap, " ") for gap in gaps),
    )


def _around(text: str, gap: int) -> Place:
    """The words on both sides of a gap with the mark between them."""
    start = end = gap
    while start and gap - start < _LONG and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and end - gap < _LONG and (text[end].isalnum() or end == gap or text[end] in "’'"):
        end += 1
    return start, end


RULE = Rule(
    "SPC505",
    "missing-space",
    "spacing",
    "Linguistic conventions / punctuation",
    "warning",
    "high",
    check,
    __doc__ or "",
)
