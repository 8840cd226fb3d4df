"""# class-without-marked (GLS812)

## What it does
Reports a morpheme class without a marked member, and a class of heads (`@…`) that has one.

## Why it matters
Only expansions with a marked member are reported: a class without one adds nothing but other names to count. Heads
only carry.

## Wrong
    级.grade:
      zh: 级
      sense: a grade
      plain: [grade]

## Right
    级.grade:
      zh: 级
      sense: a grade
      marked: [rank]
      plain: [grade]

## Limits
A class marked `modifier` may do without: its members are compared with each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each class whose members are of the wrong kind for it."""
    for file, entry in desk.tree.morphemes:
        key, marked = entry["key"], entry.get("marked")
        if key.startswith("@") and marked:
            yield desk.at(file, f"{key}/marked", f"{key} is a class of heads; heads are plain.", "warning", None)
        elif not key.startswith("@") and not marked and not entry.get("modifier"):
            message = f"{key} has no marked member, so no pattern is reported because of it."
            yield desk.at(file, key, message, "info")


RULE = GlossaryRule("GLS812", "class-without-marked", "warning", check, __doc__ or "")
