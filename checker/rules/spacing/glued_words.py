"""# glued-words (SPC501)

## What it does
Reports words that run together: "namelythe", "fromFenghe", "HospitalsImplementation", "11minutes"; on pages about
health reform sentences too ("increasingOn the other hand").

## Why it matters
Search, spotting of terms and readers all miss a word that has lost its blank.

## Wrong
The county will setup clinics inthe township and improvethe referral system within 20minutes.

## Right
The county will set up clinics in the township and improve the referral system within 20 minutes.

## Limits
A word is taken apart only when it is unknown, when it stands once on the page ("ofthe" may come back), and when a function
word or the ending of an abstract noun shows the seam. Names, identifiers, brands and terms of the glossary are left
alone. The repair is offered as safe only when there is one way to part the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from checker.finding import Finding, Fix, Place
from checker.known_words import is_common
from checker.page import Page
from checker.rules.missing_spaces import UNITS, run_together
from checker.rules.rule import Rule
from checker.rules.shape import inner_capitals, shape
from checker.rules.surroundings import in_new_prose, is_hyphenated
from checker.seams import GENERICS, LONGEST, SMALL_WORDS, parted, parted_at_capital
from glossary import Glossary
from glossary.lazy_pattern import lazy

LONGEST_NUMBER = 20  # characters
SHORTEST_SECOND = 3  # letters behind a seam at a capital
MOST_TIMES = 2  # a token that comes back more often is a name
MOST_JOINED = 3  # words joined at a capital

_TOKEN = lazy(r"[A-Za-z]{3,60}")
_NUMBER = lazy(rf"\d(?=(?:{UNITS})\b)")
_STARTS = lazy(
    r"(?:The|This|These|There|They|It|We|He|She|If|When|While|Since|Although|However|But|Because|After|Before|Then|Some|Many"
    r"|Most|Our|Their|Its|On the other|For example|In (?:addition|recent|order)|At (?:present|the same)) [a-z]"
)
_IDENTIFIER = "_@#$\\/=(){}[]<>`~^|*&"

Glued = tuple[tuple[str, str], Place]


def check(page: Page) -> Iterator[Finding]:
    """One finding for each glued word."""
    for parts, place in (*_small(page), *_joined(page), *_numbers(page)):
        if in_new_prose(page, place) and not is_hyphenated(page, place):
            yield _finding(page, parts, place)


def _small(page: Page) -> Iterator[Glued]:
    """Unknown words in small letters that stand once outside repeated passages; two small words may come back."""
    places: dict[str, list[Place]] = {}
    for word, place in run_together(page):
        if word.isalpha() and not page.is_repeated(*place):
            places.setdefault(word, []).append(place)
    known = _glossary_words(page.spotter.glossary) if places else frozenset()
    for word, found in places.items():
        parts = parted(word)
        if parts and word not in known and (len(found) == 1 or word in SMALL_WORDS):
            yield from ((parts, at) for at in found if page.text[slice(*at)].islower() and _stands_free(page.text, at))


def _stands_free(text: str, place: Place) -> bool:
    """Whether no mark beside a word makes it part of an identifier, an address or a dialect's form."""
    before, after = text[max(0, place[0] - 1) : place[0]], text[place[1] : place[1] + 2]
    return not (before and before in "_@./\\:-") and not (
        after and (after[0] in "_@(/\\'’:" or (after[0] == "." and after[1:].isalnum()))
    )


@lru_cache(maxsize=4)
def _glossary_words(glossary: Glossary) -> frozenset[str]:
    return frozenset(glossary.tables["forms"].words())


def _joined(page: Page) -> Iterator[Glued]:
    """Words with a capital inside; where there are many of them they are identifiers."""
    text, classes = page.text, shape(page).classes
    times: Counter[str] = Counter()
    found: dict[str, Glued] = {}
    for capital in inner_capitals(page):
        first = max(0, capital - LONGEST)
        start = first + len(classes[first:capital].rstrip("aA"))
        match = _TOKEN.match(text, start)
        parts = _parts(match.group(), capital - start) if match else None
        if match and parts and not _is_identifier(text, *match.span()):
            times[match.group()] += 1
            found.setdefault(match.group(), (parts, match.span()))
        elif match and _ends_sentence(page, match.span(), capital):
            yield (f"{text[start:capital]}.", text[capital : match.end()]), match.span()
    few = sum(parts[1] not in GENERICS for parts, _ in found.values()) <= MOST_JOINED
    for word, (parts, token) in found.items():
        if times[word] <= MOST_TIMES and (few or parts[1] in GENERICS):
            yield parts, token


def _ends_sentence(page: Page, token: Place, capital: int) -> bool:
    """Whether a token of letters is the last word of a sentence and the first of the next one."""
    text, (start, end) = page.text, token
    if page.subject != "health-reform" or not _STARTS.match(text, capital) or _is_identifier(text, start, end):
        return False
    return capital - start > SHORTEST_SECOND and is_common(text[start:capital])


@lru_cache(maxsize=1 << 14)
def _parts(token: str, capital: int) -> tuple[str, str] | None:
    """The two words of a token of letters that part at a capital, if they do."""
    first, second = token[:capital], token[capital:]
    fits = len(token) <= LONGEST and len(second) >= SHORTEST_SECOND
    return (first, second) if fits and parted_at_capital(first, second) else None


def _is_identifier(text: str, start: int, end: int) -> bool:
    """Whether what stands at a token of letters makes it part of an identifier."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if before and (before in _IDENTIFIER or before in ".-:+" or before.isdigit()):
        return True
    return bool(after and (after[0] in _IDENTIFIER or after[0].isdigit() or (after[0] in ".:-+" and after[1:].strip())))


def _numbers(page: Page) -> Iterator[Glued]:
    """Numbers with the word after them."""
    text = page.text
    places = [place for word, place in run_together(page) if not word.isalpha()]
    for match in (match for start, end in places for match in _NUMBER.finditer(text, start, end + 1)):
        start = match.end()
        while start > match.end() - LONGEST_NUMBER and start and text[start - 1] in "0123456789.,":
            start -= 1
        word = _TOKEN.match(text, match.end())
        before = text[max(0, start - 1) : start]
        if word and not before.isalnum() and before not in ("#", "_", "-"):
            yield (text[start : match.end()], word.group()), (start, word.end())


def _finding(page: Page, parts: tuple[str, str], place: Place) -> Finding:
    written = " ".join(parts)
    sentences = parts[0].endswith(".")
    # two words of a title joined at a capital may be an identifier after all, and between sentences more may be lost
    unsure = sentences or (parts[0][0].isupper() and parts[1] not in GENERICS)
    return page.finding(
        RULE.label,
        [place],
        f"“{page.text[slice(*place)]}” is two {'sentences' if sentences else 'words'} run together; write “{written}”.",
        "warning",
        "high",
        suggestion=written,
        fixes=() if unsure else (Fix(*place, written),),
    )


RULE = Rule(
    "SPC501", "glued-words", "spacing", "Linguistic conventions / spelling", "warning", "high", check, __doc__ or ""
)
