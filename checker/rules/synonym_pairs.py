"""Which Chinese pair may stand behind one English word said twice, by the rows of ``pairs.yaml``."""

from collections import defaultdict
from functools import lru_cache
from typing import Any, NamedTuple

from checker.known_words import is_known
from checker.page import Page
from glossary import Glossary
from glossary.folding import fold
from glossary.forms import inflect_like, plural, verb_forms

NEAR = 200  # characters
SHORTEST = 3  # letters of the words that are known
Row = dict[str, Any]


class SynonymPair(NamedTuple):
    """Two Chinese words and what to write for both, inflected as the English word was; ``near``: a neighbour says so."""

    zh: tuple[str, ...]
    write: str
    near: bool


def likely_pair(page: Page, word: str, offset: int) -> SynonymPair | None:
    """The pair most likely behind the folded ``word`` at ``offset``: the row whose neighbours stand in the sentence.

    None when no row knows the word, or when several do and no neighbour tells which is meant.
    """
    rows = _rows(page.spotter.glossary, word[:1]).get(word)
    if not rows:
        return None
    start, end = page.sentence_at(offset)
    sentence = " " + fold(page.text[max(start, offset - NEAR) : min(end, offset + NEAR)])
    near = [sum(f" {item}" in sentence for item in neighbours) for _, _, neighbours in rows]
    best = max(near)
    if best == 0 and len(rows) > 1:
        return None
    row, form, _ = rows[near.index(best)]
    return SynonymPair(tuple(row["zh"]), _inflected(row["write"], form), best > 0)


def is_paired(page: Page, word: str) -> bool:
    """Whether any row knows the folded ``word``."""
    return word in _rows(page.spotter.glossary, word[:1])


@lru_cache(maxsize=64)
def _rows(glossary: Glossary, initial: str) -> dict[str, list[tuple[Row, str, tuple[str, ...]]]]:
    """Each form of each word with an initial: the rows that have it, how it is inflected there, and the row's neighbours.

    Those are folded. No verb of the table has a past tense with another initial.
    """
    made: dict[str, list[tuple[Row, str, tuple[str, ...]]]] = defaultdict(list)
    for row in glossary.names["pairs"]:
        items = [fold(item) for item in row["en"] if item[:1].lower() == initial]
        if not items:
            continue
        neighbours = tuple(map(fold, row.get("near", ())))
        forms = dict.fromkeys(items, "")
        for item in items:
            if " " not in item:
                base, third, *others = verb_forms(item)
                forms.setdefault(base, "")
                forms.setdefault(third, "s")
                for form in others:
                    forms.setdefault(form, "ing" if form.endswith("ing") else "ed")
                forms.setdefault(plural(item), "plural")
        for form, label in forms.items():
            made[form].append((row, label, neighbours))
    return dict(made)


def _inflected(write: str, form: str) -> str:
    if form in ("", "plural") or (form == "s" and write.endswith("s") and not write.endswith(("ss", "us"))):
        return write  # several already
    made = " and ".join(inflect_like(part, "verb", form) for part in write.split(" and "))
    words = made.replace("-", " ").split()
    return made if all(len(word) < SHORTEST or is_known(word) for word in words) else write  # no verbs: “levelses”
