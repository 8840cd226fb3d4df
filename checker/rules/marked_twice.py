"""Two words that mark the same thing, of which English wants one."""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place, Related
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose


def marked_twice(
    page: Page, rule: Rule, mark: Place, other: Place, words: tuple[str, str], what: str
) -> Iterator[Finding]:
    """A finding at ``mark`` where it stands in prose, related to the ``other`` word; both places are in the folded text.

    ``words`` are the two in the order of the message, which says that both mark ``what``.
    """
    place, origin = [(page.folded.start(start), page.folded.end(end)) for start, end in (mark, other)]
    if in_new_prose(page, place):
        first, second = words
        related = Related(*origin, f"“{first if other < mark else second}”")
        message = f"“{first}” and “{second}” mark {what}; keep one of them."
        yield page.finding(rule.label, [place], message, "warning", "medium", related=(related,))
