"""# dangling-reference (GLS820)

## What it does
Reports `replaced_by`, `broader`, `distinct_from` or `near: [@id]` that names a concept which is not there or is
withdrawn, and a concept that names itself or leads back to itself.

## Why it matters
The reader is sent nowhere, and a guard that needs the other concept never holds.

## Wrong
    replaced_by: national-health-comission

## Right
    replaced_by: national-health-commission

## Limits
A file with a mistake is trusted to hold the concepts that it begins, read or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.lazy_pattern import lazy

_ID = lazy(r"^- id: *([a-z0-9-]+)", re.MULTILINE)


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each reference that leads nowhere."""
    unread = {name for file in desk.tree.of_kind("terms") if file.problems for name in _ID.findall(file.text)}
    for file, number, entry in desk.entries:
        for path, name in _references(entry):
            other = desk.by_id.get(name)
            if name == entry["id"]:
                message = f"{name} refers to itself."
            elif other is None and name in unread:
                continue
            elif other is None:
                message = f"There is no concept {name}{_hint(name, desk)}"
            elif other.get("status") == "withdrawn":
                message = f"{name} is withdrawn."
            elif path in ("replaced_by", "broader") and _leads_back(desk, entry, path):
                message = f"{path} leads in a circle back to {entry['id']}."
            else:
                continue
            yield desk.at_key(file, number, entry, path, message, "error")


def _references(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("replaced_by", "broader"):
        if entry.get(key):
            yield key, entry[key]
    for place, name in enumerate(entry.get("distinct_from", ())):
        yield f"distinct_from/{place}", name
    for key in ("deprecated", "wrong", "patterns"):
        for place, item in enumerate(entry.get(key, ())):
            for number, phrase in enumerate(item.get("near", ())):
                if phrase.startswith("@"):
                    yield f"{key}/{place}/near/{number}", phrase[1:]


def _leads_back(desk: Desk, entry: dict[str, Any], key: str) -> bool:
    seen: set[str] = set()
    name = entry.get(key)
    while name and name not in seen:
        if name == entry["id"]:
            return True
        seen.add(name)
        name = desk.by_id.get(name, {}).get(key)
    return False


def _hint(name: str, desk: Desk) -> str:
    from rapidfuzz import fuzz, process

    best = process.extractOne(name, desk.by_id.keys(), scorer=fuzz.ratio, score_cutoff=70)
    return f"; did you mean {best[0]}?" if best else "."


RULE = GlossaryRule("GLS820", "dangling-reference", "error", check, __doc__ or "")
