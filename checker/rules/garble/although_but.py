"""# although-but (GAR322)

## What it does
Reports a sentence in which "although" opens the first clause and "but" the second.

## Why it matters
Chinese marks both clauses (虽然 ... 但是); English marks one of them. With both the sentence has no main clause.

## Wrong
Although the clinics are small, but they treat most patients of the village.

## Right
Although the clinics are small, they treat most patients of the village.

## Limits
Only on pages about health reform. "But" has to stand behind the first comma after "although", before what a clause begins
with (a preposition counts only where "although" opens the sentence); "but also", "but for" and lists are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.marked_twice import marked_twice
from checker.rules.rule import Rule
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_SUBJECTS = (
    "each|every|hospitals?|doctors?|patients?|people|the|an?|this|that|these|those|it|they|he|she|we|i|you|there|its|their|"
    "his|her|our|many|most|some|all|no|nobody"
)
_BUT = lazy(rf"although [^\n.,;:!?()]{{8,160}}, (but)(?= (?:{_SUBJECTS}|(due to|because|since|in|at|with|under))\b)")
_OPENING = lazy(r"(?:^|[\n.,;:!?\"] ?)$")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each sentence."""
    if not {"although", "but"} <= page.text_words.words or page.subject != "health-reform":
        return
    text = page.folded.text
    for start in anchors(text, "although "):
        match = _BUT.match(text, start)
        if match is None or not _OPENING.search(text, max(0, start - 2), start):
            continue
        if match[2] and text[max(0, start - 2) : start].rstrip()[-1:] not in ("", ".", "\n", "!", "?"):
            continue  # he is poor, although not proud, but in the village all know him
        opening = start, start + len("although")
        yield from marked_twice(
            page, RULE, match.span(1), opening, ("although", "but"), "the two clauses of one sentence"
        )


RULE = Rule(
    "GAR322", "although-but", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
