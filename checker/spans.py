"""Looking up an offset among spans."""

from __future__ import annotations

import bisect
import sys
from collections.abc import Sequence
from typing import Any


def number_at(spans: Sequence[tuple[Any, ...]], offset: int) -> int:
    """The number of the last span that begins at ``offset`` or before it; -1 where all begin behind it.

    ``spans`` are in order and begin with their start and end.
    """
    return bisect.bisect_right(spans, (offset, sys.maxsize)) - 1  # no span has that end: behind all that begin here
