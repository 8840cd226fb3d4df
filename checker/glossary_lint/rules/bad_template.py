"""# bad-template (GLS810)

## What it does
Reports a template that cannot be read, uses more than four classes, or stands for more strings than are allowed.

## Why it matters
What cannot be read is not used, and patterns that stand for too much find too much.

## Wrong
    - {en: "{级.grade} (hospital|clinic"}

## Right
    - {en: "{级.grade} (hospital|clinic)"}

## Limits
None.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.templates import MAX_CLASSES, MAX_EXPANSIONS, TemplateError, count_expansions, is_template, parse


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each template that is unreadable or too large."""
    for form in desk.forms:
        message = _message(form.en, desk.sizes) if is_template(form.en) else None
        if message:
            yield desk.at_form(form, message, "error")


def _message(template: str, sizes: dict[str, int]) -> str | None:
    try:
        slots = parse(template)
    except TemplateError as problem:
        return f"{problem}."
    classes = sum(slot.kind == "class" for slot in slots)
    if classes > MAX_CLASSES:
        return f"“{template}” uses {classes} classes; at most {MAX_CLASSES}."
    total = count_expansions(slots, sizes)
    if total > MAX_EXPANSIONS:
        return f"“{template}” stands for {total:,} strings; at most {MAX_EXPANSIONS:,}."
    return None


RULE = GlossaryRule("GLS810", "bad-template", "error", check, __doc__ or "")
