"""Chinese terms of the glossary in a Chinese text, in either script: by dictionary, longest first."""

from __future__ import annotations

from collections import defaultdict

from ahocorasick_rs import AhoCorasick

from checker.bitext import SourceTerm
from checker.spotting.words import WordEdges
from glossary import Glossary
from glossary.folding import fold_characters
from glossary.lazy_pattern import lazy

_LATIN = lazy(r"[a-z0-9]")


class ChineseSpotter:
    """Finds the Chinese forms of one glossary, the words of Hong Kong and Taiwan among them. Built once."""

    def __init__(self, glossary: Glossary) -> None:
        forms: dict[str, set[str]] = defaultdict(set)
        for concept in glossary.concepts:
            for zh in concept.chinese:
                forms[fold_characters(zh)].add(concept.id)
        self._forms = sorted(forms)
        self._concepts = [tuple(sorted(forms[form])) for form in self._forms]
        self._latin = [_LATIN.match(form[0]) is not None or _LATIN.match(form[-1]) is not None for form in self._forms]
        self._automaton = AhoCorasick(self._forms) if self._forms else None
        self._edges = WordEdges(form for form in self._forms if not form.isascii())

    def terms(self, text: str) -> list[SourceTerm]:
        """The terms of a text in order of place, those inside longer ones marked as such.

        A term's Latin edges need a boundary, its Han edges none (按DIP付费). Offsets are into ``text``: the folding is
        one to one.
        """
        return self.terms_of_folded(fold_characters(text))

    def terms_of_folded(self, folded: str) -> list[SourceTerm]:
        """The terms of a text that is folded."""
        if self._automaton is None:
            return []
        hits = [
            (start - end, start, end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if not self._latin[index] or _edges_hold(folded, start, end)
        ]
        hits.sort()
        covered = bytearray(len(folded))
        found: list[SourceTerm] = []
        rivals: list[tuple[int, int]] = []
        for _, start, end, index in hits:
            inner = covered.find(1, start, end) >= 0
            if not inner:
                covered[start:end] = b"\1" * (end - start)
            elif covered.find(0, start, end) >= 0:
                rivals.append((start, end))  # straddles the edge of a longer term
                continue
            doubtful = not inner and self._edges.is_cut(folded, start, end)
            found.append(SourceTerm(start, end, self._concepts[index], doubtful, inner))
        if rivals:  # 社会养老|保险: either may be meant
            owners = {place: n for n, t in enumerate(found) if not t.inner for place in (t.start, t.end - 1)}
            for start, end in rivals:
                for place in range(start, end):
                    n = owners.get(place)
                    if n is not None and found[n].end - found[n].start == end - start:
                        found[n] = found[n]._replace(doubtful=True)
        return sorted(found, key=lambda term: (term.start, -term.end))


def _edges_hold(text: str, start: int, end: int) -> bool:
    return not (
        (start and _LATIN.match(text[start]) and _LATIN.match(text[start - 1]))
        or (end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end]))
    )
