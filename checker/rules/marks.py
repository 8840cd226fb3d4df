"""Quotation marks and brackets of a page, block by block, for the rules that look at their partners or neighbours."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator

from checker.blocks import Span
from checker.finding import Place
from checker.page import Page, once_a_page
from checker.spans import number_at
from glossary.lazy_pattern import lazy

BLANKS = " \t\u00a0\u3000"
_STRAIGHT = lazy('"')
_BRACKET = lazy(r"[()\[\]]")
_QUOTE = lazy(r"[“”\"]")
_LABEL = lazy(r"(?:^|[\s,;:(\"])(?:\w{1,3}|\d{1,2}\.\d{0,2}|\d{1,2}\)\w)$")
_OF_CODE = frozenset("\"“”'`\\{}[]<>=;")
_SMILEY = lazy(r"[:;8=]['-]?$")
_PARTNER = {")": "(", "]": "["}
MANY = 50  # marks of a block that is no text
NEAR = 200  # characters in which a bracket is taken to be closed, whatever stands between
FAR = 60  # blocks of a quotation that opens with one and ends with one
NEXT = 3  # blocks in which a bracket may still be closed


def marks_by_block(page: Page, pattern: re.Pattern[str]) -> Iterator[tuple[int, Span, list[int]]]:
    """The marks of each block that has any: number of the block, block, offsets of the marks."""
    marks = [match.start() for match in pattern.finditer(page.text)]
    first = 0
    while first < len(marks):
        number = number_at(page.blocks, marks[first])
        last = bisect.bisect_left(marks, page.blocks[number][1], first)
        yield number, page.blocks[number], marks[first:last]
        first = last


@once_a_page  # two rules look at them
def straight_pairs(page: Page) -> list[tuple[int, int]]:
    """The pairs of straight quotation marks: the odd ones of a block open, the even ones close.

    Blocks with an odd number of them, or with one after a figure (inches), are left out.
    """
    pairs: list[tuple[int, int]] = []
    for _, _, marks in marks_by_block(page, _STRAIGHT):
        if (
            len(marks) % 2 == 0
            and page.prose_at(marks[0])
            and not any(page.text[mark - 1 : mark].isdigit() for mark in marks[::2])
        ):
            pairs += [pair for pair in zip(marks[::2], marks[1::2], strict=True) if pair[1] > pair[0] + 1]
    return pairs


def lone_brackets(page: Page) -> list[Place]:
    """Brackets without a partner in their block, unless one of the next blocks closes them."""
    text = page.text
    opened: list[tuple[int, int]] = []
    closed: list[tuple[int, int]] = []
    for number, block, marks in marks_by_block(page, _BRACKET):
        if [text[mark] for mark in marks] == ["(", ")"] or (len(marks) > MANY and not page.prose_at(marks[0])):
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
    return [place for place in _unpaired(opened, closed) if not _is_closed_near(text, place[0])]


def _is_closed_near(text: str, mark: int) -> bool:
    """Whether the next bracket of its kind is the partner of a bracket, though no pair was made: "(see\n 3)"."""
    bracket = text[mark]
    if bracket in "([":
        partner = ")" if bracket == "(" else "]"
        closing = text.find(partner, mark, mark + NEAR)
        return closing >= 0 and bracket not in text[mark + 1 : closing]
    opening = text.rfind(_PARTNER[bracket], max(0, mark - NEAR), mark)
    return opening >= 0 and bracket not in text[opening:mark]


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


def lone_quotes(page: Page, skip: set[int]) -> list[Place]:
    """Quotation marks without a partner in their block, unless one of the next closes it; those in ``skip`` aside."""
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
    long = _long_quotations(page, opened, closed)
    return [place for place in _unpaired(opened, closed) if place[0] not in long]


def _long_quotations(page: Page, opened: list[tuple[int, int]], closed: list[tuple[int, int]]) -> set[int]:
    """The marks of quotations of several blocks: one begins a block, and the next one without a partner ends another."""
    found: set[int] = set()
    both = sorted([*((number, mark, True) for number, mark in opened), *((n, mark, False) for n, mark in closed)])
    for (first, begin, opens), (last, end, opens_too) in itertools.pairwise(both):
        if opens and not opens_too and last - first <= FAR:
            start, stop = page.blocks[first][0], page.blocks[last][1]
            if begin - start < 2 and stop - end <= 2:
                found |= {begin, end}
    return found


def _is_code(text: str, mark: int) -> bool:
    """Whether a quotation mark stands beside another one or a sign of code, or means inches."""
    around = text[mark - 1 : mark] + text[mark + 1 : mark + 2]
    return not _OF_CODE.isdisjoint(around) or (text[mark] == '"' and text[mark - 1 : mark].isdigit())


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
