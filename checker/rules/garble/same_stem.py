"""# same-stem (GAR305)

## What it does
Reports two neighbours made from one stem, an adjective and its own noun: "clinical clinics".

## Why it matters
The machine rendered both halves of a Chinese word by the same English root (临床一线: "frontline clinical clinics").

## Wrong
Research results serve the clinical clinics.

## Right
Research results serve clinical practice.

## Limits
An adjective in -al, -ic, -ive, -ary or -ous before a noun of the same stem of five letters and more.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import LONGEST_WORD, in_new_prose, is_hyphenated
from checker.scanning import anchors
from glossary.lazy_pattern import lazy
from glossary.templates import word_pattern

STEM = 5  # letters
SHARE = 0.6  # of the longer word
_ADJECTIVES = ("al ", "ic ", "ive ", "ary ", "ous ")
_NOT_NOUN = lazy(r"(?:ly|ed|ing|al|ic|ive|ary|ous|ist|ists|ity)$")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each pair of neighbours."""
    folded = page.folded
    text = folded.text.replace("\n", " ")
    for ending in _ADJECTIVES:
        for place in anchors(text, ending):
            last = place + len(ending) - 1
            before, stem = text[max(0, last - LONGEST_WORD) : last], text[last + 1 : last + 1 + STEM]
            if stem not in before or not stem.isalnum():
                continue
            first, second = _words(before)[-1], _words(text[last + 1 : last + LONGEST_WORD])[0]
            if first in ("optional", "specific") or not _share_stem(first, second):
                continue
            start, middle = folded.start(last - len(first)), folded.end(last)
            after, end = folded.start(last + 1), folded.end(last + 1 + len(second))
            if not page.text[middle:after].isspace() or not page.text[after].islower():
                continue
            if in_new_prose(page, (start, end)) and not is_hyphenated(page, (start, end)):
                quote = " ".join(page.text[start:end].split())
                yield page.finding(
                    RULE.label,
                    [(start, end)],
                    f"“{quote}”: both words come from one stem; two Chinese words were probably translated alike.",
                    "warning",
                    "medium",
                )


def _words(text: str) -> list[str]:
    return word_pattern(text).findall(text)


def _share_stem(first: str, second: str) -> bool:
    """Whether an adjective and a noun have most of their letters in common."""
    if first[:STEM] != second[:STEM] or first == second or _NOT_NOUN.search(second):
        return False
    shared = next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    return shared >= max(STEM, SHARE * max(len(first), len(second)))


RULE = Rule("GAR305", "same-stem", "garbled", "Accuracy / mistranslation", "warning", "medium", check, __doc__ or "")
