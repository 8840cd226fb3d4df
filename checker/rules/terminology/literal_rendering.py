"""# literal-rendering (TRM102)

## What it does
Reports English that looks like a literal rendering of a Chinese term, put together morpheme by morpheme, though
nobody has listed it.

## Why it matters
Machine translation renders the parts of a term one by one. Nobody can list all it comes up with, but the parts recur:
分级 as "grading", 下沉 as "sinking", 基层 as "basic-level".

## Wrong
The county set up a grading treatment system and the sinking of medical experts.

## Right
The county set up a tiered diagnosis and treatment system and sent medical experts to lower-level institutions.

## Limits
Reported only when one part is a rendering that good English does not use, and the page is about health reform or a
second part is of that kind. The finding says what the words look like, never that they are an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.renderings import rendering_findings
from checker.rules.rule import Rule


def check(page: Page) -> Iterator[Finding]:
    """One finding for each derived form."""
    yield from rendering_findings(page, RULE, "pattern")


RULE = Rule(
    "TRM102", "literal-rendering", "terminology", "Terminology / wrong term", "warning", "medium", check, __doc__ or ""
)
