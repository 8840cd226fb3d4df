"""From a folded text to mentions: which forms stand there, which guards hold, which of overlapping hits is meant."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from checker.scanning import anchors
from checker.spotting.index import FormIndex, Row, Surfaces
from checker.spotting.mentions import HIDDEN, KEPT, SOURCED, Candidate, Mention, Readings
from checker.spotting.pinyin import names_a_chinese_place
from glossary import Glossary
from glossary.concept import Concept, Rendering
from glossary.folding import FoldedText, fold
from glossary.lazy_pattern import lazy
from glossary.templates import Expansion, TextWords

if TYPE_CHECKING:
    from checker.spotting.chinese import ChineseSpotter

SUBJECT_CONCEPTS = 3
SUBJECT_CONCEPTS_SHORT = 1
SHORT_PAGE_WORDS = 200
HEALTH_CONCEPTS = 1  # of those named, concepts of no official phrase, spelt out: an API is another thing elsewhere
LITERAL_WEIGHT = 2
LITERAL_SHARE = 0.008  # of the words
CERTAIN = 2  # times that weight: what so much of a text says stands for a concept of health too
_APART = frozenset(char for char in map(chr, range(128)) if not char.isalnum())
SHORT = 4  # letters of a guard that begins no longer word
GUARD_REACH = 1000  # characters on each side, for sentences that never end
ANY_SUBJECT = frozenset({"governance", "phrases", "documents"})  # fields whose terms stand on pages about anything
_HAN = lazy("[\u3400-\u9fff]{2}")


class Hit(NamedTuple):
    """A form found in the folded text, edges and case tested, guards not yet."""

    start: int
    end: int
    candidates: Readings


def no_source(_: int) -> frozenset[str]:
    """What the Chinese names beside a page that has none."""
    return frozenset()


class Surroundings(NamedTuple):
    """What the guards may look at.

    The sentence round a place, the page's text, the concepts in the Chinese beside it.
    """

    sentence: Callable[[int], tuple[int, int]]
    folded: str
    source: Callable[[int], frozenset[str]] = no_source


class Spotter:
    """Finds mentions with one glossary. The index is built once; each text gets a small automaton of its own."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.index = FormIndex(glossary.tables)
        self.readings = lru_cache(maxsize=1 << 13)(partial(_readings, glossary))
        """The readings of a form that comes from some rows, and whether any of them needs its capitals."""

    @cached_property
    def chinese(self) -> ChineseSpotter:
        """Finds the same glossary's terms in Chinese text."""
        from checker.spotting.chinese import ChineseSpotter

        return ChineseSpotter(self.glossary)

    def finder(self, words: TextWords) -> Finder:
        """Finds the hits in texts whose words and neighbours are among ``words``."""
        return Finder(self.readings, self.index.surfaces(words))

    def is_about_health_reform(self, hits: list[Hit], words: TextWords, length: int) -> bool:
        """Whether a text of ``length`` words names enough of the glossary's concepts and betrays that it is about China.

        What betrays it: a place or body, Chinese text, or many forms that hardly anything but a translation has. Of
        the concepts one has to be of health, unless there are so many of those forms that nothing else is meant.
        """
        wanted = SUBJECT_CONCEPTS if length >= SHORT_PAGE_WORDS else SUBJECT_CONCEPTS_SHORT
        literal, enough = _literal_weight(hits), max(LITERAL_WEIGHT, length * LITERAL_SHARE)
        if not _names_concepts(hits, wanted, 0 if literal >= CERTAIN * enough else HEALTH_CONCEPTS):
            return False
        return (
            literal >= enough
            or self.index.names_a_place(words)
            or names_a_chinese_place(words.followers)
            or any(_HAN.match(word) for word in words.words)
        )

    def mentions(self, hits: list[Hit], folded: FoldedText, around: Surroundings, subject: bool) -> list[Mention]:
        """The mentions among ``hits``: guards first, then what approved forms contain, then the longest."""
        approved = [hit for hit in hits if hit.candidates.shields]
        starts = [hit.start for hit in approved]
        reach = list(itertools.accumulate([hit.end for hit in approved], max))
        guards = _Guards(approved, around, subject)
        guarded = []
        for hit in hits:
            start, end, candidates = hit
            shields = candidates.shields
            if shields is not candidates:
                if not shields:
                    number = bisect.bisect_right(starts, start) - 1
                    if number >= 0 and reach[number] >= end:
                        continue  # an approved hit contains it
                    shields = guards.judged(hit)
                    if not shields:
                        continue
                hit = _with(hit, shields)
            guarded.append(hit)
        chosen = list(_without_overlaps(guarded))
        places = folded.starts([offset for start, end, _ in chosen for offset in (start, end - 1)])
        mentions = []
        for (at, _, candidates), start, last in zip(chosen, places[::2], places[1::2], strict=True):
            meant = candidates.named
            if len(meant) > 1:  # the Chinese tells which is meant
                source = around.source(at)
                meant = tuple(c for c in meant if c.concept.id in source) or meant
            if meant:
                mentions.append(Mention(start, last + 1, meant))
        return mentions


class Finder:
    """Finds those forms of a glossary that can stand in some texts: made for one page, or for several together."""

    def __init__(
        self, readings: Callable[[tuple[tuple[Row, Expansion | None], ...]], tuple[Readings, bool]], surfaces: Surfaces
    ) -> None:
        self._readings = readings
        self._surfaces = surfaces
        self._forms = list(surfaces)
        self._automaton = (
            AhoCorasick(self._forms, implementation=Implementation.ContiguousNFA, store_patterns=False)
            if surfaces
            else None
        )
        self._made: dict[int, tuple[Readings, bool]] = {}

    def hits(self, folded: FoldedText, text: str) -> list[Hit]:
        """All overlapping hits in one text whose edges and case are right, in order of place."""
        if self._automaton is None:
            return []
        found = folded.text  # ends with a line feed, which thus stands before its beginning too
        absent: dict[int, bool] = {}  # forms that the text never has with the capitals they need
        hits = []
        for index, start, end in self._automaton.find_matches_as_indexes(found, overlapping=True):
            if (found[start - 1] not in _APART or found[end] not in _APART) and not _edges_hold(found, start, end):
                continue
            candidates, exact = self._made.get(index) or self._make(index)
            if exact:
                if absent.get(index):
                    continue
                quote = text[folded.start(start) : folded.end(end)]
                candidates = candidates.told(
                    tuple([not _needs_case(c.concept, c.status) or _case_holds(c, quote) for c in candidates])
                )
                if not candidates and index not in absent:
                    absent[index] = self._has_no_capitals(index, text)
            if candidates:
                hits.append(Hit(start, end, candidates))
        hits.sort()  # no two have the same place
        return hits

    def _make(self, index: int) -> tuple[Readings, bool]:
        """The readings of a form, and whether any of them needs its capitals."""
        made = self._made[index] = self._readings(tuple(self._surfaces[self._forms[index]]))
        return made

    def _has_no_capitals(self, index: int, text: str) -> bool:
        """Whether a form of one word stands nowhere in a text as it has to be written, so that no hit of it counts."""
        written = (form for c in self._made[index][0] for form in _written(c.concept, c.status))
        return self._forms[index].isalnum() and not any(form in text for form in written)


def _readings(glossary: Glossary, rows: tuple[tuple[Row, Expansion | None], ...]) -> tuple[Readings, bool]:
    made = Readings([_candidate(glossary.concept_at(row.concept), row, expansion) for row, expansion in rows])
    return made, any(_needs_case(c.concept, c.status) for c in made)


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


def _names_concepts(hits: list[Hit], wanted: int, of_health: int) -> bool:
    """Whether approved and `anywhere` forms name so many enforced concepts, longest hits first."""
    named: set[Concept] = set()
    health = 0
    for _, _, candidates in _without_overlaps(
        _with(hit, hit.candidates.telling) for hit in hits if hit.candidates.telling
    ):
        for candidate in candidates:
            concept = candidate.concept
            if candidate.status not in ("ignore", "short") and concept.enforced and concept not in named:
                named.add(concept)
                health += concept.field not in ANY_SUBJECT and candidate.status != "abbreviation"
        if len(named) >= wanted and health >= of_health:
            return True
    return False


def _literal_weight(hits: list[Hit]) -> int:
    """How much of a text only a translation from Chinese would say: 2 for what no English has, 1 for what little has.

    One odd phrase stands in any text: 0 unless there are several that name several concepts.
    """
    weights: dict[Concept, int] = {}
    reach = phrases = 0
    for start, end, candidates in hits:
        if candidates.literal:
            phrases += start >= reach
            reach = max(reach, end)
            for concept, weight in candidates.literal:
                weights[concept] = max(weight, weights.get(concept, 0))
    return sum(weights.values()) if min(phrases, len(weights)) > 1 else 0


def _edges_hold(folded: str, start: int, end: int) -> bool:
    return not (
        (start and _is_latin(folded[start]) and _is_latin(folded[start - 1]))
        or (end < len(folded) and _is_latin(folded[end - 1]) and _is_latin(folded[end]))
    )


def _is_latin(char: str) -> bool:
    return char.isalnum() and not "\u3040" <= char <= "\u9fff"


def _needs_case(concept: Concept, status: str) -> bool:
    return status == "abbreviation" or concept.case == "exact"


def _case_holds(candidate: Candidate, quote: str) -> bool:
    if candidate.status in ("wrong", "deprecated", "pattern"):
        return True
    return " ".join(quote.replace("-", " ").split()).startswith(_written(candidate.concept, candidate.status))


@lru_cache(maxsize=1 << 12)
def _written(concept: Concept, status: str) -> tuple[str, ...]:
    """The forms of a concept that count only with the capitals they are stored with."""
    forms = (
        concept.abbreviations if status == "abbreviation" else (concept.preferred, *concept.admitted, *concept.short)
    )
    return tuple(" ".join(form.replace("-", " ").split()) for form in forms)


class _Guards:
    """Tells which readings of a page's hits count."""

    def __init__(self, approved: list[Hit], around: Surroundings, subject: bool) -> None:
        self._approved = approved
        self._around = around
        self._subject = subject

    def judged(self, hit: Hit) -> Readings:
        """Those of the readings of a hit, none of them approved, whose guards hold, with ``reported`` set."""
        candidates = hit.candidates
        if self._around.source is no_source and not candidates.guarded:
            made = candidates.unguarded.get(self._subject)
            if made is None:
                made = candidates.unguarded[self._subject] = self._judged(hit)
            return made
        return self._judged(hit)

    def _judged(self, hit: Hit) -> Readings:
        candidates = hit.candidates
        verdicts = [self._verdict(candidate, hit) for candidate in candidates]
        if candidates.listed:  # what keeps a listed form silent holds for a pattern of its entry that makes it too
            silent = {concept for concept, form in candidates.listed if not self._surroundings_hold(form, hit)}
            for number, candidate in enumerate(candidates) if silent else ():
                if candidate.status == "pattern" and candidate.concept.id in silent:
                    verdicts[number] = 0
        return candidates.told(tuple(verdicts))

    def _verdict(self, candidate: Candidate, hit: Hit) -> int:
        """How one reading counts; false where its guards do not hold."""
        rendering, around = candidate.rendering, self._around
        if rendering is None or not candidate.concept.enforced:
            return 0
        sourced = candidate.concept.id in around.source(hit.start)
        triggers = rendering.trigger
        if "source" in triggers and not sourced:
            return 0
        if "page" in triggers and not (self._subject or sourced):
            return 0
        if (rendering.unless or "near" in triggers) and not self._surroundings_hold(rendering, hit):
            return 0
        counts = KEPT | SOURCED if sourced else KEPT
        if candidate.status != "pattern":
            return counts
        strong = candidate.marked >= 1 and (self._subject or sourced or candidate.marked >= 2)
        return counts if strong else counts | HIDDEN

    def _surroundings_hold(self, rendering: Rendering, hit: Hit) -> bool:
        """Whether the sentence of a hit has none of what a rendering is not beside, and something it has to be near."""
        folded, reach = self._around.folded, max(hit.start - GUARD_REACH, 0)
        line = folded[folded.rfind("\n", reach, hit.start) + 1 or reach : hit.end + GUARD_REACH].partition("\n")[0]
        # What its line has not, its sentence has not.
        unless = [phrase for phrase in _folded(rendering.unless) if phrase in line]
        wanted = "near" in rendering.trigger
        near = (
            [phrase for phrase in _folded(rendering.near) if phrase.startswith("@") or phrase in line] if wanted else []
        )
        if not unless and not near:
            return not wanted
        start, end = self._around.sentence(hit.start)
        start, end = max(start, hit.start - GUARD_REACH), min(end, hit.end + GUARD_REACH)
        sentence = folded[start:end]
        if any(_stands_in(sentence, phrase) for phrase in unless):
            return False
        return not wanted or any(self._is_near(phrase, sentence, (start, end)) for phrase in near)

    def _is_near(self, phrase: str, sentence: str, span: tuple[int, int]) -> bool:
        if phrase.startswith("@"):
            places = self._named.get(phrase[1:], [])
            number = bisect.bisect_left(places, span[0])
            return number < len(places) and places[number] < span[1]
        return _stands_in(sentence, phrase)

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        """Where good English for each concept begins."""
        named: dict[str, list[int]] = defaultdict(list)
        for hit in self._approved:
            for concept in hit.candidates.approved:
                named[concept].append(hit.start)
        return named


@lru_cache(maxsize=1 << 13)
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Some phrases folded, but for the names of concepts."""
    return tuple([phrase if phrase.startswith("@") else fold(phrase) for phrase in phrases])


def _stands_in(sentence: str, phrase: str) -> bool:
    """Whether a sentence has a phrase, be it the beginning of a longer word; a short word must be one or its plural."""
    whole = len(phrase) <= SHORT and phrase.isalpha()
    return any(
        (place == 0 or not sentence[place - 1].isalnum() or not phrase[0].isalnum())
        and not (whole and _goes_on(sentence, place + len(phrase)))
        for place in anchors(sentence, phrase)
    )


def _goes_on(sentence: str, end: int) -> bool:
    """Whether a word that has its letters until ``end`` is another one than it or its plural: care for car, not cars."""
    behind = sentence[end : end + 2]
    return behind[:1].isalpha() and (behind[0] != "s" or behind[1:].isalpha())


def _without_overlaps(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits accepted by length, then rank, then position; each with its best-ranked candidates, by place.

    ``hits`` are in order of place. Derived forms that are not reported come last, so that none hides a fault inside it.
    """
    reach = 0
    group: list[Hit] = []  # each of which overlaps those before it
    for hit in hits:
        start, end, _ = hit
        if start >= reach:
            if len(group) > 1:
                yield from _settled(group, reach)
            elif group:
                yield _with(group[0], group[0].candidates.best)
            group, reach = [hit], end
        else:
            group.append(hit)
            if end > reach:
                reach = end
    yield from _settled(group, reach)


def _settled(hits: list[Hit], reach: int) -> list[Hit]:
    """The hits accepted of some each of which overlaps those before it; the last one ends at ``reach``."""
    if len(hits) < 2:
        return [_with(hit, hit.candidates.best) for hit in hits]
    origin = hits[0].start
    for hit in hits:
        if hit.end == reach and hit.start == origin and not hit.candidates.weight[0]:
            return [_with(hit, hit.candidates.best)]  # none is longer
    taken: list[Hit] = []
    covered = bytearray(reach - origin)
    for hit in sorted(hits, key=_order):
        start, end, candidates = hit
        if covered.find(1, start - origin, end - origin) < 0:
            covered[start - origin : end - origin] = b"\1" * (end - start)
            taken.append(_with(hit, candidates.best))
    return sorted(taken)


def _with(hit: Hit, candidates: Readings) -> Hit:
    """A hit with these of its readings."""
    return hit if candidates is hit.candidates else Hit(hit.start, hit.end, candidates)


def _order(hit: Hit) -> tuple[bool, int, int, int]:
    hidden, rank = hit.candidates.weight
    return hidden, hit.start - hit.end, rank, hit.start
