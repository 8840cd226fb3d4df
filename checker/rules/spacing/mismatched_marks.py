"""# mismatched-marks (SPC507)

## What it does
Reports quotation marks and brackets without their partner, and a straight mark closed by a curly one.

## Why it matters
A bracket closed twice or never shows that a sentence was cut apart and put together wrongly. Mixed pairs come from two
machines or two hands.

## Wrong
The "Three Medicals” platform links wards (including intensive care, laboratories and pharmacies.

## Right
The "Three Medicals" platform links wards (including intensive care), laboratories and pharmacies.

## Limits
Looks at prose only, block by block. Left alone: labels such as a) and 1), quotations that run over several paragraphs
and open each of them or only the first, brackets whose partner stands near, be it in another block, feet and inches,
half-open intervals ([18, 65)), code.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.marks import lone_brackets, lone_quotes, mixed_pairs
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_CODE = lazy(r"[=_{}<>\\|`#*$\x1b]|\(\)|://")
_INTERVAL = lazy(r"\[-?\d[\d.]{0,9}, ?(?:-?\d[\d.]{0,9}|∞)\)|\((?:-?\d[\d.]{0,9}|-∞), ?-?\d[\d.]{0,9}\]")
_LONGEST_INTERVAL = 26  # characters
_AROUND = tuple("'\"“”‘’()[]")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each bracket or quotation mark, one for all mixed pairs."""
    if not page.is_english:
        return
    mixed = [place for place in mixed_pairs(page) if _is_new(page, place)]
    if mixed:
        quote = page.text[slice(*mixed[0])]
        inside = quote[1:-1].strip()
        yield page.finding(
            (RULE.code, RULE.name, "inconsistency", RULE.mqm),
            mixed,
            f"A straight and a curly quotation mark make a pair: {quote}",
            "warning",
            "high",
            suggestion=f'"{inside}"' if page.text.count('"') > page.text.count("“") else f"“{inside}”",
        )
    skip = {place for span in mixed for place in (span[0], span[1] - 1)}
    for place in sorted([*lone_brackets(page), *lone_quotes(page, skip)]):
        if _is_new(page, place) and not _is_mentioned(page.text, place[0]) and not _ends_interval(page.text, place[0]):
            mark = page.text[place[0]]
            yield page.finding(RULE.label, [place], f"“{mark}” has no partner in its paragraph.", "warning", "medium")


def _is_new(page: Page, place: Place) -> bool:
    if _CODE.search(page.text, max(0, place[0] - 60), place[1] + 60):
        return False
    return page.prose_at(place[0]) is not None and not page.is_repeated(*place) and not page.is_furniture(place[0])


def _ends_interval(text: str, mark: int) -> bool:
    """Whether a bracket is an end of a half-open interval: [18, 65)."""
    around = _INTERVAL.finditer(text, max(0, mark - _LONGEST_INTERVAL), mark + _LONGEST_INTERVAL)
    return any(mark in (match.start(), match.end() - 1) for match in around)


def _is_mentioned(text: str, mark: int) -> bool:
    """Whether a mark stands alone between quotation marks or brackets, as a thing the text talks about."""
    return text[mark - 1 : mark] in _AROUND and text[mark + 1 : mark + 2] in _AROUND


RULE = Rule(
    "SPC507",
    "mismatched-marks",
    "spacing",
    "Linguistic conventions / punctuation",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
