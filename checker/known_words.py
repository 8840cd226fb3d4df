"""The English words that are known: a list from SCOWL (LICENSES/SCOWL.txt), unpacked where it is asked for.

The list holds sizes 10 to 70, American and British, folded to lower case, names included, words of three letters and
more. The common ones (sizes 10 to 40) and the others are packed apart, each by first letter; the first line of the
file tells where. They are kept as text and searched where they lie: sets of so many words take longer to make than a
page takes to check.
"""

from __future__ import annotations

import json
import zlib
from functools import cache, lru_cache
from pathlib import Path

PREFIX = 2  # letters
CACHED = 1 << 16  # words
LONGER = 50  # characters: no known word has so many


class WordList:
    """A sorted list of words, one a line, that says whether it holds a word."""

    def __init__(self, text: str) -> None:
        self._text = f"\n{text.strip()}\n"
        self._ranges: dict[str, tuple[int, int]] = {}

    def __contains__(self, word: str) -> bool:
        prefix = word[:PREFIX]
        if prefix not in self._ranges:
            self._ranges[prefix] = self._line_from(prefix), self._line_from(f"{prefix}~")
        start, end = self._ranges[prefix]
        return word != "" and self._text.find(f"\n{word}\n", start, end + 1) >= 0

    def _line_from(self, word: str) -> int:
        """The offset of the line end before the first word that does not sort before ``word``."""
        text = self._text
        low, high = 0, len(text) - 1
        while low < high:
            line = text.rfind("\n", low, (low + high) // 2 + 1)
            end = text.find("\n", line + 1)
            if text[line + 1 : end] < word:
                low = end
            else:
                high = line
        return low


@cache
def _file() -> tuple[dict[str, dict[str, tuple[int, int]]], bytes]:
    head, _, packed = (Path(__file__).parent / "data" / "words.bin").read_bytes().partition(b"\n")
    return json.loads(head), packed


@cache
def _words(part: str, letter: str) -> WordList:
    places, packed = _file()
    start, length = places[part].get(letter, (0, 0))
    return WordList(zlib.decompress(packed[start : start + length]).decode("ascii") if length else "")


def is_common(word: str) -> bool:
    """Whether a folded word is one of the 45,000 common ones."""
    return len(word) < LONGER and _is_common(word)


def is_known(word: str) -> bool:
    """Whether a folded word is one of all 130,000."""
    return len(word) < LONGER and (_is_common(word) or _is_other(word))


@lru_cache(maxsize=CACHED)
def _is_common(word: str) -> bool:
    return word in _words("common", word[:1])


@lru_cache(maxsize=CACHED)
def _is_other(word: str) -> bool:
    return word in _words("others", word[:1])
