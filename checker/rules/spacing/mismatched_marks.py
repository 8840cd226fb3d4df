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
and open each of them, brackets closed in one of the next blocks, feet and inches, code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.blocks import Span
from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.marks import marks_by_block
from checker.rules.rule import Rule

_MIXED = re.compile(r"“[^\"“”\n]{1,120}\"|\"[^\"“”\n]{1,120}”")
_BRACKET = re.compile(r"[()\[\]]")
_QUOTE = re.compile(r"[“”\"]")
_LABEL = re.compile(r"(?:^|[\s,;:(])(?:\w{1,3}|\d{1,2}\.\d{1,2})$")
_SMILEY = re.compile(r"[:;8=]['-]?$")
_CODE = re.compile(r"[=_{}<>\\|`#*$\x1b]|\(\)|://")
_AROUND = tuple("'\"“”‘’()[]")
_PARTNER = {")": "(", "]": "["}
MANY = 50  # marks of a block that is no text
NEXT = 3  # blocks in which a bracket may still be closed


def check(page: Page) -> Iterator[Finding]:
    """One finding for each bracket or quotation mark, one for all mixed pairs."""
    if not page.is_english:
        return
    mixed = [match.span() for match in _MIXED.finditer(page.text)] if "“" in page.text or "”" in page.text else []
    mixed = [place for place in mixed if _is_new(page, place)]
    if mixed:
        quote = page.text[slice(*mixed[0])]
        yield page.finding(
            (RULE.code, RULE.name, "inconsistency", RULE.mqm),
            mixed,
            f"A straight and a curly quotation mark make a pair: {quote}",
            "warning",
            "high",
            suggestion=f'"{quote[1:-1]}"' if page.text.count('"') > page.text.count("“") else f"“{quote[1:-1]}”",
        )
    skip = {place for span in mixed for place in (span[0], span[1] - 1)}
    for place in sorted([*_lone_brackets(page), *_lone_quotes(page, skip)]):
        if _is_new(page, place) and not _is_mentioned(page.text, place[0]):
            mark = page.text[place[0]]
            yield page.finding(RULE.label, [place], f"“{mark}” has no partner in its paragraph.", "warning", "medium")


def _is_new(page: Page, place: Place) -> bool:
    if _CODE.search(page.text, max(0, place[0] - 60), place[1] + 60):
        return False
    return page.prose_at(place[0]) is not None and not page.is_repeated(*place) and not page.is_furniture(place[0])


def _is_mentioned(text: str, mark: int) -> bool:
    """Whether a mark stands alone between quotation marks or brackets, as a thing the text talks about."""
    return text[mark - 1 : mark] in _AROUND and text[mark + 1 : mark + 2] in _AROUND


def _lone_brackets(page: Page) -> list[Place]:
    """Brackets without a partner in their block, unless one of the next blocks closes them."""
    text = page.text
    opened: list[tuple[int, int]] = []
    closed: list[tuple[int, int]] = []
    for number, block, marks in marks_by_block(page, _BRACKET):
        if len(marks) > MANY and not page.prose_at(marks[0]):
            continue
        stack: list[int] = []
        for mark in marks:
            if text[mark] in "([":
                stack.append(mark)
            elif stack and text[stack[-1]] == _PARTNER[text[mark]]:
                stack.pop()
            elif not _is_label(text, block, mark):
                closed.append((number, mark))
        opened += [(number, mark) for mark in stack if not _SMILEY.search(text[max(0, mark - 2) : mark])]
    return _unpaired(opened, closed)


def _unpaired(opened: list[tuple[int, int]], closed: list[tuple[int, int]]) -> list[Place]:
    """The marks, as (block, offset), that none of the next blocks closes and those that close nothing."""
    lone: list[int] = []
    later = 0
    used: set[int] = set()
    for number, mark in opened:
        while later < len(closed) and closed[later][0] <= number:
            later += 1
        if later < len(closed) and closed[later][0] <= number + NEXT:
            used.add(closed[later][1])
            later += 1
        else:
            lone.append(mark)
    return [(mark, mark + 1) for mark in sorted([*lone, *(mark for _, mark in closed if mark not in used)])]


def _is_label(text: str, block: Span, mark: int) -> bool:
    before = text[max(block[0], mark - 8) : mark]
    return _LABEL.search(before) is not None or _SMILEY.search(before) is not None


def _lone_quotes(page: Page, skip: set[int]) -> list[Place]:
    """Quotation marks without a partner in their block, unless the next block closes or opens it."""
    text = page.text
    opened: list[tuple[int, int]] = []
    closed: list[tuple[int, int]] = []
    for number, block, all_marks in marks_by_block(page, _QUOTE):
        marks = [mark for mark in all_marks if mark not in skip]
        if any(_is_code(text, mark) for mark in marks):
            continue
        pending: int | None = None
        for mark in marks:
            if _opens(text, block, mark, pending):
                if pending is not None:
                    opened.append((number, pending))
                pending = mark
            elif pending is None:
                closed.append((number, mark))
            else:
                pending = None
        if pending is not None and not _goes_on(page, number):
            opened.append((number, pending))
    return _unpaired(opened, closed)


def _is_code(text: str, mark: int) -> bool:
    """Whether a quotation mark stands beside another one or a sign of code, or means inches."""
    around = text[mark - 1 : mark] + text[mark + 1 : mark + 2]
    return any(char in "\"“”'`\\{}[]<>=;" for char in around) or (text[mark] == '"' and text[mark - 1 : mark].isdigit())


def _opens(text: str, block: Span, mark: int, pending: int | None) -> bool:
    """Whether a quotation mark opens: by its shape, by the blanks around it, or by what is expected."""
    if text[mark] != '"':
        return text[mark] == "“"
    before = mark == block[0] or text[mark - 1] in " \t\n\u00a0([—-/"
    after = mark + 1 >= block[1] or not (text[mark + 1].isalnum() or text[mark + 1] in "$'‘“(")
    if before != after:
        return before
    return pending is None


def _goes_on(page: Page, number: int) -> bool:
    """Whether the next block opens with a quotation mark too, as each paragraph of a long quotation does."""
    return number + 1 < len(page.blocks) and page.text[page.blocks[number + 1][0]] in '“"'


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
