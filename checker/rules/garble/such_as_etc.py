"""# such-as-etc (GAR314)

## What it does
Reports a list that "such as" opens and "etc." or "and so on" closes.

## Why it matters
Chinese 等 closes a list of examples and was translated at both ends. "Such as" says by itself that the list goes on.

## Wrong
Specialties such as oncology, cardiology, etc. were set up.

## Right
Specialties such as oncology and cardiology were set up.

## Limits
Only on pages about health reform: elsewhere the pair is a common slip of pen.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.marked_twice import marked_twice
from checker.rules.rule import Rule
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

LONGEST_LIST = 300  # characters

_CLOSING = lazy(r"[ ,](etc\b|and so on(?=[.,;:)\n]| (?:is|are|was|were|has|have|had|will|can|to|for|in|of)\b))")
_ENDS = frozenset(".;:!?\n()")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each list."""
    text = page.folded.text
    if "such" not in page.text_words.words or page.subject != "health-reform":
        return
    for start in anchors(text, "such as "):
        closing = _CLOSING.search(text, start, start + LONGEST_LIST)
        between = text[start : closing.start()] if closing else ""
        if closing and "," in between and _ENDS.isdisjoint(between):
            mark = start, start + len("such as")
            closes = "etc." if closing[1] == "etc" else closing[1]
            yield from marked_twice(page, RULE, mark, closing.span(1), ("such as", closes), "the same list")


RULE = Rule(
    "GAR314", "such-as-etc", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
