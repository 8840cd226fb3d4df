"""# name-not-rendered (BIL708)

## What it does
Finds names of people, places and institutions in the source, and reports those whose English is run together
("XuJianping", "PuyanCounty"), that are one letter off ("Xu Jianpin") or the pinyin of other characters ("Xu Jinbo",
"Yichang City" for 宜坪市), or that the English text nowhere gives.

## Why it matters
A name run together cannot be searched for; a name left out takes away who said or did it.

## Wrong
副局长许建平表示，… : XuJianping, deputy director of the bureau, said …

## Right
副局长许建平表示，… : Xu Jianping, deputy director of the bureau, said …

## Limits
People are found beside a title or before a verb of saying, places and institutions from lists. Any order and spacing of
the pinyin and any reading of its characters will do. Names that are spelt otherwise are reported of people with the right
surname and no hyphen, where no name of the source is spelt so: with one letter wrong, or, of the only person of this
surname on either side, with other pinyin (not what Taiwan or families abroad write); beside no title of people whose
English is nobody's pinyin and at most two letters off, or whose given name alone is right; of listed places with one
letter wrong, two of long names; and before City, County, Hospital and the like where a name is the pinyin of nothing
nearby and the sentence leaves out one such place, or one that is spelt nearly so. A name that is not there at all is information of low confidence: English
often writes "the director".
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ahocorasick_rs import AhoCorasick

from checker.finding import Finding
from checker.page import Page
from checker.rules.misnamed_people import misnamed_people
from checker.rules.misnamed_places import Misnamed, misnamed
from checker.rules.persons import full_names, hints, is_given, misspelt, people_in, readings, spellings
from checker.rules.rule import Rule
from glossary import Glossary
from glossary.folding import fold
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.parallel import Segment


_JOINED = lazy(r"[A-Z](?<!\w[A-Z])[a-z]+[A-Z][a-z]+\b")
_WORD = lazy(r"\b[A-Z][a-z]{4,14}\b")
LONG = 7  # letters of the name of a place of which two may be wrong
_MINISTRIES = ("Department", "Minister", "Secretary")
_GENERICS = {
    "Province": "省", "City": "市", "County": "县", "District": "区", "Town": "镇", "Township": "乡", "Village": "村",
    "Prefecture": "州", "Hospital": "医院", "Street": "街道",
}  # fmt: skip


def check(page: Page) -> Iterator[Finding]:
    """One finding for each joined name, and for each name that is not there."""
    if page.parallel is None:
        return
    latin = {word for word in page.words.counts if word.isascii()}
    listed = {row["zh"]: row["en"] for row in page.spotter.glossary.names["places"]}
    missing: set[str] = set()
    has_joined = _JOINED.search(page.text) is not None
    source = page.parallel.folded_source
    hinted = hints().find_matches_as_indexes(source, overlapping=True)  # in order of their ends
    ends = [end for _, _, end in hinted]
    last = [0, *itertools.accumulate([start + 1 for _, start, _ in hinted], max)]
    for segment in page.segments:
        for found in misnamed(page, segment, listed):
            missing.add(source[slice(*found.source)])
            yield _another_place(page, found)
        told = set()
        for nobody in misnamed_people(page, segment):
            name = source[slice(*nobody.source)]
            missing.add(name)
            told.add(nobody.start)
            yield _wrong(page, (nobody.start, nobody.end, nobody.right), nobody.source[0], name)
        joined = list(_JOINED.finditer(page.text, segment.link.start, segment.link.end)) if has_joined else []
        if not joined and last[bisect.bisect_right(ends, segment.source[1])] <= segment.source[0]:
            continue
        chinese = source[slice(*segment.source)]
        people = people_in(chinese)
        for match in joined:
            yield from _run_together(page, segment, match, chinese, [person.name for person in people])
        named = full_names(page.text, segment.link.start, segment.link.end) if people else {}
        for person in people:
            name, place = person.name, segment.link.source_start + person.start
            wrong = misspelt(page, person, named)
            if wrong is not None and wrong.start in told:
                continue
            if wrong is not None:
                yield _wrong(page, wrong, place, name)
            elif not (person.listed or name in missing or is_given(name, latin)):
                missing.add(name)
                yield _missing(page, segment, place, name, None)
    yield from _listed(page, missing)


def _run_together(
    page: Page, segment: Segment, match: re.Match[str], chinese: str, people: list[str]
) -> Iterator[Finding]:
    first, second = re.findall("[A-Z][a-z]+", match.group())
    name = next((name for name in people if match.group().lower() in spellings(name)), None)
    if name is None and second in _GENERICS:
        for generic in re.finditer(_GENERICS[second], chinese):
            before = chinese[max(0, generic.start() - 4) : generic.start()]
            name = next((n for size in (2, 3, 1, 4) if (n := before[-size:]) and first.lower() in readings(n)), None)
            if name is not None:
                name += _GENERICS[second]
                break
    if name is None:
        return
    place = chinese.index(name) + segment.link.source_start
    yield page.finding(
        RULE.label,
        [match.span()],
        f"“{match.group()}” is {name} run together; write “{first} {second}”.",
        "warning",
        "high",
        suggestion=f"{first} {second}",
        zh=name,
        source=(place, place + len(name)),
    )


def _wrong(page: Page, wrong: tuple[int, int, str], place: int, name: str) -> Finding:
    start, end, right = wrong
    return page.finding(
        RULE.label,
        [(start, end)],
        f"“{' '.join(page.text[start:end].split())}” is {name}; write “{right}”.",
        "warning",
        "medium",
        suggestion=right,
        zh=name,
        source=(place, place + len(name)),
    )


def _another_place(page: Page, found: Misnamed) -> Finding:
    assert page.parallel is not None
    chinese = page.parallel.folded_source[slice(*found.source)]
    return page.finding(
        RULE.label,
        [(found.start, found.end)],
        f"“{' '.join(page.text[found.start : found.end].split())}” is no place of the source, which has {chinese}; write "
        f"“{found.right}”.",
        "warning",
        "medium",
        suggestion=found.right,
        zh=chinese,
        source=found.source,
    )


@lru_cache(maxsize=2)
def _names(glossary: Glossary) -> tuple[list[dict[str, Any]], AhoCorasick]:
    """The listed places and institutions, and what finds them."""
    rows = [*glossary.names["places"], *glossary.names["institutions"]]
    return rows, AhoCorasick([row["zh"] for row in rows])


def _listed(page: Page, told: set[str]) -> Iterator[Finding]:
    """The listed places and institutions of the source that the text nowhere names, but those that were ``told`` of."""
    assert page.parallel is not None
    source, text = page.parallel.folded_source, page.folded.text
    found = page.segments
    rows, finder = _names(page.spotter.glossary)
    places = page.spotter.glossary.names["places"]
    first: dict[int, int] = {}
    for number, place, end in finder.find_matches_as_indexes(source, overlapping=True):
        if not source.startswith("门", end):  # 卫生部门 is no ministry
            first.setdefault(number, place)
    for number, place in sorted(first.items()):
        row = rows[number]
        known = [row["en"], *row.get("admitted", ()), *row.get("abbreviations", ()), *row.get("wrong", ())]
        known += [row["en"].replace("ü", "u"), *_of_a_ministry(row["en"])]
        if row["zh"] in told or any(fold(name) in text for name in known):
            continue
        segment = next((s for s in found if s.link.source_start <= place < s.link.source_end), None)
        if segment is None:
            continue
        near = _near(page, segment, row["en"], places) if number < len(places) else None
        if near is not None:
            yield _wrong(page, (*near, row["en"]), place, row["zh"])
        else:
            yield _missing(page, segment, place, row["zh"], row["en"])


def _near(page: Page, segment: Segment, name: str, places: list[dict[str, Any]]) -> tuple[int, int] | None:
    """Where the English has a word that is one or two letters from the name of a place, and none of the ``places``."""
    from rapidfuzz.distance import DamerauLevenshtein

    most = 1 if len(name) < LONG else 2
    for match in _WORD.finditer(page.text, segment.link.start, segment.link.end):
        word = match[0]
        if word[0] != name[0] or abs(len(word) - len(name)) > 1:
            continue  # "Cheng Du"
        if DamerauLevenshtein.distance(word, name, score_cutoff=most) > most:
            continue
        if not any(word in (row["en"], *row.get("admitted", ())) for row in places):
            return match.span()
    return None


def _of_a_ministry(name: str) -> list[str]:
    """What else a ministry or who heads it is called, that of another country too: "Health Secretary"."""
    kind, _, subject = name.partition(" of ")
    if kind != "Ministry":
        return []
    return [f"{word} of {subject}" for word in _MINISTRIES] + [
        f"{subject} {word}" for word in ("Ministry", *_MINISTRIES)
    ]


def _missing(page: Page, segment: Segment, place: int, name: str, right: str | None) -> Finding:
    return page.finding(
        RULE.label,
        [(segment.link.start, segment.link.end)],
        f"{name} of the source is nowhere named" + (f"; it is “{right}”." if right else "."),
        "info",
        "low",
        suggestion=right,
        zh=name,
        source=(place, place + len(name)),
    )


RULE = Rule("BIL708", "name-not-rendered", "name", "Accuracy / mistranslation", "warning", "high", check, __doc__ or "")
