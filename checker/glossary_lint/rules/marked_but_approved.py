"""# marked-but-approved (GLS814)

## What it does
Reports an expansion with a marked member that is an approved form, or stands inside one.

## Why it matters
Marked members are what nobody writes unasked. If a keeper approved the same words, either the mark or the approval is
wrong; the pattern stays silent there.

## Wrong
    卫生.health:
      marked: [sanitation, sanitary]
    …
    - {zh: 环境卫生, preferred: environmental sanitation}

## Right
    Give the other sense a class of its own, or guard the pattern.

## Limits
Each pattern is reported once, with one example.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from checker.spotting.spotter import Spotter
from glossary import Glossary
from glossary.compiled import FIELD
from glossary.folding import FoldedText
from glossary.keyed_rows import ROW, KeyedRows
from glossary.templates import TextWords


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each pattern that would match an approved form by a marked member."""
    tables = desk.glossary.tables
    # Without the approved forms nothing is exempt.
    kept = {str(n) for n, line in enumerate(tables["patterns"]) if json.loads(line.partition(" ")[2])[0] == "pattern"}
    anchors = KeyedRows()
    for part in tables["anchors"].parts().values():
        for key, rows in part.items():
            if numbers := kept.intersection(rows.split(ROW)):
                anchors.add(key, ROW.join(numbers))
    bare = Spotter(Glossary({**tables, "forms": KeyedRows(), "anchors": anchors}, "patterns alone"))
    members = (
        row.split(FIELD)
        for part in tables["members"].parts().values()
        for rows in part.values()
        for row in rows.split(ROW)
    )
    marked = AhoCorasick([surface for _, surface, _, is_marked, *_ in members if is_marked == "1"])
    surfaces = [surface for surface in desk.approved if marked.find_matches_as_indexes(surface)]
    text = "\n".join(surfaces)
    blocks, start = [], 0
    for surface in surfaces:
        blocks.append((start, start + len(surface)))
        start += len(surface) + 1
    folded = FoldedText(text, blocks)
    seen: set[int] = set()
    for hit in bare.finder(TextWords.of(folded.text)).hits(folded, text):
        for candidate in hit.candidates:
            rendering = candidate.rendering
            form = rendering and desk.form_at(candidate.concept.id, "pattern", rendering.en)
            if not form or not candidate.marked or id(form) in seen or _is_guarded(form.rendering):
                continue
            seen.add(id(form))
            line_start = folded.text.rfind("\n", 0, hit.start) + 1
            longer = folded.text[line_start : folded.text.index("\n", hit.start)]
            other = desk.approved[longer][0].entry if longer in desk.approved else form.entry
            quote = folded.text[hit.start : hit.end]
            message = f"“{quote}” has a marked member, but {other['id']} ({other['zh']}) approves “{longer}”."
            yield desk.at_form(form, message, "info")


def _is_guarded(rendering: dict[str, object] | None) -> bool:
    return bool(rendering and (rendering.get("unless") or rendering.get("near")))


RULE = GlossaryRule("GLS814", "marked-but-approved", "info", check, __doc__ or "")
