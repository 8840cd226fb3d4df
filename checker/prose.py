"""What counts as prose: running English, as against code, tables, navigation, addresses and other languages.

Rules about the language of a text look at prose only; what looks like a fault elsewhere is how such matter is written.
"""

from __future__ import annotations

import re

from glossary.lazy_pattern import lazy

SHORTEST = 3  # words
LONG_LINE = 12  # words: a block this long holds an English function word, or it is not English
CODE_SHARE = 0.02  # of the characters
SENTENCE = 4  # words such as "the" in what is prose although a bullet or a bar stands before it
SAMPLE = 20_000  # characters of a block that are looked at

_CODE_MARKS = "{}<>=\\_|#*`$^~"
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalpha()}
_LETTERS = lazy(r"[^\W\d_]+")
_MENU_START = lazy(r"\s*(?:[•·>|»*+]\s|[=@%#])")
_OF_CODE = tuple("*+=@%#")
_MENU = lazy(r"\s[>|»•]\s|\t.*\t|://\S+$|\.{4}")
_MENU_SIGNS = (">", "|", "»", "•", "\t", "://", "....")
_ENGLISH = lazy(r"\b(?:the|and|of|to|is|are|for|with|by|that|from|will|shall|this)\b", re.IGNORECASE)
_COMMON = (" the ", " and ", " of ", " to ", " is ")  # found sooner than by the pattern


def is_prose(block: str) -> bool:
    """Whether the text of one block reads as English prose, a heading included."""
    block = block[:SAMPLE]
    words = block.translate(_BETWEEN).split() if block.isascii() else _LETTERS.findall(block)
    if len(words) < SHORTEST or _is_menu(block[:400]):
        return False
    marks = sum(map(block.count, _CODE_MARKS))
    if marks > 1 and marks > CODE_SHARE * len(block):
        return False
    letters = sum(map(len, words))
    if letters < 0.6 * (len(block) - block.count(" ")) or sum(map(str.isupper, words)) > 0.4 * len(words):
        return False
    return len(words) < LONG_LINE or any(word in block for word in _COMMON) or _ENGLISH.search(block) is not None


def _is_menu(head: str) -> bool:
    """Whether a block begins as a menu, a table or a list of addresses does."""
    start = _MENU_START.match(head)
    if start and (head.lstrip()[:1] in _OF_CODE or not _is_sentence(head)):
        return True
    found = _MENU.search(head, start.end() if start else 0) if any(sign in head for sign in _MENU_SIGNS) else None
    return found is not None and not (found[0].strip() == "|" and head.count("|") == 1 and _is_sentence(head))


def _is_sentence(head: str) -> bool:
    return sum(map(head.count, _COMMON)) >= SENTENCE
