"""# skipped-number (NUM602)

## What it does
Reports a list number that leaves one out, comes twice or goes back: (1), (2), (4).

## Why it matters
Where a number is missing, a heading or a whole item may be.

## Wrong
(1) Train village doctors.
(2) Raise their pay.
(4) Renew the clinics.

## Right
(1) Train village doctors.
(2) Raise their pay.
(3) Renew the clinics.

## Limits
Every style of number is followed by itself; lists may restart at 1 and stand inside one another. A number that was
translated as a word (NUM601) fills its gap. Gaps of more than two numbers are taken for something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.list_numbers import ListNumber
from checker.page import Page
from checker.rules.rule import Rule

LARGEST_GAP = 3


def check(page: Page) -> Iterator[Finding]:
    """One finding for each number out of order."""
    if not page.is_english:
        return
    levels: dict[str, list[int]] = {}
    words: list[int] = []
    for number in page.list_numbers:
        if page.is_repeated(number.start, number.end):
            continue
        if number.style in ("cardinal", "ordinal", "year"):
            words.append(number.value)
            if number.style == "cardinal" and levels.get("1."):
                levels["1."][-1] = max(levels["1."][-1], number.value)
            continue
        message = _out_of_order(levels.setdefault(number.style, []), number, words)
        if message and not page.is_furniture(number.start):
            yield page.finding(RULE.label, [(number.start, number.end)], message, "warning", "medium")
        if number.style != "(1)":
            levels.pop("(1)", None) if number.style in ("1.", "1、") else None


def _out_of_order(levels: list[int], number: ListNumber, words: list[int]) -> str | None:
    """What is wrong with a number after those before it; ``levels`` are the last numbers of the lists still open."""
    value = number.value
    while len(levels) > 1 and value != levels[-1] + 1 and value == levels[-2] + 1:
        levels.pop()
    last = levels[-1] if levels else 0
    if value == last + 1 or value == 1 or not levels:
        if value == 1 and last:
            levels.append(1)
        elif levels:
            levels[-1] = value
        else:
            levels.append(value)
        return None
    gap = value - last
    missing = [item for item in range(last + 1, value) if item not in words]
    levels[-1] = value
    if last >= 2 and 1 < gap <= LARGEST_GAP and missing:
        left_out = " and ".join(map(str, missing))
        return f"The list goes from {last} to {value}; {left_out} is missing."
    return None


RULE = Rule(
    "NUM602",
    "skipped-number",
    "numbering",
    "Linguistic conventions / numbering",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
