"""The names of the months, for whatever reads or writes dates."""

from __future__ import annotations

MONTHS = tuple("January February March April May June July August September October November December".split())
DAY = r"(?:[12]\d|3[01]|[1-9])"
"""The pattern of a day of a month, longer figures first."""

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def iso(year: str, month: str | None, day: str | None) -> str:
    """A date as ISO, as exact as the calendar allows: no thirteenth month, and no day that its month does not have."""
    if not month or not 1 <= int(month) <= 12:
        return year
    last = _DAYS[int(month) - 1]
    if int(month) == 2 and (int(year) % 4 or (not int(year) % 100 and int(year) % 400)):
        last -= 1
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day and 1 <= int(day) <= last else "")
