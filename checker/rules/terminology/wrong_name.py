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

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from glossary import Glossary
from glossary.folding import fold
from glossary.lazy_pattern import lazy
from glossary.templates import WORD

Row = dict[str, Any]

_PROVINCE = lazy(r"\b([A-Z][a-z]{4,14}) (?=Province\b)")
_NOT_A_CITY = ("province", "autonomous region")
_OTHER_UNITS = ("Jilin", "Hainan", "Hebei", "Taiwan")  # names that a city or a district bears too


def check(page: Page) -> Iterator[Finding]:
    """One finding for each wrong name, with all its places."""
    index = _wrong_names(page.spotter.glossary)
    found: dict[int, tuple[list[Place], Row]] = {}
    taken: list[Place] = []
    names = [name for word in page.text_words.words & index.keys() for name in index[word]]
    for folded, wrong, row in sorted(names, key=lambda name: (-len(name[0]), name[0])):
        if page.text_words.holds(tuple(WORD.findall(folded))):
            places = [p for p in _places(page, wrong, folded) if not any(p[0] < t[1] and t[0] < p[1] for t in taken)]
            if places:
                taken += places
                found[places[0][0]] = places, row
    for start in sorted(found):
        yield _finding(page, *found[start])
    yield from _misspelt(page)


@lru_cache(maxsize=4)
def _wrong_names(glossary: Glossary) -> dict[str, list[tuple[str, str, Row]]]:
    """The wrong names by their first word, as ``(folded, as written, row)``."""
    names = glossary.names
    rows = [
        (wrong, row) for table in ("places", "institutions") for row in names[table] for wrong in row.get("wrong", ())
    ]
    rows += [(wrong, row) for row in names["places"] for wrong in _wrong_units(row, names["places"])]
    made: dict[str, list[tuple[str, str, Row]]] = defaultdict(list)
    for wrong, row in rows:
        folded = fold(wrong)
        made[WORD.findall(folded)[0]].append((folded, wrong, row))
    return made


def _wrong_units(row: Row, places: list[Row]) -> list[str]:
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


def _misspelt(page: Page) -> Iterator[Finding]:
    if "province" not in page.text_words.words:
        return
    candidates = [match for match in _PROVINCE.finditer(page.text) if not page.is_repeated(*match.span())]
    if not candidates:
        return
    from rapidfuzz.distance import DamerauLevenshtein

    places = page.spotter.glossary.names["places"]
    known = {name for row in places for name in (row["en"], *row.get("wrong", ()))}
    for match in candidates:
        name = match[1]
        close = [row for row in places if row.get("generic") and DamerauLevenshtein.distance(name, row["en"]) == 1]
        near = [row for row in close if row["en"][0] == name[0]] or close
        if name not in known and len(near) == 1:
            yield _finding(page, [match.span(1)], near[0])


def _finding(page: Page, places: list[Place], row: Row) -> Finding:
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
