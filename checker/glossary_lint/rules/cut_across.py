"""# cut-across (GLS824)

## What it does
Shows, for Chinese forms of two characters, ordinary text in which these characters stand side by side and belong to two
other words, as jieba cuts it.

## Why it matters
国医 stands in 中国|医药. In bilingual mode such a place would be taken for the term.

## Wrong
    zh: 国医

## Right
    zh: 国医大师

## Limits
Evidence, not proof: the two words are common, but nobody has looked how often they meet. Longer forms practically never
cross words and are not tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from checker.segmenter import cutter, frequencies
from glossary.cache import cache_key
from glossary.folding import fold
from glossary.working_tree import recall, remember

COMMON = 3000  # occurrences in jieba's dictionary from which a word counts as ordinary


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each short form that two ordinary words hold across their border."""
    places = []
    for file, number, entry in desk.entries:
        variants = [(f"zh_variants/{place}", form["zh"]) for place, form in enumerate(entry.get("zh_variants", ()))]
        for path, zh in [("zh", entry["zh"]), *variants]:
            if len(zh) == 2:
                places.append((file, number, entry, path, zh))
    known = _crossings({fold(zh) for *_, zh in places})
    for file, number, entry, path, zh in places:
        text = known[fold(zh)]
        if text:
            message = f"jieba cuts across {zh} in ordinary text: {text}."
            yield desk.at_key(file, number, entry, path, message, "info")


def _crossings(forms: set[str]) -> dict[str, str]:
    """For each form ``left|right``, two common words that hold it across their border, or ""."""
    key = cache_key([b"crossings", str(COMMON).encode(), *(form.encode() for form in sorted(forms))], "1")
    kept = recall(key)
    if kept is None:
        kept = {"crossings": _found(forms)}
        remember(key, kept)
    return dict(kept["crossings"])


def _found(forms: set[str]) -> dict[str, str]:
    ending: dict[str, list[tuple[int, str]]] = defaultdict(list)
    beginning: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, frequency in frequencies().items():
        if frequency >= COMMON and len(word) == 2:
            ending[word[1]].append((frequency, word))
            beginning[word[0]].append((frequency, word))
    cut = cutter()
    crossings = {}
    for form in forms:
        pairs = [
            (min(left, right), one, other)
            for left, one in ending[form[0]]
            for right, other in beginning[form[1]]
            if one + other not in (one + one, form + form)
        ]
        best = next((p for p in sorted(pairs, reverse=True)[:20] if cut(p[1] + p[2]) == [p[1], p[2]]), None)
        crossings[form] = f"{best[1]}|{best[2]}" if best else ""
    return crossings


RULE = GlossaryRule("GLS824", "cut-across", "info", check, __doc__ or "")
