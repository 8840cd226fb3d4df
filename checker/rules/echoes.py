"""Brackets that say again what stands before them: "cable ties (cable ties)", where the Chinese gave a foreign name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.page import Page
from checker.rules.surroundings import word_before
from glossary.lazy_pattern import lazy

SHORTEST = 3  # letters

_BRACKETS = lazy(r"\(([A-Za-z][^()\n]{2,79})\)")


class Echo(NamedTuple):
    """Where what is said twice begins, where its first copy ends, and where the brackets end."""

    start: int
    middle: int
    end: int


def echoes(page: Page) -> Iterator[Echo]:
    """The brackets of a page that hold the words before them; a term defined (Acme Company (Company)) is left alone."""
    text = page.text
    for match in _BRACKETS.finditer(text):
        inside, middle = match[1], match.start()
        if text[middle - 1 : middle] != " ":
            continue  # a call
        middle -= 1
        start = middle - len(inside)
        before = text[max(0, start) : middle]
        if start < 0 or before.lower() != inside.lower() or text[start - 1 : start].isalnum():
            continue
        one = " " not in inside
        if one and (word_before(text, start - 1)[:1].isupper() or (inside.islower() and before != inside)):
            continue
        if one and not inside[0].isupper() and page.subject != "health-reform":
            continue  # a name of code
        if sum(map(str.isalpha, inside)) >= SHORTEST:
            yield Echo(start, middle, match.end())
