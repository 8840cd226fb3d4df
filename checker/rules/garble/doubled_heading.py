"""# doubled-heading (GAR321)

## What it does
Reports a phrase that is said twice at once: a title, a heading with its number, a signature or a date whose two copies
stand side by side, sometimes with no space between them.

## Why it matters
A page often holds its title twice, once for the eye and once for the menu; a scraper or a machine joins the two.

## Wrong
2. Train village doctors 2. Train village doctors at county hospitals

## Right
2. Train village doctors at county hospitals

## Limits
One finding for the page, with every place. The phrase has four words or more; fewer only after a list number, at the
start of a line or when the copies are glued. Two sentences of which one echoes the other are left alone below six
words.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.finding import Finding, Fix
from checker.page import Page
from checker.rules.rule import Rule

LONGEST = 60  # words of a phrase
PLAIN = 4  # words that need no further evidence
SEAM = 20  # words to each side of two glued ones that are looked at
ECHO = 6  # words from which a sentence said twice is no figure of speech

_RUN = re.compile(b"\x01{3,}")
_CAPITAL = re.compile(r"[A-Z][a-z]")
_STOP = re.compile(r"[.!?]")
_BETWEEN = re.compile(r"[\s“”\"'.!?]*")
_CODE = re.compile(r"[/\\_#=<>{}|\x1b]|\w\.\w")
_COLUMN = re.compile(r"\S[ \t]{2,}$")
_LIST_NUMBER = re.compile(r"[(（]?\d{1,2}[)）.、]")


@dataclass(frozen=True, slots=True)
class _Doubled:
    """Two copies: where the first begins, where it ends, where the second begins and ends; its words."""

    start: int
    middle: int
    again: int
    end: int
    words: tuple[str, ...]


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the places of a page."""
    if not page.is_english:
        return
    found = [doubled for doubled in _doubled(page) if _is_fault(page, doubled)]
    if not found:
        return
    quote = " ".join(page.text[found[0].start : found[0].middle].split())
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    yield page.finding(
        RULE.label,
        [(item.start, item.end) for item in found],
        f"“{quote[:60]}” is said twice{more}; keep one copy.",
        "warning",
        "high",
        suggestion=quote,
        fixes=tuple(Fix(item.middle, item.end, "") for item in found),
    )


def _doubled(page: Page) -> Iterator[_Doubled]:
    words = page.words
    tokens = [word for word, _, _ in words]
    found: dict[int, _Doubled] = {}
    for at_seam, positions in ((False, _repeated(page)), (True, _beside_seams(page))):
        last: dict[str, int] = {}
        done = 0
        for position in positions:
            token = tokens[position]
            period = position - last.get(token, -LONGEST)
            last[token] = position
            if 2 <= period < LONGEST and position >= done and (at_seam or _goes_on(tokens, position, period)):
                made = _copy_at(words, tokens, position, period)
                if made:
                    done = position + period
                    found.setdefault(made.start, made)
    yield from (found[start] for start in sorted(found))


def _goes_on(tokens: list[str], position: int, period: int) -> bool:
    """Whether the next word too is what stood a period before: a cheap test."""
    return position + 1 < len(tokens) and tokens[position + 1] == tokens[position + 1 - period]


def _repeated(page: Page) -> Iterator[int]:
    """The words of runs that stand elsewhere too: a doubled phrase is made of them. Short ones count at a line's start."""
    pairs = page.repeated_pairs
    starts = (bisect.bisect_left(page.words, start, key=lambda word: word[1]) for start, _ in page.blocks)
    short = ((start, start + 2 * PLAIN) for start in starts if pairs[start : start + 2] == b"\1\1")
    done = 0
    for begin, end in sorted([*(run.span() for run in _RUN.finditer(pairs)), *short]):
        yield from range(max(begin, done), min(end + 1, len(pairs)))
        done = max(done, end + 1)


def _beside_seams(page: Page) -> Iterator[int]:
    """The words around a capital inside a word, where two copies may be glued together."""
    starts: list[int] = []
    done = 0
    for match in _CAPITAL.finditer(page.text):
        if page.text[match.start() - 1 : match.start()].isalnum():
            starts = starts or [start for _, start, _ in page.words]
            seam = bisect.bisect_right(starts, match.start()) - 1
            yield from range(max(done, seam - SEAM), min(len(starts), seam + SEAM))
            done = seam + SEAM


def _copy_at(words: list[tuple[str, int, int]], tokens: list[str], position: int, period: int) -> _Doubled | None:
    """The doubled phrase around ``position``, whose word stood ``period`` words before.

    A word at the seam or at the end may be glued to its neighbour: "A B CA B C", "A B C A B CX".
    """
    first = position
    while first > max(period, position - period) and tokens[first - 1] == tokens[first - 1 - period]:
        first -= 1
    end = position + 1
    while end < min(len(tokens), first + period) and tokens[end] == tokens[end - period]:
        end += 1
    begin = first - period
    if end - first == period:
        return _Doubled(
            words[begin][1], words[first - 1][2], words[first][1], words[end - 1][2], tuple(tokens[begin:first])
        )
    if end - first != period - 1:
        return None
    if begin and end < len(tokens) and tokens[first - 1] == tokens[end] + tokens[begin - 1]:
        seam = words[first - 1][1] + len(tokens[end])
        phrase = [*tokens[begin - 1 : first - 1], tokens[end]]
        return _Doubled(words[begin - 1][1], seam, seam, words[end][2], tuple(phrase))
    last = tokens[first - 1]
    if period >= PLAIN and len(last) > 2 and end < len(tokens) and tokens[end].startswith(last):
        tail = words[end][1] + len(last)
        return _Doubled(words[begin][1], words[first - 1][2], words[first][1], tail, tuple(tokens[begin:first]))
    return None


def _is_fault(page: Page, item: _Doubled) -> bool:
    block = page.prose_at(item.start)
    if block is None or item.end > block[1] or page.is_furniture(item.start):
        return False
    text = page.text
    letters = [word for word in item.words if word.isalpha() and len(word) > 2]
    if not letters:
        return False
    between = text[item.middle : item.again]
    first, second = text[item.start : item.middle], text[item.again : item.end]
    if _CODE.search(first) or not _BETWEEN.fullmatch(between) or _bare(first) != _bare(second):
        return False
    if not between:
        return True
    before = text[max(block[0], item.start - 12) : item.start]
    if _COLUMN.search(before) and "  " in between:
        return False  # a row of a table
    opens = item.start == block[0] or text[item.start].isupper()
    if _STOP.search(between):
        return len(item.words) >= ECHO and opens and text[item.start].isupper()
    if len(item.words) >= PLAIN:
        return len(letters) >= 2 and (opens or len(item.words) >= ECHO)
    numbered = _LIST_NUMBER.match(first) is not None and _LIST_NUMBER.match(second) is not None
    titled = item.start == block[0] and first[0].isupper() and second[0].isupper()
    return numbered or (titled and len(item.words) == PLAIN - 1)


def _bare(text: str) -> str:
    return "".join(text.lower().split())


RULE = Rule(
    "GAR321",
    "doubled-heading",
    "duplication",
    "Design and markup / duplication",
    "warning",
    "high",
    check,
    __doc__ or "",
)
