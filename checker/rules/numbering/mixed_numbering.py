"""# mixed-numbering (NUM601)

## What it does
Reports a Chinese list number that was translated as a word or as a year: "Seven, strengthen …" between 6. and 8.,
"(2025) Work objectives" between (1) and (3).

## Why it matters
七、 is the number of a heading, not the word seven. Beside headings with figures it looks like a sentence gone wrong.

## Wrong
1. Train village doctors
Two, improve their pay
3. Renew the clinics

## Right
1. Train village doctors
2. Improve their pay
3. Renew the clinics

## Limits
Only at the start of a heading. A word counts when a figure or another such word numbers the heading before or after it;
First, Second, Third among themselves are English. A year counts when numbers in brackets stand on the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.list_numbers import ListNumber
from checker.page import Page
from checker.rules.rule import Rule

_MAIN = ("1.", "1、", "cardinal")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each such number."""
    numbers = [number for number in page.list_numbers if not page.is_repeated(number.start, number.end)]
    words = [number for number in numbers if number.style in ("cardinal", "ordinal", "year") and number.heading]
    if not words or not page.is_english:
        return
    for number in words:
        if value := _meant(number, numbers):
            figure = f"({value})" if number.style == "year" else f"{value}."
            quote = page.text[number.start : number.end]
            yield page.finding(
                RULE.label,
                [(number.start, number.end)],
                f"“{quote}” stands for the list number {figure}",
                "warning",
                "high" if number.style == "cardinal" else "medium",
                suggestion=figure,
            )


def _meant(number: ListNumber, numbers: list[ListNumber]) -> int | None:
    """The figure a word or a year stands for; None when it is no list number."""
    position = numbers.index(number)
    if number.style == "year":
        before = next((item.value for item in reversed(numbers[:position]) if item.style == "(1)"), None)
        after = next((item.value for item in numbers[position:] if item.style == "(1)"), None)
        if before is None or after is None or after != before + 2:
            return 2 if before == 1 else None
        return before + 1
    styles = _MAIN if number.style == "cardinal" else _MAIN[:2]
    beside = [
        next((item for item in reversed(numbers[:position]) if item.style in styles), None),
        next((item for item in numbers[position + 1 :] if item.style in styles), None),
    ]
    if number.style == "ordinal" and any(item.style == "ordinal" and item is not number for item in numbers):
        return None
    fits = [
        item
        for item, value in zip(beside, (number.value - 1, number.value + 1), strict=True)
        if item and item.value == value
    ]
    others = [item for item in numbers if item.style == "cardinal" and item.heading and item is not number]
    return number.value if fits or (number.style == "cardinal" and others) else None


RULE = Rule(
    "NUM601", "mixed-numbering", "numbering", "Accuracy / mistranslation", "warning", "high", check, __doc__ or ""
)
