"""Clients that keep the workbench waiting: their connections are closed, so that a few cannot hold all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from checker.server.settings import LIMITS, Limits


class Patience:
    """Looks at connections of uvicorn from time to time; ``now`` gives the time in seconds."""

    def __init__(self, limits: Limits = LIMITS, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._since: dict[tuple[object, object, str], float] = {}

    def look(self, connections: Iterable[Any]) -> None:
        """Close each that has been at one thing for too long: asking, sending a form, receiving its answer."""
        now = self._now()
        those = list(connections)
        crowded = len(those) >= self._limits.crowd
        seen = {}
        for connection in those:
            doing = _doing(connection)
            key = (connection, connection.cycle, doing)
            seen[key] = since = self._since.get(key, now)
            allowed = self._limits.body if doing != "asking" else 0.0 if crowded else self._limits.head
            if doing and now - since > allowed:
                connection.transport.abort()
        self._since = seen


def _doing(connection: Any) -> str:
    """What a client is at: ``asking``, ``sending``, ``receiving``; nothing while the workbench itself is at work."""
    if connection.transport.get_write_buffer_size():
        return "receiving"
    cycle = connection.cycle
    if cycle is None or cycle.response_complete:
        return "asking"
    return "sending" if cycle.more_body else ""
