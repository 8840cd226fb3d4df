"""How a page writes its words: small, or with a capital where no sentence begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from glossary.lazy_pattern import lazy

CONTEXT = 15  # characters

_ANY_CAPITAL = lazy(r"[A-Z][a-z]+")
_INSIDE = lazy(r"[A-Z](?<=[a-z,;] [A-Z])[a-z]+")


def case_counts(text: str, words: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each word with a capital in mid-sentence: how often it stands in small letters, how often with that capital.

    ``words`` are all words of the text, folded. Capitals in the same surroundings count once, since whole passages may
    be repeated.
    """
    places = {
        text[max(0, match.start() - CONTEXT) : match.end()]: match.group().lower() for match in _INSIDE.finditer(text)
    }
    inside = Counter(places.values())
    every = Counter(words)
    capital = Counter(map(str.lower, _ANY_CAPITAL.findall(text)))
    return {word: (every[word] - capital[word], count) for word, count in inside.items()}
