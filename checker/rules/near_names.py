"""What in the English of a segment may stand for a term that has no known name there."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from checker.finding import Place
from checker.known_words import is_known
from checker.page import Page
from checker.parallel import Segment, within
from checker.phrases.counts import Units
from checker.phrases.english import noun_phrases, singular
from checker.phrases.forms import content, expanded
from glossary.concept import Concept
from glossary.folding import fold
from glossary.forms import head_index

LIKE = 0.4  # share of the words of both, from which a phrase with the same head is near a name
ALIKE = 0.6  # the same where the heads differ


class _Name(NamedTuple):
    """The words of a good name that say something, the head in the singular."""

    words: frozenset[str]
    head: str


def phrases_of(page: Page, segment: Segment) -> list[tuple[Units, Place]]:
    """The noun phrases of a segment, with their words, but those with names in them or that the glossary knows."""
    span = segment.link.start, segment.link.end
    known = [(mention.start, mention.end) for mention in within(page.mentions, *span)]
    found = [(content(sighting.units), place) for sighting, place in noun_phrases(page.text, [span], known)]
    return [(words, place) for words, place in found if words and all(map(is_known, words))]


def near_name(phrases: list[tuple[Units, Place]], concept: Concept) -> Place | None:
    """The phrase that is most like a name of a concept, by its words and its head; None where none is like one."""
    best: tuple[float, int] = (0.0, 0)
    found: Place | None = None
    for words, place in phrases:
        for name in _names((concept.preferred, *concept.admitted, *concept.short)):
            shared = len(name.words.intersection(words))
            if not shared or shared == len(set(words)):
                continue
            likeness = 2 * shared / (len(set(words)) + len(name.words))
            same_head = words[-1] == name.head
            if (same_head and len(words) > 1 and likeness >= LIKE) or (shared > 1 and likeness >= ALIKE):
                score = (likeness + 0.2 * same_head, place[0] - place[1])
                if score > best:
                    best, found = score, place
    return found


@lru_cache(maxsize=1 << 12)
def _names(forms: tuple[str, ...]) -> list[_Name]:
    made = []
    for text in expanded(forms):
        words = fold(text).split(" ")
        made.append(_Name(frozenset(content(words)), singular(words[head_index(words)])))
    return made
