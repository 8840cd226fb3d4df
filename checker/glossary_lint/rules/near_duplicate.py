"""# near-duplicate (GLS805)

## What it does
Reports two concepts that are nearly the same in both languages.

## Why it matters
Often they are one concept that was entered twice; if not, each should name the other under `distinct_from`.

## Wrong
    - {zh: 分级诊疗制度, preferred: tiered care system, …}
    - {zh: 分级诊疗体系, preferred: tiered care systems, …}

## Right
    - {zh: 分级诊疗制度, zh_variants: [分级诊疗体系], preferred: tiered care system, …}

## Limits
Only the head word and the preferred form are compared. Entries that name each other as broader, distinct or successor
are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.folding import fold

CLOSE = 88  # of 100, in English, words sorted
ALSO_CLOSE = 60  # in Chinese, where one character of five is a lot
TOGETHER = 165


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each concept that is close to an earlier one in English and in Chinese."""
    from rapidfuzz import fuzz, process

    entries = desk.entries
    english = [" ".join(sorted(fold(entry["preferred"]).split())) for _, _, entry in entries]
    chinese = [fold(entry["zh"]) for _, _, entry in entries]
    for number, (file, place, entry) in enumerate(entries):
        close = process.extract(english[number], english[:number], scorer=fuzz.ratio, score_cutoff=CLOSE, limit=5)
        for _, score, other_number in close:
            other = entries[other_number][2]
            likeness = fuzz.ratio(chinese[number], chinese[other_number])
            if likeness < ALSO_CLOSE or likeness == 100 or score + likeness < TOGETHER or desk.related(entry, other):
                continue
            message = f"Nearly the same as {other['id']} ({other['zh']}, “{other['preferred']}”)."
            yield desk.at_key(file, place, entry, "preferred", message, "info")


RULE = GlossaryRule("GLS805", "near-duplicate", "info", check, __doc__ or "")
