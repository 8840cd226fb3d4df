"""# unheeded-near (GLS825)

## What it does
Reports a form that lists words to be near without `near` among its triggers.

## Why it matters
Only triggers are asked. Without `near` among them the list is read by nobody, and the form is reported everywhere.

## Wrong
    wrong:
    - {en: union body, trigger: [page], near: [hospital, county]}

## Right
    wrong:
    - {en: union body, trigger: [page, near], near: [hospital, county]}

## Limits
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each list that is not heeded."""
    for file, number, entry in desk.entries:
        for key in ("deprecated", "wrong", "patterns"):
            for place, item in enumerate(entry.get(key, ())):
                if item.get("near") and "near" not in item.get("trigger", ()):
                    message = "The words to be near are not asked for: near is none of the triggers."
                    yield desk.at_key(file, number, entry, f"{key}/{place}/near", message, "warning")


RULE = GlossaryRule("GLS825", "unheeded-near", "warning", check, __doc__ or "")
