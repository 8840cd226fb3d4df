"""The words of good names that tell one thing from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from checker.phrases.counts import Units
from checker.phrases.english import singular
from glossary.folding import fold
from glossary.templates import class_keys, is_template, literal_expansions

_EMPTY = frozenset("of the and in for a an to on at by with from".split())


def content(words: Iterable[str]) -> Units:
    """The words of a form that say something, hyphens parted, in the singular."""
    return _content(tuple(words))


@lru_cache(maxsize=1 << 16)
def _content(words: tuple[str, ...]) -> Units:
    return tuple(singular(word) for part in words for word in fold(part).split(" ") if word and word not in _EMPTY)


def expanded(forms: Iterable[str]) -> Iterator[str]:
    """Forms with their slots filled in; those with a class of words are left out."""
    for form in forms:
        if not is_template(form):
            yield form
        elif not class_keys(form):
            yield from literal_expansions(form)
