"""# joined-name (SPC502)

## What it does
Reports a Chinese name that has lost the blank between family and given name: "ShenJi", or two names run together.

## Why it matters
The reader takes the joined name for one word, and no search for the person finds it.

## Wrong
According to LuShanwen, director of the county health commission, two clinics opened.

## Right
According to Lu Shanwen, director of the county health commission, two clinics opened.

## Limits
Two strings of pinyin with a capital each, the first of them a family name, standing once or twice on the page. Brands
built that way look the same and are told apart only when they come back more often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.pinyin import SURNAMES, is_pinyin
from checker.rules.rule import Rule
from checker.rules.shape import inner_capitals
from checker.rules.surroundings import in_new_prose, is_hyphenated
from glossary.lazy_pattern import lazy

MOST = 2  # times: what comes back more often is a brand

_SECOND = lazy(r"[A-Z][a-z]{1,12}(?![\w.(@/])")
_FIRST = lazy(r"(?:^|[\s(（“\"])([A-Z][a-z]{1,12})$")
_NAME_BEFORE = lazy(r"\b([A-Z][a-z]{1,8}) $")
_NAME_AFTER = lazy(r" [A-Z][a-z]{1,12}\b")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each name."""
    text = page.text
    times: Counter[str] = Counter()
    found: dict[str, tuple[Place, int]] = {}
    for capital in inner_capitals(page):
        match = _SECOND.match(text, capital)
        opening = _FIRST.search(text, max(0, capital - 14), capital) if match else None
        if match and opening and is_pinyin(opening[1].lower()) and is_pinyin(match.group().lower()):
            name = opening[1] + match.group()
            times[name] += 1
            found.setdefault(name, ((opening.start(1), match.end()), match.start()))
    for name, (place, capital) in found.items():
        if times[name] <= MOST and in_new_prose(page, place) and not is_hyphenated(page, place):
            yield from _finding(page, place, text[place[0] : capital], text[capital : place[1]])


def _finding(page: Page, place: Place, first: str, second: str) -> Iterator[Finding]:
    before = _NAME_BEFORE.search(page.text, max(0, place[0] - 12), place[0])
    behind = before and before[1].lower() in SURNAMES and _NAME_AFTER.match(page.text, place[1])
    two = bool(behind and second.lower() in SURNAMES)
    if not two and first.lower() not in SURNAMES:
        return
    written = f"{first}, {second}" if two else f"{first} {second}"
    what = "two names run together" if two else "a blank is missing in the name"
    yield page.finding(
        RULE.label,
        [place],
        f"“{first}{second}”: {what}; write “{written}”.",
        "warning",
        "medium",
        suggestion=written,
        fixes=() if two else (Fix(*place, written),),
    )


RULE = Rule(
    "SPC502", "joined-name", "spacing", "Linguistic conventions / spelling", "warning", "medium", check, __doc__ or ""
)
