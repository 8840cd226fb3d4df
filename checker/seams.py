"""Where words that run together part: at a function word, at the ending of an abstract noun, at a capital."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from checker.known_words import is_common, is_known
from checker.pinyin import is_pinyin
from glossary.lazy_pattern import lazy

SHORTEST, LONG, LONGEST = 6, 14, 40  # letters of the whole
SHORTEST_PART = 4

GENERICS = frozenset(
    "Province Provincial City Municipal County District Township Town Village Prefecture Autonomous Hospital University "
    "College Center Centre Bureau Commission Government Department Committee January February March April May June July "
    "August September October November December".split()
)
"""Words that follow a name or a date and are written with a capital."""

SMALL_WORDS = {f"{first}the": (first, "the") for first in ("of", "in", "on", "to", "by", "at", "as", "is")}
"""Two small words that run together, by the whole: too short to be told by their parts."""

_FIRST = tuple("the of and to in for from with by that this which without have also".split())
_LAST = tuple(
    "the of and to in for from with by is are an will that which who than without into was were has have been their yuan".split()
)
_CERTAIN = frozenset(("the", "of", "and", "for", "from", "with", "that", "this", "to"))
_AT_CAPITAL = frozenset((*_FIRST, "on", "at", "as", "is", "are", "or"))
_FIRST_SAFE = frozenset(("the", "of", "and", "from", "with", "for", "in", "that", "this"))
_OPENS = frozenset(
    "the this these that in on for with and through after when while to strengthen improve promote".split()
)
_SEAM = lazy(r"(?:ment|tion|sion|ity|ness|[ae]nce|ing|ism|ship|al|ive)$")
_ENDING = lazy(r"(?:s|tion|ment|ity|ing|ed|ly)$")
_SECOND_HALVES = frozenset("people person persons like wide wise".split())  # of words written as one: businesspeople
_SUFFIXES = ("s", "es", "d", "ed", "ing", "ly", "ness", "er", "ers", "ization")
_PREFIXES = tuple("un re non pre post multi inter intra tele anti sub super over under micro".split())


def parted(word: str) -> tuple[str, str] | None:
    """The two parts of a folded word that nobody knows, at its most likely seam; None when it has none."""
    if len(word) < SHORTEST:
        return SMALL_WORDS.get(word)
    return _parted(word) if len(word) <= LONGEST and word.isascii() and word.isalpha() else None


@lru_cache(maxsize=1 << 16)
def _parted(word: str) -> tuple[str, str] | None:
    splits = [split for split in _function_splits(word) if _holds(split)]
    if not splits and len(word) >= LONG:
        splits = [split for split in _content_splits(word) if all(map(is_known, split)) and any(map(is_common, split))]
    if not splits or is_known(word) or is_pinyin(word) or _is_variant(word):
        return None
    first, second = max(splits, key=lambda split: (split[0] in _CERTAIN, min(map(len, split))))
    return first, second


_OF_CODE = frozenset(("Warning", "Error", "Exception", "Handler", "Manager", "Factory"))  # "DeprecationWarning"


def parted_at_capital(first: str, second: str) -> bool:
    """Whether two parts of a token, the second with a capital, are two words or a word and a name."""
    if not second[1:].islower() or not (first.islower() or (first[0].isupper() and first[1:].islower())):
        return False
    small = second.lower()
    if first in _AT_CAPITAL:
        # "toString" and "isEmpty" are names of functions
        return len(second) >= SHORTEST_PART and (is_pinyin(small) or (first in _FIRST_SAFE and is_common(small)))
    if first[0].isupper() and second in GENERICS:
        return len(first) >= SHORTEST_PART
    if (
        second in _OF_CODE
        or len(first) < SHORTEST
        or not _ENDING.search(first)
        or not (first[0].isupper() or small in _OPENS)
    ):
        return False
    return (
        (len(second) >= SHORTEST or small in _OPENS)
        and is_known(first.lower())
        and (small in _OPENS or is_known(small))
    )


def _function_splits(word: str) -> Iterator[list[str]]:
    for function in _FIRST if word.startswith(_FIRST) else ():
        rest = word.removeprefix(function)
        # "intrust" and "inclosure" are old spellings
        if rest != word and not (function == "in" and (is_known(f"en{rest}") or is_known(f"un{rest}"))):
            yield [function, rest]
    for function in _LAST if word.endswith(_LAST) else ():
        if word.endswith(function):
            yield [word[: -len(function)], function]


def _content_splits(word: str) -> Iterator[list[str]]:
    for place in range(SHORTEST_PART + 1, len(word) - SHORTEST_PART):
        if _SEAM.search(word[:place]) and word[place:] not in _SECOND_HALVES:
            yield [word[:place], word[place:]]


def _holds(split: list[str]) -> bool:
    content = max(split, key=len)
    return len(content) >= SHORTEST_PART and is_common(content)


def _is_variant(word: str) -> bool:
    """Whether a known word stands behind prefix, ending or another spelling."""
    stems = [word.removesuffix(ending) for ending in _SUFFIXES]
    stems += [f"{stem}e" for stem in stems if stem != word]
    stems += [word.removeprefix(prefix) for prefix in _PREFIXES]
    return any(stem != word and len(stem) > 3 and is_known(stem) for stem in stems)
