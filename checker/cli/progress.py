"""How far a run is, on a terminal, when it takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

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


class Bar:
    """A bar over the bytes of all input, with pages, pages a second and the time left; nothing without a terminal.

    It shows after ``delay`` seconds.
    """

    def __init__(self, size: int, delay: float = 1) -> None:
        self._bar: Any = None
        self._pages = self._resumed = 0
        self._start = time.monotonic()
        self._shares_terminal = sys.stdout.isatty()
        if sys.stderr.isatty():
            from tqdm import tqdm

            form = "{percentage:3.0f}%|{bar}|{postfix[0]}, {remaining} left"
            self._bar = tqdm(
                total=max(size, 1), file=sys.stderr, leave=False, delay=delay, bar_format=form, postfix=["0 pages"]
            )

    def page(self, position: int, resumed: bool) -> None:
        """One page more is done, ``position`` bytes into the input; a ``resumed`` one does not count for the rate."""
        self._pages += 1
        self._resumed += resumed
        if self._bar is None:
            return
        rate = (self._pages - self._resumed) / max(time.monotonic() - self._start, 0.001)
        self._bar.postfix[0] = f" {self._pages:,} pages, {rate:,.1f} a second"
        self._bar.update(max(0, position - self._bar.n))

    def clear(self) -> None:
        """Make room for a line on standard output, where that is the same terminal."""
        if self._bar is not None and self._shares_terminal:
            self._bar.clear()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
