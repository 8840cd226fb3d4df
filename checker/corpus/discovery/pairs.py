"""The English beside Chinese terms: which phrase best covers the sentences of each, by association over aligned pairs.

The pairs are kept in a temporary file and gone through once more when it is known which terms matter.
"""

from __future__ import annotations

import json
import math
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, NamedTuple

from checker.bitext import Span
from checker.phrases.counts import Context, Units
from checker.phrases.english import is_function_word, keeps_whole, units

LONGEST = 6  # words
MOST = 400_000
"""How many different pairs of a term and a phrase are counted; beyond, those met once are forgotten."""
ENOUGH = 0.4  # Dice
SURE, SURER = 3.84, 6.63  # log-likelihood: one in twenty and, asked of single words, one in a hundred by chance
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z][A-Za-z'’]*)*|[^\sA-Za-z]")
_JOINERS = frozenset("of and the for in to".split())


class Pair(NamedTuple):
    """Two sentences that say the same.

    ``written`` gives the Chinese of each concept that stands here, by id; ``rendered`` are those of them that the English
    names too, ``named`` are the spans of ``english`` in which any concept is named.
    """

    english: str
    chinese: str
    written: Mapping[str, str]
    rendered: tuple[str, ...]
    named: tuple[Span, ...]
    context: Context


class Beside(NamedTuple):
    """The English phrase that best covers the sentences of a Chinese term.

    ``term`` is a concept id or a Chinese term; ``sentences`` how many pairs hold it without a known rendering, ``together``
    in how many of them the phrase stands; ``dice`` (0 to 1) and ``likelihood`` (Dunning 1993) are their association.
    """

    term: str
    phrase: str
    sentences: int
    together: int
    dice: float
    likelihood: float
    contexts: tuple[Context, ...]


class PairStore:
    """Pairs on disk. Use as a context manager."""

    def __init__(self) -> None:
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by __exit__
        self.total = 0
        self.sentences: Counter[str] = Counter()
        self.unrendered: Counter[str] = Counter()

    def __enter__(self) -> PairStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, pair: Pair) -> None:
        """Keep a pair."""
        self._file.write(json.dumps(pair, ensure_ascii=False) + "\n")
        self.total += 1
        self.sentences.update(pair.written.keys())
        self.unrendered.update(pair.written.keys() - set(pair.rendered))

    def __iter__(self) -> Iterator[Pair]:
        self._file.seek(0)
        for line in self._file:
            english, chinese, written, rendered, named, context = json.loads(line)
            spans = tuple((start, end) for start, end in named)
            yield Pair(english, chinese, written, tuple(rendered), spans, Context(*context))

    def best(self, candidates: Iterable[str], at_least: int) -> Iterator[Beside]:
        """For each known term without a rendering, and each of the ``candidates``, the phrase that covers it best."""
        wanted = {term for term, number in self.unrendered.items() if number >= at_least}
        asked = sorted(candidates, key=len, reverse=True)
        of_term: Counter[str] = Counter()
        of_phrase: Counter[Units] = Counter()
        both: Counter[tuple[str, Units]] = Counter()
        shown: dict[tuple[str, Units], tuple[str, list[Context]]] = {}
        for pair in self:
            longer = {term for term in asked if term in pair.chinese}
            here = (pair.written.keys() - set(pair.rendered)) & wanted
            here = {name for name in here if not any(pair.written[name] in term for term in longer)} | longer
            of_term.update(here)
            phrases = _phrases(pair)
            of_phrase.update(phrases.keys())
            for term in here:
                for phrase, words in phrases.items():
                    key = term, phrase
                    both[key] += 1
                    if key not in shown:
                        shown[key] = words, []
                    if len(shown[key][1]) < 2:
                        shown[key][1].append(pair.context)
            if len(both) > MOST:
                both = Counter({key: number for key, number in both.items() if number > 1})
                shown = {key: shown[key] for key in both}
        chosen: dict[str, list[Beside]] = defaultdict(list)
        for (term, phrase), together in both.items():
            if together < at_least:
                continue
            dice = 2 * together / (of_term[term] + of_phrase[phrase])
            likelihood = _likelihood(together, of_term[term], of_phrase[phrase], self.total)
            if dice >= ENOUGH and likelihood >= (SURE if len(phrase) > 1 else SURER):
                words, contexts = shown[term, phrase]
                chosen[term].append(Beside(term, words, of_term[term], together, dice, likelihood, tuple(contexts)))
        for term in sorted(chosen):
            yield max(chosen[term], key=_order)


def _order(found: Beside) -> tuple[float, str]:
    words = len(found.phrase.split())
    return found.dice * (1 + 0.1 * min(words - 1, 3)) * (0.8 if words == 1 else 1), found.phrase


def _phrases(pair: Pair) -> Mapping[Units, str]:
    """The runs of up to `LONGEST` words of the English that neither are nor cut a known rendering, by units."""
    found: dict[Units, str] = {}
    owner = {place: span for span in pair.named for place in range(*span)}
    run: list[Span] = []
    for match in [*_TOKEN.finditer(pair.english), None]:
        if match is not None and match.group()[0].isalpha():
            run.append(match.span())
            continue
        _add_runs(run, pair.english, owner, found)
        run = []
    return found


def _add_runs(run: list[Span], text: str, owner: Mapping[int, Span], found: dict[Units, str]) -> None:
    words = [text[slice(*span)] for span in run]
    ends = [len(word) > 2 and not is_function_word(word.lower()) for word in words]
    for first in range(len(run)):
        for last in range(first, min(first + LONGEST, len(run))):
            if last > first and not ends[last - 1] and words[last - 1].lower() not in _JOINERS:
                break
            span = run[first][0], run[last][1]
            if ends[first] and ends[last] and keeps_whole(span, owner):
                found.setdefault(units(words[first : last + 1]), " ".join(text[slice(*span)].split()))


def _likelihood(together: int, term: int, phrase: int, total: int) -> float:
    """Dunning's log-likelihood ratio of the two standing together."""
    table = ((together, term - together), (phrase - together, total - term - phrase + together))
    rows = [sum(row) for row in table]
    columns = [table[0][n] + table[1][n] for n in (0, 1)]
    value = 0.0
    for row, cells in zip(rows, table, strict=True):
        for column, seen in zip(columns, cells, strict=True):
            if seen > 0 and row and column:
                value += seen * math.log(seen * total / (row * column))
    return 2 * value
