"""Going over long texts in little time: patterns tried only where they can begin, characters exchanged one for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from checker.bitext import Span
from glossary.folding import beyond_ascii

SMALL_LETTERS = "abcdefghijklmnopqrstuvwxyz"
LATIN_LETTERS = SMALL_LETTERS + SMALL_LETTERS.upper()
DIGITS = "0123456789"
_FEW = 300  # different words: each is sought in the whole text, which is fastest for few
_HANDFUL = 20  # words: to find out which of them the text has takes longer than to seek them
_WORD = re.compile("[^ ]+")
_DIGIT = re.compile(r"\d")
_ZEROS = re.compile(b"00*")  # begins with one character by itself, which is searched for in no time
_DIGITS = bytes(ord("0") if chr(code) in DIGITS else ord(" ") for code in range(256))


def keeping(characters: str) -> bytes:
    """The table for `bytes.translate` that keeps some ASCII characters and makes a blank of every other byte."""
    kept = frozenset(characters.encode("ascii"))
    return bytes(code if code in kept else ord(" ") for code in range(256))


def matches_at(pattern: re.Pattern[str], beginning: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, as far as its matches begin where a match of ``beginning`` does.

    Neither pattern may match nothing at all; no two matches of ``beginning`` may overlap.
    """
    return matches_from(pattern, [found.start() for found in beginning.finditer(text)], text)


def matches_from(pattern: re.Pattern[str], starts: Iterable[int], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, as far as its matches begin at one of some places, given in order."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)) is not None:
            yield match
            end = match.end()


@lru_cache(maxsize=1)  # numbers, dates and document numbers of one text are looked for one after another
def figures_at(text: str) -> Sequence[Span]:
    """Where the runs of decimal digits of a text stand, in a fraction of the time that a pattern takes."""
    if not text.isascii() and any(map(str.isdecimal, beyond_ascii(text))):
        text = _DIGIT.sub("0", text)
    return [run.span() for run in _ZEROS.finditer(text.encode("ascii", "replace").translate(_DIGITS))]


def anchors(text: str, anchor: str) -> Iterator[int]:
    """Every place where ``anchor`` stands in ``text``."""
    place = text.find(anchor)
    while place >= 0:
        yield place
        place = text.find(anchor, place + 1)


def first_digit(text: str, place: int, most: int) -> int:
    """Where the digits begin that stand right before ``place``, ``most`` of them at most; ``place`` where none do."""
    start = place
    while start and text[start - 1].isdecimal() and place - start < most:
        start -= 1
    return start


def words_at(blanked: str, wanted: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Where some words stand in a text in which a blank stands for all that is no part of a word: ``(offset, word)``,
    each word's places in order."""
    found = wanted.intersection(blanked.split()) if len(wanted) > _HANDFUL else wanted
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
