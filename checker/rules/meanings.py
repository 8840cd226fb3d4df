"""What the mentions of a page say: worked out once for all that have the same readings, since pages share most names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from checker.page import Page, once_a_page
from checker.rules.names import family_of, is_no_name
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import Concept

PHRASES = "phrases"  # the subject field of set phrases, whose literal renderings are calques


class Meaning(NamedTuple):
    """What readings say wherever they stand.

    ``only`` is the reading where there is just one, ``chinese`` all Chinese of its concept in a row, ``named`` the
    concept and its `family_of` names (None where it is no name of it), ``counted`` the concept's id and the
    name under which a report counts it (None where it does not) and ``standing`` what as.

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
        (only.concept, family_of(only)) if only and only.status != "short" and not is_no_name(only) else None,
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
    if not concept.enforced or candidate.status == "short" or is_no_name(candidate):
        return None
    return concept.id, concept.preferred if candidate.status == "abbreviation" else concept.stored(candidate.base)


def _standing(candidate: Candidate) -> Literal["preferred", "admitted", "wrong", "unreported"]:
    if candidate.approved:
        return "preferred" if candidate.status in ("preferred", "abbreviation", "short") else "admitted"
    return "wrong" if candidate.reported else "unreported"
