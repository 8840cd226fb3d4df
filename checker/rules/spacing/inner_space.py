"""# inner-space (SPC506)

## What it does
Reports a space inside quotation marks or brackets, next to the mark, and one that tears a possessive apart: with a
space on both sides of its apostrophe (the county ' s plan), and on pages about health reform with one (the county 's plan).

## Why it matters
The mark then seems to stand alone; at a line end it is torn from its word. The space comes from a segment that was
translated apart.

## Wrong
The plan speaks of "high-quality development " and of ( primary ) care.

## Right
The plan speaks of "high-quality development" and of (primary) care.

## Limits
One finding for each kind of mark. Looks at prose only. Straight quotation marks are told into opening and closing ones
by counting, and left alone in a block that has an odd number of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.marks import BLANKS, closing_marks, opening_marks, straight_pairs
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, word_before
from glossary.lazy_pattern import lazy

_CODE = lazy(r"[=_{}<>\\|`#+%]|\(\)|\]")
_TORN = lazy(r"(?<=[A-Za-z][A-Za-rt-z])(?: ['’‘]|['’] )s(?= [A-Za-z])(?![^'’\n]{1,40}['’](?! ?s\b)(?![A-Za-z]))")
_TORN_TWICE = lazy(r"(?<=[A-Za-z][A-Za-z]) ['’] s(?= [A-Za-z])")
_NO_OWNER = frozenset("it that there here let what he she who where how this so-called".split())
_LONG = 30
_PARAGRAPH = 600  # characters in which the partner of a mark is looked for


def check(page: Page) -> Iterator[Finding]:
    """One finding for quotation marks, one for brackets and one for possessives."""
    if not page.is_english:
        return
    found: dict[str, list[tuple[Place, Fix]]] = {}
    for place, fix in sorted([*_directed(page), *_straight(page), *_torn(page)], key=lambda item: item[0]):
        code = _CODE.search(page.text, max(0, place[0] - 30), place[1] + 30)
        if in_new_prose(page, place) and not page.is_furniture(place[0]) and not code:
            kind = "quotation marks"
            if fix.text:
                kind = "a possessive"
            elif page.text[fix.start - 1] == "(" or page.text[fix.end : fix.end + 1] == ")":
                kind = "brackets"
            found.setdefault(kind, []).append((place, fix))
    for kind, places in found.items():
        start, end = places[0][0]
        fix = places[0][1]
        yield page.finding(
            RULE.label,
            [place for place, _ in places],
            f"Space inside {kind}: “{' '.join(page.text[start:end].split())}”.",
            "warning",
            "medium",
            suggestion=page.text[start : fix.start] + fix.text + page.text[fix.end : end],
            fixes=tuple(fix for _, fix in places),
        )


def _directed(page: Page) -> Iterator[tuple[Place, Fix]]:
    """Marks that tell by their shape whether they open or close."""
    text = page.text
    for start in opening_marks(page):
        first = start + 1
        while text[first : first + 1] in BLANKS and first - start < _LONG:
            first += 1
        if first == start + 1 or _stands_for_closing(text, start):
            continue
        if text[first : first + 1].isalnum() and text[start - 1 : start] != "(":
            yield (start, _word_end(text, first)), Fix(start + 1, first, "")
    for end in closing_marks(page):
        start = _blanks_start(text, end)
        closes = text[end] in "”)" and (text[start - 1].isalnum() or text[start - 1] in ".,!?%")
        if 0 < start < end and closes and not _stands_for_opening(text, end):
            yield (_word_start(text, start), end + 1), Fix(start, end, "")


def _stands_for_opening(text: str, place: int) -> bool:
    """Whether a closing mark stands behind another one where the opening one should: ”health” for “health”."""
    behind = text[place + 1 : place + 3].lstrip(" ")[:1].isalnum()
    reach = max(0, place - _PARAGRAPH)
    opened, closed = text.rfind("“", reach, place), text.rfind("”", reach, place)
    return text[place] == "”" and behind and opened <= closed and text.find("”", place + 1, place + _PARAGRAPH) >= 0


def _stands_for_closing(text: str, place: int) -> bool:
    """Whether an opening mark stands at the end of a word, where the closing one of a quotation should: “health“."""
    reach = max(0, place - _PARAGRAPH)
    opened = text.rfind("“", reach, place) > text.rfind("”", reach, place)
    return text[place] == "“" and opened and not text[place - 1].isspace()


def _torn(page: Page) -> Iterator[tuple[Place, Fix]]:
    """Possessives with a blank before or behind their apostrophe, or with both, as a tokenizer leaves them."""
    for match in _TORN_TWICE.finditer(page.text) if any(torn in page.text for torn in (" ' s ", " ’ s ")) else ():
        yield (_word_start(page.text, match.start()), match.end()), Fix(*match.span(), match[0].replace(" ", ""))
    if page.subject == "health-reform":
        for match in _TORN.finditer(page.text):
            if word_before(page.text, match.start()).lower() not in _NO_OWNER:
                fix = Fix(*match.span(), match[0].replace(" ", "").replace("‘", "’"))
                yield (_word_start(page.text, match.start()), match.end()), fix


def _straight(page: Page) -> Iterator[tuple[Place, Fix]]:
    text = page.text
    for opening, closing in straight_pairs(page):
        first, last = opening + 1, closing
        while first < closing and first - opening < _LONG and text[first] in BLANKS:
            first += 1
        last = _blanks_start(text, closing)
        inside = text[first : min(closing, first + 200)]
        if first >= closing or " " not in inside.strip() or text[first] == "\n" or text[last - 1] == "\n":
            continue
        if first > opening + 1 and not text[opening - 1 : opening].isalnum():
            yield (opening, _word_end(text, first)), Fix(opening + 1, first, "")
        behind = text[closing + 1 : closing + 2]
        if last < closing and text[last - 1].isalnum() and behind != '"' and not behind.isalnum():
            yield (_word_start(text, last), closing + 1), Fix(last, closing, "")


def _blanks_start(text: str, end: int) -> int:
    start = end
    while start and end - start < _LONG and text[start - 1] in BLANKS:
        start -= 1
    return start


def _word_start(text: str, end: int) -> int:
    start = end
    while start and end - start < _LONG and not text[start - 1].isspace():
        start -= 1
    return start


def _word_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and end - start < _LONG and text[end].isalnum():
        end += 1
    return end


RULE = Rule(
    "SPC506",
    "inner-space",
    "spacing",
    "Linguistic conventions / punctuation",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
