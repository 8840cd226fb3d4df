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

import re
from collections.abc import Iterator

from checker.finding import Finding, Fix
from checker.page import Page
from checker.pinyin import SURNAMES, is_pinyin
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, is_hyphenated

MOST = 2  # times: what comes back more often is a brand

_JOINED = re.compile(r"[A-Z](?<=[a-z][A-Z])[a-z]{1,12}(?![\w.(@/])")
_FIRST = re.compile(r"(?:^|[\s(（“\"])([A-Z][a-z]{1,12})$")
_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]{1,8}) $")
_NAME_AFTER = re.compile(r" [A-Z][a-z]{1,12}\b")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each name."""
    text = page.text
    for match in _JOINED.finditer(text):
        opening = _FIRST.search(text, max(0, match.start() - 14), match.start())
        if opening is None:
            continue
        first, second = opening[1], match.group()
        place = opening.start(1), match.end()
        if not (is_pinyin(first.lower()) and is_pinyin(second.lower())) or text.count(first + second) > MOST:
            continue
        before = _NAME_BEFORE.search(text, max(0, place[0] - 12), place[0])
        two = bool(
            before
            and before[1].lower() in SURNAMES
            and second.lower() in SURNAMES
            and _NAME_AFTER.match(text, place[1])
        )
        if (two or first.lower() in SURNAMES) and in_new_prose(page, place) and not is_hyphenated(page, place):
            written = f"{first}, {second}" if two else f"{first} {second}"
            yield page.finding(
                RULE.label,
                [place],
                f"“{first}{second}”: {'two names run together' if two else 'a blank is missing in the name'}; write "
                f"“{written}”.",
                "warning",
                "medium",
                suggestion=written,
                fixes=() if two else (Fix(*place, written),),
            )


RULE = Rule(
    "SPC502", "joined-name", "spacing", "Linguistic conventions / spelling", "warning", "medium", check, __doc__ or ""
)
