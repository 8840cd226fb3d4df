"""# mixed-brackets (NUM603)

## What it does
Notes that the numbers of official documents on one page have their year in different brackets: (2021) No. 43 and
[2021] No. 18.

## Why it matters
Chinese has one style for them, 〔2021〕43号. Two styles show that the page was put together from several translations.

## Wrong
Shan Fa (2021) No. 43 follows Guo Fa [2021] No. 18.

## Right
Shan Fa [2021] No. 43 follows Guo Fa [2021] No. 18.

## Limits
Information only. One finding for the rarer style, the later one where both are as frequent.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place, Related
from checker.page import Page
from checker.rules.rule import Rule
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_YEAR = lazy(r"([(（\[〔【])(?:19|20)\d\d[)）\]〕】](?=\s{0,4}$)")
_LONGEST = 10  # characters of such a year and the blanks behind it
_NUMBER = lazy(r"No\b")
_ALIKE = {"（": "(", "【": "[", "〔": "["}


def check(page: Page) -> Iterator[Finding]:
    """One finding for the rarer style."""
    found: dict[str, list[Place]] = {}
    for number in anchors(page.text, "No"):
        match = _YEAR.search(page.text, max(0, number - _LONGEST), number)
        if match and _NUMBER.match(page.text, number) and not page.is_repeated(*match.span()):
            found.setdefault(_ALIKE.get(match[1], match[1]), []).append(match.span())
    if len(found) < 2:
        return
    rarer, common = sorted(found.values(), key=lambda places: (len(places), -places[0][0]))[:2]
    quote, other = page.text[slice(*rarer[0])], page.text[slice(*common[0])]
    yield page.finding(
        (RULE.code, RULE.name, "inconsistency", RULE.mqm),
        rarer,
        f"The year of a document number stands in {quote[0]}{quote[-1]} here and in {other[0]}{other[-1]} elsewhere.",
        "info",
        "medium",
        suggestion=f"{other[0]}{quote[1:-1]}{other[-1]}",
        related=(Related(*common[0], "the other style"),),
    )


RULE = Rule(
    "NUM603",
    "mixed-brackets",
    "inconsistency",
    "Linguistic conventions / punctuation",
    "info",
    "medium",
    check,
    __doc__ or "",
)
