"""How a page writes its words: small, or with a capital where no sentence begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from glossary.lazy_pattern import lazy

CONTEXT = 15  # characters

_ANY_CAPITAL = lazy(r"[A-Z][a-z]+")
_INSIDE = lazy(r"[A-Z](?<=[a-z,;] [A-Z])[a-z]+")


def case_counts(text: str, every: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """For each word with a capital in mid-sentence: how often it stands in small letters, how often with that capital.

    ``every`` tells how often each folded word stands in the text at all. Capitals in the same surroundings count once, since whole passages may
    be repeated.
    """
    places = {
        text[max(0, match.start() - CONTEXT) : match.end()]: match.group().lower() for match in _INSIDE.finditer(text)
    }
    inside = Counter(places.values())
    capital = Counter(map(str.lower, _ANY_CAPITAL.findall(text)))
    return {word: (every.get(word, 0) - capital[word], count) for word, count in inside.items()}
