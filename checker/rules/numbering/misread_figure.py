"""# misread-figure (NUM604)

## What it does
Reports figures with letters in them (2O21, 1l5 beds), figures with a blank inside (in 20 15, 1 17 beds), the Chinese
ratio sign between figures (1∶2), figures given in millions and thousands (3 million 450 thousand) and, on pages about
health reform, in thousands (342 thousand people), those that a machine made of one that begins with 1 (65,438+200 beds)
and those with a comma before four digits (6,1300 beds).

## Why it matters
Letters for figures come from text recognition: a search for the year does not find them. The ratio sign is
a character of its own that English does not have. 万 stands for ten thousand, and some machines give it as millions and
thousands, group four digits as it does, or lose a 1 or what stands before it.

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

from checker.finding import Confidence, Finding, Fix, Place, Severity
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.shape import shape
from checker.rules.surroundings import in_new_prose
from checker.scanning import anchors, first_digit
from glossary.lazy_pattern import lazy

_RATIO = lazy(r"\d{1,6}(?:\.\d{1,3})?\s?∶\s?\d")
_TOKEN = lazy(r"(?:[1-9]\d{0,8}[OolI]\d{1,8}|[1-9]\d{0,5}[Oo]{1,3}(?=\s?(?:%|percent\b|yuan\b|million\b|people\b)))\b")
_THOUSANDS = lazy(r"(?<![\d.,])(?<!between )(?:(\d{1,3}) million )?(\d{1,3}) thousand\Z")
_REST = lazy(r" and ([1-9]00)(?=[,.;]|\s(?:square|people|yuan|patients|mu)\b)")  # what 1.53万 leaves over a thousand
_COUNTED = lazy(
    r" (?:yuan|people|persons|residents|patients|households|families|cases|beds|doctors|farmers|women|children|students"
    r"|poor|rural|insured)\b"
)
_NO_COUNT = lazy(r"(?i)(?:[-–—/]|\b(?:to|or|and|per|every|each|in|of|between|from|population))\s*$")
_LOST = lazy(
    r"/?\bkloc-\d(?:[\d,]*\d)?"
    r"|(?<![\d.,])(?:6?5,?438|6,?543\.8|654\.38|65\.438|6\.5438)\+(?: ?\d(?:[\d,.]*\d)?|[A-Za-z]+\d*)"
)
_MISGROUPED = lazy(r"(?<=[a-z] )[1-9]\d{0,2},(?!19|20)\d{4}(?= [a-z]{3,})")
_UNITS = "per ?cent|[mk]?[gl]|[mck]m|[mb]illion|yuan|beds?|days?|people"
_SPLIT_YEAR = lazy(rf"(?:19 [5-9]|20 [0-4])\d(?![\w%-]|[.,]\d| (?:{_UNITS})\b)")
_BEFORE_YEAR = lazy(r"\b(?:in|since|by|from|during|until|to|year) $", re.I)
_TORN = lazy(
    r"(?<=[a-z] )(\d) (1\d)(?= [a-z]{3,}s\b| (?:mu|people|staff)\b)"
    r"(?! (?:hours|days|minutes|seconds|weeks|months|years|times|points|meters|metres|grams|milli\w+)\b)"
)
_QUANTIFIED = tuple(f" {word} " for word in "of are were has have had with than about over nearly all".split())
_FIGURES = str.maketrans("OolI", "0011")
_CODE = "-/.#_=:"
LOOKED_AT = 4  # characters before the pattern of a figure


def check(page: Page) -> Iterator[Finding]:
    """One finding for each figure."""
    if not page.is_english:
        return
    text, words = page.text, page.text_words.words
    if "∶" in text:
        yield from _ratios(page)
    if "thousand" in words:
        yield from _in_two_units(page)
    if "kloc-" in text or "8+" in text:
        for match in _LOST.finditer(text):
            if not page.is_repeated(*match.span()):
                what = "is what a machine made of a figure that begins with 1"
                yield _unknown(page, match.span(), what, "error", "high")
    classes = shape(page).classes
    for place in anchors(classes, "0,0000"):
        grouped = _MISGROUPED.match(text, first_digit(text, place, LOOKED_AT))
        if grouped and _before(page, grouped).endswith(_QUANTIFIED) and in_new_prose(page, grouped.span()):
            yield _unknown(page, grouped.span(), "has a comma before four digits", "warning", "medium")
    for place in anchors(classes, "0 0"):
        torn = _TORN.match(text, first_digit(text, place, LOOKED_AT))
        if torn and _before(page, torn).endswith(_QUANTIFIED) and in_new_prose(page, torn.span()):
            yield _finding(page, torn.span(), "a blank inside", torn[1] + torn[2])
        year = _SPLIT_YEAR.match(text, place - 1)
        if year and _BEFORE_YEAR.search(_before(page, year)) and in_new_prose(page, year.span()):
            yield _finding(page, year.span(), "a blank inside", year.group().replace(" ", ""))
    yield from _with_letters(page, classes)


def _before(page: Page, match: re.Match[str]) -> str:
    return page.text[max(0, match.start() - 8) : match.start()]


def _ratios(page: Page) -> Iterator[Finding]:
    text = page.text
    for match in _RATIO.finditer(text):
        sign = text.index("∶", match.start())
        end = match.end()
        while end < len(text) and text[end].isdigit() and end - sign < 8:
            end += 1
        if not page.is_repeated(match.start(), end):
            yield page.finding(
                RULE.label,
                [(match.start(), end)],
                f"“{text[match.start() : end]}” has the Chinese ratio sign; write a colon.",
                "warning",
                "high",
                suggestion=text[match.start() : end].replace("∶", ":"),
                fixes=(Fix(sign, sign + 1, ":"),),
            )


def _in_two_units(page: Page) -> Iterator[Finding]:
    """What is given in millions and thousands, in thousands and units, or in thousands where people or yuan are counted."""
    for place in anchors(page.text, " thousand"):
        thousands = _THOUSANDS.search(page.text, max(0, place - 24), place + len(" thousand"))
        rest = _REST.match(page.text, place + len(" thousand"))
        if thousands is None:
            continue
        in_two = thousands[1] or rest
        if not in_two and not _is_counted(page, thousands):
            continue
        span = thousands.start(), rest.end() if rest else thousands.end()
        if in_new_prose(page, span):
            figures = int(thousands[1] or 0), int(thousands[2]), int(rest[1]) if rest else 0
            whole = 1_000_000 * figures[0] + 1_000 * figures[1] + figures[2]
            meant = f"{whole / 1_000_000:g} million" if thousands[1] and not rest else f"{whole:,}"
            if in_two:
                yield _finding(page, span, "two units", meant)
            else:
                yield _finding(page, span, "a word for its last figures", meant, "info")


def _is_counted(page: Page, thousands: re.Match[str]) -> bool:
    """Whether people or yuan are counted by a figure that is no rate and no end of a range, on a page of the subject."""
    if page.subject != "health-reform" or thousands[2].startswith("0"):
        return False
    before = page.text[max(0, thousands.start() - 16) : thousands.start()]
    return _COUNTED.match(page.text, thousands.end()) is not None and _NO_COUNT.search(before) is None


def _with_letters(page: Page, classes: str) -> Iterator[Finding]:
    text = page.text
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


def _unknown(page: Page, place: Place, what: str, severity: Severity, confidence: Confidence) -> Finding:
    message = f"“{page.text[slice(*place)]}” {what}; look it up in the source."
    return page.finding(RULE.label, [place], message, severity, confidence)


def _finding(page: Page, place: Place, fault: str, meant: str, severity: Severity = "warning") -> Finding:
    return page.finding(
        RULE.label,
        [place],
        f"“{page.text[slice(*place)]}” has {fault}; probably {meant}.",
        severity,
        "medium",
        suggestion=meant,
    )


RULE = Rule("NUM604", "misread-figure", "number", "Accuracy / mistranslation", "warning", "high", check, __doc__ or "")
