"""From a folded text to mentions: which forms stand there, which guards hold, which of overlapping hits is meant."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from checker.spotting.mentions import Candidate, Mention
from glossary import Glossary
from glossary.concept import APPROVED, Concept
from glossary.folding import FoldedText, fold
from glossary.templates import WORD, Choice, Expansion, Pattern, TextWords

Row = tuple[int, str, int, str, str]

SUBJECT_CONCEPTS = 3
SUBJECT_CONCEPTS_SHORT = 1
SHORT_PAGE_WORDS = 200
LONGEST_FORM = 200  # characters
ANY_SUBJECT = frozenset({"governance", "phrases", "documents"})  # fields whose terms stand on pages about anything
_HAN = re.compile("[\u3400-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found in the folded text, edges and case tested, guards not yet."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the guards may look at: the sentence round a place, the page's subject, the Chinese beside it."""

    sentence: Callable[[int], tuple[int, int]]
    folded: str
    source: frozenset[str] = frozenset()


class Spotter:
    """Finds mentions with one glossary. The index is built once; each text gets a small automaton of its own."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        tables = glossary.tables
        self._forms: dict[str, list[Row]] = tables["forms"]
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._by_pair: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for surface in self._forms:
            words = _words(surface)
            if len(words) == 1:
                self._by_word[words[0]].append(surface)
            elif words:
                self._by_pair[words[0], words[1]].append((surface, words))
        self._classes = _Classes(tables["classes"])
        # Approved and exempt templates first: what they stand for is never derived.
        ordered = sorted(tables["patterns"], key=lambda row: row[1] not in APPROVED and row[1] != "ignore")
        self._patterns = [_LazyPattern(row) for row in ordered]
        self._places = _place_words(tables)

    # -- which strings can stand in this text ------------------------------------------------------------------

    def surfaces(self, text: TextWords) -> dict[str, list[tuple[Row, Expansion | None]]]:
        """Every form whose words stand side by side in a text, with the rows it comes from."""
        found: dict[str, list[tuple[Row, Expansion | None]]] = {}
        for word in text.words & self._by_word.keys():
            for surface in self._by_word[word]:
                found[surface] = [(row, None) for row in self._forms[surface]]
        for pair in text.pairs & self._by_pair.keys():
            for surface, words in self._by_pair[pair]:
                if text.holds(words):
                    found[surface] = [(row, None) for row in self._forms[surface]]
        present = _Present(self._classes, text)
        approved: set[str] = set()  # by templates; those listed are in self._forms
        for lazy in self._patterns:
            number, status, entry = lazy.row[:3]
            for expansion in lazy.expand(text, present):
                if status in APPROVED or status == "ignore":
                    approved.add(expansion.surface)
                elif (
                    " " not in expansion.surface
                    or expansion.surface in approved
                    or self._is_approved(expansion.surface)
                ):
                    continue
                rows = found.setdefault(expansion.surface, [])
                if all(old[0][:2] != (number, status) for old in rows):
                    rows.append(((number, status, entry, expansion.inflection, expansion.base), expansion))
        return found

    def _is_approved(self, surface: str) -> bool:
        return any(row[1] in APPROVED or row[1] == "ignore" for row in self._forms.get(surface, ()))

    # -- where they stand --------------------------------------------------------------------------------------

    def hits(self, folded: FoldedText, words: TextWords, text: str) -> list[Hit]:
        """All overlapping hits whose edges and case are right, in order of place."""
        surfaces = self.surfaces(words)
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

    def names_a_place(self, words: TextWords) -> bool:
        """Whether a Chinese place or body, or Chinese text, stands among ``words``."""
        return any(
            words.holds(name) for word in words.words & self._places.keys() for name in self._places[word]
        ) or any(_HAN.match(word) for word in words.words)

    def subject_concepts(self, hits: list[Hit]) -> int:
        """How many different enforced concepts the approved and `anywhere` forms name, longest hits first."""
        counted = [
            replace(hit, candidates=kept)
            for hit in hits
            if (kept := tuple(c for c in hit.candidates if c.approved or _anywhere(c) or c.status == "ignore"))
        ]
        chosen = _without_overlaps(counted)
        return len(
            {c.concept.id for hit in chosen for c in hit.candidates if c.concept.enforced and c.status != "ignore"}
        )

    # -- which of them are meant -------------------------------------------------------------------------------

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
            candidates = tuple(c for c in hit.candidates if c.status != "ignore")
            if candidates:
                mentions.append(Mention(folded.start(hit.start), folded.end(hit.end), candidates))
        return mentions


class _Classes:
    """The members of the morpheme classes with their words, split when a class is first asked for."""

    def __init__(self, rows: dict[str, list[list[Any]]]) -> None:
        self._rows = rows
        self._split: dict[str, list[tuple[tuple[str, ...], list[Any]]]] = {}

    def __getitem__(self, key: str) -> list[tuple[tuple[str, ...], list[Any]]]:
        made = self._split.get(key)
        if made is None:
            made = self._split[key] = [(_words(row[0]), row) for row in self._rows[key]]
        return made


class _Present(dict[tuple[str, bool], list[Choice]]):
    """The members of a class that stand in a text, found when first asked for."""

    def __init__(self, classes: _Classes, text: TextWords) -> None:
        super().__init__()
        self._classes = classes
        self._text = text

    def __missing__(self, key: tuple[str, bool]) -> list[Choice]:
        name, head = key
        found = [
            Choice(row[0], words, row[1], row[2], row[3])
            for words, row in self._classes[name]
            if (head or not row[4]) and words and self._text.holds(words)
        ]
        self[key] = found
        return found


class _LazyPattern:
    """A pattern that is put together when its classes first stand in a text."""

    def __init__(self, row: list[Any]) -> None:
        self.row = row
        shape = Pattern(row[3], tuple(slot if isinstance(slot, str) else [] for slot in row[4]))
        self._keys = [
            (slot, shape.takes_plural(number)) for number, slot in enumerate(shape.slots) if isinstance(slot, str)
        ]
        self._pattern: Pattern | None = None

    def expand(self, text: TextWords, present: _Present) -> Iterable[Expansion]:
        """The expansions that stand in ``text``."""
        if not all(present[key] for key in self._keys):
            return ()
        if self._pattern is None:
            slots = tuple(
                slot if isinstance(slot, str) else [Choice(s, _words(s), b, False, i) for s, b, i in slot]
                for slot in self.row[4]
            )
            self._pattern = Pattern(self.row[3], slots)
        return self._pattern.expand(text, present)


def _words(surface: str) -> tuple[str, ...]:
    plain = surface.replace(" ", "")
    return tuple(surface.split(" ") if plain.isascii() and plain.isalnum() else WORD.findall(surface))


def _place_words(tables: dict[str, Any]) -> dict[str, list[tuple[str, ...]]]:
    rows = [*tables["places"], *tables["institutions"]]
    names = {tuple(WORD.findall(fold(row["en"]))) for row in rows if row.get("en")} | {("china",), ("chinese",)}
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(names):
        by_first[name[0]].append(name)
    return by_first


def _candidate(concept: Concept, row: Row, expansion: Expansion | None) -> Candidate:
    _, status, entry, inflection, base = row
    rendering = None
    if status in ("wrong", "deprecated"):
        rendering = getattr(concept, status)[entry]
    elif status == "pattern":
        rendering = concept.patterns[entry]
    bases, marked = (expansion.bases, expansion.marked) if expansion else ((), 0)
    return Candidate(concept, status, base, inflection, rendering, bases, marked)


def _tells(concept: Concept) -> bool:
    """Whether naming a concept says that a page is about health reform: official phrases stand on any Chinese page."""
    return concept.enforced and concept.field not in ANY_SUBJECT


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
    sourced = not around.source.isdisjoint(candidate.concept.chinese)
    triggers = rendering.trigger
    if "source" in triggers and not sourced:
        return None
    if "page" in triggers and not (subject or sourced):
        return None
    if "near" in triggers or rendering.unless:
        start, end = around.sentence(hit.start)
        sentence = around.folded[start:end]
        if rendering.unless and any(_stands_in(sentence, phrase) for phrase in rendering.unless):
            return None
        if "near" in triggers and not any(_is_near(phrase, sentence, (start, end), named) for phrase in rendering.near):
            return None
    if candidate.status != "pattern":
        return candidate
    strong = candidate.marked >= 1 and (subject or sourced or candidate.marked >= 2)
    return replace(candidate, reported=strong)


def _is_near(phrase: str, sentence: str, span: tuple[int, int], named: dict[str, list[int]]) -> bool:
    if phrase.startswith("@"):
        return any(span[0] <= place < span[1] for place in named.get(phrase[1:], ()))
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
    for other in reversed(hits[: bisect.bisect_right(hits, hit.start, key=lambda item: item.start)]):
        if other.start < hit.start - LONGEST_FORM:
            return
        yield other


def _without_overlaps(hits: list[Hit]) -> list[Hit]:
    """The hits accepted by length, then rank, then position; each with its best-ranked candidates, by place."""
    order = sorted(hits, key=lambda h: (h.start - h.end, min(c.rank for c in h.candidates), h.start))
    taken: dict[int, Hit] = {}
    covered: set[int] = set()
    for hit in order:
        if any(place in covered for place in range(hit.start, hit.end)):
            continue
        best = min(c.rank for c in hit.candidates)
        taken[hit.start] = Hit(hit.start, hit.end, tuple(c for c in hit.candidates if c.rank == best))
        covered.update(range(hit.start, hit.end))
    return [taken[start] for start in sorted(taken)]
