"""# such-as-etc (GAR314)

## What it does
Reports a list that "such as" opens and "etc." closes.

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

LONGEST_LIST = 300  # characters


def check(page: Page) -> Iterator[Finding]:
    """One finding for each list."""
    text = page.folded.text
    if not {"such", "etc"} <= page.text_words.words:
        return
    for start in anchors(text, "such as "):
        closing = text.find("etc", start, start + LONGEST_LIST)
        between = text[start:closing]
        if closing < 0 or any(mark in between for mark in ".;:!?\n()") or page.subject != "health-reform":
            continue
        if text[closing - 1] in " ," and not text[closing + 3].isalnum() and "," in between:
            mark, other = (start, start + len("such as")), (closing, closing + 3)
            yield from marked_twice(page, RULE, mark, other, ("such as", "etc."), "the same list")


RULE = Rule(
    "GAR314", "such-as-etc", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
