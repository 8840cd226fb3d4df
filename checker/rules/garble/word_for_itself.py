"""# word-for-itself (GAR304)

## What it does
Reports "X for X", one noun on both sides of "for", and on pages about health reform "X of the X", one noun or several
words on both sides of "of".

## Why it matters
Two Chinese words fell into one English word: 预约诊疗 becomes "appointments for appointments"; or the machine said a name
twice.

## Wrong
The clinics were opened to appointments for appointments by telephone.

## Right
Patients may book appointments with the clinics by telephone.

## Limits
"X of the X" is reported where a stop, a small word or a verb follows. Idioms (word for word, like for like) are left
alone, and so are names beside "for"; single words are looked at only when they are nouns in the plural or have the
endings of abstract nouns. "X for X" is rare: on 190 translated pages it stands once, rightly; in 3.5 million words of good English never.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, is_hyphenated, word_after, word_before
from glossary.lazy_pattern import lazy

_FOR = lazy(r" for (?=([^\W\d_]{1,40}(?:'[a-z]{1,2})?))")
_OF = lazy(r" of (?:the )?(?=([^\W\d_]{3,40}))")
_NOUN = lazy(r"(?:tions?|ments?|ings?|[ae]nc(?:y|e|ies|es)|it(?:y|ies)|[^su]s)$")

_PHRASE = lazy(r"[^\W\d_]{4,}(?: [^\W\d_]+(?:'s)?){0,6}")
_CLOSED = lazy(r" (?:of|and|in|to|is|are|was|were|has|have|had|will|[a-z]{3,}ed)\b| ?[.,;:()]|$")
LONGEST = 80  # characters of what is said of itself

_NARROWS = frozenset("that which who whose with without in of".split())
_IDIOMS = frozenset("nothing something anything everything exists".split())
_OF_ITSELF = _IDIOMS | frozenset("centers contacts reviews overviews studies systems terms".split())


def check(page: Page) -> Iterator[Finding]:
    """One finding for each pair."""
    text = page.folded.text
    pairs = _said_for_itself(text)
    if page.subject == "health-reform":
        pairs = itertools.chain(pairs, _said_of_itself(text))
    for start, end, in_small in pairs:
        place = page.folded.start(start), page.folded.end(end)
        if (
            (not in_small or page.text[place[0] + 1 : place[1]].islower())
            and in_new_prose(page, place)
            and not is_hyphenated(page, place)
            and text[end : end + 1] not in ("'", "_")
        ):
            quote = " ".join(page.text[place[0] : place[1]].split())
            yield page.finding(
                RULE.label,
                [place],
                f"“{quote}”: two different Chinese words were probably translated by the same English word.",
                "warning",
                "medium",
            )


def _said_for_itself(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where in a folded text "X for X" begins and ends."""
    for match in _FOR.finditer(text):
        (start, after), word = match.span(), match[1]
        end = after + len(word)
        if len(word) < 5 or not text.endswith(word, 0, start):
            continue
        if word_before(text, start) != word or not _NOUN.search(word):
            continue
        if word_after(text, end + 1) not in _NARROWS and word not in _IDIOMS:
            yield start - len(word), end, True


def _said_of_itself(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where "X of the X" begins and ends, where X does not go on."""
    done = 0
    for match in _OF.finditer(text):
        start, after = match.span()
        if start < done:
            continue
        begin = text.rfind(match[1], max(0, start - LONGEST), start)
        phrase = text[begin:start]
        end = after + len(phrase)
        if begin < 0 or not text.startswith(phrase, after) or text[end : end + 1].isalnum():
            continue
        if text[begin - 1 : begin].isalnum() or not _PHRASE.fullmatch(phrase):
            continue
        if not _CLOSED.match(text, end) or " and " in phrase or " or " in phrase:
            continue
        if (" " in phrase or _NOUN.search(phrase)) and phrase.rpartition(" ")[2] not in _OF_ITSELF:
            done = end
            yield begin, end, False


RULE = Rule(
    "GAR304", "word-for-itself", "garbled", "Accuracy / mistranslation", "warning", "medium", check, __doc__ or ""
)
