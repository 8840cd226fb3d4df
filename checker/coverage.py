"""Which concepts occur in a set of pages, Chinese or English, and which frequent terms the glossary lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checker.document import Document
from checker.options import Options
from checker.page import Page
from checker.phrases.chinese import chinese_phrases, is_chinese_text
from checker.phrases.counts import Context, PhraseCounts, around, c_values
from checker.phrases.english import noun_phrases
from checker.spotting.spotter import Spotter
from checker.together import spot_together
from glossary import Glossary
from glossary.folding import fold


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
    chinese = [document for document in documents if is_chinese_text(document.readable)]
    english = [document for document in documents if not is_chinese_text(document.readable)]
    mentions: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    zh_terms, en_terms = PhraseCounts(), PhraseCounts()
    spotter = Spotter(glossary)
    for document in chinese:
        terms = [term for term in spotter.chinese.terms(document.readable) if not term.inner]
        here = [concept for term in terms for concept in term.concepts[:1]]
        mentions.update(here)
        pages.update(set(here))
        zh_terms.next_page()
        for phrase, start in chinese_phrases(document.readable, [(term.start, term.end) for term in terms]):
            end = start + len(phrase.units)
            zh_terms.add(phrase, lambda d=document, s=start, e=end: _context(d, s, e))  # type: ignore[misc]
    made = [Page(document, spotter, Options(subject="health-reform")) for document in english]
    spot_together(made)
    for page in made:
        here = [candidate.concept.id for m in page.mentions if not m.repeated for candidate in m.candidates[:1]]
        mentions.update(here)
        pages.update(set(here))
        en_terms.next_page()
        for phrase, (start, end) in noun_phrases(page.text, page.blocks, [(m.start, m.end) for m in page.mentions]):
            if "of" not in phrase.units:
                en_terms.add(phrase, lambda d=page.document, s=start, e=end: _context(d, s, e))  # type: ignore[misc]
    counts = {name: (mentions[name], pages[name]) for name, _ in mentions.most_common()}
    known = {fold(form) for concept in glossary.concepts for form in (*concept.chinese, concept.preferred)}
    return Coverage(
        len(chinese),
        len(english),
        counts,
        _best(zh_terms, at_least, limit, known),
        _best(en_terms, at_least, limit, known),
    )


def _context(document: Document, start: int, end: int) -> Context:
    line, _ = document.position(start)
    return Context(document.path, document.record, line, around(document.readable, start, end))


def _best(counted: PhraseCounts, at_least: int, limit: int, known: set[str]) -> list[Candidate]:
    """The best candidates by C-value: occurrences inside longer candidates count for those."""
    frequent = {units: count for units, count in counted.frequent(at_least).items() if fold(count.shown) not in known}
    values = c_values({units: count.count for units, count in frequent.items()})
    ranked = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return [
        Candidate(count.shown, count.count, count.pages, value, place.path, place.line, place.text)
        for units, value in ranked[:limit]
        for count in (frequent[units],)
        for place in count.contexts[:1]
    ]
