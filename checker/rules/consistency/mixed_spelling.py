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
from glossary.forms import british_share, respell
from glossary.lazy_pattern import lazy

_HYPHENATED = lazy(r"\b([A-Za-z]{2,})-([A-Za-z]{3,})\b")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each word in the rarer spelling."""
    counts = Counter(word for word, start, end in page.words if not page.is_repeated(start, end))
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
    for match in _HYPHENATED.finditer(page.text):
        closed = (match[1] + match[2]).lower()
        if counts[closed] and not page.is_repeated(*match.span()):
            found[closed].append(match.span())
    return {(page.text[slice(*places[0])], tuple(places)): closed for closed, places in found.items()}


def _national_pairs(page: Page, counts: Counter[str]) -> dict[tuple[str, tuple[tuple[int, int], ...]], str]:
    made = {}
    for word in list(counts):
        british = respell(word, "gb")
        if british == word or not counts[british]:
            continue
        rare, common = (british, word) if counts[british] <= counts[word] else (word, british)
        places = tuple((s, e) for w, s, e in page.words if w == rare and not page.is_repeated(s, e))
        made[page.text[slice(*places[0])], places] = common
    return made if british_share(counts) else {}


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
