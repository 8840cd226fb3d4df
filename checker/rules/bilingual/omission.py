"""# omission-or-addition (BIL705)

## What it does
Reports Chinese sentences without a translation, sentences far shorter or longer than their Chinese allows, and English
sentences with nothing behind them.

## Why it matters
A dropped clause cannot be seen in the English alone.

## Wrong
追回医保基金3860万元，公开曝光典型案例12起，并建立长效机制。 The bureau recovered 38.6 million yuan.

## Right
追回医保基金3860万元，公开曝光典型案例12起，并建立长效机制。 The bureau recovered 38.6 million yuan, made 12 typical cases
public and set up a lasting mechanism.

## Limits
Length alone (below 0.35 or above 1.1 English words a Chinese character, from 25 characters) is information of low
confidence; with a figure or a term missing as well it is a warning. A sentence counts as left out only between two
neighbours that are surely paired. What stands at fault is the end of the English before the gap.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.bitext import Link
from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.segments import named_concepts
from checker.script import HAN
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.numbers import Number
    from checker.parallel import Segment


SHORT, LONG = 0.35, 1.1  # English words a Chinese character: 99 % of human paragraphs lie between
LEAST_HAN = 25
GAP_HAN = 12
GAP_WORDS = 8
_HAN = lazy(f"[{HAN}]")
_WORD = lazy(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
_SENTENCE = lazy("[。！？；，]")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each gap and for each sentence of an impossible length."""
    if page.parallel is None:
        return
    found = page.segments
    named = named_concepts(page, [(segment.link.start, segment.link.end) for segment in found])
    for segment, here in zip(found, named, strict=True):
        yield from _by_length(page, segment, here)
    yield from _left_out(page)
    yield from _added(page)


def _by_length(page: Page, segment: Segment, here: set[str]) -> Iterator[Finding]:
    from checker.numbers import mismatches
    from checker.parallel import within

    link = segment.link
    chinese = segment.parallel.chinese(link)
    han = len(_HAN.findall(chinese))
    if han < LEAST_HAN:
        return
    # A figure or a Latin word of the source is about a word and a half of English.
    ratio = len(_WORD.findall(segment.parallel.english(link))) / (han + 2 * len(_WORD.findall(chinese)))
    if SHORT <= ratio <= LONG:
        return
    target = within(segment.parallel.numbers, link.start, link.end)
    terms = {term.concepts[0] for term in segment.terms if len(term.concepts) == 1}
    if ratio < SHORT:
        lacking = [item for item in mismatches(segment.numbers, target) if item.target is None]
        proved = bool(lacking) or bool(terms - here)
        label, what = _OMISSION, "shorter"
    else:
        proved = any(number.weight == "strong" for number in target[len(segment.numbers) :])
        label, what = _ADDITION, "longer"
    yield page.finding(
        label,
        [(link.start, link.end)],
        f"The sentence is far {what} than its Chinese: {ratio:.2f} words a character"
        + (", and figures or terms differ." if proved else "."),
        "warning" if proved else "info",
        "medium" if proved else "low",
        source=segment.source,
    )


def _left_out(page: Page) -> Iterator[Finding]:
    from checker.parallel import around, within

    parallel = page.parallel
    assert parallel is not None
    for first, last in _gaps(parallel.links, source=True):
        text = parallel.source.text[first.source_start : last.source_end]
        han = len(_HAN.findall(text))
        if han < GAP_HAN or not _SENTENCE.search(text) or not (first.trusted and last.trusted):
            continue
        place = _end_of(page.text, first.start)
        if place is None or page.is_furniture(place[0]):
            continue
        short = text if len(text) <= 40 else f"{text[:39]}…"
        numbers = within(parallel.source_numbers, first.source_start, last.source_end)
        there = within(parallel.numbers, *around(parallel.links, first, last)[0])
        if _all_given([number for number in numbers if number.weight == "strong"], there):
            continue
        anchored = bool(numbers) or any(first.source_start <= t.start < last.source_end for t in parallel.terms)
        yield page.finding(
            _OMISSION,
            [place],
            f"What follows here in the source is not translated: {' '.join(short.split())}",
            "warning" if anchored else "info",
            "medium",
            source=(first.source_start, last.source_end),
        )


def _added(page: Page) -> Iterator[Finding]:
    from checker.parallel import around, within

    parallel = page.parallel
    assert parallel is not None
    for first, last in _gaps(parallel.links, source=False):
        text = page.text[first.start : last.end]
        if len(_WORD.findall(text)) < GAP_WORDS or not (first.trusted and last.trusted) or _HAN.search(text):
            continue
        if page.is_furniture(first.start) or page.is_repeated(first.start, last.end):
            continue
        numbers = [n for n in within(parallel.numbers, first.start, last.end) if n.weight == "strong"]
        there = within(parallel.source_numbers, *around(parallel.links, first, last)[1])
        if _all_given(numbers, there):
            continue
        yield page.finding(
            _ADDITION,
            [(first.start, last.end)],
            "Nothing in the source stands behind this.",
            "info",
            "medium" if numbers else "low",
            source=None,
        )


def _all_given(numbers: list[Number], there: list[Number]) -> bool:
    """Whether a text that seems alone has figures, and all of them stand beside it on the other side."""
    from checker.numbers import agree

    return bool(numbers) and all(any(agree(a, b) or agree(b, a) for b in there) for a in numbers)


def _gaps(links: tuple[Link, ...], source: bool) -> Iterator[tuple[Link, Link]]:
    """The first and last link of each row of gaps; ``source`` for those with Chinese and no English.

    A row with gaps on both sides is a pair that the alignment did not see, and no gap.
    """
    for is_gap, row in itertools.groupby(links, key=lambda link: link.is_gap):
        gaps = list(row) if is_gap else []
        if gaps and all((link.start == link.end) == source for link in gaps):
            yield gaps[0], gaps[-1]


def _end_of(text: str, end: int) -> Place | None:
    """The last word before ``end``, or the first of the text."""
    before = list(_WORD.finditer(text, max(0, end - 60), end))
    match = before[-1] if before else _WORD.search(text)
    return match.span() if match else None


RULE = Rule(
    "BIL705", "omission-or-addition", "omission", "Accuracy / omission", "warning", "medium", check, __doc__ or ""
)
_OMISSION = RULE.label
_ADDITION = (RULE.code, RULE.name, "addition", "Accuracy / addition")
