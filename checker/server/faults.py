"""What nobody foresaw, told on standard error by its kind and place only: its words may hold those of a text."""

from __future__ import annotations

import sys
import traceback


def say(fault: Exception) -> None:
    """One line for whoever runs the workbench."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    print(f"yigai: {type(fault).__name__}{place}", file=sys.stderr, flush=True)
