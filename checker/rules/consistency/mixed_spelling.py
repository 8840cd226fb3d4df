"""# mixed-spelling (CON203)

## What it does
Notes a word that is spelt in two ways on one page: open, hyphenated or closed ("multi-disciplinary" and
"multidisciplinary"), or in American and British fashion ("specialized" and "specialised").

## Why it matters
Mixed spelling shows that a page was pieced together, and an editor has to choose in the end.

## Wrong
The multi-disciplinary clinic opened. Two multidisciplinary teams work there.

## Right
The multidisciplinary clinic opened. Two multidisciplinary teams work there.

## Limits
Information only. Names are not told from other words, so "Center" in the name of a body may be listed beside
"centre". Hyphens are compared only for words that also stand closed on the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from glossary.forms import british, british_share, spelt_apart
from glossary.lazy_pattern import lazy

_HYPHEN = lazy(r"-(?<=[A-Za-z]{2}-)([A-Za-z]{3,})\b")
_BEFORE = lazy(r"\b[A-Za-z]{2,}$")
_LONGEST = 40  # characters


def check(page: Page) -> Iterator[Finding]:
    """One finding for each word in the rarer spelling."""
    rarer = {**_hyphen_pairs(page), **_national_pairs(page)}
    for (quote, places), other in rarer.items():
        yield page.finding(
            RULE.label,
            list(places),
            f"“{quote}” is spelt “{other}” elsewhere on the page.",
            "info",
            "low",
            suggestion=other,
        )


def _hyphen_pairs(page: Page) -> dict[tuple[str, tuple[tuple[int, int], ...]], str]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    done = 0
    text, words = page.text, page.text_words.words
    for match in _HYPHEN.finditer(text):
        first = max(done, match.start() - _LONGEST)
        _, blank, word = text[first : match.start()].rpartition(" ")
        if not (blank and word.isalpha() and word.isascii()):
            before = _BEFORE.search(text, first, match.start())
            if before is None:
                continue
            word = before.group()
        place = match.start() - len(word), match.end()
        done = match.end()
        closed = (word + match[1]).lower()
        if closed in words and page.new_counts[closed] and not page.is_repeated(*place):
            found[closed].append(place)
    return {(page.text[slice(*places[0])], tuple(places)): closed for closed, places in found.items()}


def _national_pairs(page: Page) -> dict[tuple[str, tuple[tuple[int, int], ...]], str]:
    words = page.text_words.words
    spelt = {word: other for word in spelt_apart(words) if (other := british(word)) != word and other in words}
    if not spelt or not british_share(page.new_counts):
        return {}
    counts = page.new_counts
    common: dict[str, str] = {}
    for word in counts:
        in_britain = spelt.get(word, word)
        if in_britain != word and counts[in_britain]:
            rare, other = (in_britain, word) if counts[in_britain] <= counts[word] else (word, in_britain)
            common[rare] = other
    places: dict[str, list[tuple[int, int]]] = {rare: [] for rare in common}
    for word, place in page.words.places(common) if common else ():
        if not page.is_repeated(*place):
            places[word].append(place)
    return {(page.text[slice(*found[0])], tuple(found)): common[rare] for rare, found in places.items()}


RULE = Rule(
    "CON203",
    "mixed-spelling",
    "inconsistency",
    "Linguistic conventions / spelling",
    "info",
    "low",
    check,
    __doc__ or "",
)
