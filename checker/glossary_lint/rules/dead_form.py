"""# dead-form (GLS809)

## What it does
Reports a form or pattern that can never be reported: it holds no word; everything it stands for is approved or
ignored; an `unless` phrase stands in the form itself; `near` names a concept that is not there; a pattern has no
marked member.

## Why it matters
It looks like protection and is none.

## Wrong
    - {en: tertiary hospitals unit, trigger: [page], unless: [hospitals]}

## Right
    - {en: tertiary hospitals unit, trigger: [page], unless: [intensive care]}

## Limits
A pattern whose classes together exempt every expansion is not recognised.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.form import Form
from checker.glossary_lint.rule import GlossaryRule
from glossary.folding import fold
from glossary.templates import WORD, class_keys, is_template


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each form that can never be reported, with the reason."""
    for form in desk.forms:
        reason = _reason(desk, form)
        if reason:
            yield desk.at_form(form, f"“{form.en}” is never reported: {reason}.", "warning")


def _reason(desk: Desk, form: Form) -> str | None:
    if not WORD.search(form.en):
        return "there is no word in it"
    if form.rendering is None:
        return None
    ignored = form.surfaces_among(desk.ignored, desk.ignored_beginnings)
    if ignored and len(ignored) == len(form.surfaces):
        return "everything it stands for is ignored"
    if form.status == "pattern":
        keys = class_keys(form.en)
        if not keys or all(desk.marked.get(key) == 0 for key in keys if key in desk.marked):
            return "no class in it has a marked member"
        if not is_template(form.en):
            return "it is no template"
    written = fold(form.en)
    for phrase in form.rendering.get("unless", ()):
        folded = fold(phrase)
        # Looking first whether its words are there at all spares making most of the strings.
        if all(word in written for word in folded.split(" ")) and _stands_in_all(folded, form):
            return f"the unless phrase “{phrase}” stands in it"
    unknown = [name[1:] for name in form.rendering.get("near", ()) if name.startswith("@")]
    unknown = [name for name in unknown if desk.by_id.get(name, {}).get("status") == "withdrawn" or not name]
    if unknown and len(unknown) == len(form.rendering["near"]):
        return f"near names {', '.join(unknown)}, which is withdrawn"
    return None


def _stands_in_all(phrase: str, form: Form) -> bool:
    return bool(form.surfaces) and all(f" {phrase} " in f" {surface} " for surface in form.surfaces)


RULE = GlossaryRule("GLS809", "dead-form", "warning", check, __doc__ or "")
