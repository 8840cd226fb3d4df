"""Discovery over many pages: each is read once, counted and forgotten; what was counted is judged at the end."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterable, Iterator

from checker.corpus.discovery.chinese_terms import ChineseTerms
from checker.corpus.discovery.english_terms import EnglishTerms
from checker.corpus.discovery.finds import METHODS, Discovered, Find
from checker.corpus.discovery.pairs import Beside, Pair, PairStore
from checker.document import LINE, Document
from checker.options import Options
from checker.page import Page
from checker.parallel import around as around_links
from checker.phrases.chinese import chinese_phrases, is_chinese_text
from checker.phrases.counts import Context, PhraseCounts, around
from checker.phrases.english import noun_phrases
from checker.spotting.spotter import Spotter
from checker.together import spot_together
from glossary import Glossary
from glossary.folding import fold_characters

TOGETHER = 40  # pages spotted in one go
SHORT_BLOCK = 40  # characters (20 of Chinese): shorter passages are counted however often they come
SEEN = 500_000
"""How many passages are remembered, so that what many pages repeat is counted once."""
JUDGED = 400  # Chinese terms for which the English is looked for


class Survey:
    """Counts the pages given to it with one glossary. Memory does not grow with the number of pages."""

    def __init__(self, glossary: Glossary, at_least: int = 2) -> None:
        self._glossary = glossary
        self._spotter = Spotter(glossary)
        self._at_least = at_least
        self._english, self._chinese = PhraseCounts(), PhraseCounts()
        self._pairs = PairStore()
        self._seen: set[bytes] = set()

    def add(self, documents: Iterable[Document]) -> None:
        """Count documents, English or Chinese, with the Chinese beside them where they have it."""
        batch: list[Page] = []
        for document in documents:
            if document.source is None and is_chinese_text(document.readable):
                self._add_chinese(document.path, document.record, document.readable, document)
                continue
            batch.append(Page(document, self._spotter, Options(subject="health-reform")))
            if len(batch) == TOGETHER:
                self._add_english(batch)
                batch = []
        self._add_english(batch)

    def discovered(self, limit: int) -> Discovered:
        """The best ``limit`` finds of each method. To be asked for once: the pairs are gone then."""
        judge = EnglishTerms(self._glossary)
        places = {row["zh"].rstrip("省市县区州") for row in self._glossary.names["places"]}
        bodies = {row["zh"] for row in self._glossary.names["institutions"]}
        known = frozenset(fold_characters(form) for concept in self._glossary.concepts for form in concept.chinese)
        chinese = list(
            ChineseTerms(known, frozenset(name for name in places | bodies if len(name) > 1)).terms(
                self._chinese.counts, self._at_least
            )
        )
        chinese.sort(key=_order)
        with self._pairs as pairs:
            beside = {
                found.term: found for found in pairs.best([find.text for find in chinese[:JUDGED]], self._at_least)
            }
            rendered = pairs.sentences - pairs.unrendered
            total = pairs.total
            finds = [*self._beside(beside, pairs.sentences, rendered)]
        finds += [_with_english(find, beside[find.text]) if find.text in beside else find for find in chinese]
        finds += list(judge.renderings(self._english.counts))
        told = {find.english.lower() for find in finds if find.english} | {find.text.lower() for find in finds}
        finds += [f for f in judge.terms(self._english.counts, self._at_least) if f.text.lower() not in told]
        best: list[Find] = []
        for method in METHODS:
            best += sorted((find for find in finds if find.method == method), key=_order)[:limit]
        return Discovered(self._english.pages, self._chinese.pages, total, tuple(best))

    def _beside(self, beside: dict[str, Beside], sentences: dict[str, int], rendered: dict[str, int]) -> Iterator[Find]:
        """What stands in place of the known renderings of known terms."""
        for term, found in beside.items():
            concept = self._glossary.concept(term)
            if concept is None:
                continue
            reasons = (
                f"in {found.together} of the {found.sentences} sentences where {concept.zh} stands without a known rendering",
                f"known renderings stand in {rendered.get(term, 0)} of {sentences[term]}",
            )
            pages = len({(context.path, context.record) for context in found.contexts})
            score = found.likelihood * found.dice
            yield Find(
                "beside", found.phrase, score, found.together, pages, found.contexts, term, concept.zh, None, reasons
            )

    def _add_english(self, pages: list[Page]) -> None:
        spot_together(pages)
        for page in pages:
            self._english.next_page()
            spans = [block for block in page.blocks if self._is_new(page.text[slice(*block)])]
            known = [(mention.start, mention.end) for mention in page.mentions]
            for phrase, (start, end) in noun_phrases(page.text, spans, known):
                if not (page.is_furniture(start) or page.is_repeated(start, end)):
                    self._english.add(phrase, lambda p=page, s=start, e=end: _context(p.document, p.text, s, e))  # type: ignore[misc]
            if page.document.source is not None:
                source = page.document.source
                self._add_chinese(source.path, page.document.record, source.text, None)
                self._add_pairs(page)

    def _add_chinese(self, path: str, record: str | None, text: str, document: Document | None) -> None:
        """Count the terms of a Chinese text; of a source beside the English no line is known."""
        self._chinese.next_page()
        spans = [(term.start, term.end) for term in self._spotter.chinese.terms(text) if not term.inner]
        lines = [match.span() for match in LINE.finditer(text)]
        old = {start for start, end in lines if not self._is_new(text[start:end])}
        for phrase, start in chinese_phrases(text, spans):
            if old and lines[bisect.bisect_right(lines, (start, len(text))) - 1][0] in old:
                continue
            end = start + len(phrase.units)
            line = text.count("\n", 0, start) + 1 if document is None else document.position(start)[0]
            self._chinese.add(phrase, lambda s=start, e=end, n=line: Context(path, record, n, around(text, s, e)))  # type: ignore[misc]

    def _add_pairs(self, page: Page) -> None:
        parallel = page.parallel
        assert parallel is not None
        links = [link for link in parallel.links if not link.is_gap]
        for link in links:
            start, end = link.start, link.end
            english, chinese = parallel.english(link), parallel.chinese(link)
            if page.is_furniture(start) or page.is_repeated(start, end) or not self._is_new(f"{english}\0{chinese}"):
                continue
            written = {
                term.concepts[0]: chinese[term.start - link.source_start : term.end - link.source_start]
                for term in parallel.terms_of(link)
                if len(term.concepts) == 1 and not (term.inner or term.doubtful)
            }
            (first, last), _ = around_links(links, link, link)
            named = {c.concept.id for m in page.mentions if first <= m.start < last for c in m.candidates}
            spans = [(m.start - start, m.end - start) for m in page.mentions if start <= m.start and m.end <= end]
            context = _context(page.document, page.text, start, min(end, start + 60))
            rendered = tuple(sorted(written.keys() & named))
            self._pairs.add(Pair(english, chinese, written, rendered, tuple(spans), context))

    def _is_new(self, passage: str) -> bool:
        """Whether a passage has not been counted before."""
        if len(passage) < (SHORT_BLOCK if passage.isascii() else SHORT_BLOCK // 2):
            return True
        key = hashlib.blake2b(passage.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if key in self._seen:
            return False
        if len(self._seen) < SEEN:
            self._seen.add(key)
        return True


def _context(document: Document, text: str, start: int, end: int) -> Context:
    return Context(document.path, document.record, document.position(start)[0], around(text, start, end))


def _with_english(find: Find, beside: Beside) -> Find:
    reason = f"the English in {beside.together} of its {beside.sentences} sentences"
    return find._replace(method="pairs", english=beside.phrase, evidence=(reason, *find.evidence))


def _order(find: Find) -> tuple[float, str]:
    return -find.score, find.text
