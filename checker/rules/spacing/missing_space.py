"""# missing-space (SPC505)

## What it does
Reports a space that is missing at punctuation: before an opening quotation mark or bracket, after a closing one, after
a comma, a semicolon or a full stop; and between a figure and the word beside it.

## Why it matters
Chinese sets no spaces at its marks. What was joined there stays joined in English, and two words read as one.

## Wrong
The fund pays the hospital(a non-profit one) each month,and settles the account in December.It covers 6.2million people.

## Right
The fund pays the hospital (a non-profit one) each month, and settles the account in December. It covers 6.2 million
people.

## Limits
Looks at prose only. Left alone: code, names of files and hosts, "person(s)", "(re)open", lists of values without any
space, and a full stop before a word that seldom begins a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose

_WORD = r"[^\W\d_]"
_UNITS = (
    "million|billion|trillion|thousand|hundred|yuan|percent|people|persons|patients|residents|hospitals|doctors|nurses|"
    "beds|cases|minutes|hours|days|weeks|months|years|times|kilometers|kilometres|meters|metres|square|counties|villages"
)
_STARTERS = frozenset(
    "A After All Although An And As At Before Besides But By Each For From He Her His However I If In It Its Last Many More "
    "Most No Now On One Our She Since So Some That The Their Then There These They This Those Through To Under We When "
    "While With You Your".split()
)
_LONG = 40


def _before_quote(page: Page, at: int) -> bool:
    """An opening quotation mark at a word: the"service."""
    before = page.text[max(0, at - 2) : at]
    return len(before) == 2 and before.isalpha() and page.text[at + 1 : at + 2].isalpha() and _opens(page, at)


def _after_quote(page: Page, at: int) -> bool:
    """A closing quotation mark at a word: service"project."""
    after = page.text[at + 1 : at + 3]
    return len(after) == 2 and after.isalpha() and not page.text[at - 1].isspace() and not _opens(page, at)


def _opens(page: Page, at: int) -> bool:
    char = page.text[at]
    if char != '"':
        return char == "“"
    start, _ = page.prose_at(at) or (at, at)
    return page.text.count('"', start, at) % 2 == 0


def _before_bracket(page: Page, at: int) -> bool:
    """An opening bracket at a word, with words or an acronym in it."""
    before, inside = page.text[max(0, at - 4) : at], page.text[at + 1 : at + 80]
    if not re.fullmatch(rf"(?:.{{2}}|.?\W){_WORD}{{2}}|.?{_WORD}['’]{_WORD}", before) or before[-1].isupper():
        return False
    acronym = re.match(r"[A-Z]{2,6}s?\)", inside) and before.islower()
    phrase = re.match(rf"{_WORD}[\w’'-]*(?: [\w’',-]+){{2,12}}\)", inside)
    return bool(acronym or phrase)


def _after_bracket(page: Page, at: int) -> bool:
    """A closing bracket at a word, unless it closes a prefix, (re)open, or a list number."""
    after = page.text[at + 1 : at + 4]
    start = page.text.rfind("(", max(0, at - 80), at)
    inside = page.text[start + 1 : at]
    if start < 0 or not re.match(rf"{_WORD}{{3}}|(?:a|an|in|of|is|to|by) ", after):
        return False
    return (page.text[start - 1 : start].isspace() or not start) and bool(re.search(r"[A-Z]{2}|\w \w", inside))


def _after_comma(page: Page, at: int) -> bool:
    """A comma or semicolon between two words, in a sentence that elsewhere has spaces after them."""
    before = re.search(rf"(?:^|[\s(“\"]){_WORD}{{2,}}$", page.text[max(0, at - _LONG) : at])
    after = re.match(rf"({_WORD}{{2,}})(?=[\s.,;:)]|\d|$)", page.text[at + 1 : at + _LONG])
    if (
        not before
        or not after
        or page.text[at + 1 + after.end() : at + 2 + after.end()] == ","
        and not page.text[at + 2 + after.end() : at + 3 + after.end()].isspace()
    ):
        return False
    start, end = page.sentence_at(at)
    glued = len(re.findall(r"\w[,;]\w", page.text[start:end]))
    return len(page.text[start:end].split()) >= 6 and glued <= 2 + page.text.count(", ", start, end)


def _after_stop(page: Page, at: int) -> bool:
    """A full stop between a small word and one that begins sentences."""
    before = re.search(rf"[\s(“\"]{_WORD}{{3,}}[\"”)]?$", page.text[max(0, at - _LONG) : at])
    after = re.match(r"([A-Z][a-z]*) ", page.text[at + 1 : at + 20])
    return bool(before and before.group()[1:].islower() and after and after[1] in _STARTERS)


_KINDS: tuple[tuple[str, str, bool, Callable[[Page, int], bool]], ...] = (
    ('"', "quotation mark", True, _before_quote),
    ("“", "quotation mark", True, _before_quote),
    ('"', "quotation mark", False, _after_quote),
    ("”", "quotation mark", False, _after_quote),
    ("(", "bracket", True, _before_bracket),
    (")", "bracket", False, _after_bracket),
    (",", "comma", False, _after_comma),
    (";", "semicolon", False, _after_comma),
    (".", "full stop", False, _after_stop),
)
_NEXT_TO = {
    mark: re.compile(rf"{re.escape(mark)}(?={_WORD})" if mark not in '"“(' else re.escape(mark)) for mark, *_ in _KINDS
}
_FIGURE = re.compile(rf"\d(?={_UNITS})", re.IGNORECASE)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each kind of place."""
    if not page.is_english:
        return
    for mark, name, before, is_missing in _KINDS:
        found = [
            match.start()
            for match in _NEXT_TO[mark].finditer(page.text)
            if _stands_between_words(page.text, match.start(), before)
            and in_new_prose(page, match.span())
            and not page.is_furniture(match.start())
            and is_missing(page, match.start())
        ]
        if found:
            gaps = [at if before else at + 1 for at in found]
            yield _finding(page, f"Space missing {'before' if before else 'after'} a {name}", gaps)
    gaps = [gap for gap in _figure_gaps(page) if in_new_prose(page, (gap - 1, gap + 1))]
    if gaps:
        yield _finding(page, "Space missing between a figure and a word", gaps)


def _stands_between_words(text: str, at: int, before: bool) -> bool:
    """A cheap test first: no blank on the side where one is missed."""
    side = text[at - 1 : at] if before else text[at + 1 : at + 2]
    return side.isalpha()


def _figure_gaps(page: Page) -> Iterator[int]:
    for match in _FIGURE.finditer(page.text):
        word = re.match(rf"(?:{_UNITS})\b", page.text[match.end() : match.end() + 12], re.IGNORECASE)
        if word and not page.is_furniture(match.start()):
            yield match.end()
    for word, start, end in page.words:
        if word[-1].isdigit() and word[0].isalpha():
            letters = word.rstrip("0123456789")
            if letters in FUNCTION_WORDS and len(letters) > 1 and len(word) - len(letters) < 5:
                yield start + len(letters)
            del end


def _finding(page: Page, what: str, gaps: list[int]) -> Finding:
    places = [_around(page.text, gap) for gap in gaps]
    start, end = places[0]
    return page.finding(
        RULE.label,
        places,
        f"{what}: “{page.text[start:end]}”" + (f" and {len(gaps) - 1} more." if len(gaps) > 1 else "."),
        "warning",
        "high",
        suggestion=f"{page.text[start : gaps[0]]} {page.text[gaps[0] : end]}",
        fixes=tuple(Fix(gap, gap, " ") for gap in gaps),
    )


def _around(text: str, gap: int) -> Place:
    """The words on both sides of a gap with the mark between them."""
    start = end = gap
    while start and gap - start < _LONG and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and end - gap < _LONG and (text[end].isalnum() or end == gap or text[end] in "’'"):
        end += 1
    return start, end


RULE = Rule(
    "SPC505",
    "missing-space",
    "spacing",
    "Linguistic conventions / punctuation",
    "warning",
    "high",
    check,
    __doc__ or "",
)
