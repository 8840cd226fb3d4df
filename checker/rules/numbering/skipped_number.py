"""# skipped-number (NUM602)

## What it does
Reports a list number before which one is left out: (1), (2), (4).

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
Every style of number is followed by itself, "1," counted with "1."; lists may restart at 1 and stand inside one
another. A number that was translated as a word (NUM601) fills its gap. Gaps of more than two numbers are taken for
something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule

LARGEST_GAP = 3
_Open = tuple[int, bool]  # the last number of a list, and whether it began at 1 or went on by one


def check(page: Page) -> Iterator[Finding]:
    """One finding for each number out of order."""
    if not page.list_numbers or not page.is_english:
        return
    lists: dict[str, list[_Open]] = {}  # by style, the last numbers of the lists that are still open, outermost first
    filled: dict[str, set[int]] = {"(1)": set(), "1.": set()}
    for number in page.list_numbers:
        if page.is_repeated(number.start, number.end) or page.is_furniture(number.start):
            continue
        style = "1." if number.style == "1," else number.style
        if style == "year":
            filled["(1)"].update(range(LARGEST_GAP * 10))
        elif style in ("cardinal", "ordinal"):
            filled["1."].add(number.value)
            lists["(1)"] = []
        else:
            found = _missing(lists.setdefault(style, []), number.value)
            left_out = [str(value) for value in found if value not in filled.get(style, ())]
            if left_out and page.text[number.end : number.end + 20].lstrip()[:1].isupper():
                verb = "is" if len(left_out) == 1 else "are"
                message = f"The list goes on with {number.value}; {' and '.join(left_out)} {verb} missing."
                yield page.finding(RULE.label, [(number.start, number.end)], message, "warning", "medium")
            if style == "1.":
                lists["(1)"] = []
            filled.get(style, set()).clear()


def _missing(lists: list[_Open], value: int) -> list[int]:
    """The numbers left out before ``value``; ``lists`` is brought up to date."""
    while len(lists) > 1 and value != lists[-1][0] + 1 and value == lists[-2][0] + 1:
        lists.pop()
    if not lists or value == 1:
        lists.append((value, value == 1))
        return []
    last, counts = lists[-1]
    lists[-1] = value, counts or value == last + 1
    return list(range(last + 1, value)) if counts and 2 <= last < value <= last + LARGEST_GAP else []


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
