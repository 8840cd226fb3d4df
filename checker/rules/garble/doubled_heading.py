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
One finding for the page, with every place. On lines of their own only the titles at the top count. The phrase has
four words or more; fewer only after a list number, at the start of a line or when the copies are glued. Two sentences
of which one echoes the other are left alone below six words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from checker.finding import Finding, Fix
from checker.page import Page
from checker.rules.doubled_phrases import DoubledPhrase, doubled_phrases
from checker.rules.loops import in_loop
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

PLAIN = 4  # words that need no further evidence
TITLE_LINES = 6  # at the top of the page
ECHO = 6  # words from which a sentence said twice is no figure of speech

_STOP = lazy(r"[.!?]")
_BETWEEN = lazy(r"[\s“”\"'.!?]*")
_CODE = lazy(r"[/\\_#=<>{}|\x1b]|\w\.\w")
_GOES_BEFORE = lazy(r"[a-z] $")
_COLUMN = lazy(r"\S[ \t]{2,}$")
_LIST_NUMBER = lazy(r"[(（]?\d{1,2}[)）.、]")


def check(page: Page) -> Iterator[Finding]:
    """One finding for all the places of a page."""
    if not page.is_english:
        return
    found = [*_doubled_title(page), *(doubled for doubled in doubled_phrases(page) if _is_fault(page, doubled))]
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


def _doubled_title(page: Page) -> Iterator[DoubledPhrase]:
    """A line at the top that is said again by the next one, perhaps behind the name of the site."""
    lines = () if page.document.units else page.lines[:TITLE_LINES]  # the segments of a CAT file are no page
    for (start, end), (again, last) in pairwise(lines):
        title = page.text[again:last]
        if not page.text.endswith(title, start, end):
            continue
        words = tuple(title.split())
        if title[0].isupper() and sum(word.isalpha() for word in words) >= PLAIN and not page.is_furniture(again):
            before = page.text[start : end - len(title)]
            if not before or before.endswith((" - ", "| ", " – ", ": ")):
                yield DoubledPhrase(end - len(title), end, again, last, words)


def _is_fault(page: Page, item: DoubledPhrase) -> bool:
    if in_loop(page, (item.start, item.end)):
        return False
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
    if "\n" in first and first == second and _GOES_BEFORE.search(text, max(0, item.start - 2), item.start):
        return False  # lines that end and begin alike
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
