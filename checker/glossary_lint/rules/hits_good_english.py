"""# hits-good-english (GLS813)

## What it does
Checks the pages of clean English (`--controls`) with the glossary and reports each form or pattern that fires there.

## Why it matters
What fires on good English costs the trust of everybody who uses the checker.

## Wrong
    - {en: medical community, trigger: [anywhere]}

## Right
    - {en: medical community, trigger: [page], unless: [international]}

## Limits
Finds only what the control pages happen to hold. Without a folder of controls the rule is skipped with a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Severity
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from checker.rules.meanings import reported


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each form that is reported on a control page, with the first place."""
    seen: set[int] = set()
    for page in desk.control_pages:
        for mention in page.mentions:
            for candidate in reported(mention):
                rendering = candidate.rendering
                form = rendering and desk.form_at(candidate.concept.id, candidate.status, rendering.en)
                if not form or id(form) in seen:
                    continue
                seen.add(id(form))
                line, column = page.document.position(mention.start)
                quote = " ".join(page.text[mention.start : mention.end].split())
                message = f"Fires on good English: “{quote}” at {page.document.path}:{line}:{column}."
                severity: Severity = "info" if candidate.concept.strictness == "prefer" else "warning"
                yield desk.at_form(form, message, severity)


RULE = GlossaryRule("GLS813", "hits-good-english", "warning", check, __doc__ or "", takes_long=True)
