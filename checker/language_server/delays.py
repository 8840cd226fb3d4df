"""Work that is put off while somebody types, and dropped when it is overtaken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Delays:
    """One piece of work under each key; what fails is told to ``failed``. Belongs to one event loop."""

    def __init__(self, failed: Callable[[Exception], None]) -> None:
        self._failed = failed
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def put(self, key: str, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work in so many seconds, in place of what waits or runs under the same key."""
        self.drop(key)
        self._tasks[key] = asyncio.ensure_future(self._later(seconds, work))

    def drop(self, key: str) -> None:
        """Forget the work under a key."""
        task = self._tasks.pop(key, None)
        if task is not None:
            task.cancel()

    def drop_all(self) -> None:
        """Forget all work."""
        for key in [*self._tasks]:
            self.drop(key)

    async def _later(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as problem:  # one text that cannot be worked on does not end the server
            self._failed(problem)
