"""# mixed-numbering (NUM601)

## What it does
Reports a Chinese list number that was translated as a word or as a year: "Seven, strengthen …" between 6. and 8.,
"(2025) Work objectives" between (1) and (3), "(two)" and "(three)" before two points. So are numbers with a comma, "1,
train village doctors".

## Why it matters
七、 is the number of a heading, not the word seven. Beside headings with figures it looks like a sentence gone wrong. The
mark behind a Chinese list number is no comma.

## Wrong
1. Train village doctors
Two, improve their pay
3. Renew the clinics

## Right
1. Train village doctors
2. Improve their pay
3. Renew the clinics

## Limits
Only at the start of a heading. A word counts when a figure or another such word numbers the heading before or after it,
and at the start of a paragraph when the next or the last one counts on from it;
First, Second, Third among themselves are English. A year counts when numbers in brackets stand on the page, a comma
in a run of numbers that begins with 1 or has other marks too; not in lists of affiliations. Words in brackets count at the
beginning of a sentence, also inside a paragraph, where one of them counts on from another or from a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.list_numbers import CARDINALS, ListNumber
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from glossary.lazy_pattern import lazy

_STYLES = {"cardinal": ("1.", "1,", "1、", "cardinal"), "ordinal": ("1.", "1,", "1、"), "year": ("(1)",)}
_FIGURES = ("1.", "1,", "1、")
_IN_BRACKETS = lazy(rf"(?:(?m:^)[^\S\n]*|[.。]\s{{1,2}})(\(((?i:{'|'.join(CARDINALS)}))\)) ?(?=[A-Za-z])")
_BRACKETED = lazy(rf"\((?:{'|'.join((*CARDINALS, *map(str.capitalize, CARDINALS)))})\)")
_AFFILIATION = lazy(r"\b(?:School|Department|Institute|Faculty|College|Division|University|Academy)\b")
_Beside = tuple[int | None, int | None]


def check(page: Page) -> Iterator[Finding]:
    """One finding for each such number."""
    if not page.is_english:
        return
    if "(" in page.text and _BRACKETED.search(page.text):
        yield from _in_brackets(page)
    if not any(number.style in (*_STYLES, "1,") for number in page.list_numbers):
        return
    numbers = [number for number in page.list_numbers if not page.is_repeated(number.start, number.end)]
    if commas := [place for place in _with_comma(page, numbers) if in_new_prose(page, place)]:
        quote = page.text[slice(*commas[0])]
        yield page.finding(
            RULE.label,
            commas,
            f"“{quote}” numbers an item of a list; write “{quote[:-1]}.”",
            "warning",
            "medium",
            suggestion=f"{quote[:-1]}.",
            fixes=tuple(Fix(end - 1, end, ".") for _, end in commas),
        )
    for number, beside, alike in _words(numbers):
        value = _meant(number, beside, alike)
        if value is not None:
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


def _in_brackets(page: Page) -> Iterator[Finding]:
    """The words in brackets that begin sentences, where one of them counts on from another."""
    found = [(match.span(1), CARDINALS[match[2].lower()]) for match in _IN_BRACKETS.finditer(page.text)]
    found = [(place, value) for place, value in found if not page.is_repeated(*place)]
    values = {value for _, value in found} | {number.value for number in page.list_numbers if number.style == "(1)"}
    for place, value in found:
        if not values & {value - 1, value + 1}:
            continue
        yield page.finding(
            RULE.label,
            [place],
            f"“{page.text[slice(*place)]}” stands for the list number ({value})",
            "warning",
            "high",
            suggestion=f"({value})",
        )


def _with_comma(page: Page, numbers: list[ListNumber]) -> Iterator[Place]:
    """The figures with a comma behind them, in runs that count on from 1 or have figures with other marks."""
    run: list[ListNumber] = []
    for number in [*(number for number in numbers if number.style in _FIGURES), None]:
        if number and run and number.value == run[-1].value + 1:
            run.append(number)
            continue
        if len(run) > 1 and (run[0].value == 1 or any(other.style != "1," for other in run)):
            commas = [(other.start, other.end) for other in run if other.style == "1,"]
            if not any(_AFFILIATION.search(page.text, end, end + 60) for _, end in commas):
                yield from commas
        run = [number] if number else []


def _words(numbers: list[ListNumber]) -> Iterator[tuple[ListNumber, _Beside, bool]]:
    """The headings numbered by a word or a year, each with the numbers before and after it that may be its neighbours.

    The last item says whether other headings are numbered by other such words.
    """
    count = Counter(style for style, _ in {(number.style, number.value) for number in numbers if number.heading})
    used = {number.style for number in numbers}
    for style, styles in _STYLES.items():
        if style not in used:
            continue
        before: list[int | None] = []
        last: int | None = None
        for number in numbers:
            before.append(last)
            last = number.value if number.style in styles else last
        following: int | None = None
        after: list[int | None] = []
        for number in reversed(numbers):
            after.append(following)
            following = number.value if number.style in styles else following
        for number, previous, next_one in zip(numbers, before, reversed(after), strict=True):
            if number.style == style and number.heading:
                yield number, (previous, next_one), count[style] > 1
            elif number.style == style == "cardinal" and {previous, next_one} & {number.value - 1, number.value + 1}:
                yield number, (previous, next_one), False


def _meant(number: ListNumber, beside: _Beside, alike: bool) -> int | None:
    """The figure a word or a year stands for; None when it is no list number."""
    before, after = beside
    if number.style == "year":
        fits = before is not None and (after == before + 2 or (before == 1 and after is None))
        return before + 1 if fits and before is not None else None
    if number.style == "ordinal" and alike:
        return None  # First, Second, Third: English
    in_order = before == number.value - 1 or after == number.value + 1
    return number.value if in_order or alike else None


RULE = Rule(
    "NUM601", "mixed-numbering", "numbering", "Accuracy / mistranslation", "warning", "high", check, __doc__ or ""
)
