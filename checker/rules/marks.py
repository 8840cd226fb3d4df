"""Quotation marks and brackets of a page, block by block, for the rules that look at their partners or neighbours."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from checker.blocks import Span
from checker.finding import Place
from checker.page import Page, once_a_page
from checker.rules.shape import CODE, END, WIDE, shape
from glossary.lazy_pattern import lazy

BLANKS = " \t\u00a0\u3000"
_OPENING = lazy(rf"\((?:(?<=[a.]\()(?=a)|(?=[ {WIDE}]))")
_CLOSING = lazy(rf"\)(?:(?<=[ {WIDE}]\))|(?=a))")
_STOP = lazy(rf"\.(?:(?<=[ {WIDE}]\.)|(?=A))")
_STRAIGHT = lazy('"')
_NESTED = lazy(r"“[^“”\n]{0,300}(?<=[\s(])“[^“”\n]{1,120}”[^“”\n]{0,300}”(?!\w)")
_BRACKET = lazy(r"[()\[\]]")
_QUOTE = lazy(r"[“”\"]")
_ENDS = END.encode()
_NO_BRACKET, _NO_QUOTE = (bytes(set(range(256)) - set(f"{kept}{END}".encode())) for kept in ("()[]", '"<>%'))
_MIXED = lazy(r"“[^\"“”\n]{1,120}\"|\"[^\"“”\n]{1,120}”")
_MAY_BE_MIXED = (lazy(r"<[^\"<>\n]{1,120}+\""), lazy(r"\"[^\"<>\n]{1,120}+>"))  # in classes
# Two straight marks, in classes, that nobody would mend: the first plainly opens, the second plainly closes, without
# blanks inside or letters outside; neither means inches nor stands beside a sign of code.
_PAIR = lazy(rf"\"(?<![^ \n({END}-]\")(?=[aAx0$(!.,)-])[^\"<>{END}]*+\"(?<=[aAx$!.,)]\")(?=[0$( \n!.,){END}-])")
_BESIDE_CODE = lazy(rf"\"(?:(?<=[\"<>\[\];{CODE}]\")|(?=[\"<>\[\];{CODE}]))")  # in classes: no need to look closer
_LABEL = lazy(r"(?:^|[\s,;:(\"])(?:\w{1,3}|\d{1,2}\.\d{0,2}|\d{1,2}\)\w)$")
_OF_CODE = frozenset("\"“”'`\\{}[]<>=;")
_SMILEY = lazy(r"[:;8=]['-]?$")
_PARTNER = {")": "(", "]": "["}
_DEEPEST = 3  # brackets in brackets: what is deeper is looked at one by one
MANY = 50  # marks of a block that is no text
NEAR = 200  # characters in which a bracket is taken to be closed, whatever stands between
FAR = 60  # blocks of a quotation that opens with one and ends with one
NEXT = 3  # blocks in which a bracket may still be closed


@once_a_page
def _quotes(page: Page) -> bytes:
    """The quotation marks by their classes, % for two straight ones that plainly make a pair, and END for each block."""
    return _PAIR.sub("%", shape(page).classes).encode().translate(None, _NO_QUOTE)


@once_a_page
def _doubtful_quotes(page: Page) -> list[int]:
    """The numbers of the blocks whose quotation marks do not all plainly make pairs."""
    return _with_any(_quotes(page).replace(b"<>", b"").replace(b"%", b""))


def _with_any(marks: bytes) -> list[int]:
    """The numbers of the blocks that have any of some marks, given as their classes and an END for each block."""
    if not marks.strip(_ENDS):
        return []
    return [number for number, of_block in enumerate(marks.split(_ENDS)) if of_block]


def _marks_by_block(
    page: Page, pattern: re.Pattern[str], numbers: Iterable[int]
) -> Iterator[tuple[int, Span, list[int]]]:
    """The marks of some blocks: number of the block, block, offsets of the marks."""
    for number in numbers:
        block = page.blocks[number]
        yield number, block, [match.start() for match in pattern.finditer(page.text, *block)]


@once_a_page  # two rules look at them
def straight_pairs(page: Page) -> list[tuple[int, int]]:
    """The pairs of straight quotation marks that anything may be wrong with: in a block the odd ones open, the even close.

    Blocks with an odd number of them, or with one after a figure (inches), are left out.
    """
    text = page.text
    pairs: list[tuple[int, int]] = []
    for _, _, marks in _marks_by_block(page, _STRAIGHT, _doubtful_quotes(page)):
        opening, closing = marks[::2], marks[1::2]
        if len(opening) == len(closing) and not any(map(str.isdigit, [text[mark - 1 : mark] for mark in opening])):
            pairs += [pair for pair in zip(opening, closing, strict=True) if pair[1] > pair[0] + 1]
    return pairs


@once_a_page
def opening_marks(page: Page) -> list[int]:
    """The opening brackets and curly quotation marks with a letter behind them and a letter or a stop before, or a blank behind."""
    return [match.start() for match in _OPENING.finditer(shape(page).outline)]


@once_a_page
def closing_marks(page: Page) -> list[int]:
    """What closes, and commas and semicolons, with a blank before or a letter behind them, in order."""
    return [match.start() for match in _CLOSING.finditer(shape(page).outline)]


@once_a_page
def stops(page: Page) -> list[int]:
    """The full stops with a blank before or a capital behind them, in order."""
    return [match.start() for match in _STOP.finditer(shape(page).classes)]


def lone_brackets(page: Page) -> list[Place]:
    """Brackets without a partner in their block, unless one of the next blocks closes them."""
    text = page.text
    opened: list[tuple[int, int]] = []
    closed: list[tuple[int, int]] = []
    left = shape(page).classes.encode().translate(None, _NO_BRACKET)
    for _ in range(_DEEPEST):
        left = left.replace(b"()", b"").replace(b"[]", b"")
    for number, block, marks in _marks_by_block(page, _BRACKET, _with_any(left)):
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


def mixed_pairs(page: Page) -> Iterator[Place]:
    """Straight quotation marks that close what a curly one opened on the same line, or the other way round."""
    marks = _quotes(page).replace(_ENDS, b"")
    if not any(neighbours in marks for neighbours in (b'<"', b"<%", b'">', b"%>")):
        return
    classes, end = shape(page).classes, 0
    for start in sorted(match.start() for pattern in _MAY_BE_MIXED for match in pattern.finditer(classes)):
        match = _MIXED.match(page.text, start) if start >= end else None
        if match and not _parts_quotations(page.text, *match.span()):
            end = match.end()
            yield match.span()


def _parts_quotations(text: str, start: int, end: int) -> bool:
    """Whether the straight mark of what looks like a pair belongs to another quotation: "Yes," she said. ”"""
    if text[start] == '"':
        return not text[start - 1 : start].isspace() and text[start + 1].isspace() and start > 0
    return text[end - 2].isspace() and text[end : end + 1].isalnum()


def lone_quotes(page: Page, skip: set[int]) -> list[Place]:
    """Quotation marks without a partner in their block, unless one of the next closes it; those in ``skip`` aside."""
    text = page.text
    opened: list[tuple[int, int]] = []
    closed: list[tuple[int, int]] = []
    numbers, classes = _doubtful_quotes(page), shape(page).classes
    if not skip:
        numbers = [number for number in numbers if not _BESIDE_CODE.search(classes, *page.blocks[number])]
    for number, block, all_marks in _marks_by_block(page, _QUOTE, numbers):
        nested = {
            mark.start() for quote in _NESTED.finditer(text, *block) for mark in _QUOTE.finditer(text, *quote.span())
        }
        marks = [mark for mark in all_marks if mark not in skip and mark not in nested]
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
    before = text[mark - 1 : mark]
    return before in _OF_CODE or text[mark + 1 : mark + 2] in _OF_CODE or (text[mark] == '"' and before.isdigit())


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
