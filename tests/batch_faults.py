"""A worker that does to a page what the page asks for: crash, hang, eat memory. It stands in for faults nobody foresaw."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence

from checker.batch.outcome import Outcome
from checker.batch.worker import CheckerWork, Documents, Task


class FaultyWork(CheckerWork):
    """Pages are checked as always but for those that hold one of a few words."""

    def read(self, task: Task) -> Documents:
        """Read a page, or not."""
        _suffer(task.page.content, b"WHILE-READ")
        return super().read(task)

    def check(self, tasks: Sequence[tuple[Task, Documents]]) -> Iterator[Outcome]:
        """Check pages, or not."""
        for (task, _), outcome in zip(tasks, super().check(tasks), strict=True):
            _suffer(task.page.content, b"WHILE-CHECKED")
            yield outcome


def _suffer(content: bytes, when: bytes) -> None:
    if when not in content:
        return
    if b"RAISE" in content:
        raise LookupError("planted")
    if b"CRASH" in content:
        os.kill(os.getpid(), 9)
    if b"HANG" in content:
        time.sleep(600)
    if b"HUNGRY" in content:
        eaten = []
        while True:
            eaten.append(bytearray(64 * 1024 * 1024))


class NoWork(CheckerWork):
    """A worker that cannot start."""

    def __init__(self) -> None:
        os._exit(7)
