"""What counts as prose: running English, as against code, tables, navigation, addresses and other languages.

Rules about the language of a text look at prose only; what looks like a fault elsewhere is how such matter is written.
"""

from __future__ import annotations

import re

from glossary.lazy_pattern import lazy

SHORTEST = 3  # words
LONG_LINE = 12  # words: a block this long holds an English function word, or it is not English
CODE_SHARE = 0.02  # of the characters
SAMPLE = 20_000  # characters of a block that are looked at

_CODE_MARKS = "{}<>=\\_|#*`$^~"
_LETTERS = lazy(r"[^\W\d_]+")
_NAVIGATION = lazy(r"^\s*(?:[•·>|»*+]\s|[=@%#])|\s[>|»•]\s|\t.*\t|://\S+$|\.{4}")
_ENGLISH = lazy(r"\b(?:the|and|of|to|is|are|for|with|by|that|from|will|shall|this)\b", re.IGNORECASE)


def is_prose(block: str) -> bool:
    """Whether the text of one block reads as English prose, a heading included."""
    block = block[:SAMPLE]
    words = _LETTERS.findall(block)
    if len(words) < SHORTEST or _NAVIGATION.search(block[:400]):
        return False
    marks = sum(map(block.count, _CODE_MARKS))
    if marks > 1 and marks > CODE_SHARE * len(block):
        return False
    letters = sum(map(len, words))
    if letters < 0.6 * (len(block) - block.count(" ")) or sum(map(str.isupper, words)) > 0.4 * len(words):
        return False
    return len(words) < LONG_LINE or _ENGLISH.search(block) is not None
