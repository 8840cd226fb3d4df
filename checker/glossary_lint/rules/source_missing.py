"""# source-missing (GLS816)

## What it does
Reports an approved concept without a source.

## Why it matters
Approved means that somebody has seen it in use; findings show the source. Without one the concept is `proposed`.

## Wrong
    - {id: x, zh: …, preferred: …, status: approved}

## Right
    - {id: x, zh: …, preferred: …, status: proposed}

## Limits
Whether the page says so is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each approved concept without a source."""
    for file, number, entry in desk.entries:
        if entry.get("status", "approved") == "approved" and not entry.get("sources"):
            message = f"{entry['id']} has no source; an approved entry cites one."
            yield desk.at_key(file, number, entry, "status", message, "error")


RULE = GlossaryRule("GLS816", "source-missing", "error", check, __doc__ or "")
