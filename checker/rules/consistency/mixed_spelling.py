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

from collections import Counter, defaultdict
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
    counts = page.new_counts
    rarer = {**_hyphen_pairs(page, counts), **_national_pairs(page, counts)}
    for (quote, places), other in rarer.items():
        yield page.finding(
            RULE.label,
            list(places),
            f"“{quote}” is spelt “{other}” elsewhere on the page.",
            "info",
            "low",
            suggestion=other,
        )


def _hyphen_pairs(page: Page, counts: Counter[str]) -> dict[tuple[str, tuple[tuple[int, int], ...]], str]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    done = 0
    for match in _HYPHEN.finditer(page.text):
        before = _BEFORE.search(page.text, max(done, match.start() - _LONGEST), match.start())
        if before is None:
            continue
        place = before.start(), match.end()
        done = match.end()
        closed = (before.group() + match[1]).lower()
        if counts[closed] and not page.is_repeated(*place):
            found[closed].append(place)
    return {(page.text[slice(*places[0])], tuple(places)): closed for closed, places in found.items()}


def _national_pairs(page: Page, counts: Counter[str]) -> dict[tuple[str, tuple[tuple[int, int], ...]], str]:
    if not british_share(counts):
        return {}
    common: dict[str, str] = {}
    apart = spelt_apart(counts.keys())
    for word in counts if apart else ():
        if word in apart and (in_britain := british(word)) != word and counts[in_britain]:
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
