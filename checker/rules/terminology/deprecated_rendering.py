"""# deprecated-rendering (TRM103)

## What it does
Reports a form that is in use for a Chinese term but should give way to a better one.

## Why it matters
The form can be understood, yet it misleads or has been given up by those who publish on the subject.

## Wrong
The province promotes graded diagnosis and treatment.

## Right
The province promotes tiered diagnosis and treatment.

## Limits
Which forms are deprecated is a ruling of the glossary's keepers; a house style may rule otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.renderings import rendering_findings
from checker.rules.rule import Rule


def check(page: Page) -> Iterator[Finding]:
    """One finding for each deprecated form."""
    yield from rendering_findings(page, RULE, "deprecated")


RULE = Rule(
    "TRM103",
    "deprecated-rendering",
    "terminology",
    "Terminology / inconsistent with terminology resource",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
