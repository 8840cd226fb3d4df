"""# ordinary-abbreviation (GLS823)

## What it does
Reports an abbreviation that is spelled like an ordinary word: in small letters or with one capital a warning, in
capitals info.

## Why it matters
Abbreviations match by case alone. “Care” matches at every start of a sentence, and “AIM” wherever a heading is set in
capitals.

## Wrong
    abbreviations: [Care]

## Right
    abbreviations: [CARE-ZJ]

## Limits
Ordinary means: among the 45,000 common English words the checker knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from checker.known_words import is_common


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each abbreviation that is a common word."""
    for form in desk.forms:
        if form.status != "abbreviation" or not is_common(form.en.lower()):
            continue
        if form.en.isupper():
            message = f"“{form.en}” is the word “{form.en.lower()}” in capitals; a heading in capitals would match."
            yield desk.at_form(form, message, "info")
        else:
            yield desk.at_form(form, f"“{form.en}” is an ordinary word.", "warning")


RULE = GlossaryRule("GLS823", "ordinary-abbreviation", "warning", check, __doc__ or "")
