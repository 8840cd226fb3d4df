"""# mixed-modifier (CON202)

## What it does
Reports one Chinese modifier that is rendered in several ways across the concepts of a page: 紧密型 as "compact" here
and "close-knit" there.

## Why it matters
The reader looks for a difference where the Chinese has none.

## Wrong
A compact urban medical group and a close-knit county medical community were set up.

## Right
A compact urban medical group and a compact county medical community were set up.

## Limits
Only modifiers that the glossary marks as such are compared, and only inside spotted concepts that share them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from checker.finding import Finding, Related
from checker.page import Page
from checker.rules.meanings import meanings, reported
from checker.rules.rule import Rule
from checker.spotting.mentions import Mention
from glossary.concept import Morpheme
from glossary.folding import fold


def check(page: Page) -> Iterator[Finding]:
    """One finding for each less good rendering of a modifier."""
    for morpheme in page.spotter.glossary.modifiers:
        mentions = [m for m, meant in meanings(page) if morpheme.zh in meant.chinese and not m.repeated]
        if len(mentions) > 1:
            yield from _check_one(page, morpheme, mentions)


@lru_cache(maxsize=1 << 12)
def _member(morpheme: Morpheme, base: str) -> str | None:
    """The longest member of a class in a folded name; None without one."""
    members = sorted({fold(member) for member in (*morpheme.marked, *morpheme.plain)}, key=len, reverse=True)
    return next((member for member in members if f" {member} " in f" {base} "), None)


def _check_one(page: Page, morpheme: Morpheme, mentions: list[Mention]) -> Iterator[Finding]:
    used: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        member = _member(morpheme, mention.candidates[0].base)
        if member is not None:
            used[member].append(mention)
    if len(used) < 2:
        return
    preferred = fold(morpheme.plain[0])
    best = preferred if preferred in used else max(used, key=lambda item: len(used[item]))
    for member, mentions in used.items():
        places = [(m.start, m.end) for m in mentions if not reported(m)]
        if member != best and places:
            first = used[best][0]
            yield page.finding(
                RULE.label,
                places,
                f"{morpheme.zh} is “{member}” here and “{best}” elsewhere on the page; settle on one.",
                "warning",
                "medium",
                suggestion=None,
                zh=morpheme.zh,
                related=(Related(first.start, first.end, f"“{best}”"),),
            )


RULE = Rule(
    "CON202",
    "mixed-modifier",
    "inconsistency",
    "Terminology / inconsistent use of terminology",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
