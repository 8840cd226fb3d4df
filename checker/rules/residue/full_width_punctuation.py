"""# full-width-punctuation (RES403)

## What it does
Reports Chinese punctuation and full-width letters or figures in English: （DRG）, ，, 。, ：, 《…》, １２.

## Why it matters
The marks come from the Chinese page. They are as wide as two letters, break lines badly and show that nobody read the
English.

## Wrong
Payment by diagnosis group（DRG）covers all hospitals。

## Right
Payment by diagnosis group (DRG) covers all hospitals.

## Limits
One finding for the page, with every place. Marks beside Chinese characters belong to those and are left alone, as are
lines of stripped Chinese (RES401). Title marks 《》 have no English width; they are reported without a repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.shape import shape
from checker.script import HAN
from glossary.lazy_pattern import lazy

_MARKS = {"。": ".", "、": ",", "【": "[", "】": "]", "〔": "[", "〕": "]", "「": '"', "」": '"', "『": '"', "』": '"'}
_NO_REPAIR = "《》〈〉〖〗"
_WIDE_MARKS = frozenset((*map(chr, range(0xFF01, 0xFF5F)), *_MARKS, *_NO_REPAIR))
_ONE = rf"[\uff01-\uff5e{''.join(_MARKS)}{_NO_REPAIR}]\s?"
_WIDE = lazy(f"{_ONE}(?:{_ONE})*")
_NOT_LATIN = lazy(r"\?\?*")  # in classes
_BESIDE_HAN = lazy(rf"[{HAN}]")
_SPACE_BEFORE = "（【〔「『"
_SPACE_AFTER = "），。；：！？、】〕」』"


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the places of a page."""
    if not page.has_chinese or not page.is_english:
        return
    skeletons = iter(page.damaged.skeletons)
    skeleton = next(skeletons, None)
    places: list[Place] = []
    for match in _wide(page):
        start, end = match.start(), match.start() + len(match.group().rstrip())
        while skeleton and skeleton[1] <= start:
            skeleton = next(skeletons, None)
        if skeleton and skeleton[0] < end:
            continue
        if not _beside_han(page.text, start, end) and not page.is_repeated(start, end):
            places.append((start, end))
    if places:
        marks = "".join(dict.fromkeys(page.text[start] for start, _ in places))
        yield page.finding(
            RULE.label,
            places,
            f"Chinese punctuation in English: {marks}; write the English marks.",
            "warning",
            "high",
            suggestion=_english(page.text, *places[0]),
            fixes=tuple(Fix(*place, repair) for place in places if (repair := _english(page.text, *place)) is not None),
        )


def _wide(page: Page) -> Iterator[re.Match[str]]:
    """What ``_WIDE`` matches; sought only among what is not Latin."""
    text, done = page.text, 0
    for run in _NOT_LATIN.finditer(shape(page).classes):
        start, end = run.span()
        if end - start == 1 and text[start] not in _WIDE_MARKS:
            continue
        while first := _WIDE.search(text, max(done, start), end):
            match = _WIDE.match(text, first.start())
            assert match is not None
            yield match
            done = match.end()


def _beside_han(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start].rstrip()[-1:], text[end : end + 2].lstrip()[:1]
    return bool(_BESIDE_HAN.match(before) or _BESIDE_HAN.match(after))


def _english(text: str, start: int, end: int) -> str | None:
    """The same marks in English width with the space English has around them; None where there is no such mark."""
    quote = text[start:end]
    if any(char in _NO_REPAIR for char in quote):
        return None
    made = "".join(
        _MARKS.get(char, chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char) for char in quote
    )
    if quote[0] in _SPACE_BEFORE and start and text[start - 1].isalnum():
        made = " " + made
    if quote[-1] in _SPACE_AFTER and text[end : end + 1].isalnum():
        made += " "
    return made


RULE = Rule(
    "RES403",
    "full-width-punctuation",
    "residue",
    "Linguistic conventions / punctuation",
    "warning",
    "high",
    check,
    __doc__ or "",
)
