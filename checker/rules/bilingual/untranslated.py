"""# untranslated (BIL706)

## What it does
Reports sentences of the source that stand in the English text as they are.

## Why it matters
Nobody translated them, or a scraper put them back.

## Wrong
医院实行分级诊疗。 医院实行分级诊疗。

## Right
医院实行分级诊疗。 The hospital practices tiered diagnosis and treatment.

## Limits
Chinese in brackets after its English, names and lines of page furniture are left alone, and so is Chinese that the
source does not have (chinese-in-english finds it).
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.script import han_count
from glossary.lazy_pattern import lazy

LEAST = 4  # Chinese characters
_LETTER = lazy(r"[A-Za-z]")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each sentence that is still Chinese."""
    if page.parallel is None or not page.han:
        return
    source = page.parallel.source.text
    seen: set[tuple[int, int]] = set()
    for start, _ in page.han:
        sentence = page.sentence_at(start)
        if sentence in seen or not sentence[0] <= start < sentence[1] or page.is_furniture(start):
            continue
        seen.add(sentence)
        text = page.text[slice(*sentence)].strip()
        han = han_count(text)
        place = source.find(text)
        if han >= LEAST and han >= len(_LETTER.findall(text)) and place >= 0:
            yield page.finding(
                RULE.label,
                [sentence],
                "The sentence is not translated.",
                "error",
                "high",
                source=(place, place + len(text)),
            )


RULE = Rule("BIL706", "untranslated", "untranslated", "Accuracy / untranslated", "error", "high", check, __doc__ or "")
