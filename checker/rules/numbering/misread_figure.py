"""# misread-figure (NUM604)

## What it does
Reports figures with letters in them (2O21, 1l5 beds), figures with a blank inside (in 20 15, 1 17 beds), the Chinese ratio sign
between figures (1∶2), figures given in millions and thousands (3 million 450 thousand), those that a machine
made of one that begins with 1 (65,438+200 beds) and those with a comma before four digits (6,1300 beds).

## Why it matters
The first two come from text recognition: a search for the year does not find them. The ratio sign is
a character of its own that English does not have. 万 stands for ten thousand, and some machines give it as millions and
thousands, or lose the figure.

## Wrong
In 2O21 the ratio of doctors to nurses reached 1∶2.

## Right
In 2021 the ratio of doctors to nurses reached 1:2.

## Limits
A letter counts only between figures, or at the end of a figure before a unit. Formulas, codes and octal numbers are
left alone. The ratio sign and lost figures are reported outside prose too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.shape import shape
from checker.rules.surroundings import in_new_prose
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_RATIO = lazy(r"\d{1,6}(?:\.\d{1,3})?\s?∶\s?\d")
_TOKEN = lazy(r"(?:[1-9]\d{0,8}[OolI]\d{1,8}|[1-9]\d{0,5}[Oo]{1,3}(?=\s?(?:%|percent\b|yuan\b|million\b|people\b)))\b")
_IN_TWO = lazy(
    r"(?<![\d.,])(?:(\d{1,3}) million (?:and )?)?(\d{1,3}) thousand\b(?: and (\d{1,3})(?![\d.,]*\d| (?:million|thousand)\b))?"
)
_LOST = lazy(
    r"/?\bkloc-\d(?:[\d,]*\d)?"
    r"|(?<![\d.,])(?:6?5,?438|6,?543\.8|654\.38|65\.438|6\.5438)\+(?: ?\d(?:[\d,.]*\d)?|[A-Za-z]+\d*)"
)
_MISGROUPED = lazy(r"(?<![\w.,-])[1-9]\d{0,2},(?!19|20)\d{4}(?![\d,.]\d|[\d-])")
_UNITS = "per ?cent|[mk]?[gl]|[mck]m|[mb]illion|yuan|beds?|days?|people"
_SPLIT_YEAR = lazy(rf"(?:19 [5-9]|20 [0-4])\d(?![\w%-]|[.,]\d| (?:{_UNITS})\b)")
_BEFORE_YEAR = lazy(r"\b(?:in|since|by|from|during|until|to|year) $", re.I)
_TORN = lazy(r"(?<=[a-z] )(\d{1,3}) (1\d?)(?= [a-z]{3,}s\b| (?:mu|people|yuan|pilot|million|staff)\b)")
_BEFORE_FIGURE = lazy(r"\b(?:of|are|were|has|have|had|with|than|about|over|nearly|employs|all) $")
_FIGURES = str.maketrans("OolI", "0011")
_CODE = "-/.#_=:"


def check(page: Page) -> Iterator[Finding]:
    """One finding for each figure."""
    if not page.is_english:
        return
    text = page.text
    if "∶" in text:
        for match in _RATIO.finditer(text):
            sign = text.index("∶", match.start())
            end = match.end()
            while end < len(text) and text[end].isdigit() and end - sign < 8:
                end += 1
            if not page.is_repeated(match.start(), end):
                yield page.finding(
                    (RULE.code, RULE.name, "number", RULE.mqm),
                    [(match.start(), end)],
                    f"“{text[match.start() : end]}” has the Chinese ratio sign; write a colon.",
                    "warning",
                    "high",
                    suggestion=text[match.start() : end].replace("∶", ":"),
                    fixes=(Fix(sign, sign + 1, ":"),),
                )
    if "thousand" in page.text_words.words:
        for match in _IN_TWO.finditer(text):
            if (match[1] or match[3]) and in_new_prose(page, match.span()):
                millions, thousands, rest = (int(figure or 0) for figure in match.groups())
                whole = 1_000_000 * millions + 1_000 * thousands + rest
                meant = f"{whole / 1_000_000:g} million" if millions and not rest else f"{whole:,}"
                yield _finding(page, match.span(), "two units", meant)
    if "kloc-" in text or "8+" in text:
        for match in _LOST.finditer(text):
            if not page.is_repeated(*match.span()):
                yield page.finding(
                    (RULE.code, RULE.name, "number", RULE.mqm),
                    [match.span()],
                    f"“{match[0]}” is what a machine made of a figure that begins with 1; look it up in the source.",
                    "error",
                    "high",
                )
    for match in _MISGROUPED.finditer(text):
        if in_new_prose(page, match.span()):
            yield page.finding(
                (RULE.code, RULE.name, "number", RULE.mqm),
                [match.span()],
                f"“{match[0]}” has a comma before four digits; look the figure up in the source.",
                "warning",
                "medium",
            )
    for match in _TORN.finditer(text):
        if _BEFORE_FIGURE.search(text, max(0, match.start() - 8), match.start()) and in_new_prose(page, match.span()):
            yield _finding(page, match.span(), "a blank inside", match[1] + match[2])
    for start in sorted(start for century in ("19 ", "20 ") for start in anchors(text, century)):
        year = _SPLIT_YEAR.match(text, start)
        if year and _BEFORE_YEAR.search(text, max(0, start - 8), start) and in_new_prose(page, year.span()):
            yield _finding(page, year.span(), "a blank inside", year.group().replace(" ", ""))
    classes = shape(page).classes
    for figure in [place for beside in ("0a", "0A") for place in anchors(classes, beside) if text[place + 1] in "OolI"]:
        start = figure
        while start and text[start - 1].isalnum() and figure - start < 10:
            start -= 1
        token = _TOKEN.match(text, start)
        if token is None:
            continue
        end = token.end()
        around = text[start - 1 : start] + text[end : end + 1]
        if not in_new_prose(page, (start, end)) or any(char in _CODE for char in around.rstrip(".")):
            continue
        yield _finding(page, (start, end), "a letter for a figure", token.group().translate(_FIGURES))


def _finding(page: Page, place: Place, fault: str, meant: str) -> Finding:
    return page.finding(
        (RULE.code, RULE.name, "number", RULE.mqm),
        [place],
        f"“{page.text[slice(*place)]}” has {fault}; probably {meant}.",
        "warning",
        "medium",
        suggestion=meant,
    )


RULE = Rule("NUM604", "misread-figure", "number", "Accuracy / mistranslation", "warning", "high", check, __doc__ or "")
