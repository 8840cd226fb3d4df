"""What a rule is, and how a module of this folder declares one."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from checker.finding import Confidence, Finding, Severity
from checker.page import Page


class Rule(NamedTuple):
    """One rule. ``severity`` and ``confidence`` are the highest its findings have.

    ``page`` is its documentation: the docstring of its module, under the headings What it does, Why it matters, Wrong,
    Right, Limits. A ``preview`` rule runs only when asked for.
    """

    code: str
    name: str
    category: str
    mqm: str
    severity: Severity
    confidence: Confidence
    check: Callable[[Page], Iterator[Finding]]
    page: str
    preview: bool = False

    @property
    def label(self) -> tuple[str, str, str, str]:
        """(code, name, category, MQM type), as a finding carries them."""
        return self.code, self.name, self.category, self.mqm

    @property
    def needs_source(self) -> bool:
        """Whether the rule has nothing to look at without the Chinese."""
        return self.code.startswith("BIL")

    def matches(self, selector: str) -> bool:
        """Whether a code, a code prefix or a name selects this rule."""
        return self.name == selector or self.code.startswith(selector.upper())


def nothing_on_a_page(page: Page) -> Iterator[Finding]:
    """The check of a rule whose findings are made later, where findings meet what is accepted."""
    return iter(())
