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
confidence; with a figure or a term missing as well it is a warning. Sentences count as left out only between neighbours
that are surely paired, unless figures of theirs are missing, and not where a neighbour is long enough to say them too;
English that says something else, only where figures of the source are missing. What stands at fault is the end of the
English before the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.finding import Finding, Place, Severity
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.segments import named_concepts
from checker.script import han_count
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.numbers import Number
    from checker.parallel import Segment


SHORT, LONG = 0.35, 1.1  # English words a Chinese character: 99 % of human paragraphs lie between
LEAST_HAN = 25
GAP_HAN = 12
GAP_WORDS = 8
COMPARED = 200_000  # pairs of figures; of more, all are taken to be there
_WORD = lazy(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
_SENTENCE = lazy("[。！？；，]")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each gap and for each sentence of an impossible length."""
    if page.parallel is None:
        return
    found = page.segments
    named = named_concepts(page)
    for segment, here in zip(found, named, strict=True):
        yield from _by_length(page, segment, here)
    yield from _left_out(page)
    yield from _added(page)


def _by_length(page: Page, segment: Segment, here: set[str]) -> Iterator[Finding]:
    link = segment.link
    han = segment.parallel.han(*segment.source)
    if han < LEAST_HAN or han_count(segment.parallel.english(link)) >= GAP_HAN:
        return  # chinese-in-english finds what is left
    chinese = segment.parallel.chinese(link)
    # A figure or a Latin word of the source is about a word and a half of English.
    ratio = len(_WORD.findall(segment.parallel.english(link))) / (han + 2 * len(_WORD.findall(chinese)))
    if SHORT <= ratio <= LONG:
        return
    from checker.numbers import mismatches
    from checker.parallel import within

    target = within(segment.parallel.numbers, link.start, link.end)
    terms = {term.concepts[0] for term in segment.terms if len(term.concepts) == 1}
    if ratio < SHORT:
        lacking = [item for item in mismatches(segment.numbers, target) if item.target is None]
        proved = bool(lacking) or bool(terms - here)
        label, what = _OMISSION, "shorter"
    else:
        days = {date.day for date in within(segment.parallel.source_dates, *segment.source)}
        own = [number for number in target if number.weight == "strong" and number.value not in days]
        proved = bool(own) and not _all_given(own, segment.numbers)
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
    from checker.rules.gaps import gaps, is_taken_in

    parallel = page.parallel
    assert parallel is not None
    for gap in gaps(page):
        text = parallel.source.text[slice(*gap.chinese)]
        if gap.lacks == "chinese" or han_count(text) < GAP_HAN or not _SENTENCE.search(text):
            continue
        there = within(parallel.numbers, *around(parallel.links, gap.row[0], gap.row[-1])[0])
        numbers = within(parallel.source_numbers, *gap.chinese)
        strong = [number for number in numbers if number.weight == "strong"]
        short = " ".join((text if len(text) <= 40 else f"{text[:39]}…").split())
        is_proved = bool(strong) and gap.framed and not _any_given(strong, there)
        is_proved = is_proved or (len(strong) > 1 and not _any_given(strong, parallel.numbers))
        if gap.lacks == "both":
            if not (is_proved and gap.trusted):
                continue  # a pair that the alignment did not see
            place, message = gap.english, f"This does not say what the source has here: {short}"
        else:
            may_be = gap.trusted and not _all_given(strong, there) and (strong or not is_taken_in(parallel, gap))
            end = _end_of(page.text, gap.english[0])
            if end is None or not (is_proved or may_be):
                continue
            place, message = end, f"What follows here in the source is not translated: {short}"
        if page.is_furniture(place[0]):
            continue
        anchored = bool(numbers) or any(gap.chinese[0] <= t.start < gap.chinese[1] for t in parallel.terms)
        severity: Severity = "warning" if anchored else "info"
        yield page.finding(_OMISSION, [place], message, severity, "medium", source=gap.chinese)


def _added(page: Page) -> Iterator[Finding]:
    from checker.parallel import around, within
    from checker.rules.gaps import gaps, is_taken_in

    parallel = page.parallel
    assert parallel is not None
    for gap in gaps(page):
        text = page.text[slice(*gap.english)]
        if gap.lacks != "chinese" or len(_WORD.findall(text)) < GAP_WORDS or han_count(text):
            continue
        if page.is_furniture(gap.english[0]) or page.is_repeated(*gap.english):
            continue
        numbers = [number for number in within(parallel.numbers, *gap.english) if number.weight == "strong"]
        there = within(parallel.source_numbers, *around(parallel.links, gap.row[0], gap.row[-1])[1])
        if not gap.trusted or _all_given(numbers, there) or (not numbers and is_taken_in(parallel, gap)):
            continue
        yield page.finding(
            _ADDITION,
            [gap.english],
            "Nothing in the source stands behind this.",
            "info",
            "medium" if numbers else "low",
            source=None,
        )


def _any_given(numbers: list[Number], there: list[Number]) -> bool:
    """Whether any of the figures stands beside the text on the other side; of thousands that is taken for granted."""
    from checker.numbers import agree

    return len(numbers) * len(there) > COMPARED or any(agree(a, b) or agree(b, a) for a in numbers for b in there)


def _all_given(numbers: list[Number], there: list[Number]) -> bool:
    """Whether a text that seems alone has figures, and all of them stand beside it on the other side; thousands do."""
    if len(numbers) * len(there) > COMPARED:
        return True
    return bool(numbers) and all(_any_given([number], there) for number in numbers)


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
