"""# unknown-class (GLS811)

## What it does
Reports a morpheme key that no file of morphemes has, with the nearest one that is there.

## Why it matters
The pattern is not used.

## Wrong
    - {en: "{级.grad} {@institution}"}

## Right
    - {en: "{级.grade} {@institution}"}

## Limits
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.templates import class_keys


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each form with an unknown key."""
    for form in desk.forms:
        for key in class_keys(form.en):
            if key not in desk.sizes:
                near = _nearest(key, desk.sizes)
                hint = f"; did you mean {{{near}}}?" if near else "."
                yield desk.at_form(form, f"There is no morpheme class {{{key}}}{hint}", "error")
                break


def _nearest(key: str, known: dict[str, int]) -> str | None:
    from rapidfuzz import fuzz, process

    best = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else None


RULE = GlossaryRule("GLS811", "unknown-class", "error", check, __doc__ or "")
