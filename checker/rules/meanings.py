"""What the mentions of a page say: worked out once for all that have the same readings, since pages share most names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from checker.page import Page, once_a_page
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import Concept
from glossary.folding import fold

PHRASES = "phrases"  # the subject field of set phrases, whose literal renderings are calques
# Words that name a level or a kind and leave the name what it is.
_KINDS = frozenset(
    {
        "national",
        "provincial",
        "municipal",
        "city",
        "district",
        "county",
        "county level",
        "township",
        "local",
        "regional",
        "public",
        "general",
    }
)


class Meaning(NamedTuple):
    """What readings say wherever they stand.

    ``only`` is the reading where there is just one, ``chinese`` all Chinese of its concept in a row, ``named`` the
    concept and its `family_of` names (None where it names no more than a kind or a part), ``counted`` the concept's id and the
    name under which the figures of a page count it (None where they do not) and ``standing`` what as.

    ``reported`` are the readings that deserve a finding of their own; ``kind`` says of which rule ("wrong",
    "deprecated", "pattern", "calque" or, without them, ""), and ``group`` is the same for the places of one finding.
    """

    only: Candidate | None
    chinese: str
    named: tuple[Concept, str] | None
    counted: tuple[str, str] | None
    standing: Literal["preferred", "admitted", "wrong", "unreported", ""]
    reported: tuple[Candidate, ...]
    kind: str
    group: tuple[object, ...]


def meanings(page: Page) -> Iterator[tuple[Mention, Meaning]]:
    """The mentions of a page in order, each with what it says."""
    return zip(page.mentions, _meanings(page), strict=True)


@once_a_page
def _meanings(page: Page) -> list[Meaning]:
    return [meaning(mention.candidates) for mention in page.mentions]


@lru_cache(maxsize=1 << 13)
def meaning(candidates: tuple[Candidate, ...]) -> Meaning:
    """What the readings of a mention say."""
    only = candidates[0] if len(candidates) == 1 else None
    faulty = _reported(candidates)
    first = faulty[0] if faulty else None
    return Meaning(
        only,
        "".join(only.concept.chinese) if only else "",
        (only.concept, family_of(only)) if only and only.status != "short" and not only_names_a_kind(only) else None,
        _counted(only) if only else None,
        _standing(only) if only and only.concept.enforced else "",
        faulty,
        _kind(first) if first else "",
        (tuple(sorted(c.concept.id for c in faulty)), first.base) if first else (),
    )


def reported(mention: Mention) -> tuple[Candidate, ...]:
    """The readings of a mention that deserve a finding of their own; empty when any reading is approved."""
    return meaning(mention.candidates).reported


def _reported(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    if any(candidate.approved for candidate in candidates):
        return ()
    found = [candidate for candidate in candidates if candidate.reported]
    return tuple(c for c in found if not any(_is_part(c.concept, other.concept) for other in found))


def _is_part(concept: Concept, other: Concept) -> bool:
    return concept.zh != other.zh and concept.zh in other.zh


def _kind(candidate: Candidate) -> str:
    return "calque" if candidate.concept.field == PHRASES else candidate.status


def _counted(candidate: Candidate) -> tuple[str, str] | None:
    concept = candidate.concept
    if not concept.enforced or candidate.status == "short":
        return None
    return concept.id, concept.preferred if candidate.status == "abbreviation" else concept.stored(candidate.base)


def _standing(candidate: Candidate) -> Literal["preferred", "admitted", "wrong", "unreported"]:
    if candidate.approved:
        return "preferred" if candidate.status in ("preferred", "abbreviation", "short") else "admitted"
    return "wrong" if candidate.reported else "unreported"


def only_names_a_kind(candidate: Candidate) -> bool:
    """Whether a derived form in good English only names a kind of the concept: "tertiary public hospital"."""
    rendering = candidate.rendering
    return rendering is not None and candidate.marked == 0 and "{@" in rendering.en


def family_of(candidate: Candidate) -> str:
    """What remains of a name when the words that may come or go are taken out; abbreviations join the full name."""
    concept = candidate.concept
    return without_optional(concept, fold(concept.preferred) if candidate.status == "abbreviation" else candidate.base)


@lru_cache(maxsize=1 << 12)
def without_optional(concept: Concept, base: str) -> str:
    """A folded name without the words that may come or go; itself where nothing would be left."""
    for word in sorted({*map(fold, concept.optional), *_KINDS}, key=len, reverse=True):
        base = f" {base} ".replace(f" {word} ", " ").strip() or base
    return base
