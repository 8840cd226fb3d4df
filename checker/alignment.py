"""Which sentences of an English text say what which sentences of the Chinese one say.

A dynamic programme over lengths (Gale and Church 1993, with 3.8 English characters a Chinese one) and shared anchors:
numbers, dates, Latin words and glossary terms. Blocks are paired first, then the sentences inside them; long texts are
cut at pairs of blocks that cannot be anything else, so that time grows with length.
"""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from checker.bitext import Link, Span
from checker.blocks import sentences
from checker.dates import Date
from checker.numbers import Number
from checker.script import HAN

RATIO = 3.8  # English characters a Chinese character
Anchor = tuple[int, str, object]
"""(offset, kind, key); kinds: number, date, latin, term, same."""

_WEIGHTS = {"number": 2.0, "date": 1.5, "latin": 1.5, "term": 1.0, "same": 4.0}
_BEADS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
_PRIOR = {(1, 1): 1.0, (1, 2): -0.3, (2, 1): -0.3, (1, 3): -1.0, (3, 1): -1.0, (2, 2): -1.4}
_GAP = -0.6
_COMMON = 400  # pairs of places: an anchor that stands more often tells nothing
_FITTING = 0.3  # score from which two units of equally many may go together unasked
_PINNED = 400  # cells from which sure pairs are taken out first
_WHOLE = 20_000  # cells up to which the whole table is worked out
_BAND = 40
_NARROWEST = 12
_CELLS = 250_000  # cells of a band at most, on each side of the diagonal
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")


@dataclass(frozen=True)
class Side:
    """One of the two texts: its blocks and its anchors, each in order of place."""

    text: str
    blocks: Sequence[Span]
    anchors: Sequence[Anchor]

    @cached_property
    def is_ascii(self) -> bool:
        """Whether the text has no Chinese at all."""
        return self.text.isascii()

    @cached_property
    def starts(self) -> list[int]:
        """The offsets of the anchors."""
        return [offset for offset, _, _ in self.anchors]


@dataclass
class _Unit:
    """A block or sentence: its span, its length in English characters, its anchors with their counts."""

    start: int
    end: int
    length: float
    anchors: Mapping[tuple[str, object], int]


def number_anchors(numbers: Iterable[Number], dates: Iterable[Date]) -> list[Anchor]:
    """The anchors that numbers and dates give; small numbers give none."""
    made: list[Anchor] = []
    for number in numbers:
        if number.weight != "none" or number.value >= 10:
            made += [(number.start, "number", value) for value in {number.value, *number.others}]
    for date in dates:
        if date.year:
            made.append((date.start, "date", date.year))
        if date.month:
            made.append((date.start, "date", (date.month, date.day)))
    return made


def latin_anchors(english: str, chinese: str) -> tuple[list[Anchor], list[Anchor]]:
    """The Latin words of the Chinese text, and where they stand in the English one."""
    there: list[Anchor] = [(m.start(), "latin", m.group().lower()) for m in _WORD.finditer(chinese)]
    wanted = {key for _, _, key in there}
    if not wanted:
        return [], []
    here: list[Anchor] = [
        (m.start(), "latin", word) for m in _WORD.finditer(english) if (word := m.group().lower()) in wanted
    ]
    return here, there


def source_blocks(text: str) -> list[Span]:
    """The blocks of a Chinese text: its lines, as Chinese is seldom wrapped at a fixed width."""
    return [(match.start(), match.start() + len(match.group().rstrip())) for match in re.finditer(r"\S[^\r\n]*", text)]


def align(english: Side, chinese: Side) -> tuple[Link, ...]:
    """The links of two texts in order, gaps among them; every sentence of both sides is in exactly one."""
    blocks_en, blocks_zh = _units(english, english.blocks), _units(chinese, chinese.blocks)
    few, many = sorted((len(blocks_en), len(blocks_zh)))
    pairs = _paired(blocks_en, blocks_zh) if many <= 2 * few + 2 else None
    links: list[Link] = []
    if pairs is None or _lost(pairs, blocks_en, blocks_zh) > 0.5:
        # The two are cut into blocks in different ways.
        links = _linked(english, chinese, english.blocks, chinese.blocks)
    else:
        for (a, b), (c, d) in pairs:
            links += _linked(english, chinese, english.blocks[a:b], chinese.blocks[c:d])
    return _judged(_placed(links))


def _linked(english: Side, chinese: Side, blocks_en: Sequence[Span], blocks_zh: Sequence[Span]) -> list[Link]:
    """The links between the sentences of some blocks."""
    here = _units(english, sentences(english.text, blocks_en))
    there = _units(chinese, sentences(chinese.text, blocks_zh))
    if not here or not there:
        pairs = [((n, n + 1), (0, 0)) for n in range(len(here))] + [((0, 0), (n, n + 1)) for n in range(len(there))]
    elif len(here) == len(there) == 1:
        pairs = [((0, 1), (0, 1))]
    else:
        pairs = _paired(here, there)
    made = []
    for (a, b), (c, d) in pairs:
        shared = 0
        if a < b and c < d:
            ours, theirs = _together(here[a:b]), _together(there[c:d])
            shared = sum(min(count, theirs[key]) for key, count in ours.items() if key in theirs)
        made.append(
            Link(
                here[a].start if a < b else -1,
                here[b - 1].end if a < b else -1,
                there[c].start if c < d else -1,
                there[d - 1].end if c < d else -1,
                shared,
            )
        )
    return made


def _placed(links: list[Link]) -> list[Link]:
    """Gaps put where the missing text would stand: at the end of what comes before."""
    made = []
    end = source_end = 0
    for link in links:
        if link.start < 0:
            link = link._replace(start=end, end=end)
        if link.source_start < 0:
            link = link._replace(source_start=source_end, source_end=source_end)
        end, source_end = link.end, link.source_end
        made.append(link)
    return made


def _judged(links: list[Link]) -> tuple[Link, ...]:
    """The links with those marked that checks may accuse by."""
    anchors = [0 if link.is_gap else link.anchors for link in links]

    def beside(place: int) -> bool:
        before = anchors[place - 1] if place else 2
        after = anchors[place + 1] if place + 1 < len(anchors) else 2
        return min(before, after) >= 1

    return tuple(
        link._replace(trusted=(not link.is_gap and link.anchors >= 1) or beside(place))
        for place, link in enumerate(links)
    )


def _units(side: Side, spans: Sequence[Span]) -> list[_Unit]:
    starts, made = side.starts, []
    for start, end in spans:
        han = 0 if side.is_ascii else len(_HAN.findall(side.text, start, end))
        length = RATIO * han + 0.9 * (end - start - han)
        first, last = bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)
        found: dict[tuple[str, object], int] = {}
        for _, kind, key in side.anchors[first:last]:
            found[kind, key] = found.get((kind, key), 0) + 1
        made.append(_Unit(start, end, length, found))
    return made


def _together(units: Sequence[_Unit]) -> Mapping[tuple[str, object], int]:
    if len(units) == 1:
        return units[0].anchors
    total: Counter[tuple[str, object]] = Counter()
    for unit in units:
        total.update(unit.anchors)
    return total


def _lost(pairs: list[tuple[Span, Span]], here: Sequence[_Unit], there: Sequence[_Unit]) -> float:
    """The share of the text in blocks without a partner."""
    whole = sum(unit.length for unit in here) + sum(unit.length for unit in there)
    lost = sum(u.length for (a, b), (c, d) in pairs if c == d for u in here[a:b])
    lost += sum(u.length for (a, b), (c, d) in pairs if a == b for u in there[c:d])
    return lost / whole if whole else 0.0


class _Scores:
    """How well stretches of the two rows of units fit. Built for one pair of texts."""

    def __init__(self, here: Sequence[_Unit], there: Sequence[_Unit]) -> None:
        places = _places(here), _places(there)
        self.shared: dict[tuple[int, int], float] = defaultdict(float)
        weights: list[list[float]] = [[0.0] * len(here), [0.0] * len(there)]
        for key, ours in places[0].items():
            theirs = places[1].get(key)
            if theirs is None or len(ours) * len(theirs) > _COMMON:
                continue
            weight = _WEIGHTS[key[0]] / math.sqrt(max(len(ours), len(theirs)))
            for place in ours:
                weights[0][place] += weight
                for other in theirs:
                    self.shared[place, other] += weight
            for other in theirs:
                weights[1][other] += weight
        self._weights = [_sums(row) for row in weights]
        self._lengths = [_sums([unit.length for unit in row]) for row in (here, there)]

    def link(self, a: int, b: int, c: int, d: int) -> float:
        """The score of linking units a..b of the English with c..d of the Chinese."""
        ours, theirs = self._lengths[0][b] - self._lengths[0][a] + 15, self._lengths[1][d] - self._lengths[1][c] + 15
        apart = math.log(ours / theirs)
        unlike = apart * apart / (2 * (0.032 + 12 / (ours + theirs)))
        score = _PRIOR[b - a, d - c] - (unlike if unlike < 4.0 else 4.0)
        anchored = self._weights[0][b] - self._weights[0][a] + self._weights[1][d] - self._weights[1][c]
        if anchored:
            get = self.shared.get
            shared = get((a, c), 0.0)
            if b - a > 1 or d - c > 1:
                for i in range(a, b):
                    for j in range(c, d):
                        if i > a or j > c:
                            shared += get((i, j), 0.0)
            fit = 2 * shared / anchored
            if fit > 1.0:
                fit = 1.0
            score += (6.5 * fit - 2.0) * (anchored / 5 if anchored < 5 else 1.0)
        return score

    def fit(self, a: int, c: int) -> float:
        """The share of the anchors of two single units that they share, 0 to 1."""
        anchored = self._weights[0][a + 1] - self._weights[0][a] + self._weights[1][c + 1] - self._weights[1][c]
        return min(1.0, 2 * self.shared.get((a, c), 0.0) / anchored) if anchored else 0.0


def _places(row: Sequence[_Unit]) -> dict[tuple[str, object], list[int]]:
    """In which units each anchor stands."""
    found: dict[tuple[str, object], list[int]] = defaultdict(list)
    for number, unit in enumerate(row):
        for key in unit.anchors:
            found[key].append(number)
    return found


def _sums(values: Iterable[float]) -> list[float]:
    total = [0.0]
    for value in values:
        total.append(total[-1] + value)
    return total


def _paired(here: Sequence[_Unit], there: Sequence[_Unit]) -> list[tuple[Span, Span]]:
    """The best row of beads: ``((from, to) of the English units, (from, to) of the Chinese ones)``."""
    scores = _Scores(here, there)
    if len(here) == len(there) and all(scores.link(n, n + 1, n, n + 1) > _FITTING for n in range(len(here))):
        return [((n, n + 1), (n, n + 1)) for n in range(len(here))]
    pins = _pins(scores) if len(here) * len(there) > _PINNED else []
    made: list[tuple[Span, Span]] = []
    place = other = 0
    for pin, partner in [*pins, (len(here), len(there))]:
        made += _best(scores, (place, pin), (other, partner))
        if pin < len(here):
            made.append(((pin, pin + 1), (partner, partner + 1)))
        place, other = pin + 1, partner + 1
    return made


def _pins(scores: _Scores) -> list[tuple[int, int]]:
    """Pairs of units that surely belong together, in order on both sides."""
    best_here: dict[int, tuple[float, int]] = {}
    best_there: dict[int, tuple[float, int]] = {}
    for (a, c), shared in scores.shared.items():
        best_here[a] = max(best_here.get(a, (0.0, -1)), (shared, c))
        best_there[c] = max(best_there.get(c, (0.0, -1)), (shared, a))
    sure = sorted(
        (a, c)
        for a, (shared, c) in best_here.items()
        if shared >= 3 and best_there[c][1] == a and scores.fit(a, c) >= 0.6 and scores.link(a, a + 1, c, c + 1) > 3
    )
    # The longest row of pairs that rises on both sides (patience sorting).
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, c) in enumerate(sure):
        pile = bisect.bisect_left(tails, c)
        before.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [c]
        ends[pile : pile + 1] = [number]
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(sure[number])
        number = before[number]
    return chain[::-1]


def _best(scores: _Scores, ours: Span, theirs: Span) -> list[tuple[Span, Span]]:
    """The dynamic programme on a stretch of both sides; in a band round the diagonal where the stretch is long."""
    (first, last), (top, bottom) = ours, theirs
    rows, columns = last - first, bottom - top
    if not rows or not columns:
        return [((n, n + 1), (top, top)) for n in range(first, last)] + [
            ((last, last), (n, n + 1)) for n in range(top, bottom)
        ]
    width = columns
    if rows * columns > _WHOLE:  # the band follows the slope
        width = max(_NARROWEST, min(_BAND + abs(rows - columns), _CELLS // rows)) + 2 * (columns // rows + 1)
    lowest = -1e9
    table: list[dict[int, float]] = []
    steps: list[dict[int, tuple[int, int]]] = []
    for row in range(rows + 1):
        middle = row * columns // rows
        totals: dict[int, float] = {}
        chosen: dict[int, tuple[int, int]] = {}
        for column in range(max(0, middle - width), min(columns, middle + width) + 1):
            best, step = (0.0, (0, 0)) if row == column == 0 else (lowest, (0, 0))
            if row:
                total = table[row - 1].get(column, lowest) + _GAP
                if total > best:
                    best, step = total, (1, 0)
            if column:
                total = totals.get(column - 1, lowest) + _GAP
                if total > best:
                    best, step = total, (0, 1)
            for down, across in _BEADS:
                if down <= row and across <= column:
                    total = table[row - down].get(column - across, lowest)
                    if total > lowest:
                        total += scores.link(first + row - down, first + row, top + column - across, top + column)
                        if total > best:
                            best, step = total, (down, across)
            totals[column] = best
            chosen[column] = step
        table.append(totals)
        steps.append(chosen)
    made = []
    row, column = rows, columns
    while row or column:
        down, across = steps[row][column]
        if not down and not across:  # out of the band
            down, across = (1, 0) if row else (0, 1)
        made.append(((first + row - down, first + row), (top + column - across, top + column)))
        row, column = row - down, column - across
    return made[::-1]


_LEAST_HAN = 0.10  # share of the letters from which a source counts as Chinese
_MOST_HAN = 0.60  # share of the letters from which a translation counts as Chinese


def refusal(english: str, chinese: str, path: str = "") -> tuple[str, str] | None:
    """Why two texts cannot be checked against each other, as ``(reason, message)``; None when they can.

    ``path`` is the Chinese text's, for the message.
    """
    source = f"its source {path}".rstrip()
    if not english.strip() and not chinese.strip():
        return None
    if not chinese.strip():
        return "source-empty", f"{source} is empty"
    if not english.strip():
        return "translation-empty", f"the translation is empty, {source} is not"
    ours, theirs = _han_share(english), _han_share(chinese)
    if theirs < _LEAST_HAN and ours > _MOST_HAN:
        return "swapped", f"the sides look swapped: this is Chinese and {source} is not; give the English first"
    if theirs < _LEAST_HAN:
        return "source-not-chinese", f"{source} is not Chinese ({theirs:.0%} of its letters are Chinese characters)"
    if ours > _MOST_HAN:
        return "translation-chinese", f"the translation is Chinese ({ours:.0%} of its letters)"
    if _KANA.search(chinese) and len(_KANA.findall(chinese)) > 0.2 * len(_HAN.findall(chinese)):
        return "source-not-chinese", f"{source} is Japanese, not Chinese"
    return None


_KANA = re.compile("[\u3041-\u30ff]")


def _han_share(text: str) -> float:
    han = len(_HAN.findall(text))
    letters = han + sum(map(len, re.findall(r"[^\W\d_]+", _HAN.sub(" ", text)))) / RATIO
    return han / letters if letters else 0.0
