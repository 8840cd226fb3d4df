"""People whose English is the pinyin of nobody in the source, beside somebody there whose name is spelt much like it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from checker.page import Page
from checker.pinyin import SURNAME_READINGS, SURNAMES, is_pinyin, is_syllable
from checker.rules.persons import anybody, names_in, readings
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.parallel import Segment

_FULL_NAME = lazy(r"(?<![\w-])(?<![A-Z][a-z] )([A-Z][a-z]+) ([A-Z][a-z]{2,})(?: ([A-Z][a-z]{1,5}))?(?![\w-])")
_SHARE = 0.34  # letters of a given name that may be wrong
_MOST = 2  # letters
LONGEST = 4  # characters of a name, one of them the surname
MOST_PAIRS = 10_000  # names on either side of a segment: one with more is a list of people


class MisnamedPerson(NamedTuple):
    """Where the English names nobody of the source, the name that must be meant there, and how that is spelt."""

    start: int
    end: int
    source: tuple[int, int]
    right: str


def misnamed_people(page: Page, segment: Segment) -> Iterator[MisnamedPerson]:
    """The names in a segment that no characters of the source may be read as, where one name beside them is near."""
    assert page.parallel is not None
    found = list(_FULL_NAME.finditer(page.text, segment.link.start, segment.link.end))
    if not found:
        return
    source = page.parallel.folded_source
    known = anybody(page)
    named = {name: place for place, name in names_in(source, segment.source)}
    if len(found) * len(named) > MOST_PAIRS:
        return
    there = {f"{match[1]} {match[2]}" for match in found}
    for match in found:
        surname, given, more = (part.lower() if part else "" for part in match.groups())
        if surname not in SURNAMES or not is_pinyin(given):
            continue
        end = match.end()
        if more and not is_pinyin(more):
            more, end = "", match.end(2)
        if not known.isdisjoint({(surname, given), (given, surname), (surname, given + more)}):
            continue
        given += more
        if any(
            surname in readings(name[0]) and given in readings(source[place + 1 : place + LONGEST])
            for name, place in named.items()
        ):
            continue  # 韩白乙拉 is Han Baiyila
        meant = {name: right for name in named if (right := _near(surname, given, name)) and right not in there}
        if len(meant) == 1:
            name, right = next(iter(meant.items()))
            yield MisnamedPerson(match.start(), end, (named[name], named[name] + len(name)), right)


def _near(surname: str, given: str, name: str) -> str | None:
    """How a Chinese name is spelt that an English one is near to: the surname right and the given name nearly, or the
    given name of two characters right and the surname not."""
    from pypinyin import lazy_pinyin
    from rapidfuzz.distance import DamerauLevenshtein

    spelt = readings(name[1:])
    right = SURNAME_READINGS.get(name[0]) or lazy_pinyin(name[0])[0]
    if surname not in readings(name[0]):
        return f"{right} {given}".title() if len(name) == 3 and given in spelt else None
    if len(name) == 3 and is_syllable(given):
        return None  # 余额宝 is no Yu Bao
    most = min(_MOST, int(_SHARE * len(given)))
    if all(DamerauLevenshtein.distance(item, given, score_cutoff=most) > most for item in spelt):
        return None
    return f"{surname} {''.join(lazy_pinyin(name[1:].replace('长', '常')))}".title()
