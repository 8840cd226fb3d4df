"""Work that a copy of this process does while this one goes on."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import NoReturn, TypeVar

T = TypeVar("T")


def begun(work: Callable[[], T]) -> Callable[[], T]:
    """Begin ``work`` in a copy of this process; the function returned waits for its result, which must be picklable.

    Where no copy can be made or the copy fails, that function does the work itself, and raises what it raises.
    """
    if not can_copy():
        return work
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _give(work, writing)
    os.close(writing)

    def result() -> T:
        with os.fdopen(reading, "rb") as stream:
            content = stream.read()
        _, status = os.waitpid(child, 0)
        made: T = work() if status else pickle.loads(content)
        return made

    return result


def can_copy() -> bool:
    """Whether this process can be copied, and a second processor is there to run the copy."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


def _give(work: Callable[[], object], writing: int) -> NoReturn:
    status = 1
    try:
        with os.fdopen(writing, "wb") as stream:
            stream.write(pickle.dumps(work()))
        status = 0
    finally:
        os._exit(status)  # nothing of the first process's may be written or closed here
