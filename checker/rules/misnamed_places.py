"""Places whose English is the pinyin of nothing that the source has: another city than the one meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from checker.known_words import is_known
from checker.page import Page, once_a_page
from checker.pinyin import is_pinyin
from checker.rules.persons import readings
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.parallel import Segment
    from glossary import Glossary

_GENERICS = {
    "Province": "省", "City": "市", "County": "县", "District": "区", "Town": "镇", "Township": "乡", "Village": "村",
}  # fmt: skip
_ENGLISH = lazy(
    rf"(?<![\w-])([A-Z][a-z]{{3,}}) ({'|'.join(_GENERICS)}"
    r"|(?:(?:Municipal|Central|First|Second|Third|People['’]s|TCM) ){1,3}Hospital|Hospital)\b"
)
_CAPITAL_BEFORE = lazy(r"\b[A-Z][\w'’-]* $")  # West Lake Township
_LATIN = lazy("[A-Za-z]+")
_LONGEST = 24  # characters of a word
_SHARE = 0.34  # letters of a name that may be wrong where it is spelt nearly so
_MOST = 2  # letters
_NEAR = 200  # characters of the source on either side
_NO_NAME = lazy(
    "[全我本该各两外跨邻同](?:省|市|县|区|镇|乡|村)|[城都级超上股集门楼夜辖]市|[社地小园病城山辖景牧校院灾库治新发技范筹疫片街老林郊市农]区"
    "|[级困点贫郡]县|[城乡集]镇|[城下家老故返]乡|[农乡政然困新驻山]村"
)
_FOREIGN = ("日本", "台湾", "台北", "香港", "越南", "韩国", "朝鲜")  # whose names are no pinyin of theirs
_BEFORE = "省市县区州镇乡旗到赴在往与和及由的是于向从对为至把将年月日"
"""What may stand before a name of two characters: behind anything else it may be longer."""


class Misnamed(NamedTuple):
    """Where the English names a place that the source does not have, where the Chinese has one, and how that is
    spelt."""

    start: int
    end: int
    source: tuple[int, int]
    right: str


def misnamed(page: Page, segment: Segment, listed: Mapping[str, str]) -> Iterator[Misnamed]:
    """The places of a segment whose name is no reading of any characters there or nearby.

    Only where the Chinese of the segment has one place which its English does not name: one of that kind, or one that
    is spelt nearly so. ``listed`` holds the English of places whose pinyin is not asked for, by their Chinese.
    """
    assert page.parallel is not None
    source = page.parallel.folded_source
    by_english = _by_english(page.spotter.glossary)
    unnamed: dict[str, list[tuple[int, int]]] | None = None
    for match in _ENGLISH.finditer(page.text, segment.link.start, segment.link.end):
        name, generic = match.groups()
        if not is_pinyin(name.lower()) or _is_abroad(page):
            continue
        if _CAPITAL_BEFORE.search(page.text, max(0, match.start() - _LONGEST), match.start()):
            continue
        if any(place[:-1] in source for place in by_english.get(name, ())):
            continue
        first, last = segment.source
        if is_known(name.lower()) or _is_spelt(name.lower(), source[first:last]):
            continue
        if _is_spelt(name.lower(), source[max(0, first - _NEAR) : first] + "\n" + source[last : last + _NEAR]):
            continue
        if unnamed is None:
            unnamed = _unnamed(page, segment, source, listed)
        found = unnamed.get(generic, [])
        if len({source[slice(*span)] for span in found}) != 1:
            found = [span for spans in unnamed.values() for span in spans if _is_near(name.lower(), source, span)]
        if len({source[slice(*span)] for span in found}) == 1:
            start, end = min(found)
            known = listed.get(source[start:end])
            if known or not "\u4e00" <= source[start - 1 : start] <= "\u9fff" or source[start - 1] in _BEFORE:
                yield _misnamed(match, (start, end), known or _spelt(source, (start, end)), source[end - 1])


@once_a_page
def _is_abroad(page: Page) -> bool:
    """Whether the source is about places whose names are no pinyin."""
    assert page.parallel is not None
    return any(place in page.parallel.folded_source for place in _FOREIGN)


@lru_cache(maxsize=2)
def _by_english(glossary: Glossary) -> dict[str, list[str]]:
    """The listed places by their English."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in glossary.names["places"]:
        found[row["en"]].append(row["zh"])
    return found


def _misnamed(match: re.Match[str], source: tuple[int, int], right: str, kind: str) -> Misnamed:
    if match[2] not in _GENERICS:
        return Misnamed(*match.span(1), source, right)
    generic = match[2] if _GENERICS[match[2]] == kind else next(word for word in _GENERICS if _GENERICS[word] == kind)
    return Misnamed(*match.span(), source, f"{right} {generic}")


def _unnamed(page: Page, segment: Segment, source: str, listed: Mapping[str, str]) -> dict[str, list[tuple[int, int]]]:
    """The places in the Chinese of a segment that its English does not name, by the English word for their kind."""
    latin = {word.lower() for word in _LATIN.findall(page.text, segment.link.start, segment.link.end)}
    return {
        generic: [
            span
            for span in _places(source, segment.source, kind)
            if latin.isdisjoint({*_spellings(source, span), listed.get(source[slice(*span)], "").lower()})
        ]
        for generic, kind in _GENERICS.items()
    }


def _is_near(name: str, source: str, span: tuple[int, int]) -> bool:
    """Whether a name is spelt nearly as a place is, whose name has two characters."""
    from rapidfuzz.distance import DamerauLevenshtein

    most = min(_MOST, int(_SHARE * len(name)))
    spelt = readings(source[span[0] : span[1] - 1])
    return any(DamerauLevenshtein.distance(item, name, score_cutoff=most) <= most for item in spelt)


def _spelt(source: str, span: tuple[int, int]) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(source[span[0] : span[1] - 1])).capitalize()


def _is_spelt(name: str, chinese: str) -> bool:
    """Whether some characters side by side may be read so."""
    return any(_begins(name, chinese, start) for start in range(len(chinese)))


def _begins(name: str, chinese: str, start: int) -> bool:
    """Whether the characters from a place on may be read as a name, or as what is left of one."""
    return start < len(chinese) and any(
        item == name or _begins(name[len(item) :], chinese, start + 1)
        for item in readings(chinese[start])
        if item and name.startswith(item)
    )


def _places(source: str, span: tuple[int, int], generic: str) -> Iterator[tuple[int, int]]:
    """The places of a kind in a part of the source, with two characters of their names."""
    end = source.find(generic, span[0] + 2, span[1])
    while end >= 0:
        if all("\u4e00" <= char <= "\u9fff" for char in source[end - 2 : end]) and not _NO_NAME.match(source, end - 1):
            yield end - 2, end + 1
        end = source.find(generic, end + 1, span[1])


def _spellings(source: str, span: tuple[int, int]) -> set[str]:
    """How pinyin may spell the name of a place, be it of two characters or of three."""
    return {spelt for start in (span[0], max(0, span[0] - 1)) for spelt in readings(source[start : span[1] - 1])}
