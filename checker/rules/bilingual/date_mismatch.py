"""# date-mismatch (BIL709)

## What it does
Compares dates and document numbers (〔2021〕43号) of each sentence with those of its Chinese.

## Why it matters
A wrong year or number sends the reader to another document or another deadline.

## Wrong
2024年底前全部上线。 All will be online by the end of 2025.

## Right
2024年底前全部上线。 All will be online by the end of 2024.

## Limits
Only a date that differs is reported, never one that is missing: English says "this year" where Chinese gives the year.
The order and style of dates and numbers are free. A date that stands in a neighbouring sentence counts as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.finding import Finding
from checker.months import MONTHS
from checker.page import Page
from checker.rules.rule import Rule

if TYPE_CHECKING:
    from checker.dates import Date, DocumentNumber


def check(page: Page) -> Iterator[Finding]:
    """One finding for each date or document number that differs from the source."""
    from checker.dates import date_mismatches, document_number_mismatches
    from checker.parallel import MOST, within

    if page.parallel is None or not (page.parallel.source_dates or page.parallel.source_document_numbers):
        return
    for segment in page.segments:
        parallel, link = segment.parallel, segment.link
        wanted, given = within(parallel.source_dates, *segment.source), within(parallel.dates, link.start, link.end)
        for date, rival in date_mismatches(wanted, given) if 0 < len(wanted) * len(given) <= MOST else ():
            around = [_parts(other) for other in within(parallel.dates, *segment.around)]
            source_around = [_parts(other) for other in within(parallel.source_dates, *segment.source_around)]
            if _parts(date) not in around and _parts(rival) not in source_around:
                yield _finding(page, (rival.start, rival.end), (date.start, date.end), _written(date, rival))
        numbers = within(parallel.source_document_numbers, *segment.source)
        there = within(parallel.document_numbers, link.start, link.end) if numbers else []
        if 0 < len(numbers) * len(there) <= MOST:
            for number, other in document_number_mismatches(numbers, there):
                place = (other.start, other.end)
                yield _finding(
                    page, place, (number.start, number.end), _renumbered(page.text[slice(*place)], other, number)
                )


def _parts(date: Date) -> tuple[int | None, int | None, int | None]:
    return date.year, date.month, date.day


def _written(date: Date, rival: Date) -> str:
    """The date of the source with the parts that the English gives; a year that the source leaves out stays."""
    month = MONTHS[date.month - 1] if date.month and rival.month else ""
    day = f" {date.day}" if month and date.day and rival.day else ""
    year = str(date.year or rival.year) if rival.year else ""
    return f"{month}{day}{',' if day and year else ''}{' ' if month and year else ''}{year}"


def _renumbered(quote: str, wrong: DocumentNumber, right: DocumentNumber) -> str:
    """The number of a document in the style of the English, with the year and number of the source."""
    return re.sub(r"\d+", lambda m: str(right.year if m.group() == str(wrong.year) else right.number), quote)


def _finding(page: Page, place: tuple[int, int], source: tuple[int, int], right: str) -> Finding:
    assert page.parallel is not None
    chinese = page.parallel.source.text[slice(*source)]
    quote = page.text[slice(*place)]
    return page.finding(
        RULE.label,
        [place],
        f"“{quote}” stands where the source has {chinese}" + (f"; write “{right}”." if right else "."),
        "error",
        "high",
        suggestion=right or None,
        zh=chinese,
        source=source,
    )


RULE = Rule("BIL709", "date-mismatch", "number", "Accuracy / mistranslation", "error", "high", check, __doc__ or "")
