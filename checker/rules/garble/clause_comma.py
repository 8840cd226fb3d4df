"""# clause-comma (GAR317)

## What it does
Reports "which" right after the name of a place, without a comma.

## Why it matters
A name needs no clause to tell it from others, so the clause only adds something, and English parts it by a comma. As it
stands the reader ties it to the wrong word.

## Wrong
It is the first platform of its kind in China which connects every village clinic.

## Right
It is the first platform of its kind in China, and it connects every village clinic.

## Limits
Only Chinese places, and "China" itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose, word_after, word_before
from checker.scanning import anchors
from glossary import Glossary
from glossary.folding import fold

_UNITS = frozenset(("province", "city", "county", "prefecture", "china"))
WHICH = " which "


def check(page: Page) -> Iterator[Finding]:
    """One finding for each place."""
    text = page.folded.text
    for start in anchors(text, WHICH):
        if word_after(text, start + len(WHICH)) not in FUNCTION_WORDS:
            continue
        name = word_before(text, start)
        begin = page.folded.start(start - len(name))
        if not page.text[begin].isupper() or name not in _names(page.spotter.glossary):
            continue
        end = page.folded.end(start + len(WHICH) - 1)
        if in_new_prose(page, (begin, end)):
            quote = " ".join(page.text[begin:end].split())
            yield page.finding(
                RULE.label,
                [(begin, end)],
                f"“{quote}”: a comma is missing before “which”, or the clause belongs to another word.",
                "warning",
                "medium",
            )


@lru_cache(maxsize=2)
def _names(glossary: Glossary) -> frozenset[str]:
    """The places of a glossary, and what places are called."""
    return _UNITS | {fold(row["en"]) for row in glossary.names["places"]}


RULE = Rule(
    "GAR317", "clause-comma", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
