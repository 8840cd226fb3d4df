"""Going over long texts in little time: patterns tried only where they can begin, characters exchanged one for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_FEW = 300  # different words: each is sought in the whole text, which is fastest for few
_WORD = re.compile("[^ ]+")


def matches_at(pattern: re.Pattern[str], beginning: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, as far as its matches begin where a match of ``beginning`` does.

    Neither pattern may match nothing at all.
    """
    place = beginning.search(text)
    while place is not None:
        match = pattern.match(text, place.start())
        if match is not None:
            yield match
        place = beginning.search(text, place.start() + 1 if match is None else match.end())


def anchors(text: str, anchor: str) -> Iterator[int]:
    """Every place where ``anchor`` stands in ``text``."""
    place = text.find(anchor)
    while place >= 0:
        yield place
        place = text.find(anchor, place + 1)


def words_at(blanked: str, wanted: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Where some words stand in a text in which a blank stands for all that is no part of a word: ``(offset, word)``,
    each word's places in order."""
    found = wanted.intersection(blanked.split())
    if len(found) > _FEW:
        yield from [(match.start(), match.group()) for match in _WORD.finditer(blanked) if match.group() in found]
        return
    framed = f" {blanked} "
    for word in found:
        for start in anchors(framed, f" {word} "):
            yield start, word


def exchanged(text: str, characters: Mapping[str, str]) -> str:
    """``text`` with some characters, none of them ASCII, as others; what one becomes may not be exchanged itself."""
    if text.isascii():
        return text
    for char, other in characters.items():  # for few characters this takes less time than looking each one up
        if char in text:
            text = text.replace(char, other)
    return text
