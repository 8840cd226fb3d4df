"""# heading-form (GAR316)

## What it does
Reports a numbered heading that begins with a form in -ing, or with "Innovative", where its fellows begin with a verb in
the base form.

## Why it matters
The Chinese headings are all built alike (加强…, 创新…, 践行…). The machine took some of the verbs for adjectives or nouns.

## Wrong
(1) Strengthen quality control. (2) Innovative service models. (3) Improve pay. (4) Expand training. (5) Reform prices.

## Right
(1) Strengthen quality control. (2) Create new service models. (3) Improve pay. (4) Expand training. (5) Reform prices.

## Limits
Five numbered headings and more, three of four of them with verbs that policy prose opens with.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.clause_verbs import POLICY_VERBS, is_policy_verb
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from glossary.lazy_pattern import lazy

FEWEST = 5
SHARE = 0.7
_NUMBERED = lazy(r"\(\d{1,2}[)）]\s{0,4}([A-Z][a-z]+)(?= [a-z])")
_NOUNS = frozenset(("Training", "Building", "Learning", "Planning", "Including"))


def check(page: Page) -> Iterator[Finding]:
    """One finding for each heading."""
    text = page.text.replace("（", "(")
    openings: list[tuple[str, Place]] = [(match[1], match.span(1)) for match in _NUMBERED.finditer(text)]
    if len(openings) < FEWEST or not any(_differs(word) for word, _ in openings):
        return
    openings = [(word, place) for word, place in openings if in_new_prose(page, place)]
    fellows = sum(word.lower() in POLICY_VERBS for word, _ in openings)
    if len(openings) < FEWEST or fellows < SHARE * len(openings):
        return
    for word, place in openings:
        if _differs(word):
            yield page.finding(
                RULE.label,
                [place],
                f"“{word}” opens this heading, and the others open with a verb in the base form; write it alike.",
                "warning",
                "medium",
            )


def _differs(word: str) -> bool:
    return (word.endswith("ing") and is_policy_verb(word.lower()) and word not in _NOUNS) or word == "Innovative"


RULE = Rule(
    "GAR316", "heading-form", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
