"""# bad-validity (GLS819)

## What it does
Reports dates of validity that end before they begin, or that overlap those of the concept which replaces it.

## Why it matters
Names of bodies are checked against the date of a page: with wrong dates good pages are accused.

## Wrong
    valid: {from: "2018-03", until: "2013-03"}

## Right
    valid: {from: "2013-03", until: "2018-03"}

## Limits
The month in which one body ends and the next begins may belong to both.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each impossible or overlapping validity."""
    for file, number, entry in desk.entries:
        begin, end = entry.get("valid_from"), entry.get("valid_until")
        if begin and end and end[: len(begin)] < begin[: len(end)]:
            message = f"The validity ends ({end}) before it begins ({begin})."
            yield desk.at_key(file, number, entry, "valid/until", message, "error")
            continue
        successor = desk.by_id.get(entry.get("replaced_by") or "")
        if successor is None:
            continue
        next_begin = successor.get("valid_from")
        if end and next_begin and next_begin[: len(end)] < end[: len(next_begin)]:
            message = f"Valid until {end}, but {successor['id']}, which replaces it, is valid from {next_begin}."
            yield desk.at_key(file, number, entry, "valid/until", message, "error")
        elif next_begin and not end:
            message = f"Replaced by {successor['id']} from {next_begin}, but its own validity has no end."
            yield desk.at_key(file, number, entry, "replaced_by", message, "warning")


RULE = GlossaryRule("GLS819", "bad-validity", "error", check, __doc__ or "")
