"""# not-canonical (GLS803)

## What it does
Reports a file that `yigai glossary format` would change, at the first line that differs.

## Why it matters
With one order of keys and one layout, a change of meaning is all that shows in a diff.

## Wrong
    - zh: 分级诊疗
      id: tiered-care

## Right
    - id: tiered-care
      zh: 分级诊疗

## Limits
One finding a file. A file with other mistakes is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each file that is not written in the canonical form."""
    for file in desk.tree.files:
        if file.first_difference:
            document = desk.document(file)
            start = document.offset(file.first_difference, 1)
            end = start + len(document.line_text(file.first_difference))
            yield desk.at_span(file, start, end, "Not in canonical form; run `yigai glossary format`.", "warning")


RULE = GlossaryRule("GLS803", "not-canonical", "warning", check, __doc__ or "")
