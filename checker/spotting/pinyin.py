"""Place names in pinyin that no list has: "Xiping County", "Gushi People's Hospital"."""

from __future__ import annotations

from collections.abc import Iterable

from checker.known_words import is_known
from glossary.lazy_pattern import lazy

SHORTEST = 5  # letters
AFTER_A_NAME = frozenset("county city district prefecture province township town village people municipal".split())

_SYLLABLES = lazy(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|[aoeiu])){2,4}"
)


def names_a_chinese_place(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether among folded neighbours a word of pinyin stands before what a place in China is, or before its hospital."""
    return any(
        second in AFTER_A_NAME and len(first) >= SHORTEST and _SYLLABLES.fullmatch(first) and not is_known(first)
        for first, second in pairs
    )
