"""# wrong-form-approved (GLS807)

## What it does
Reports a wrong or deprecated form that is approved: by the same concept, or by another while nothing guards it.

## Why it matters
Approved readings win, so the entry never fires; and a keeper who reads it believes that the form is wrong.

## Wrong
    - {zh: 医联体, wrong: [{en: medical group, trigger: [anywhere]}], …}
    - {zh: 医疗集团, preferred: medical group, …}

## Right
    - {zh: 医联体, wrong: [{en: medical group, trigger: [source]}], …}
    - {zh: 医疗集团, preferred: medical group, …}

## Limits
A form with the trigger `near` or `source`, or with `unless`, counts as guarded. `page` does not: both concepts are at
home on the same pages. Classes are not expanded. A template of which only some strings are approved is info: the others
still fire.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.form import Form
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each wrong form, naming the first concept that approves it or part of what it stands for."""
    for form in desk.forms:
        if form.status not in ("wrong", "deprecated"):
            continue
        clashes = [
            (surface, other)
            for surface in form.surfaces_among(desk.approved, desk.approved_beginnings)
            for other in desk.approved[surface]
            if other.entry is form.entry or not _is_guarded(form)
        ]
        if not clashes:
            continue
        surface, other = clashes[0]
        whole = len({surface for surface, _ in clashes}) == len(form.surfaces)
        if other.entry is form.entry:
            message = f"“{surface}” is {other.status} and {form.status} in this one concept."
        else:
            name = f"{other.entry['id']} ({other.entry['zh']}, {other.file.name}:{other.entry['line']})"
            message = f"“{surface}” is approved by {name}; a guard must tell when it is {form.status} here."
        yield desk.at_form(form, message, "error" if whole else "info")


def _is_guarded(form: Form) -> bool:
    """Whether something tells on a page of the subject when the form is wrong and when it is the other concept's."""
    item = form.rendering or {}
    return bool(item.get("unless")) or not {"anywhere", "page"}.issuperset(item.get("trigger", ()))


RULE = GlossaryRule("GLS807", "wrong-form-approved", "error", check, __doc__ or "")
