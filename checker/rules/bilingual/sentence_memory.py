"""# same-sentence-two-ways (BIL707)

## What it does
Reports a Chinese sentence that stands twice in the source and is translated in two ways, and one English sentence that
stands for two different Chinese ones.

## Why it matters
A reader takes two wordings for two statements. One wording for two statements is mostly a slip of the machine or of
copying.

## Wrong
一站式结算。 … 一站式结算。: Bills are settled at one stop. … There is one-stop settlement.

## Right
一站式结算。 … 一站式结算。: Bills are settled at one stop. … Bills are settled at one stop.

## Limits
Sentences of at least eight Chinese characters, or six English words, that are surely paired; differences of case,
punctuation and figures do not count, those of Latin words do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.finding import Finding, Related
from checker.page import Page
from checker.rules.rule import Rule
from checker.scanning import SMALL_LETTERS, keeping
from checker.script import HAN
from glossary.folding import fold_characters
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.parallel import Segment


LEAST_HAN, LEAST_WORDS = 8, 6
_CHINESE = lazy(f"[{HAN}A-Za-z]+")
_WORDS = keeping(SMALL_LETTERS)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each later sentence that differs from what the first one has."""
    by_source: dict[str, list[tuple[str, Segment]]] = defaultdict(list)
    by_text: dict[str, list[tuple[str, Segment]]] = defaultdict(list)
    words = fold_characters(page.text).encode("ascii", "replace").translate(_WORDS).decode("ascii")
    for segment in page.segments:
        chinese = "".join(_CHINESE.findall(segment.parallel.folded_source, *segment.source))
        english = " ".join(words[segment.link.start : segment.link.end].split())
        if segment.parallel.han(*segment.source) >= LEAST_HAN:
            by_source[chinese].append((english, segment))
        if english.count(" ") + 1 >= LEAST_WORDS:
            by_text[english].append((chinese, segment))
    for same in by_source.values():
        first, segment = same[0]
        for english, other in same[1:]:
            if english != first:
                yield _finding(page, segment, other, "The same Chinese sentence is translated in another way before.")
    for same in by_text.values():
        first, segment = same[0]
        for chinese, other in same[1:]:
            if chinese != first and _differ(first, chinese):
                yield _finding(page, segment, other, "The same words stand for another Chinese sentence before.")


def _differ(first: str, second: str) -> bool:
    """Whether two Chinese sentences are more than spellings of one."""
    shared = len(set(first) & set(second))
    return shared < 0.7 * max(len(set(first)), len(set(second)), 1)


def _finding(page: Page, first: Segment, second: Segment, message: str) -> Finding:
    return page.finding(
        RULE.label,
        [(second.link.start, second.link.end)],
        message,
        "info",
        "medium",
        source=second.source,
        related=(Related(first.link.start, first.link.end, "the sentence before"),),
    )


RULE = Rule(
    "BIL707",
    "same-sentence-two-ways",
    "duplication",
    "Style / inconsistent style",
    "info",
    "medium",
    check,
    __doc__ or "",
)
