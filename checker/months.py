"""The names of the months, for whatever reads or writes dates."""

from __future__ import annotations

MONTHS = tuple("January February March April May June July August September October November December".split())
