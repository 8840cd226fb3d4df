"""# missing-article (GAR315)

## What it does
Reports a body, a place or a part of one that stands without the article it must have: "from Health Commission of Yunnan
Province", "in whole province", "by State Council", "a network led by county hospital and"; on pages about health reform a
system, a team, a network and the like too: "the reform of medical insurance system".

## Why it matters
Chinese has no articles. Without one the reader takes the words for a name, or loses the sentence.

## Wrong
The reporter learned this from Health Commission of Yunnan Province.

## Right
The reporter learned this from the Health Commission of Yunnan Province.

## Limits
Names that begin with the name of their place (Yunnan Provincial Health Commission) are left alone, and so are headings,
signatures and lists of bodies. Of common nouns only a few for bodies are looked at, between a preposition and a
function word, and systems and the like behind what is done to them ("the construction of …") or "with", "in" and the like,
where all words between are small ones.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.list_numbers import CARDINALS
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose, sentence_capitals, word_after
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_HEAD = r"(?:Commission|Bureau|Department|Administration|Committee|Ministry|Government|Congress)"
_OPENINGS = tuple("Health Provincial Municipal National State Central County District City".split())
_BODY = lazy(rf"(?:{'|'.join(_OPENINGS)})(?: (?:[A-Z][A-Za-z'’]+|and|of|for|&)){{0,7}}? {_HEAD}\b")
_BEGINNINGS = (*_OPENINGS, "World ", "Ministry of ", "Chinese Academy of ")
_OTHERS = lazy(
    r"State Council\b|World Health Organization\b"
    r"|(?:Ministry of|Chinese Academy of|World Federation of) [A-Z][a-z]+(?:(?: and| of)? [A-Z][a-z]+){0,6}\b"
)
_INNER = ("of ", "for ")  # small words inside a name that may also stand before one
LONGEST = 250  # characters of a body's name
_BEFORE_BODY = lazy(r"(?:^|[\s(])(from|by|of|with|to|for|in|at|under|told|with|between)[ \n]$|([a-z]{3,}), $")
_WHOLE = lazy(
    r"whole (?:province|country|society|city|county|nation|region|prefecture|district|population|hospital|process)\b(?! of)"
)
_BEFORE_WHOLE = lazy(
    r"(?:^| )(in|of|to|across|for|by|from|throughout|around|over|cover|covers|covered|covering|serve|serves) $"
)
_MODIFIERS = tuple(
    " medical, county, township, community, provincial, municipal, city, district, village, health, public, general, "
    "clinical".split(",")
)
_NOUNS = tuple(
    " consortium, hospital, clinic, bureau, commission, department, front line, center, centre, group".split(",")
)
_BEHIND_NOUN = lazy(r" (?:and|or|to|in|of|for|with|is|has|will|shall|should|can|as|by|from|on|at)\b|[.,;]")
_BEFORE_NOUN = lazy(r"(?:^| )(of|in|to|by|with|from|for|at|between|establish|build|join|form|set up|led by) $")
_SYSTEMS = tuple(" system, mechanism, platform, network, team, center, base, committee, catalog, catalogue".split(","))
_NO_MODIFIERS = frozenset((*FUNCTION_WORDS, *CARDINALS, "depth")) - {"and"}
_BEFORE_SYSTEM = lazy(
    r"(?s)(?:.*\s)?((?:construction|reform|establishment|implementation|improvement|perfection|promotion|optimization|deepening"
    r"|strengthening|operation|interconnection|policy) of|with|into|in|from) ((?:[a-z-]{2,20} ){0,6}[a-z-]{2,20})$"
)
REACH = 40  # characters of what is left on the way to something
LONGEST_BEFORE = 150  # characters of what stands before a system
_BODIES = frozenset(
    "academy commission bureau department administration committee federation ministry government congress council "
    "organization".split()
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each missing article."""
    text, words, folded = page.text, page.text_words.words, page.folded.text
    for start, end in () if words.isdisjoint(_BODIES) else _bodies(page):
        before = _BEFORE_BODY.search(text, max(0, start - 14), start)
        if before and _ends_name(text, end, comma=before[2] is not None):
            first = text[start:end].split(" ")[0]
            yield from _finding(page, (before.end() - len(before[1] or ",") - 1, start + len(first)))
    for (start, end), condition in itertools.chain(
        ((match.span(), _BEFORE_WHOLE) for match in (_WHOLE.finditer(folded) if "whole" in words else ())),
        ((place, _BEFORE_NOUN) for place in _nouns(folded, words)),
    ):
        before = condition.search(folded, max(0, start - 12), start)
        if before and not _is_paired(folded, before[1], start, end) and page.text[page.folded.start(start)].islower():
            yield from _finding(page, (page.folded.start(before.start(1)), page.folded.end(end)))
    if page.subject == "health-reform":
        yield from _systems(page)


def _bodies(page: Page) -> Iterator[Place]:
    """Where a body is named behind a small word or a comma, and no longer name holds that one."""
    text = page.text
    for start in sentence_capitals(page):
        if not text.startswith(_BEGINNINGS, start):
            continue
        for pattern in (_BODY, _OTHERS):
            match = pattern.match(text, start)
            if match and not (text.endswith(_INNER, 0, start) and _is_inside(pattern, match)):
                yield match.span()


def _is_inside(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether a longer name begins before a match and holds its beginning: "National Center for Health Department"."""
    start, end = match.span()
    others = pattern.finditer(match.string, max(0, start - LONGEST), end)
    return any(other.start() < start < other.end() for other in others)


def _closed(folded: str, nouns: tuple[str, ...], words: set[str]) -> Iterator[Place]:
    """Where some nouns, each with the blank before it, stand before a function word or a mark."""
    for noun in nouns:
        for place in anchors(folded, noun) if noun.split()[0] in words else ():
            end = place + len(noun)
            if _BEHIND_NOUN.match(folded, end):
                yield place, end


def _nouns(folded: str, words: set[str]) -> Iterator[Place]:
    """Where one of the common nouns stands with its modifier, and no other noun behind it."""
    for place, end in _closed(folded, _NOUNS, words):
        if folded.endswith(_MODIFIERS, 0, place):
            yield folded.rindex(" ", 0, place) + 1, end


def _systems(page: Page) -> Iterator[Finding]:
    """One finding for each system, team or the like whose modifiers, all small words, follow a preposition."""
    text, folded = page.text, page.folded
    for place, end in _closed(folded.text, _SYSTEMS, page.text_words.words):
        before = _BEFORE_SYSTEM.match(folded.text, max(0, place - LONGEST_BEFORE), place)
        if before is None or not _NO_MODIFIERS.isdisjoint(before[2].split()):
            continue
        if _is_paired(folded.text, before[1], place, end) or (before[1] == "in" and folded.text.startswith(",", end)):
            continue  # "progress in management system, staff and funds"
        span = folded.start(before.start(1)), folded.end(end)
        if text[slice(*span)].islower():
            yield from _finding(page, span)


def _is_paired(folded: str, before: str, start: int, end: int) -> bool:
    """Whether two nouns stand as a way, which need no article: "from county hospital to village clinic"."""
    if before == "from":
        return folded.startswith(" to ", end)
    return before == "to" and " from " in folded[max(0, start - REACH) : start]


def _ends_name(text: str, end: int, comma: bool) -> bool:
    """Whether a name ends at ``end`` and what follows is no noun that it modifies; after a comma, "of" must follow."""
    following = word_after(text, end + 1) if text[end : end + 1] == " " else ""
    if comma:
        return following == "of"
    return following in FUNCTION_WORDS or text[end : end + 1] in (",", ".", ";", ")") or following.endswith("ed")


def _finding(page: Page, place: Place) -> Iterator[Finding]:
    quote = " ".join(page.text[slice(*place)].split())
    if in_new_prose(page, place):
        yield page.finding(
            RULE.label, [place], f"“{quote}”: the noun has lost its article; write “the” or “a”.", "warning", "medium"
        )


RULE = Rule(
    "GAR315",
    "missing-article",
    "grammar",
    "Linguistic conventions / grammar",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
