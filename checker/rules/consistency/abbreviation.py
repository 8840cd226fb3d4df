"""# abbreviation (CON204)

## What it does
Notes an abbreviation of a glossary concept that the page never writes out.

## Why it matters
A reader abroad knows neither NHSA nor DIP.

## Wrong
Sichuan. DIP payment covers 140 hospitals, and the NHSA praised the result.

## Right
Sichuan. Payment by diagnosis-intervention packet (DIP) covers 140 hospitals.

## Limits
Information only. Knows the abbreviations of the glossary's concepts, and takes any approved full form for the
expansion.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from glossary.concept import Concept


def check(page: Page) -> Iterator[Finding]:
    """One finding for each abbreviation without its full form."""
    if page.subject != "health-reform":
        return
    short: dict[Concept, tuple[int, int]] = {}
    for mention in page.mentions:
        for candidate in mention.candidates:
            if candidate.status == "abbreviation":
                short.setdefault(candidate.concept, (mention.start, mention.end))
    full = {c.concept for m in page.mentions for c in m.candidates if c.status != "abbreviation"} if short else ()
    for concept, place in short.items():
        if concept not in full:
            quote = page.text[slice(*place)]
            yield page.finding(
                RULE.label,
                [place],
                f"“{quote}” is never written out; it stands for {concept.preferred} ({concept.zh}).",
                "info",
                "low",
                suggestion=f"{concept.preferred} ({quote})",
                concept=concept.id,
                zh=concept.zh,
            )


RULE = Rule(
    "CON204",
    "abbreviation",
    "inconsistency",
    "Terminology / inconsistent use of terminology",
    "info",
    "low",
    check,
    __doc__ or "",
)
