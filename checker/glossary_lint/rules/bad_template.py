"""# bad-template (GLS810)

## What it does
Reports a template that cannot be read, uses more than four classes, or stands for more strings than are allowed. So
are parts without a word, other than a comma, a semicolon or a stop, for they stand in no text; advice (`write`) that
takes a class or a part, such as `{2}`, which the form does not have; and an alternative with words of its own to write,
such as `officer=inspector`, in a part that no advice takes.

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
from glossary.templates import (
    CLOSING,
    MAX_CLASSES,
    MAX_EXPANSIONS,
    Slot,
    TemplateError,
    class_keys,
    count_expansions,
    is_part,
    is_template,
    parse,
    parts,
)


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each template that is unreadable or too large."""
    for form in desk.forms:
        taken = class_keys((form.rendering or {}).get("write", ""))
        message = _message(form.en, taken, desk.sizes) if taken or "=" in form.en or is_template(form.en) else None
        if message:
            yield desk.at_form(form, message, "error")


def _message(template: str, taken: list[str], sizes: dict[str, int]) -> str | None:
    try:
        slots = parse(template)
    except TemplateError as problem:
        return f"{problem}."
    if "=" in template and (untaken := _untaken(slots, taken)) is not None:
        return f"“{template}” has something to write for “{untaken}” that no advice takes."
    wordless = [value for slot in slots for value in slot.values if _is_wordless(value)]
    if wordless:
        return f"“{wordless[0]}” stands in no text as a part of its own of “{template}”: put it at a word."
    classes = class_keys(template)
    if len(classes) > MAX_CLASSES:
        return f"“{template}” uses {len(classes)} classes; at most {MAX_CLASSES}."
    missing = set(taken).difference(classes, map(str, range(1, parts(slots) + 1)))
    if missing:
        return f"The advice takes {{{min(missing)}}}, which “{template}” does not have."
    total = count_expansions(slots, sizes)
    if total > MAX_EXPANSIONS:
        return f"“{template}” stands for {total:,} strings; at most {MAX_EXPANSIONS:,}."
    return None


def _untaken(slots: tuple[Slot, ...], taken: list[str]) -> str | None:
    """An alternative of which what to write is taken by no advice; None where there is none."""
    number = 0
    for slot in slots:
        number += is_part(slot)
        for value, instead in zip(slot.values, slot.advised, strict=False):
            if value != instead and not (is_part(slot) and str(number) in taken):
                return value
            if slot.advised[slot.values.index(value)] != instead:
                return value  # another one like it says something else
    return None


def _is_wordless(part: str) -> bool:
    return bool(part) and part not in (*CLOSING, "&", "+") and not any(map(str.isalnum, part))


RULE = GlossaryRule("GLS810", "bad-template", "error", check, __doc__ or "")
