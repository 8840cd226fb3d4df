"""# doubled-concept (GLS804)

## What it does
Reports a Chinese form that two concepts share, compared after folding: Traditional and Simplified are one.

## Why it matters
The Chinese is what a concept is. Two entries for one word give two answers, and in bilingual mode both fire.

## Wrong
    - {id: tiered-care, zh: 分级诊疗, …}
    - {id: graded-care, zh: 分級診療, …}

## Right
    - {id: tiered-care, zh: 分级诊疗, …}

## Limits
Two head words are an error, a head word and a variant or two variants a warning. Entries that name each other under
`broader`, `distinct_from` or `replaced_by` may share a variant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.folding import fold
from glossary.working_tree import TreeFile


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each Chinese form that an earlier concept has."""
    seen: dict[str, tuple[TreeFile, dict[str, Any], bool]] = {}
    for file, number, entry in desk.entries:
        variants = [(f"zh_variants/{place}", form["zh"]) for place, form in enumerate(entry.get("zh_variants", ()))]
        for path, zh in [("zh", entry["zh"]), *variants]:
            first, other, is_head = seen.setdefault(fold(zh), (file, entry, path == "zh"))
            if other is entry:
                continue
            heads = is_head and path == "zh"
            if heads or not desk.related(entry, other):
                message = f"{zh} also belongs to {other['id']} ({first.name}:{other['line']})."
                yield desk.at_key(file, number, entry, path, message, "error" if heads else "warning")


RULE = GlossaryRule("GLS804", "doubled-concept", "error", check, __doc__ or "")
