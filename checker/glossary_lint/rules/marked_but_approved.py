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

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from checker.spotting.spotter import Finder
from glossary.compiled import words_of
from glossary.folding import FoldedText
from glossary.keyed_rows import FIELD, ROW
from glossary.templates import TextWords


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each pattern that would match an approved form by a marked member."""
    firsts = {
        first
        for first, part in desk.glossary.tables["members"].parts().items()
        if any(row.split(FIELD)[2] == "1" for rows in part.values() for row in rows.split(ROW))
    }
    surfaces = [surface for surface in desk.approved if not firsts.isdisjoint(words_of(surface))]
    text = "\n".join(surfaces)
    blocks, start = [], 0
    for surface in surfaces:
        blocks.append((start, start + len(surface)))
        start += len(surface) + 1
    folded = FoldedText(text, blocks)
    seen: set[int] = set()
    found = desk.spotter.index.marked_surfaces(TextWords.of(folded.text))
    for hit in Finder(desk.spotter.readings, found).hits(folded, text):
        for candidate in hit.candidates:
            rendering = candidate.rendering
            form = rendering and desk.form_at(candidate.concept.id, "pattern", rendering.en)
            if not form or id(form) in seen or _is_guarded(form.rendering):
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
