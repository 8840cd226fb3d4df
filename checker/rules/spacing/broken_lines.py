"""# broken-lines (SPC508)

## What it does
Reports text that was cut at a full stop that ends no sentence (a heading's number alone on its line, "No." before its
number, "etc." before ", and"), a word left alone on its line, and a heading that runs into its sub-heading.

## Why it matters
Machines split text at full stops. The pieces are translated apart and set on lines of their own, so that headings lose
their numbers and sentences their ends.

## Wrong
3.
Improve village clinics    (1) Train village doctors

## Right
3. Improve village clinics
(1) Train village doctors

## Limits
One finding for what was cut and one for what runs together, each with all its places. "No." at a line end counts only
on a page that shows other such damage, for ordinary text may wrap there.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.marks import BLANKS
from checker.rules.rule import Rule
from glossary.lazy_pattern import lazy

_NUMBER = lazy(r"(?:[1-9]\d?|[IVX]{1,4})[.、]")
_CUT = lazy(r"\.(?:(?<=No\.)|(?<=etc\.))[ \t]*\r?\n[ \t]*(?=[\d,;])")
_RUN_TOGETHER = lazy(r"\(\d{1,2}\)[ \u00a0]?(?=[A-Z][a-z])")
_LONGEST_NUMBER = 5  # characters
_HEADING = 16  # words
_LONG_LINE = 130  # characters: a longer line was not wrapped


def check(page: Page) -> Iterator[Finding]:
    """One finding for what was cut, one for what runs together."""
    if not page.is_english:
        return
    cut = sorted([*_numbers(page), *_lone_words(page), *_cut_ends(page)])
    cut = [(place, fix) for place, fix in cut if _is_new(page, place)]
    if cut:
        quote = " ".join(page.text[slice(*cut[0][0])].split())
        yield page.finding(
            RULE.label,
            [place for place, _ in cut],
            f"Text was cut where no sentence ends: “{quote}”; join the lines.",
            "warning",
            "high",
            fixes=tuple(fix for _, fix in cut if fix is not None),
        )
    together = [place for place in _run_together(page) if _is_new(page, place)]
    if together:
        yield page.finding(
            RULE.label,
            together,
            "A heading runs into its sub-heading; begin a new line.",
            "warning",
            "high",
        )


def _is_new(page: Page, place: Place) -> bool:
    return not page.is_repeated(*place) and not page.is_furniture(place[0])


_Cut = tuple[Place, Fix | None]


def _numbers(page: Page) -> Iterator[_Cut]:
    """List numbers alone on a line before a line of words."""
    lines = page.lines
    short = [number for number, (start, end) in enumerate(lines) if end - start <= _LONGEST_NUMBER]
    for number in short:
        line = lines[number]
        if number + 1 < len(lines) and _NUMBER.fullmatch(page.text, *line):
            start, end = lines[number + 1]
            if page.text[start].isupper() and end - start > 5:
                yield line, Fix(line[1], start, " ")


def _lone_words(page: Page) -> Iterator[_Cut]:
    """One word on a line, with its full stop on the next."""
    for (start, end), _ in page.damaged.orphans:
        word = page.text[start:end]
        if len(word) > 3 and word.isalpha() and word[0].isupper() and word[1:].islower():
            yield (start, end), None


def _cut_ends(page: Page) -> Iterator[_Cut]:
    """Text cut behind "No." before its number, and behind "etc." before a comma or a semicolon."""
    for match in _CUT.finditer(page.text):
        dot, end = match.span()
        numbered = page.text[end].isdecimal()
        start = dot - len("No" if numbered else "etc")
        if page.text[start:dot] != ("No" if numbered else "etc"):
            continue
        wrapped = start < _LONG_LINE or "\n" in page.text[start - _LONG_LINE : start]
        if numbered and wrapped and not page.damaged.orphans:
            continue
        yield (start, end + 1), Fix(dot + 1, end, " " if numbered else "")


def _run_together(page: Page) -> Iterator[Place]:
    """Headings with a numbered sub-heading behind two blanks or more on the same line."""
    text = page.text
    for match in _RUN_TOGETHER.finditer(text):
        start = match.start()
        while start and text[start - 1] in BLANKS and match.start() - start < 12:
            start -= 1
        if match.start() - start < 2 or not text[start - 1].islower():
            continue
        line_start = text.rfind("\n", max(0, start - 300), start) + 1
        heading = text[line_start:start].strip()
        if heading[:1].isupper() and "." not in heading[4:] and 1 < len(heading.split()) <= _HEADING:
            word = text.rfind(" ", line_start, start) + 1
            yield max(word, line_start), match.end()


RULE = Rule(
    "SPC508",
    "broken-lines",
    "spacing",
    "Design and markup / line breaks",
    "warning",
    "high",
    check,
    __doc__ or "",
)
