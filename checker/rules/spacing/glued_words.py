"""# glued-words (SPC501)

## What it does
Reports words that run together: "namelythe", "fromFenghe", "HospitalsImplementation", "11minutes".

## Why it matters
Search, spotting of terms and readers all miss a word that has lost its blank.

## Wrong
The county will setup clinics inthe township and improvethe referral system within 20minutes.

## Right
The county will set up clinics in the township and improve the referral system within 20 minutes.

## Limits
A word is taken apart only when it is unknown, when it stands once on the page, and when a function word or the ending of
an abstract noun shows the seam. Names, identifiers, brands and terms of the glossary are left alone. The repair is
offered as safe only when there is one way to part the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.known_words import is_common, is_known
from checker.page import Page
from checker.pinyin import is_pinyin
from checker.rules.clause_verbs import is_policy_verb
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose, is_hyphenated

SHORTEST, LONG, LONGEST = 6, 14, 40  # letters
SHORTEST_PART = 4
LONGEST_NUMBER = 20  # characters
MOST_TIMES = 2  # a token that comes back more often is a name
MOST_JOINED = 3  # words joined at a capital

_FIRST = ("the", "of", "and", "to", "in", "for", "from", "with", "by", "that", "this")
_LAST = ("the", "of", "and", "to", "in", "for", "from", "with", "by", "is", "are")
_CERTAIN = frozenset(("the", "of", "and", "for", "from", "with", "that", "this", "to"))
_AT_CAPITAL = frozenset((*_FIRST, "on", "at", "as", "is", "are", "or"))
_SEAM = re.compile(r"(?:ment|tion|sion|ity|ness|[ae]nce|ing|ism|ship|al|ive)$")
_ENDING = re.compile(r"(?:s|tion|ment|ity|ing|ed|ly)$")
_OF_NAMES = frozenset(
    "Province Provincial City Municipal County District Township Town Village Prefecture Autonomous Hospital University "
    "College Center Centre Bureau Commission Government Department Committee January February March April May June July "
    "August September October November December".split()
)
_SMALL = re.compile(r"(?<![\w@./\\:-])[a-z]{6,40}(?![\w@(/\\'’:]|\.\w)")
_INNER_CAPITAL = re.compile(r"[A-Z](?<=[a-z][A-Z])[a-z]{2}")
_TOKEN = re.compile(r"[A-Za-z]{3,60}")
_NUMBER = re.compile(
    r"\d(?=(?:million|billion|thousand|yuan|percent|minutes|hours|days|weeks|months|years|people|beds|cases|times|points|"
    r"hospitals|January|February|March|April|June|July|August|September|October|November|December)\b)"
)
_IDENTIFIER = "_@#$\\/=(){}[]<>`~^|*&"

Glued = tuple[list[str], Place]


def check(page: Page) -> Iterator[Finding]:
    """One finding for each glued word."""
    for parts, place in (*_small(page), *_joined(page), *_numbers(page.text)):
        if in_new_prose(page, place) and not is_hyphenated(page, place):
            yield _finding(page, parts, place)


def _small(page: Page) -> Iterator[Glued]:
    """Unknown words in small letters."""
    glued = {word: parts for word in page.text_words.words if (parts := _parted(page, word))}
    if glued:
        for match in _SMALL.finditer(page.text):
            if match.group() in glued:
                yield glued.pop(match.group()), match.span()


def _joined(page: Page) -> Iterator[Glued]:
    """Words with a capital inside; where there are many of them they are identifiers."""
    text = page.text
    found: dict[str, Glued] = {}
    for match in _INNER_CAPITAL.finditer(text):
        token = _token_at(text, match.start())
        if token and (parts := _parted_at_capital(text, token, match.start())):
            found.setdefault(text[slice(*token)], (parts, token))
    few = sum(parts[1] not in _OF_NAMES for parts, _ in found.values()) <= MOST_JOINED
    yield from (item for item in found.values() if few or item[0][1] in _OF_NAMES)


def _numbers(text: str) -> Iterator[Glued]:
    """Numbers with the word after them."""
    for match in _NUMBER.finditer(text):
        start = match.end()
        while start > match.end() - LONGEST_NUMBER and start and text[start - 1] in "0123456789.,":
            start -= 1
        word = _TOKEN.match(text, match.end())
        before = text[max(0, start - 1) : start]
        if word and not before.isalnum() and before not in ("#", "_", "-"):
            yield [text[start : match.end()], word.group()], (start, word.end())


def _parted(page: Page, word: str) -> list[str] | None:
    """The parts of a word in small letters that is unknown, stands once, and has one best seam; else None."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isascii() or not word.isalpha():
        return None
    splits = [split for split in _function_splits(word) if _is_part(split)]
    if not splits and len(word) >= LONG:
        splits = [split for split in _content_splits(word) if all(map(is_known, split)) and any(map(is_common, split))]
    if not splits or is_known(word) or is_pinyin(word) or _is_variant(word):
        return None
    seen = page.folded.text.count(word)
    if seen > 1 and sum(1 for item, start, end in page.words if item == word and not page.is_repeated(start, end)) > 1:
        return None
    return (
        None
        if _in_glossary(page, word)
        else max(splits, key=lambda split: (split[0] in _CERTAIN, min(map(len, split))))
    )


def _function_splits(word: str) -> Iterator[list[str]]:
    for function in _FIRST:
        rest = word.removeprefix(function)
        if rest != word and not (function == "in" and (is_known(f"en{rest}") or is_known(f"un{rest}"))):
            yield [function, rest]
    for function in _LAST:
        if word.endswith(function):
            yield [word[: -len(function)], function]


def _content_splits(word: str) -> Iterator[list[str]]:
    for place in range(SHORTEST_PART + 1, len(word) - SHORTEST_PART):
        if _SEAM.search(word[:place]):
            yield [word[:place], word[place:]]


def _is_part(split: list[str]) -> bool:
    content = max(split, key=len)
    return len(content) >= SHORTEST_PART and is_common(content)


def _is_variant(word: str) -> bool:
    """Whether a known word stands behind prefix, ending or another spelling."""
    stems = [
        word.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing", "ly", "ness", "er", "ers", "ization")
    ]
    stems += [f"{stem}e" for stem in stems if stem != word]
    stems += [word.removeprefix(prefix) for prefix in _PREFIXES]
    return any(stem != word and len(stem) > 3 and is_known(stem) for stem in stems)


_PREFIXES = (
    "un",
    "re",
    "non",
    "pre",
    "post",
    "multi",
    "inter",
    "intra",
    "tele",
    "anti",
    "sub",
    "super",
    "over",
    "under",
    "micro",
)


def _in_glossary(page: Page, word: str) -> bool:
    return any(word in form.split(" ") for form in page.spotter.glossary.tables["forms"] if word in form)


def _token_at(text: str, offset: int) -> Place | None:
    """The token of letters that holds ``offset``; None when it is part of an identifier."""
    start = offset
    while start > max(0, offset - LONGEST) and text[start - 1].isalpha() and text[start - 1].isascii():
        start -= 1
    match = _TOKEN.match(text, start)
    if match is None or match.end() - start > LONGEST + 20:
        return None
    before, after = text[max(0, start - 1) : start], text[match.end() : match.end() + 2]
    marks = before and (before in _IDENTIFIER or before in ".-:+" or before.isdigit())
    follows = after[:1] and (
        after[0] in _IDENTIFIER or after[0].isdigit() or (after[0] in ".:-+" and after[1:].strip())
    )
    return None if marks or follows else (start, match.end())


def _parted_at_capital(text: str, token: Place, capital: int) -> list[str] | None:
    """The parts of a token with a capital inside, when both are words or a word and a name; else None."""
    first, second = text[token[0] : capital], text[capital : token[1]]
    if not second[1:].islower() or not (first.islower() or (first[0].isupper() and first[1:].islower())):
        return None
    if text.count(text[slice(*token)]) > MOST_TIMES:
        return None
    small = second.lower()
    if first in _AT_CAPITAL and len(second) >= SHORTEST_PART:
        return [first, second] if is_pinyin(small) or is_common(small) else None
    if first[0].isupper() and second in _OF_NAMES and len(first) >= SHORTEST_PART:
        return [first, second]
    opens = first[0].isupper() or small in FUNCTION_WORDS or is_policy_verb(small)
    long = len(first) >= SHORTEST and (len(second) >= SHORTEST or small in FUNCTION_WORDS)
    if opens and long and _ENDING.search(first) and is_known(first.lower()) and is_known(small):
        return [first, second]
    return None


def _finding(page: Page, parts: list[str], place: Place) -> Finding:
    written = " ".join(parts)
    quote = page.text[slice(*place)]
    return page.finding(
        RULE.label,
        [place],
        f"“{quote}” is two words run together; write “{written}”.",
        "warning",
        "high",
        suggestion=written,
        # two words of a title joined at a capital may be an identifier after all
        fixes=() if parts[0][0].isupper() and parts[1] not in _OF_NAMES else (Fix(*place, written),),
    )


RULE = Rule(
    "SPC501", "glued-words", "spacing", "Linguistic conventions / spelling", "warning", "high", check, __doc__ or ""
)
