"""The report that goes with every exchange of term bases: what a format does not carry, on standard error."""

from __future__ import annotations

import sys
from collections import Counter


def print_losses(heading: str, lost: Counter[str]) -> None:
    """Print what was lost by field, the most first; nothing where nothing was."""
    from checker.reports.visible import visible

    rows = [(number, name) for name, number in lost.most_common() if number > 0]
    if rows:
        print(heading, file=sys.stderr)
    for number, name in rows:
        print(f"{number:>8,}  {visible(name)}", file=sys.stderr)
