"""Regular expressions that are compiled when first used: a check of one page uses few of the tool's many."""

from __future__ import annotations

import re
from typing import Any

from glossary.kept_patterns import compiled

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class LazyPattern:
    """A pattern that becomes what `re.compile` would have made of it when one of its methods is first asked for."""

    def __init__(self, expression: str, flags: int) -> None:
        self.pattern = expression
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # Reached only for what is not set yet: from then on the compiled pattern's own methods are found at once.
        pattern = compiled(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def lazy(expression: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, put off until the pattern is first used."""
    return LazyPattern(expression, flags)  # type: ignore[return-value]
