"""What a rule on the glossary is, and how a module of the folder ``rules`` declares one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checker.finding import Finding, Severity
from checker.glossary_lint.desk import Desk


@dataclass(frozen=True)
class GlossaryRule:
    """One rule. ``severity`` is the highest its findings have; ``page``, its docstring, documents it.

    Those that ``takes_long`` marks check pages; together they take as long as all others. Findings come without their
    rule's code and name where the rule leaves them to `findings`.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[Desk], Iterator[Finding]]
    page: str
    category: str = "glossary"
    mqm: str = "Terminology / terminology resource"
    confidence: str = "high"
    preview: bool = False
    takes_long: bool = False

    def matches(self, selector: str) -> bool:
        """Whether a code, a code prefix or a name selects this rule."""
        return self.name == selector or self.code.startswith(selector.upper())
