"""Place names in pinyin that no list has: "Xiping County", "Gushi People's Hospital"."""

from __future__ import annotations

from collections.abc import Mapping, Set

from checker.known_words import is_known
from checker.pinyin import is_pinyin

SHORTEST = 5  # letters
AFTER_A_NAME = frozenset("county city district prefecture province township town village people municipal".split())


def names_a_chinese_place(followers: Mapping[str, Set[str]]) -> bool:
    """Whether a word of pinyin stands before what a place in China is, or before its hospital.

    ``followers`` are, for each folded word, those that stand behind it.
    """
    return any(
        len(first) >= SHORTEST and not AFTER_A_NAME.isdisjoint(after) and is_pinyin(first) and not is_known(first)
        for first, after in followers.items()
    )
