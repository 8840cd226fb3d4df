"""From a folded text to mentions: which forms stand there, which guards hold, which of overlapping hits is meant."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from checker.spotting.index import FormIndex, Row
from checker.spotting.mentions import Candidate, Mention
from glossary import Glossary
from glossary.concept import Concept
from glossary.folding import FoldedText, fold
from glossary.lazy_pattern import lazy
from glossary.templates import Expansion, TextWords

if TYPE_CHECKING:
    from checker.spotting.chinese import ChineseSpotter

SUBJECT_CONCEPTS = 3
SUBJECT_CONCEPTS_SHORT = 1
SHORT_PAGE_WORDS = 200
HEALTH_CONCEPTS = 2  # of those named, concepts of no official phrase
LITERAL_WEIGHT = 4
LITERAL_SHARE = 0.01  # of the words
LONGEST_FORM = 200  # characters
GUARD_REACH = 1000  # characters on each side, for sentences that never end
ANY_SUBJECT = frozenset({"governance", "phrases", "documents"})  # fields whose terms stand on pages about anything
_WEIGHED = ((), ("anywhere",), ("page",))  # triggers of the forms that say of themselves what they are
_HAN = lazy("[\u3400-\u9fff]{2}")


class Hit(NamedTuple):
    """A form found in the folded text, edges and case tested, guards not yet."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class Surroundings(NamedTuple):
    """What the guards may look at: the sentence round a place, the page's text, the concepts in the Chinese beside it."""

    sentence: Callable[[int], tuple[int, int]]
    folded: str
    source: Callable[[int], frozenset[str]] = lambda _: frozenset()


class Spotter:
    """Finds mentions with one glossary. The index is built once; each text gets a small automaton of its own."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.index = FormIndex(glossary.tables)

    @cached_property
    def chinese(self) -> ChineseSpotter:
        """Finds the same glossary's terms in Chinese text."""
        from checker.spotting.chinese import ChineseSpotter

        return ChineseSpotter(self.glossary)

    def hits(self, folded: FoldedText, words: TextWords, text: str) -> list[Hit]:
        """All overlapping hits whose edges and case are right, in order of place."""
        surfaces = self.index.surfaces(words)
        if not surfaces:
            return []
        forms = list(surfaces)
        automaton = AhoCorasick(forms, implementation=Implementation.ContiguousNFA, store_patterns=False)
        hits = []
        for index, start, end in automaton.find_matches_as_indexes(folded.text, overlapping=True):
            if not _edges_hold(folded.text, start, end):
                continue
            candidates = []
            for row, expansion in surfaces[forms[index]]:
                concept = self.glossary.concept_at(row[0])
                if _needs_case(concept, row[1]) and not _case_holds(
                    concept, row, text[folded.start(start) : folded.end(end)]
                ):
                    continue
                candidates.append(_candidate(concept, row, expansion))
            if candidates:
                hits.append(Hit(start, end, tuple(candidates)))
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return hits

    def is_about_health_reform(self, hits: list[Hit], words: TextWords, length: int) -> bool:
        """Whether a text of ``length`` words names enough of the glossary's concepts and betrays that it is about China.

        What betrays it: a place or body, Chinese text, or many forms that hardly anything but a translation has.
        """
        named = self._concepts_named(hits)
        wanted = SUBJECT_CONCEPTS if length >= SHORT_PAGE_WORDS else SUBJECT_CONCEPTS_SHORT
        health = sum(concept.field not in ANY_SUBJECT for concept in named)
        if len(named) < wanted or health < min(wanted, HEALTH_CONCEPTS):
            return False
        return (
            _literal_weight(hits) >= max(LITERAL_WEIGHT, length * LITERAL_SHARE)
            or self.index.names_a_place(words)
            or any(_HAN.match(word) for word in words.words)
        )

    def _concepts_named(self, hits: list[Hit]) -> set[Concept]:
        """The different enforced concepts that approved and `anywhere` forms name, longest hits first."""
        counted = [
            hit._replace(candidates=kept)
            for hit in hits
            if (kept := tuple(c for c in hit.candidates if c.approved or _anywhere(c) or c.status == "ignore"))
        ]
        chosen = _without_overlaps(counted)
        told = [c for hit in chosen for c in hit.candidates if c.status not in ("ignore", "short")]
        return {candidate.concept for candidate in told if candidate.concept.enforced}

    def mentions(self, hits: list[Hit], folded: FoldedText, around: Surroundings, subject: bool) -> list[Mention]:
        """The mentions among ``hits``: guards first, then what approved forms contain, then the longest."""
        approved = [hit for hit in hits if any(c.approved or c.status == "ignore" for c in hit.candidates)]
        named: dict[str, list[int]] = defaultdict(list)
        for hit in approved:
            for candidate in hit.candidates:
                if candidate.approved:
                    named[candidate.concept.id].append(hit.start)
        guarded = []
        for hit in hits:
            kept = tuple(
                judged
                for candidate in hit.candidates
                if (judged := _judge(candidate, hit, around, subject, named)) is not None
            )
            if kept:
                guarded.append(Hit(hit.start, hit.end, kept))
        chosen = _without_overlaps(_without_contained(guarded, approved))
        mentions = []
        for hit in chosen:
            by_concept: dict[str, Candidate] = {}  # a plural may come from several forms of one concept
            for candidate in hit.candidates:
                if candidate.status != "ignore":
                    by_concept.setdefault(candidate.concept.id, candidate)
            candidates = tuple(by_concept.values())
            if len(candidates) > 1:  # the Chinese tells which is meant
                source = around.source(hit.start)
                candidates = tuple(c for c in candidates if c.concept.id in source) or candidates
            if candidates:
                mentions.append(Mention(folded.start(hit.start), folded.end(hit.end), candidates))
        return mentions


def _candidate(concept: Concept, row: Row, expansion: Expansion | None) -> Candidate:
    _, status, entry, inflection, base = row
    rendering = None
    if status in ("wrong", "deprecated"):
        rendering = getattr(concept, status)[entry]
    elif status == "pattern":
        rendering = concept.patterns[entry]
    if expansion is None:
        return Candidate(concept, status, base, inflection, rendering)
    return Candidate(
        concept, status, base, inflection, rendering, expansion.bases, expansion.inflections, expansion.marked
    )


def _literal_weight(hits: list[Hit]) -> int:
    """How much of a text only a translation from Chinese would say: 2 for what no English has, 1 for what little has."""
    weights: dict[Concept, int] = {}
    for hit in hits:
        for candidate in hit.candidates:
            rendering = candidate.rendering
            if rendering is None or not candidate.concept.enforced or rendering.trigger not in _WEIGHED:
                continue
            sure = _anywhere(candidate) or candidate.marked > 1
            weight = 2 if sure else 1 if candidate.status == "wrong" or candidate.marked else 0
            weights[candidate.concept] = max(weight, weights.get(candidate.concept, 0))
    return sum(weights.values())


def _anywhere(candidate: Candidate) -> bool:
    return (
        candidate.status == "wrong" and candidate.rendering is not None and candidate.rendering.trigger == ("anywhere",)
    )


def _edges_hold(folded: str, start: int, end: int) -> bool:
    return not (
        (start and _is_latin(folded[start]) and _is_latin(folded[start - 1]))
        or (end < len(folded) and _is_latin(folded[end - 1]) and _is_latin(folded[end]))
    )


def _is_latin(char: str) -> bool:
    return char.isalnum() and not "\u3040" <= char <= "\u9fff"


def _needs_case(concept: Concept, status: str) -> bool:
    return status == "abbreviation" or concept.case == "exact"


def _case_holds(concept: Concept, row: Row, quote: str) -> bool:
    plain = " ".join(quote.replace("-", " ").split())
    stored: Iterable[str] = (
        concept.abbreviations if row[1] == "abbreviation" else (concept.preferred, *concept.admitted, *concept.short)
    )
    if row[1] in ("wrong", "deprecated", "pattern"):
        return True
    return any(plain.startswith(" ".join(form.replace("-", " ").split())) for form in stored)


def _judge(
    candidate: Candidate, hit: Hit, around: Surroundings, subject: bool, named: dict[str, list[int]]
) -> Candidate | None:
    """The candidate if its guards hold, with ``reported`` set; else None."""
    if candidate.approved or candidate.status == "ignore":
        return candidate
    rendering = candidate.rendering
    if rendering is None or not candidate.concept.enforced:
        return None
    sourced = candidate.concept.id in around.source(hit.start)
    triggers = rendering.trigger
    if "source" in triggers and not sourced:
        return None
    if "page" in triggers and not (subject or sourced):
        return None
    if "near" in triggers or rendering.unless:
        start, end = around.sentence(hit.start)
        start, end = max(start, hit.start - GUARD_REACH), min(end, hit.end + GUARD_REACH)
        sentence = around.folded[start:end]
        if rendering.unless and any(_stands_in(sentence, phrase) for phrase in rendering.unless):
            return None
        if "near" in triggers and not any(_is_near(phrase, sentence, (start, end), named) for phrase in rendering.near):
            return None
    if sourced:
        candidate = candidate._replace(sourced=True)
    if candidate.status != "pattern":
        return candidate
    strong = candidate.marked >= 1 and (subject or sourced or candidate.marked >= 2)
    return candidate._replace(reported=strong)


def _is_near(phrase: str, sentence: str, span: tuple[int, int], named: dict[str, list[int]]) -> bool:
    if phrase.startswith("@"):
        places = named.get(phrase[1:], [])
        number = bisect.bisect_left(places, span[0])
        return number < len(places) and places[number] < span[1]
    return _stands_in(sentence, phrase)


def _stands_in(sentence: str, phrase: str) -> bool:
    folded = fold(phrase)
    place = sentence.find(folded)
    while place >= 0:
        if place == 0 or not sentence[place - 1].isalnum() or not folded[0].isalnum():
            return True
        place = sentence.find(folded, place + 1)
    return False


def _without_contained(hits: list[Hit], approved: list[Hit]) -> list[Hit]:
    """Drop the wrong, deprecated and derived readings of hits that an approved or ignored hit contains."""
    kept = []
    for hit in hits:
        if any(a.start <= hit.start and hit.end <= a.end for a in _around(approved, hit)):
            candidates = tuple(c for c in hit.candidates if c.approved or c.status == "ignore")
            if not candidates:
                continue
            hit = Hit(hit.start, hit.end, candidates)
        kept.append(hit)
    return kept


def _around(hits: list[Hit], hit: Hit) -> Iterator[Hit]:
    for number in range(bisect.bisect_right(hits, hit.start, key=lambda item: item.start) - 1, -1, -1):
        other = hits[number]
        if other.start < hit.start - LONGEST_FORM:
            return
        yield other


def _without_overlaps(hits: list[Hit]) -> list[Hit]:
    """The hits accepted by length, then rank, then position; each with its best-ranked candidates, by place.

    Derived forms that are not reported come last, so that none hides a fault inside it.
    """
    order = sorted(
        hits,
        key=lambda h: (
            not any(c.reported for c in h.candidates),
            h.start - h.end,
            min(c.rank for c in h.candidates),
            h.start,
        ),
    )
    taken: dict[int, Hit] = {}
    covered: set[int] = set()
    for hit in order:
        if any(place in covered for place in range(hit.start, hit.end)):
            continue
        best = min(c.rank for c in hit.candidates)
        taken[hit.start] = Hit(hit.start, hit.end, tuple(c for c in hit.candidates if c.rank == best))
        covered.update(range(hit.start, hit.end))
    return [taken[start] for start in sorted(taken)]
