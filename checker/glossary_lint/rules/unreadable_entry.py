"""# unreadable-entry (GLS801)

## What it does
Reports what the loader refuses: YAML that cannot be parsed, unknown or doubled keys, values of the wrong kind,
missing ids.

## Why it matters
A glossary with such a mistake cannot be used at all.

## Wrong
    - id: tiered-care
      zh: 分级诊疗
      prefered: tiered care

## Right
    - id: tiered-care
      zh: 分级诊疗
      preferred: tiered care

## Limits
The other rules look at what could be read of the file; once the mistake is mended they may find more.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each mistake met while reading."""
    for file in desk.tree.files:
        document = desk.document(file)
        for problem in file.problems:
            try:
                start = document.offset(problem.line, problem.column)
            except ValueError:
                start = len(file.text)
            rest = file.text[start:].split("\n", 1)[0].rstrip()
            yield desk.at_span(file, start, start + len(rest), f"{problem.message}.", "error")


RULE = GlossaryRule("GLS801", "unreadable-entry", "error", check, __doc__ or "")
