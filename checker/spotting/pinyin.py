"""Place names in pinyin that no list has: "Xiping County", "Gushi People's Hospital"."""

from __future__ import annotations

from collections.abc import Iterable

from checker.known_words import is_known
from checker.pinyin import is_pinyin

SHORTEST = 5  # letters
AFTER_A_NAME = frozenset("county city district prefecture province township town village people municipal".split())


def names_a_chinese_place(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether among folded neighbours a word of pinyin stands before what a place in China is, or before its hospital."""
    return any(
        second in AFTER_A_NAME and len(first) >= SHORTEST and is_pinyin(first) and not is_known(first)
        for first, second in pairs
    )
