"""# wrong-name (TRM106)

## What it does
Reports the name of a Chinese place or institution that is misspelt, translated word for word, tied to the wrong kind of
unit, or written with a small letter ("gansu", "fengle county", "national health Commission") or with one capital
too many ("ChongQing").

## Why it matters
A reader cannot look up "Beijing Union Medical College Hospital" or tell "Guangxi Province" from a region that has a
name of its own.

## Wrong
Experts came from Beijing Union Medical College Hospital and from Guangxi Province.

## Right
Experts came from Peking Union Medical College Hospital and from Guangxi Zhuang Autonomous Region.

## Limits
Knows the provinces, the prefecture-level units and some hundred institutions. A spelling one letter off is reported only
before "Province", and an unknown place in small letters only before its unit. "china", "chinese" and bodies with half of
their capitals are reported on pages about health reform. Names that some other body rightly bears are never reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from checker.document import without_unseen
from checker.finding import Finding, Place
from checker.known_words import is_known
from checker.page import Page
from checker.pinyin import is_pinyin
from checker.rules.fitting import taking_in
from checker.rules.renderings import MAX_ADMITTED
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, opens_sentence, word_after, word_before
from checker.scanning import anchors
from glossary.compiled import CHINA_MARKS, words_of
from glossary.folding import fold
from glossary.keyed_rows import FIELD, ROW, PackedPart, Part
from glossary.layers import Glossary
from glossary.lazy_pattern import lazy

Row = dict[str, Any]
Named = Sequence[tuple[str, Part | PackedPart]]
"""The first words of names that stand on a page, with the names by their second words."""

_PROVINCES = frozenset(("province", "autonomous region"))  # what else is one letter from a city may be abroad
_PROVINCE, _NAME = lazy(r" Province\b"), lazy(r"\b[A-Z][a-z]{4,14}\Z")
_IN_ADDRESS = lazy(r"[@/\\_#=&-]|\.\S")
_LONG_WORD = lazy(r"[A-Za-z][A-Za-z'’]{3,}")
_FIELDS = (
    "Agriculture", "Civil Affairs", "Education", "Finance", "Health", "Human Resources and Social Security", "Justice",
    "Public Security", "Science and Technology",
)  # fmt: skip
_BODIES = {
    name.lower(): name
    for name in (
        "Health and Family Planning Commission",
        "Development and Reform Commission",
        "Health Commission",
        "Human Resources and Social Security Department",
        "Human Resources and Social Security Bureau",
        "Administration of Traditional Chinese Medicine",
        "Food and Drug Administration",
        "People's Congress",
        "People's Government",
        "People's Hospital",
        *(f"{head} of {field}" for head in ("Ministry", "Department", "Bureau") for field in _FIELDS),
    )
}
_BODY_WORDS = frozenset(
    "commission bureau department ministry administration hospital university council committee center centre academy "
    "institute college association federation".split()
)
_PORCELAIN = frozenset(
    "shop cup cups clay cabinet plate plates bowl bowls tea set doll ware bone fine porcelain".split()
)
_COMPANY_OF = {"WuXi": frozenset("AppTec Biologics PharmaTech Vaccines XDC".split())}
"""Spellings of a place that are right before what a company adds to it."""
_UNITS = frozenset(("county", "district", "city", "prefecture", "township"))
_SHORTEST = 4  # letters of a place that no table holds
_LONGEST = 16  # characters of a name that is looked at, with the one before it


def check(page: Page) -> Iterator[Finding]:
    """One finding for each wrong name, with all its places."""
    glossary = page.spotter.glossary
    words = page.text_words.words
    rows = [
        row.split(FIELD)
        for _, part in glossary.tables["wrong_names"].parts_of(words)
        for second, lines in part.items()
        if not second or second in words
        for row in lines.split(ROW)
    ]
    found: dict[int, tuple[list[Place], Row]] = {}
    taken: set[int] = set()
    for folded, wrong, table, number in sorted(rows, key=lambda row: (-len(row[0]), row[0])):
        places = [
            place
            for place in _places(page, folded)
            if page.text[place[0]].isupper() == wrong[0].isupper() and taken.isdisjoint(range(*place))
        ]
        if places:
            taken.update(offset for place in places for offset in range(*place))
            found[places[0][0]] = places, glossary.names[table][int(number)]
    for start in sorted(found):
        yield _finding(page, *found[start])
    yield from _misspelt(page)
    yield from _miscased(page)


def _places(page: Page, folded: str) -> list[Place]:
    """Where a folded name stands and repeats no earlier text, whatever its capitals."""
    text = page.folded.text
    found = []
    position = text.find(folded)
    while position >= 0:
        end = position + len(folded)
        if not text[position - 1 : position].isalnum() and not text[end : end + 1].isalnum():
            place = page.folded.start(position), page.folded.end(end)
            if not page.is_repeated(*place):
                found.append(place)
        position = text.find(folded, end)
    return found


def _misspelt(page: Page) -> Iterator[Finding]:
    if "province" not in page.text_words.words:
        return
    glossary = page.spotter.glossary
    known = _known(glossary)
    ends = (match.start() for match in _PROVINCE.finditer(page.text))
    names = [match for end in ends if (match := _NAME.search(page.text, max(0, end - _LONGEST), end))]
    unknown = [
        match for match in names if match[0] not in known and not page.is_repeated(match.start(), match.end() + 1)
    ]
    if not unknown:
        return
    from rapidfuzz.distance import DamerauLevenshtein

    provinces = [row for row in glossary.names["places"] if row.get("generic") in _PROVINCES]
    for match in unknown:
        name = match[0]
        close = [row for row in provinces if DamerauLevenshtein.distance(name, row["en"]) == 1]
        near = [row for row in close if row["en"][0] == name[0]] or close
        if len(near) == 1:
            yield _finding(page, [match.span()], near[0])


def _miscased(page: Page) -> Iterator[Finding]:
    """Names that are written small, in part or wholly, or with a capital inside; what holds another name comes first."""
    taken: set[int] = set()
    named = [*page.spotter.glossary.tables["place_names"].parts_of(page.text_words.words)]
    for places, right in (*_half_capital(page, named), *_small_units(page), *_small_places(page, named)):
        new = [place for place in places if taken.isdisjoint(range(*place))]
        taken.update(offset for place in new for offset in range(*place))
        if new:
            yield page.finding(
                (RULE.code, RULE.name, "grammar", "Linguistic conventions / spelling"),
                new,
                f"“{page.text[slice(*new[0])]}” is a proper name; write “{right}”.",
                "warning",
                "high",
                suggestion=right,
            )


def _half_capital(page: Page, named: Named) -> Iterator[tuple[list[Place], str]]:
    """Names of bodies on a page about health reform of whose longer words some begin with a capital and some do not."""
    glossary, words = page.spotter.glossary, page.text_words.words
    if page.subject != "health-reform" or words.isdisjoint(_BODY_WORDS):
        return
    names = {name for name in _BODIES if words.issuperset(words_of(name))}
    for _, part in named:
        names.update(name for second in part.among(words) for name in part[second].split(ROW))
    for name in sorted(names, key=lambda name: (-len(name), name)):
        body = _BODIES.get(name) or _institutions(glossary).get(name)
        if body is None or page.folded.text.count(name) == page.text.count(body):
            continue
        places = [place for place in _places(page, name) if _is_half(page, place) and _is_name(page, place)]
        if places:
            yield places, body


def _is_half(page: Page, place: Place) -> bool:
    """Whether some of the longer words of a name have their capital, more than one that begins a sentence."""
    words = _LONG_WORD.findall(without_unseen(page.text[slice(*place)]))
    capitals = [word[0].isupper() for word in words if word.lower() not in CHINA_MARKS]
    alone = capitals[:1] == [True] and not any(capitals[1:])
    return any(capitals) and not all(capitals) and not (alone and opens_sentence(page, place[0]))


def _small_places(page: Page, named: Named) -> Iterator[tuple[list[Place], str]]:
    """Places of one word, and China where no porcelain is meant."""
    known = _known(page.spotter.glossary)
    for name, part in named:
        of_china = name in ("china", "chinese") and page.subject == "health-reform"
        if "" not in part or (name in CHINA_MARKS and not of_china):
            continue
        right = name.capitalize()
        if page.folded.text.count(name) == page.text.count(right) + page.text.count(name.upper()):
            continue  # it is written as it should be wherever it stands
        places = [
            place
            for place in _places(page, name)
            if _letters(page, place) not in (right, name.upper())
            and _is_name(page, place)
            and word_after(page.text, place[1] + 1) not in _COMPANY_OF.get(_letters(page, place), ())
            and not (of_china and _is_porcelain(page, place))
        ]
        if places and (of_china or right in known):
            yield places, right


def _is_porcelain(page: Page, place: Place) -> bool:
    around = word_before(page.text, place[0] - 1), word_after(page.text, place[1] + 1)
    return not _PORCELAIN.isdisjoint(around)


@lru_cache(maxsize=2)
def _institutions(glossary: Glossary) -> dict[str, str]:
    """The names of institutions that say what kind of body they are, by what they are folded to."""
    names = {fold(row["en"]): row["en"] for row in glossary.names["institutions"]}
    return {folded: name for folded, name in names.items() if not _BODY_WORDS.isdisjoint(folded.split())}


def _small_units(page: Page) -> Iterator[tuple[list[Place], str]]:
    """Places that no table holds, in small letters before their unit."""
    text, known = page.text, _known(page.spotter.glossary)
    found: dict[str, list[Place]] = {}
    for unit in sorted(_UNITS & page.text_words.words):
        for gap in sorted([*anchors(text, f" {unit}"), *anchors(text, f" {unit.capitalize()}")]):
            name = word_before(text, gap)
            place = gap - len(name), gap + 1 + len(unit)
            if len(name) < _SHORTEST or not name.islower() or text[place[1] : place[1] + 1].isalnum():
                continue
            if is_pinyin(name) and not is_known(name) and name.capitalize() not in known and _is_name(page, place):
                found.setdefault(f"{name.capitalize()} {unit.capitalize()}", []).append(place)
    for right, places in found.items():
        yield places, right


def _letters(page: Page, place: Place) -> str:
    return "".join(filter(str.isalpha, page.text[slice(*place)]))  # soft hyphens left out


def _is_name(page: Page, place: Place) -> bool:
    """Whether a word stands in prose, in no address or file name and behind no apostrophe ("Ma'anshan")."""
    start, end = place
    before, behind = page.text[max(0, start - 1) : start], page.text[end : end + 2]
    parted = before in ("'", "’") and page.text[max(0, start - 2) : start - 1].isalpha()
    return not (
        parted or before in (".", ":") or _IN_ADDRESS.match(before) or _IN_ADDRESS.match(behind)
    ) and in_new_prose(page, place)


@lru_cache(maxsize=2)
def _known(glossary: Glossary) -> frozenset[str]:
    """The names of places that are right, and those that the glossary knows to be wrong."""
    return frozenset(name for row in glossary.names["places"] for name in (row["en"], *row.get("wrong", ())))


def _words(page: Page, place: Place) -> str:
    return " ".join(page.text[slice(*place)].split())


def _finding(page: Page, places: list[Place], row: Row) -> Finding:
    quote = _words(page, places[0])
    full = "full" in row and (" " in quote or quote.startswith(row["en"]))  # the wrong unit
    right: str = row["full" if full else "en"]
    places = [taking_in(page.text, *place, right) for place in places]
    quote = _words(page, places[0])
    return page.finding(
        RULE.label,
        places,
        f"“{quote}” is not the English name of {row['zh']}; write “{right}”.",
        "warning",
        "high",
        suggestion=right,
        zh=row["zh"],
        admitted=tuple(row.get("admitted", ()))[:MAX_ADMITTED],
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
