"""Which Chinese pair may stand behind one English word said twice, by the rows of ``pairs.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checker.page import Page
from glossary.folding import fold
from glossary.forms import inflect_like, plural, verb_forms

_LABELS = {"s": "s", "ed": "ed", "ing": "ing"}


@dataclass(frozen=True, slots=True)
class SynonymPair:
    """Two Chinese words and what to write for both, inflected as the English word was; ``near``: a neighbour says so."""

    zh: tuple[str, ...]
    write: str
    near: bool


def likely_pair(page: Page, word: str, offset: int) -> SynonymPair | None:
    """The pair most likely behind the folded ``word`` at ``offset``: the row whose neighbours stand in the sentence.

    None when no row knows the word, or when several do and no neighbour tells which is meant.
    """
    rows = [(row, form) for row in page.spotter.glossary.names["pairs"] if (form := _form(row, word)) is not None]
    if not rows:
        return None
    start, end = page.sentence_at(offset)
    sentence = " " + fold(page.text[max(start, offset - 200) : min(end, offset + 200)])
    near = [sum(f" {fold(item)}" in sentence for item in row.get("near", ())) for row, _ in rows]
    best = max(near)
    if best == 0 and len(rows) > 1:
        return None
    row, label = rows[near.index(best)]
    return SynonymPair(tuple(row["zh"]), _inflected(row["write"], label), best > 0)


def is_paired(page: Page, word: str) -> bool:
    """Whether any row knows the folded ``word``."""
    return any(_form(row, word) is not None for row in page.spotter.glossary.names["pairs"])


def _form(row: dict[str, Any], word: str) -> str | None:
    """How ``word`` is inflected if it is one of the row's words: "", "s", "ed", "ing", "plural"; else None."""
    items = [fold(item) for item in row["en"]]
    if word in items:
        return ""
    for item in items:
        if " " in item:
            continue
        forms = verb_forms(item)
        if word in forms:
            return "ing" if word.endswith("ing") else "s" if word == forms[1] else "ed"
        if word == plural(item):
            return "plural"
    return None


def _inflected(write: str, form: str) -> str:
    if form in _LABELS:
        return " and ".join(inflect_like(part, "verb", _LABELS[form]) for part in write.split(" and "))
    return write
