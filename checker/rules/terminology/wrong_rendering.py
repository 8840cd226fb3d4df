"""# wrong-rendering (TRM101)

## What it does
Reports an English form that the glossary lists as wrong for a Chinese term, where its guards hold.

## Why it matters
The form means something else to an English reader, or nothing: a "medical association" is a society of doctors, not a
group of hospitals under one management (医联体).

## Wrong
The hospital joined a medical association with twelve township health centers.

## Right
The hospital joined a medical consortium with twelve township health centers.

## Limits
Only listed forms are found; literal-rendering (TRM102) finds others. A form with an ordinary English reading is
reported only on pages about health reform, or near words that settle what is meant. A form whose reading needs the
Chinese is reported only when the Chinese is given. Words in quotation marks that the text says are words ('whom they
call "yellow oxen"'), or tells the meaning of ('"X" means', '"X" (pinyin)'), are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.renderings import rendering_findings
from checker.rules.rule import Rule


def check(page: Page) -> Iterator[Finding]:
    """One finding for each listed wrong form."""
    yield from rendering_findings(page, RULE, "wrong")


RULE = Rule(
    "TRM101", "wrong-rendering", "terminology", "Terminology / wrong term", "error", "high", check, __doc__ or ""
)
