"""# fragment (GAR308)

## What it does
Reports a sentence that is none: it begins with a form in -ing and a preposition and has no verb ("Learning from two
counties to promote the project."), it is a noun phrase without any verb, or it breaks off at an article or conjunction.

## Why it matters
A Chinese clause without a subject was translated as it stood, or the sentence was cut in two.

## Wrong
Learning from two neighboring counties to promote the new service project in village clinics.

## Right
The city learns from two neighboring counties how to promote the new service project in village clinics.

## Limits
Headings, list items and sentences in which any word may be a verb are left alone, so most fragments are not found.
Noun phrases are reported only on pages about health reform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.finite_verbs import has_gerund, may_be_finite
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose
from glossary.folding import fold

SHORTEST, LONG = 5, 8  # words
LONGEST = 400  # characters

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]{1,2})?")
_PREPOSITIONS = ("from", "on", "with", "by", "in", "to", "at", "for", "around")  # a name may be glued to them
_NOT_GERUND = frozenset("according owing pertaining regarding concerning including following depending".split())
_BREAKS_OFF = re.compile(r"(?:[ \t](?:the|an|and|or|such as|including|as well as|their|its|because|although))\.$")
_SUBJECTS = frozenset("i we you they he she it who that which this these those people there how what why".split())


def check(page: Page) -> Iterator[Finding]:
    """One finding for each fragment."""
    for start, end in page.sentences:
        if end - start > LONGEST or page.text[end - 1] != ".":
            continue
        if broken := _BREAKS_OFF.search(page.text, max(start, end - 16), end):
            place = broken.start() + 1, end
            if page.text.count(" ", start, end) >= SHORTEST and in_new_prose(page, place):
                yield _finding(page, place, "breaks off here: the sentence was cut in two or its end is lost")
        elif page.text[start].isupper():
            opening = _verbless(page, start, end)
            if opening and in_new_prose(page, opening):
                yield _finding(page, opening, "opens a sentence that has no verb")


def _verbless(page: Page, start: int, end: int) -> Place | None:
    """The first two words of a sentence without a verb, None when it may have one or is of another kind."""
    first, *_ = opening = page.text[start : start + 40].split(maxsplit=2) or [""]
    gerund = first.endswith("ing") and fold(first) not in _NOT_GERUND
    article = first in ("The", "A", "An") and page.subject == "health-reform"
    if not (gerund or article) or len(opening) < 3:
        return None
    sentence = page.text[start:end]
    words = [fold(word) for word in _WORD.findall(sentence)]
    if len(words) < SHORTEST or any(mark in sentence for mark in ",:;?!") or not _SUBJECTS.isdisjoint(words):
        return None
    if any(may_be_finite(word) for word in words):
        return None
    if gerund and (len(words) < LONG or not words[1].startswith(_PREPOSITIONS)):
        return None
    if article and any(has_gerund(word) for word in words if word not in FUNCTION_WORDS):
        return None
    second = _WORD.search(page.text, start + len(first))
    return (start, second.end()) if second else None


def _finding(page: Page, place: Place, what: str) -> Finding:
    quote = " ".join(page.text[place[0] : place[1]].split())
    return page.finding(RULE.label, [place], f"“{quote}” {what}.", "warning", "medium")


RULE = Rule(
    "GAR308", "fragment", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
