"""Quotation marks and brackets of a page, block by block, for the rules that look at their partners or neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.blocks import Span
from checker.page import Page

BLANKS = " \t\u00a0\u3000"
_STRAIGHT = re.compile('"')


def marks_by_block(page: Page, pattern: re.Pattern[str]) -> Iterator[tuple[int, Span, list[int]]]:
    """The marks of each block that has any: number of the block, block, offsets of the marks."""
    marks = (match.start() for match in pattern.finditer(page.text))
    mark = next(marks, None)
    for number, block in enumerate(page.blocks):
        if mark is None:
            return
        found = []
        while mark is not None and mark < block[1]:
            if mark >= block[0]:
                found.append(mark)
            mark = next(marks, None)
        if found:
            yield number, block, found


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
