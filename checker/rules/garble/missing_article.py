"""# missing-article (GAR315)

## What it does
Reports a body, a place or a part of one that stands without the article it must have: "from Health Commission of Yunnan
Province", "in whole province", "by State Council", "a network led by county hospital and".

## Why it matters
Chinese has no articles. Without one the reader takes the words for a name, or loses the sentence.

## Wrong
The reporter learned this from Health Commission of Yunnan Province.

## Right
The reporter learned this from the Health Commission of Yunnan Province.

## Limits
Names that begin with the name of their place (Yunnan Provincial Health Commission) are left alone, and so are headings,
signatures and lists of bodies. Of common nouns only a few for bodies are looked at, between a preposition and a
function word.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose, word_after
from glossary.lazy_pattern import lazy

_HEAD = r"(?:Commission|Bureau|Department|Administration|Committee|Ministry|Government|Congress)"
_BODY = lazy(
    rf"(?:Health|Provincial|Municipal|National|State|Central|County|District|City)(?: (?:[A-Z][A-Za-z'’]+|and|of|for|&)){{0,7}}? {_HEAD}\b"
)
_COUNCIL = lazy(r"State Council\b")
_BEFORE_BODY = lazy(r"(?:^|[\s(])(from|by|of|with|to|for|in|at|under|told|with|between)[ \n]$|([a-z]{3,}), $")
_WHOLE = lazy(
    r"whole (?:province|country|society|city|county|nation|region|prefecture|district|population|hospital|process)\b(?! of)"
)
_BEFORE_WHOLE = lazy(
    r"(?:^| )(in|of|to|across|for|by|from|throughout|around|over|cover|covers|covered|covering|serve|serves) $"
)
_NOUN = lazy(
    r"(?:medical|county|township|community|provincial|municipal|city|district|village|health|public|general|clinical)"
    r" (?:consortium|hospital|clinic|bureau|commission|department|front line|center|centre|group)(?= (?:and|or|to|in|of|for|with|is|has|"
    r"will|shall|should|can|as|by|from|on|at)\b|[.,;])"
)
_BEFORE_NOUN = lazy(r"(?:^| )(of|in|to|by|with|from|for|at|between|establish|build|join|form|set up|led by) $")
_BODIES = frozenset(
    "commission bureau department administration committee ministry government congress council".split()
)
_PARTS = frozenset(("whole",))
_NOUNS = frozenset("consortium hospital clinic bureau commission department line center centre group".split())


def check(page: Page) -> Iterator[Finding]:
    """One finding for each missing article."""
    text, words = page.text, page.text_words.words
    for pattern, heads in ((_BODY, _BODIES), (_COUNCIL, _BODIES)):
        for match in () if words.isdisjoint(heads) else pattern.finditer(text):
            before = _BEFORE_BODY.search(text, max(0, match.start() - 14), match.start())
            if before and _ends_name(text, match.end(), comma=before[2] is not None):
                first = text[match.start() : match.end()].split(" ")[0]
                yield from _finding(page, (before.end() - len(before[1] or ",") - 1, match.start() + len(first)))
    folded = page.folded.text
    for pattern, condition, heads in ((_WHOLE, _BEFORE_WHOLE, _PARTS), (_NOUN, _BEFORE_NOUN, _NOUNS)):
        for match in () if words.isdisjoint(heads) else pattern.finditer(folded):
            before = condition.search(folded, max(0, match.start() - 12), match.start())
            if before and page.text[page.folded.start(match.start())].islower():
                yield from _finding(page, (page.folded.start(before.start(1)), page.folded.end(match.end())))


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
            RULE.label, [place], f"“{quote}”: the article is missing; write “the” before the noun.", "warning", "medium"
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
