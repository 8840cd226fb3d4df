"""# example-missing (GLS822)

## What it does
Reports a concept with wrong forms or patterns that lacks a wrong or a right example, and a form whose guard (`near`,
`unless`) has no `right_example`.

## Why it matters
The examples are the tests of the entry; without them nobody sees when an edit breaks it.

## Wrong
    wrong: [{en: medical union, trigger: [page]}]

## Right
    wrong: [{en: medical union, trigger: [page]}]
    examples: {wrong: The hospital joined a medical union., right: The hospital leads a medical consortium.}

## Limits
A concept all of whose forms need the Chinese needs no wrong example. A missing `right_example` is info.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each kind of example that is missing."""
    for file, number, entry in desk.entries:
        if entry.get("status", "approved") != "approved" or entry.get("strictness") == "note":
            continue
        forms = [item for key in ("deprecated", "wrong", "patterns") for item in entry.get(key, ())]
        shown = [item for item in forms if "source" not in item.get("trigger", ())]
        for kind in ("wrong", "right"):
            if shown and not entry.get(f"{kind}_examples"):
                message = f"{entry['id']} has wrong forms and no {kind} example."
                yield desk.at_key(file, number, entry, "examples", message, "warning")
        for key in ("deprecated", "wrong"):
            for place, item in enumerate(entry.get(key, ())):
                guarded = item.get("unless") or "near" in item.get("trigger", ())
                if guarded and "source" not in item.get("trigger", ()) and not item.get("right_example"):
                    message = f"“{item['en']}” depends on its surroundings and has no right_example."
                    yield desk.at_key(file, number, entry, f"{key}/{place}/en", message, "info")


RULE = GlossaryRule("GLS822", "example-missing", "warning", check, __doc__ or "")
