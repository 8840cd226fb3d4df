"""What the glossary says to write instead of a reading, as it is stored: with what the form stands for filled in."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from checker.spotting.mentions import Candidate
from glossary.folding import fold
from glossary.templates import advised_in, fill, parse


def advised(candidate: Candidate) -> str | None:
    """What its rendering says to write, parts and classes as they are stored; None where it says nothing."""
    rendering = candidate.rendering
    return rendering and rendering.write and stored_in(candidate, rendering.write)


@lru_cache(maxsize=1 << 12)
def stored_in(candidate: Candidate, write: str) -> str:
    """An advice, or a part of one, with what a reading's form stands for in it as that is stored."""
    if candidate.rendering is None or "{" not in write:
        return write
    return filled_in(candidate, candidate.rendering.en, write, lambda key, base, inflection: base)


def filled_in(candidate: Candidate, en: str, write: str, member: Callable[[str, str, str], str]) -> str:
    """``write`` with what a reading of the form ``en`` stands for in it.

    ``member`` gives what to say for a class, by its key and what of it was matched: the member and its inflection.
    """
    slots = parse(en)
    if not candidate.bases:  # a form that stands for few strings is kept as these, without its parts
        return fill(write, slots, advised_in(en, candidate.base))
    matched = zip(slots, candidate.bases, candidate.inflections, strict=True)
    said = [
        member(slot.values[0], base, inflection)
        if slot.kind == "class"
        else by_folded(slot.values, slot.advised).get(base, base)
        for slot, base, inflection in matched
    ]
    return fill(write, slots, said)


@lru_cache(maxsize=1 << 12)
def by_folded(values: tuple[str, ...], advised: tuple[str, ...]) -> dict[str, str]:
    """What to write for some strings, by folded form."""
    return {fold(value): instead for value, instead in zip(reversed(values), reversed(advised), strict=True)}
