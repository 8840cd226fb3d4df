"""# deputy-lost (BIL710)

## What it does
Reports the title of somebody who is a deputy in the source (副市长, 副主任, 副书记) and the head in the English.

## Why it matters
Machines drop 副, and a deputy mayor is the mayor. Readers quote it, and the offices concerned mind.

## Wrong
副市长刘明出席会议。 Mayor Liu Ming attended the meeting.

## Right
副市长刘明出席会议。 Deputy Mayor Liu Ming attended the meeting.

## Limits
Only where the English sentence has the title and nothing that makes a deputy ("vice", "associate", "assistant"), and the
Chinese sentence has nobody who is the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_TITLES = {
    "主任医师": "chief physician|chief doctor", "主任护师": "chief nurse", "主任药师": "chief pharmacist",
    "市长": "mayor", "省长": "governor", "县长": "county (?:head|magistrate|mayor|chief|governor)|magistrate", "区长": "district (?:head|mayor|chief|governor)",
    "镇长": "(?:town|township) (?:head|mayor|chief)", "主任": "director|head|chair(?:man|woman|person)?|chief", "局长": "director|head|chief|commissioner",
    "院长": "president|director|dean|head", "书记": "secretary", "主席": "chair(?:man|woman|person)?|president", "部长": "minister|director|head",
    "处长": "director|head|chief", "科长": "director|head|chief", "厅长": "director|head|chief|commissioner", "司长": "director(?:-general)?|head", "校长": "president|principal|headmaster",
    "所长": "director|head|chief", "站长": "director|head|chief", "会长": "president|chair(?:man|woman|person)?", "理事长": "president|chair(?:man|woman|person)?",
    "董事长": "president|chair(?:man|woman|person)?", "秘书长": "secretary[- ]general", "总经理": "general manager", "教授": "professor",
    "总理": "premier|prime minister", "总统": "president",
}  # fmt: skip
"""Titles of heads, and what stands for them in English."""
_ANY = "|".join(_TITLES)  # 主任医师 before 主任
_DEPUTY = lazy(rf"副({_ANY})")
_HEAD = lazy(rf"(?<!副)(?:{_ANY})")
_MADE_DEPUTY = lazy(
    r"\b(?i:deput|vice\b|associate|assistant|sub|under-?secretar|second|adjunct|acting|executive|co-)|\bVP\b"
)
_VICE = ("会长", "理事长", "董事长", "主席", "总统", "校长")
_ASSOCIATE = ("教授", "主任医师", "主任护师", "主任药师")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each title of a head that is a deputy's in the source."""
    if page.parallel is None or "副" not in page.parallel.source.text:
        return
    for segment in page.segments:
        chinese = segment.parallel.chinese(segment.link)
        deputies = list(_DEPUTY.finditer(chinese))
        if not deputies or _MADE_DEPUTY.search(page.text, segment.link.start, segment.link.end):
            continue
        titles = {match[1] for match in deputies}
        heads = set(_HEAD.findall(chinese))
        if len(titles) > 1 or titles & heads:
            continue
        english = list(_english_of(deputies[0][1]).finditer(page.text, segment.link.start, segment.link.end))
        if len(english) == 1:
            start = segment.link.source_start + deputies[0].start()
            yield _finding(page, english[0].span(), deputies[0], (start, start + len(deputies[0].group())))


@cache
def _english_of(title: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_TITLES[title]})\b(?! (?:quarter|office))", re.IGNORECASE)


def _finding(page: Page, place: Place, deputy: re.Match[str], source: Place) -> Finding:
    quote, title = page.text[slice(*place)], deputy[1]
    lower = "vice" if title in _VICE else "associate" if title in _ASSOCIATE else "deputy"
    right = f"{lower.capitalize() if quote[0].isupper() else lower} {quote}"
    return page.finding(
        RULE.label,
        [place],
        f"“{quote}” is {deputy.group()} in the source; write “{right}”.",
        "error",
        "medium",
        suggestion=right,
        zh=deputy.group(),
        source=source,
    )


RULE = Rule("BIL710", "deputy-lost", "name", "Accuracy / mistranslation", "error", "medium", check, __doc__ or "")
