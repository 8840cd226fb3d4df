"""The names of the months, for whatever reads or writes dates."""

from __future__ import annotations

MONTHS = tuple("January February March April May June July August September October November December".split())
DAY = r"(?:[12]\d|3[01]|[1-9])"
"""The pattern of a day of a month, longer figures first."""
