"""Going over long texts in little time: patterns tried only where they can begin, characters exchanged one for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


def matches_at(pattern: re.Pattern[str], beginning: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, as far as its matches begin where a match of ``beginning`` does.

    Neither pattern may match nothing at all.
    """
    end = 0
    for place in beginning.finditer(text):
        if place.start() >= end and (match := pattern.match(text, place.start())):
            yield match
            end = match.end()


def anchors(text: str, anchor: str) -> Iterator[int]:
    """Every place where ``anchor`` stands in ``text``."""
    place = text.find(anchor)
    while place >= 0:
        yield place
        place = text.find(anchor, place + 1)


def exchanged(text: str, characters: Mapping[str, str]) -> str:
    """``text`` with some characters, none of them ASCII, as others; what one becomes may not be exchanged itself."""
    if text.isascii():
        return text
    for char in characters.keys() & set(text):  # for few characters this takes less time than looking each one up
        text = text.replace(char, characters[char])
    return text
