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
Headings, subtitles, list items and sentences in which any word may be a verb are left alone, so most fragments are not found.
Noun phrases are reported only on pages about health reform.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from checker.blocks import Span
from checker.finding import Finding, Place
from checker.finite_verbs import has_gerund, may_be_finite
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, capital_share, in_new_prose
from glossary.folding import fold
from glossary.lazy_pattern import lazy

SHORTEST, LONG = 5, 8  # words
LONGEST_GERUND = 22  # letters before -ing
LONGEST = 400  # characters
TITLE = 0.8  # of the words begin with a capital

_WORD = lazy(r"[^\W\d_]+(?:['’][a-z]{1,2})?")
_PREPOSITIONS = ("from", "on", "with", "by", "in", "to", "at", "for", "around")  # a name may be glued to them
_NOT_GERUND = frozenset("according owing pertaining regarding concerning including following depending".split())
_BREAKING = tuple(" the, an, and, or, including, their, its, because, although, such as, well as".split(","))
_BREAKS_OFF = tuple(f"{words}." for words in _BREAKING)
_OPENING = lazy(r"(?:[A-Z][a-z]{1,20}ing|The|An?)\s+([^\W\d_]+)")
_GERUND = lazy(rf"ing\s+(?:{'|'.join(_PREPOSITIONS)})")
_CAPITAL = lazy(r"[A-Z][a-z]*$")
_GOES_BEFORE = lazy(r"[\w,;:] ")
_SUBJECTS = frozenset("i we you they he she it who that which this these those people there how what why".split())


def check(page: Page) -> Iterator[Finding]:
    """One finding for each fragment."""
    text = page.text
    for start, end in _sentences(page):
        if end - start > LONGEST or text[end - 1] != ".":
            continue
        if text.endswith(_BREAKS_OFF, start, end) and text.count(" ", start, end) >= SHORTEST:
            place = text.rindex(" ", start, end) + 1, end
            if in_new_prose(page, place):
                yield _finding(page, place, "breaks off here: the sentence was cut in two or its end is lost")
            continue
        opening = _OPENING.match(text, start, end)
        if opening and _is_verbless(page, opening, end) and not _is_title(page, start, end):
            place = opening.span()
            if in_new_prose(page, place):
                yield _finding(page, place, "opens a sentence that has no verb")


def _sentences(page: Page) -> Sequence[Span]:
    """The sentences that may be fragments: all on pages about health reform, else where a sign of one stands."""
    if page.subject == "health-reform":
        return page.sentences
    text = page.text
    places, stop = [], -1
    for piece in text.split("."):
        stop += len(piece) + 1
        if piece.endswith(_BREAKING):
            places.append(stop)
    for match in _GERUND.finditer(text):
        opening = _CAPITAL.search(text, max(0, match.start() - LONGEST_GERUND), match.start())
        if opening and not _GOES_BEFORE.match(text[max(0, opening.start() - 2) : opening.start()]):
            places.append(opening.start())
    return sorted({page.sentence_at(place) for place in places})


def _is_verbless(page: Page, opening: re.Match[str], end: int) -> bool:
    """Whether a sentence that opens with a form in -ing and a preposition, or with an article, has no verb."""
    first = opening.group().split()[0].lower()
    gerund = first.endswith("ing")
    if first in _NOT_GERUND or not (gerund or page.subject == "health-reform"):
        return False
    if gerund and not opening[1].startswith(_PREPOSITIONS):
        return False
    sentence = page.text[opening.start() : end]
    if "," in sentence or ":" in sentence or ";" in sentence or "?" in sentence or "!" in sentence:
        return False
    if sentence.isascii():
        words = _WORD.findall(sentence.lower())
    else:
        words = [word.lower() if word.isascii() else fold(word) for word in _WORD.findall(sentence)]
    if len(words) < (LONG if gerund else SHORTEST):
        return False
    if not _SUBJECTS.isdisjoint(words) or any(map(may_be_finite, words)):
        return False
    return gerund or not any(has_gerund(word) for word in words if word not in FUNCTION_WORDS)


def _is_title(page: Page, start: int, end: int) -> bool:
    """Whether a sentence has the capitals of a title, or is a noun phrase alone under a heading: a subtitle."""
    if capital_share(page, start) >= TITLE:
        return True
    block = page.block_at(start)
    sentence = page.text[start:end].strip()
    if block is None or page.text[slice(*block)].strip() != sentence or sentence.split()[0].endswith("ing"):
        return False
    number = bisect_left(page.blocks, block)
    return number > 0 and page.text[page.blocks[number - 1][1] - 1].isalnum()


def _finding(page: Page, place: Place, what: str) -> Finding:
    quote = " ".join(page.text[place[0] : place[1]].split())
    return page.finding(RULE.label, [place], f"“{quote}” {what}.", "warning", "medium")


RULE = Rule(
    "GAR308", "fragment", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
