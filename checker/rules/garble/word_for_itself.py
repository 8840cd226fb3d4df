"""# word-for-itself (GAR304)

## What it does
Reports "X for X", one noun on both sides of "for".

## Why it matters
Two Chinese words fell into one English word: 预约诊疗 becomes "appointments for appointments".

## Wrong
The clinics were opened to appointments for appointments by telephone.

## Right
Patients may book appointments with the clinics by telephone.

## Limits
Idioms (word for word, like for like) and names are left alone; only nouns in the plural or with the endings of abstract
nouns are looked at. Rare: on 190 translated pages it stands once, rightly; in 3.5 million words of good English never.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, is_hyphenated, word_after, word_before
from glossary.lazy_pattern import lazy

_FOR = lazy(r" for (?=([^\W\d_]{1,40}(?:'[a-z]{1,2})?))")
_NOUN = lazy(r"(?:tions?|ments?|ings?|[ae]nc(?:y|e|ies|es)|it(?:y|ies)|[^su]s)$")

_NARROWS = frozenset("that which who whose with without in of".split())
_IDIOMS = frozenset("nothing something anything everything exists".split())


def check(page: Page) -> Iterator[Finding]:
    """One finding for each pair."""
    text = page.folded.text
    for match in _FOR.finditer(text):
        (start, after), word = match.span(), match[1]
        end = after + len(word)
        if len(word) < 5 or not text.endswith(word, 0, start):
            continue
        if word_before(text, start) != word or not _NOUN.search(word):
            continue
        place = page.folded.start(start - len(word)), page.folded.end(end)
        following = word_after(text, end + 1)
        if following in _NARROWS or word in _IDIOMS:
            continue
        if (
            page.text[place[0] + 1 : place[1]].islower()
            and in_new_prose(page, place)
            and not is_hyphenated(page, place)
            and text[end] not in "'_"
        ):
            quote = " ".join(page.text[place[0] : place[1]].split())
            yield page.finding(
                RULE.label,
                [place],
                f"“{quote}”: two different Chinese words were probably translated by the same English word.",
                "warning",
                "medium",
            )


RULE = Rule(
    "GAR304", "word-for-itself", "garbled", "Accuracy / mistranslation", "warning", "medium", check, __doc__ or ""
)
