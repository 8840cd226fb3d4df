"""# wrong-name (TRM106)

## What it does
Reports the name of a Chinese place or institution that is misspelt, translated word for word, or tied to the wrong kind
of unit.

## Why it matters
A reader cannot look up "Beijing Union Medical College Hospital" or tell "Guangxi Province" from a region that has a
name of its own.

## Wrong
Experts came from Beijing Union Medical College Hospital and from Guangxi Province.

## Right
Experts came from Peking Union Medical College Hospital and from Guangxi Zhuang Autonomous Region.

## Limits
Knows the provinces, the prefecture-level units and some hundred institutions. A spelling one letter off is reported only
before "Province". Names that some other body rightly bears are never reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from glossary.folding import fold
from glossary.templates import WORD

_PROVINCE = re.compile(r"\b([A-Z][a-z]{4,14}) (?=Province\b)")
_NOT_A_CITY = ("province", "autonomous region")
_OTHER_UNITS = ("Jilin", "Hainan", "Hebei", "Taiwan")  # names that a city or a district bears too


def check(page: Page) -> Iterator[Finding]:
    """One finding for each wrong name, with all its places."""
    names = page.spotter.glossary.names
    rows = [(wrong, row) for table in ("places", "institutions") for row in names[table] for wrong in row.get("wrong", ())]
    rows += [(wrong, row) for row in names["places"] for wrong in _wrong_units(row, names["places"])]
    words = page.text_words
    for wrong, row in rows:
        folded = fold(wrong)
        if words.holds(tuple(WORD.findall(folded))) and (places := _places(page, wrong, folded)):
            yield _finding(page, places, row)
    yield from _misspelt(page, names["places"])


def _wrong_units(row: dict[str, Any], places: list[dict[str, Any]]) -> list[str]:
    """The name of a place with the wrong kind of unit, unless another place bears it."""
    name = row["en"]
    if row.get("generic") in _NOT_A_CITY:
        return [] if name in _OTHER_UNITS else [f"{name} City"]
    if row.get("kind") == "city":
        return [] if any(other["en"] == name and other.get("generic") for other in places) else [f"{name} Province"]
    return []


def _places(page: Page, wrong: str, folded: str) -> list[Place]:
    text = page.folded.text
    found = []
    position = text.find(folded)
    while position >= 0:
        end = position + len(folded)
        if not text[position - 1 : position].isalnum() and not text[end : end + 1].isalnum():
            place = page.folded.start(position), page.folded.end(end)
            if page.text[place[0]].isupper() == wrong[0].isupper() and not page.is_repeated(*place):
                found.append(place)
        position = text.find(folded, end)
    return found


def _misspelt(page: Page, places: list[dict[str, Any]]) -> Iterator[Finding]:
    provinces = {row["en"]: row for row in places if row.get("generic")}
    known = {row["en"] for row in places} | {"Shannxi"}
    for match in _PROVINCE.finditer(page.text):
        name = match[1]
        if name in known or page.is_repeated(*match.span()):
            continue
        near = [row for en, row in provinces.items() if DamerauLevenshtein.distance(name, en, score_cutoff=1) <= 1]
        if len(near) == 1:
            yield _finding(page, [match.span(1)], near[0])


def _finding(page: Page, places: list[Place], row: dict[str, Any]) -> Finding:
    quote = " ".join(page.text[slice(*places[0])].split())
    wrong_unit = quote.startswith(row["en"])
    right = row.get("full", row["en"]) if wrong_unit or " " in quote else row["en"]
    return page.finding(
        RULE.label,
        places,
        f"“{quote}” is not the English name of {row['zh']}; write “{right}”.",
        "warning",
        "high",
        suggestion=right,
        zh=row["zh"],
        admitted=tuple(row.get("admitted", ()))[:3],
    )


RULE = Rule(
    "TRM106",
    "wrong-name",
    "name",
    "Terminology / inconsistent with terminology resource",
    "warning",
    "high",
    check,
    __doc__ or "",
)
