"""What is read is never written over."""

from __future__ import annotations

import os
from collections.abc import Iterable

from checker.config import ConfigError


def refuse_overwriting(read: Iterable[object], *written: str | None) -> None:
    """Raises ConfigError when a file that is written is among those ``read``, or is to be two things.

    What of ``read`` is no name of a file does not count.
    """
    taken = {os.path.realpath(entry) for entry in read if isinstance(entry, str)}
    for name in written:
        if name is not None:
            if os.path.realpath(name) in taken:
                raise ConfigError(f"{name} would be written over; give another file")
            taken.add(os.path.realpath(name))
