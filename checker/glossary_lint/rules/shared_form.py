"""# shared-form (GLS806)

## What it does
Reports an English form that two concepts claim: both as a good name, or both as wrong wherever it stands.

## Why it matters
A reader of such a finding gets two answers, and a page that uses the form cannot be counted for either concept.

## Wrong
    - {zh: 医联体, admitted: [medical group], …}
    - {zh: 医疗集团, preferred: medical group, …}

## Right
    - {zh: 医联体, admitted: [medical consortium group], …}
    - {zh: 医疗集团, preferred: medical group, …}

## Limits
Concepts that name each other as broader, distinct or successor may share a good name. Wrong forms with a guard may be
shared. Classes are not expanded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.form import Form
from checker.glossary_lint.rule import GlossaryRule


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each form that an earlier concept claims too."""
    for surface, forms in desk.approved.items():
        yield from _shared(desk, surface, forms, "a good name")
    wrong: dict[str, list[Form]] = defaultdict(list)
    for form in desk.forms:
        if form.status in ("wrong", "deprecated") and form.unguarded:
            for surface in form.surfaces:
                wrong[surface].append(form)
    for surface, forms in wrong.items():
        yield from _shared(desk, surface, forms, "wrong wherever it stands")


def _shared(desk: Desk, surface: str, forms: list[Form], how: str) -> Iterator[Finding]:
    first = forms[0]
    for form in forms[1:]:
        if form.entry["id"] != first.entry["id"] and not desk.related(form.entry, first.entry):
            other = f"{first.entry['id']} ({first.entry['zh']}, {first.file.name}:{first.entry['line']})"
            yield desk.at_form(form, f"“{surface}” is {how} for {other} too.", "warning")


RULE = GlossaryRule("GLS806", "shared-form", "warning", check, __doc__ or "")
