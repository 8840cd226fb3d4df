"""# wrong-inside-approved (GLS808)

## What it does
Reports an unguarded wrong form that stands inside a longer approved one.

## Why it matters
Inside the longer form it is never reported. That is often right; it can also mean that the longer form is bad or that
the wrong form needs a guard.

## Wrong
    - {zh: 医共体, wrong: [{en: medical community, trigger: [anywhere]}], preferred: county medical community, …}

## Right
    - {zh: 医共体, wrong: [{en: medical community, trigger: [page]}], preferred: county medical community, …}

## Limits
Whole words only. Classes are not expanded.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.templates import WORD


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each wrong form, naming the first approved form it stands in."""
    forms = [form for form in desk.forms if form.status == "wrong" and form.unguarded]
    wanted = {tuple(WORD.findall(surface)) for form in forms for surface in form.surfaces}
    lengths = sorted({len(words) for words in wanted})
    inside: dict[tuple[str, ...], str] = {}
    for surface in desk.approved:
        words = tuple(WORD.findall(surface))
        for length in lengths:
            for start in range(len(words) - length + 1 if length < len(words) else 0):
                if words[start : start + length] in wanted:
                    inside.setdefault(words[start : start + length], surface)
    for form in forms:
        for surface in form.surfaces:
            longer = inside.get(tuple(WORD.findall(surface)))
            if longer:
                other = desk.approved[longer][0].entry
                message = f"“{surface}” stands inside “{longer}”, which {other['id']} ({other['zh']}) approves."
                yield desk.at_form(form, message, "info")
                break


RULE = GlossaryRule("GLS808", "wrong-inside-approved", "info", check, __doc__ or "")
