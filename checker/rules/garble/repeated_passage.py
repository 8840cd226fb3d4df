"""# repeated-passage (GAR320)

## What it does
Reports a passage of two sentences or more that stands on the page a second time, word for word or nearly so.

## Why it matters
Scrapers collect a page's preview, its body and its print version in one file. Every count taken on such a page is
wrong, and a reader meets the same section twice.

## Wrong
The county pays village doctors a monthly allowance. The township pays for their training. Clinics open at eight. The
county pays village doctors a monthly allowance. The township pays for their training. Clinics open at eight.

## Right
The county pays village doctors a monthly allowance. The township pays for their training. Clinics open at eight.

## Limits
One finding for each passage, whose copies are its places. A single sentence that comes back among other neighbours is
left alone: most often the source says it twice. A heading or title said twice at once is GAR321. Other rules are silent
inside a copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place, Related
from checker.page import Page
from checker.prose import is_prose
from checker.rules.doubled_phrases import LONGEST
from checker.rules.rule import Rule

NEAR = 1000  # characters, which are blank where a passage follows its original at once
SHORTEST = 20  # words
LONG = 100  # words: a passage this long is a copy on a page of any length
SHARE = 0.05  # of the page: a shorter passage must be as much of it; long documents have sentences they use again


def check(page: Page) -> Iterator[Finding]:
    """One finding for each original, with all its copies."""
    if not page.repeats or not page.is_english:
        return
    copies: dict[int, list[Place]] = {}
    for start, end, original in page.repeats:
        words = page.words.number_at(end) - page.words.number_at(start)
        behind = original + end - start
        at_once = start - behind < NEAR and not page.text[behind:start].strip()
        long = words >= LONG or words >= max(SHORTEST, SHARE * len(page.words))
        if long and not (at_once and words <= LONGEST) and is_prose(page.text[start:end]):
            copies.setdefault(original, []).append((start, end))
    for original, places in copies.items():
        start, end = places[0]
        words = page.words.number_at(end) - page.words.number_at(start)
        line, _ = page.document.position(page.in_document(original, original)[0])
        yield page.finding(
            RULE.label,
            places,
            f"This passage of {words} words repeats what stands from line {line} on; delete the copy.",
            "error",
            "high",
            related=(Related(original, min(original + end - start, start), "what it repeats"),),
        )


RULE = Rule(
    "GAR320",
    "repeated-passage",
    "duplication",
    "Design and markup / duplication",
    "error",
    "high",
    check,
    __doc__ or "",
)
