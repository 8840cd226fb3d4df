"""# doubled-id (GLS802)

## What it does
Reports an id of a concept, or a key of a morpheme class, that is taken already.

## Why it matters
Ids are how layers, findings and other concepts name a concept; with two of them nobody knows which is meant.

## Wrong
    - id: tiered-care
      …
    - id: tiered-care
      …

## Right
    - id: tiered-care
      …
    - id: tiered-care-alliance
      …

## Limits
None.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.working_tree import TreeFile


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each entry whose id or key an earlier one has."""
    seen: dict[str, tuple[TreeFile, dict[str, Any]]] = {}
    for file, number, entry in desk.tree.concepts:
        first = seen.setdefault(entry["id"], (file, entry))
        if first[1] is not entry:
            message = f"The id {entry['id']} is taken by {first[0].name}:{first[1]['line']}."
            yield desk.at_key(file, number, entry, "id", message, "error")
    classes: dict[str, tuple[TreeFile, dict[str, Any]]] = {}
    for file, entry in desk.tree.morphemes:
        first = classes.setdefault(entry["key"], (file, entry))
        if first[1] is not entry:
            message = f"The morpheme {entry['key']} is taken by {first[0].name}:{first[1]['line']}."
            yield desk.at(file, entry["key"], message, "error")


RULE = GlossaryRule("GLS802", "doubled-id", "error", check, __doc__ or "")
