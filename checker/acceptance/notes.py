"""What an acceptance asks of a rule, and the findings about acceptances themselves (ACC…)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from checker.document import Document
from checker.finding import Finding, Place
from checker.rules.rule import Rule
from glossary.digest import sha256


class ChosenRule(Protocol):
    """A rule of the run, of the checker or of the glossary's lint."""

    @property
    def code(self) -> str:
        """Its code, such as TRM101."""

    def matches(self, selector: str) -> bool:
        """Whether a code, a name or the beginning of a code means it."""


def note(document: Document, rule: Rule, places: Sequence[Place], message: str) -> Finding:
    """A finding of `rule` about the first of `places`, with the others in ``also``."""
    (start, end), *also = places
    line, column = document.position(start)
    end_line, end_column = document.position(end)
    quote = document.text[start:end]
    content = "\n".join([rule.code, document.path, quote])
    return Finding(
        document.path, document.record, *rule.label, rule.severity, rule.confidence, start, end, line, column,
        end_line, end_column, quote, message, sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        also=tuple(also), count=len(places),
    )  # fmt: skip
