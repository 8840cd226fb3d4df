"""How a page writes its words: small, or with a capital where no sentence begins."""

from __future__ import annotations

import re
from collections import Counter

CONTEXT = 15  # characters

_CAPITAL = re.compile(r"[A-Z](?<=[a-z,;] [A-Z])[a-z]+")
_SMALL = re.compile(r"\b[a-z]{3,}\b")


def case_counts(text: str) -> dict[str, tuple[int, int]]:
    """For each word with a capital in mid-sentence: how often it stands in small letters, how often with that capital.

    Capitals in the same surroundings count once, since whole passages may be repeated.
    """
    places = {
        text[max(0, match.start() - CONTEXT) : match.end()]: match.group().lower() for match in _CAPITAL.finditer(text)
    }
    capital = Counter(places.values())
    small = Counter(word for word in _SMALL.findall(text) if word in capital)
    return {word: (small[word], count) for word, count in capital.items()}
