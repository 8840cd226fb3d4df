"""# calque (TRM104)

## What it does
Reports a set phrase of Chinese official prose that was taken literally.

## Why it matters
Slogans and four-character phrases carry their meaning as a whole. "Build high ground" says nothing of a center of
excellence to a reader who does not hear the Chinese behind it.

## Wrong
Move the barrier forward and weave a dense net for public health.

## Right
Intervene earlier and tighten the public health safety net.

## Limits
Phrases with an ordinary English reading are reported only on pages about health reform.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.renderings import rendering_findings
from checker.rules.rule import Rule


def check(page: Page) -> Iterator[Finding]:
    """One finding for each literal rendering of a set phrase."""
    yield from rendering_findings(page, RULE, "calque")


RULE = Rule("TRM104", "calque", "calque", "Accuracy / mistranslation", "error", "high", check, __doc__ or "")
