"""Finding concepts by what a person types: Chinese in either script, pinyin, English, also misspelt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from glossary.concept import Concept
from glossary.folding import fold
from glossary.lazy_pattern import lazy
from glossary.templates import is_template

_HAN = lazy(r"[㐀-鿿]")
_NOT_LETTER = lazy(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that answers a query: ``form`` is the form that did, ``score`` how well, 0 to 100."""

    concept: Concept
    form: str
    score: float


def search(concepts: Sequence[Concept], query: str, limit: int = 10) -> list[Hit]:
    """The concepts that best answer ``query``, best first, at most ``limit``.

    A query with Han characters is compared with the Chinese forms in either script, any other with the English
    forms, wrong ones included, and with the pinyin of the Chinese; a misspelling costs a little.
    """
    query = query.strip()
    if not query:
        return []
    if _HAN.search(query):
        hits = [_best(concept, _chinese_scores(concept, fold(query))) for concept in concepts]
    else:
        hits = [_best(concept, _latin_scores(concept, query)) for concept in concepts]
    found = [hit for hit in hits if hit is not None]
    return sorted(found, key=lambda hit: (-hit.score, len(hit.form), hit.concept.id))[:limit]


def _best(concept: Concept, scored: Iterable[tuple[str, float]]) -> Hit | None:
    form, score = max(scored, key=lambda item: item[1], default=("", 0.0))
    return Hit(concept, form, score) if score > 0 else None


def _chinese_scores(concept: Concept, query: str) -> Iterable[tuple[str, float]]:
    """Equal beats containing, containing beats being contained; the longer the common part the better."""
    for form in concept.chinese:
        folded = fold(form)
        if folded == query:
            yield form, 100.0
        elif query in folded:
            yield form, 60 + 35 * len(query) / len(folded)
        elif folded in query:
            yield form, 40 + 20 * len(folded) / len(query)


def _latin_scores(concept: Concept, query: str) -> Iterable[tuple[str, float]]:
    from rapidfuzz import fuzz

    folded = fold(query).strip()
    for form in english_forms(concept):
        candidate = fold(form)
        if candidate == folded:
            yield form, 100.0
            continue
        # Whole strings first, then shared words; part of a long form is a weaker answer than a near-equal one.
        score = max(fuzz.ratio(folded, candidate), 0.9 * fuzz.token_set_ratio(folded, candidate))
        if score >= 75:
            yield form, min(score, 99.0)
    typed = letters(query)
    if len(typed) >= 3:
        for form in concept.chinese:
            sound = letters(pinyin(form))
            if sound == typed:
                yield form, 98.0
            elif typed in sound:
                yield form, 50 + 40 * len(typed) / len(sound)


def english_forms(concept: Concept) -> tuple[str, ...]:
    """Every English form of a concept that is no template, good ones first."""
    good = (concept.preferred, *concept.admitted, *concept.abbreviations, *concept.short)
    bad = (item.en for item in (*concept.deprecated, *concept.wrong))
    return tuple(form for form in (*good, *bad) if not is_template(form))


def pinyin(chinese: str) -> str:
    """The pinyin of Chinese words with tone marks and blanks between syllables."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import Style

    return " ".join(lazy_pinyin(chinese, style=Style.TONE))


def letters(text: str) -> str:
    """The Latin letters and digits of ``text`` in lower case, without tone marks; ü is v or u alike."""
    plain = unicodedata.normalize("NFD", text.lower().replace("v", "u"))
    return _NOT_LETTER.sub("", "".join(char for char in plain if not unicodedata.combining(char)))
