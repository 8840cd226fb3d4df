"""A count of the pages done, on a terminal, when a run takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")


def shown(items: Iterable[_Item], total: int) -> Iterator[_Item]:
    """``items`` unchanged; on a terminal, standard error shows how many of ``total`` have been taken."""
    if not sys.stderr.isatty():
        yield from items
        return
    next_show = time.monotonic() + 1
    used = False
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() >= next_show:
            print(f"\r{number:,} of {total:,} files", end="", file=sys.stderr, flush=True)
            next_show = time.monotonic() + 0.2
            used = True
    if used:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
