"""Which unknown English phrase looks like another rendering of a known concept: the morphemes and the head say so."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from checker.phrases.counts import Units
from checker.phrases.english import singular
from checker.phrases.forms import content, expanded
from glossary import Concept, Glossary
from glossary.folding import fold
from glossary.forms import head_index
from glossary.templates import class_keys

ENOUGH = 0.72
"""Score from which a phrase is taken for another rendering."""
TELLING = 3.0
"""Weight that a word or class beside the head must have: one in about fifty concepts has it, or fewer."""
COVERED = 0.75  # share of the known rendering, by weight, that the phrase must say
LONGEST_MEMBER = 4  # words


class Agreement(NamedTuple):
    """Words of a phrase that say what words of a known rendering say, both being members of one morpheme class."""

    words: str
    known: str
    morpheme: str


class Likeness(NamedTuple):
    """A phrase as a rendering of ``concept``: how sure (0 to 1), what agrees in other words and in the same ones.

    ``form`` is the known rendering it is most like, ``head`` the head of the phrase, which is that of the form or says
    the same.
    """

    concept: Concept
    score: float
    form: str
    agreements: tuple[Agreement, ...]
    shared: tuple[str, ...]
    head: str


class _Form(NamedTuple):
    """A good form: its content words, which of them is the head, and the spans of its words by class, longest first."""

    text: str
    words: Units
    head: int
    spans: dict[str, list[tuple[int, int]]]


class Likenesses:
    """Compares phrases with the concepts of one glossary. Built once."""

    def __init__(self, glossary: Glossary) -> None:
        self._members: dict[Units, list[str]] = defaultdict(list)
        for key, morpheme in glossary.morphemes.items():
            if morpheme.is_head:
                continue
            for member in morpheme.members:
                words = content(member.split())
                if 0 < len(words) <= LONGEST_MEMBER:
                    self._members[words].append(key)
        self._zh = {key: morpheme.zh.split() for key, morpheme in glossary.morphemes.items()}
        self._forms: list[tuple[Concept, _Form]] = []
        for concept in glossary.concepts:
            if concept.pos not in ("noun", "phrase"):
                continue
            named = {key for pattern in concept.patterns for key in class_keys(pattern.en)}
            chinese = "\n".join(concept.chinese)  # no part of a class holds a line end
            meant = named | {key for key, parts in self._zh.items() if any(part in chinese for part in parts)}
            self._forms += [(concept, form) for form in self._of(concept, meant)]
        self._good = {form.words for _, form in self._forms}
        concepts_of: dict[str, set[str]] = defaultdict(set)
        self._by_class: dict[str, set[int]] = defaultdict(set)
        self._by_head: dict[str, set[int]] = defaultdict(set)  # by the head and by its classes
        for number, (concept, form) in enumerate(self._forms):
            for name in (*form.words, *form.spans):
                concepts_of[name].add(concept.id)
            self._by_head[form.words[form.head]].add(number)
            for key, spans in form.spans.items():
                self._by_class[key].add(number)
                if any(start <= form.head < end for start, end in spans):
                    self._by_head[key].add(number)
        self._concepts_of = {name: len(ids) for name, ids in concepts_of.items()}
        self._total = len(glossary.concepts) + 1

    def weight(self, name: str) -> float:
        """How much a word or class tells: the fewer concepts' good forms have it the more; one that none has, the most."""
        return math.log(self._total / (1 + self._concepts_of.get(name, 0)))

    @cached_property
    def heads(self) -> frozenset[str]:
        """The head nouns of all good forms, in the singular."""
        return frozenset(form.words[form.head] for _, form in self._forms)

    def is_field_word(self, word: str) -> bool:
        """Whether a good form of any concept has the word."""
        return word in self._concepts_of

    def best(self, units: Units) -> Likeness | None:
        """The concept that a phrase is most likely another rendering of; None below `ENOUGH`."""
        words = content(units)
        if "of" in units:  # the head stands first
            place = units.index("of")
            words = content(units[place + 1 :]) + content(units[:place])
        elif words in self._good:
            return None
        if len(words) < 2:
            return None
        there = self._spans(words)
        ends = {key for key, spans in there.items() if any(end == len(words) for _, end in spans)}
        same_head = self._by_head.get(words[-1], set()).union(*(self._by_head.get(key, set()) for key in ends))
        numbers = same_head.intersection(set().union(*(self._by_class.get(key, set()) for key in there)))
        found = [like for n in sorted(numbers) if (like := self._like(*self._forms[n], words, there))]
        best = max(found, key=lambda like: (like.score, -len(like.form)), default=None)
        return best if best is not None and best.score >= ENOUGH else None

    def _spans(self, words: Units) -> dict[str, list[tuple[int, int]]]:
        """The classes that words hold members of, with the spans (numbers of words) of these."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST_MEMBER, len(words)) + 1):
                for key in self._members.get(words[start:end], ()):
                    found[key].append((start, end))
        return found

    def _like(
        self, concept: Concept, form: _Form, words: Units, there: dict[str, list[tuple[int, int]]]
    ) -> Likeness | None:
        if set(words) <= set(form.words) or set(form.words) <= set(words):
            return None  # the same thing shorter, or something narrower: no other rendering
        ours, theirs = [word in form.words for word in words], [word in words for word in form.words]
        agreements = []
        said: set[str] = set()  # two classes of one morpheme say it once
        for key in filter(there.__contains__, form.spans):
            for (a, b), (start, end) in itertools.product(form.spans[key], there[key]):
                if said.isdisjoint(self._zh[key]) and not all(ours[start:end]) and not all(theirs[a:b]):
                    said.update(self._zh[key])
                    ours[start:end] = [True] * (end - start)
                    theirs[a:b] = [True] * (b - a)
                    agreements.append(Agreement(" ".join(words[start:end]), " ".join(form.words[a:b]), key))
        shared = tuple(word for word in words if word in form.words)
        if not agreements or len(agreements) + len(shared) < 2 or not ours[-1] or not theirs[form.head]:
            return None
        if not self._heads_agree(form, words, agreements) or not self._is_told(words, agreements, shared):
            return None
        of_phrase, of_form = self._share(words, ours), self._share(form.words, theirs)
        if of_form < COVERED:
            return None
        score = 2 / (1 / of_phrase + 1 / of_form)
        return Likeness(concept, score, form.text, tuple(agreements), shared, words[-1])

    def _heads_agree(self, form: _Form, words: Units, agreements: list[Agreement]) -> bool:
        head = form.words[form.head]
        return words[-1] == head or any(a.words.endswith(words[-1]) and head in a.known.split() for a in agreements)

    def _is_told(self, words: Units, agreements: list[Agreement], shared: tuple[str, ...]) -> bool:
        """Whether something that tells agrees beside the head."""
        head = words[-1]
        return any(self.weight(word) >= TELLING for word in shared if word != head) or any(
            self.weight(a.morpheme) >= TELLING for a in agreements if a.words != head
        )

    def _share(self, words: Units, good: list[bool]) -> float:
        """How much of the weight of words is accounted for."""
        weights = list(map(self.weight, words))
        return sum(w for w, known in zip(weights, good, strict=True) if known) / (sum(weights) or 1) or 0.01

    def _of(self, concept: Concept, meant: set[str]) -> Iterator[_Form]:
        for text in expanded([concept.preferred, *concept.admitted]):
            plain = fold(text).split(" ")
            words = content(plain)
            head = singular(plain[head_index(plain)])
            if len(words) > 1 and head in words:
                spans = {key: found for key, found in self._spans(words).items() if key in meant}
                spans = dict(sorted(spans.items(), key=_longest))
                yield _Form(text, words, words.index(head), spans)


def _longest(item: tuple[str, list[tuple[int, int]]]) -> int:
    return -max(end - start for start, end in item[1])
