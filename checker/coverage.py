"""Which concepts occur in a set of pages, Chinese or English, and which frequent terms the glossary lacks."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.document import Document
from checker.options import Options
from checker.page import Page
from checker.spotting.spotter import Spotter
from checker.together import spot_together
from glossary import Glossary
from glossary.folding import fold, fold_characters

LONGEST = 4  # words of a candidate
CONTEXT = 24  # characters on each side
_HAN_RUN = re.compile("[\u3400-\u9fff]{2,}")
_ENGLISH_RUN = re.compile(r"[A-Za-z][A-Za-z'-]+(?: [A-Za-z][A-Za-z'-]+)+")
# Words that end a noun phrase; a candidate is made of the others.
_STOP = frozenset(
    "a about above after again all also am an and any are as at be because been before being between both but by can "
    "could did do does doing down during each either few for from further had has have having he her here hers him his "
    "how i if in into is it its itself just may me might more most must my no nor not now of off on once one only or "
    "other our out over own said same she should since so some such than that the their them then there these they "
    "this those through to too two under until up upon us very was we were what when where which while who whom why "
    "will with within without would you your has been including according among every new first well make made".split()
)
_HAN_STOP = frozenset(
    "的 了 和 与 及 或 在 对 为 以 于 将 把 被 是 有 不 要 等 并 "
    "由 从 到 向 中 上 下 内 外 后 前 其 该 各 这 那 我们 进行 "
    "开展 推进 加强 做好 按照 通过 根据 关于 以及 实现 提高 促进 推动 "
    "全面 进一步 坚持 落实 完善 建立 健全 一 二 三 四 五 六 七 八 九 "
    "十 个 年 月 日 元 名 所 家 项 次 也 都 就 还 但 而 则 可 能 "
    "会 应 应当 可以 已 已经 更 最 不断 积极 切实 认真 同时 此外 其中 "
    "目前 今年 去年".split()
)


@dataclass(frozen=True)
class Candidate:
    """A frequent term that is in no entry. ``score`` orders candidates: frequent, long, seldom part of a longer one."""

    term: str
    count: int
    pages: int
    score: float
    path: str
    line: int
    context: str


@dataclass(frozen=True)
class Coverage:
    """``concepts`` maps id to (mentions, pages); ``missing`` are the candidates, best first, by language."""

    chinese_pages: int
    english_pages: int
    concepts: dict[str, tuple[int, int]]
    missing_chinese: list[Candidate]
    missing_english: list[Candidate]


def coverage(glossary: Glossary, documents: Sequence[Document], at_least: int = 3, limit: int = 40) -> Coverage:
    """Count the concepts in pages and find what they lack: terms of at least ``at_least`` occurrences."""
    chinese = [document for document in documents if _is_chinese(document.readable)]
    english = [document for document in documents if not _is_chinese(document.readable)]
    mentions: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    zh_terms = _TermCounter(chinese)
    if chinese:
        for document, spans, found in _chinese_mentions(glossary, chinese):
            mentions.update(found)
            pages.update(set(found))
            zh_terms.count(document, _chinese_phrases(document.readable, spans))
    en_terms = _TermCounter(english)
    if english:
        spotter = Spotter(glossary)
        made = [Page(document, spotter, Options(subject="health-reform")) for document in english]
        spot_together(made)
        for page in made:
            named = [m for m in page.mentions if not m.repeated]
            here = [candidate.concept.id for m in named for candidate in m.candidates[:1]]
            mentions.update(here)
            pages.update(set(here))
            en_terms.count(page.document, _english_phrases(page.text, [(m.start, m.end) for m in page.mentions]))
    counts = {name: (mentions[name], pages[name]) for name, _ in mentions.most_common()}
    known = {fold(form) for concept in glossary.concepts for form in (*concept.chinese, concept.preferred)}
    return Coverage(
        len(chinese), len(english), counts, zh_terms.best(at_least, limit, known), en_terms.best(at_least, limit, known)
    )


def _is_chinese(text: str) -> bool:
    han = sum(len(run) for run in _HAN_RUN.findall(text))
    return han > sum(char.isascii() and char.isalpha() for char in text) / 3


def _chinese_mentions(
    glossary: Glossary, documents: Iterable[Document]
) -> Iterator[tuple[Document, list[tuple[int, int]], list[str]]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    forms: dict[str, str] = {}
    for concept in glossary.concepts:
        for form in concept.chinese:
            forms.setdefault(fold_characters(form), concept.id)
    listed = list(forms)
    automaton = AhoCorasick(listed, matchkind=MatchKind.LeftmostLongest)
    for document in documents:
        hits = automaton.find_matches_as_indexes(fold_characters(document.readable))
        yield document, [(start, end) for _, start, end in hits], [forms[listed[index]] for index, _, _ in hits]


def _chinese_phrases(text: str, known: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """``(term, offset)`` of runs of words that touch no known term, up to `LONGEST` words and ten characters."""
    from checker.segmenter import cutter

    cut = cutter()
    folded = fold_characters(text)
    for match in _HAN_RUN.finditer(folded):
        words: list[tuple[str, int]] = []
        place = match.start()
        for word in cut(match.group()):
            words.append((word, place))
            place += len(word)
        for first in range(len(words)):
            term = ""
            for word, start in words[first : first + LONGEST]:
                if word in _HAN_STOP or _touches(known, start, start + len(word)):
                    break
                term += word
                if 3 <= len(term) <= 10:
                    yield term, words[first][1]


def _english_phrases(text: str, known: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """``(phrase, offset)`` of runs of two to `LONGEST` words without function words that touch no mention."""
    for match in _ENGLISH_RUN.finditer(text):
        words = [(m.group().lower(), match.start() + m.start()) for m in re.finditer(r"\S+", match.group())]
        for first in range(len(words)):
            phrase: list[str] = []
            for word, start in words[first : first + LONGEST]:
                if word in _STOP or len(word) < 3 or word.endswith("ly") or _touches(known, start, start + len(word)):
                    break
                phrase.append(word)
                if len(phrase) > 1 and not word.endswith("ing"):
                    yield " ".join(phrase), words[first][1]


def _touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


class _TermCounter:
    """Counts candidate terms over pages and remembers where each stood first."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._counts: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()
        self._first: dict[str, tuple[Document, int]] = {}
        self._total = len(documents)

    def count(self, document: Document, phrases: Iterable[tuple[str, int]]) -> None:
        """Count the phrases of one page."""
        here: set[str] = set()
        for term, offset in phrases:
            self._counts[term] += 1
            self._first.setdefault(term, (document, offset))
            here.add(term)
        self._pages.update(here)

    def best(self, at_least: int, limit: int, known: set[str]) -> list[Candidate]:
        """The best candidates by C-value: occurrences inside longer candidates count for those."""
        frequent = {term: n for term, n in self._counts.items() if n >= at_least and term not in known}
        nested: dict[str, list[int]] = defaultdict(list)
        for term, number in frequent.items():
            for part in _parts(term):
                if part in frequent:
                    nested[part].append(number)
        scored = []
        for term, number in frequent.items():
            inside = nested.get(term)
            free = number - (sum(inside) / len(inside) if inside else 0)
            if inside and max(inside) >= 0.8 * number:
                continue
            scored.append((math.log2(1 + len(_units(term))) * free, term))
        scored.sort(key=lambda item: (-item[0], item[1]))
        return [self._candidate(term, score) for score, term in scored[:limit]]

    def _candidate(self, term: str, score: float) -> Candidate:
        document, offset = self._first[term]
        around = document.readable[max(0, offset - CONTEXT) : offset + len(term) + CONTEXT]
        line, _ = document.position(offset)
        context = " ".join(around.split())
        return Candidate(term, self._counts[term], self._pages[term], score, document.path, line, context)


def _units(term: str) -> list[str]:
    return term.split(" ") if term.isascii() else list(term)


def _parts(term: str) -> Iterator[str]:
    units = _units(term)
    join = " " if term.isascii() else ""
    for start in range(len(units)):
        for end in range(start + 2, len(units) + 1):
            if end - start < len(units):
                yield join.join(units[start:end])
