"""# space-before-punctuation (SPC504)

## What it does
Reports blanks before a comma, a semicolon or a full stop, and on pages about health reform before the hyphen of a
compound (long -term, disease -controlling).

## Why it matters
English sets punctuation at the word. The blank is left over where a machine joined two segments, and often marks the
place where a sentence was broken.

## Wrong
The fund was set up in May , and the hospital joined at once.

## Right
The fund was set up in May, and the hospital joined at once.

## Limits
One finding for each mark, with every place. Looks at prose only. Dots that begin a word (.NET, .5) or make an ellipsis
are left alone, and so are marks that a blank line or a line end parts from the word (SPC503).
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.marks import BLANKS, closing_marks, stops
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose, word_after, word_before
from glossary.lazy_pattern import lazy

_FOLLOWS = {
    ",": lazy(r"[\s\"”’)]|$|[a-z]{2}"),
    ";": lazy(r"[\s\"”’)]|$|[a-z]{2}"),
    ".": lazy(r"\s+[A-Z“\"]|[ \t]*(?:[\r\n]|$)"),
}
_SIGNATURE = lazy(r"\s+\([A-Z“\"]")  # of a report, in brackets
_CODE = lazy(r"[/@_=<>\\|{}]|\w\.\w|^\w$|^-")
_NAMES = {",": "comma", ";": "semicolon", ".": "full stop", "-": "hyphen"}
_HYPHEN = lazy(
    r"(?:(?<=[a-z]{2})|(?<=\d)) {1,2}-(?=(?:age|based|bed|being|borne|care|centered|centric|century|class|controlling"
    r"|depth|effective|free|friendly|grade|hour|income|level|line|oriented|party|price|quality|rate|related|risk|roots|scale"
    r"|specific|style|term|time|type|value|wide|year)\b(?!-? -| ?- ))"
)
_NO_COMPOUND = FUNCTION_WORDS | {"plus", "suffix", "ending", "option"}
LONGEST_WORD = 30


def check(page: Page) -> Iterator[Finding]:
    """One finding for each mark that has blanks before it."""
    if not page.is_english:
        return
    text = page.text
    late = [place for place in (*closing_marks(page), *stops(page)) if place and text[place - 1] in BLANKS]
    of_the_subject = page.subject == "health-reform"
    for mark, follows in _FOLLOWS.items() if late else ():
        marks = [place + 1 for place in late if text[place] == mark]
        signed = of_the_subject and mark == "."
        ends = [end for end in marks if follows.match(text, end) or (signed and _SIGNATURE.match(text, end))]
        yield from _findings(page, mark, ends)
    if of_the_subject and " -" in text:
        hyphens = _HYPHEN.finditer(text)
        yield from _findings(page, "-", [match.end() for match in hyphens if _is_first_part(text, match.start())])


def _findings(page: Page, mark: str, ends: list[int]) -> Iterator[Finding]:
    """One finding for a mark that ends at ``ends``, if any of them stands in prose."""
    places: list[Place] = []
    fixes: list[Fix] = []
    for end in ends:
        word_end = _word_end(page.text, end - 1)
        if word_end is None or not _is_prose(page, word_end, end):
            continue
        behind = word_after(page.text, end) if mark == "-" else ""
        places.append((_word_start(page.text, word_end), end + len(behind)))
        moved = mark != "-" and page.text[end : end + 1].isalpha()  # "May ,and": the blank stands on the wrong side
        fixes.append(Fix(word_end, end, f"{mark} " if moved else mark))
    if places:
        many = "" if len(places) == 1 else f" ({len(places)} places)"
        quote = " ".join(page.text[slice(*places[0])].split())
        yield page.finding(
            RULE.label,
            places,
            f"Space before a {_NAMES[mark]}{many}: “{quote}”.",
            "warning",
            "high",
            suggestion=page.text[places[0][0] : fixes[0].start] + mark + page.text[fixes[0].end : places[0][1]],
            fixes=tuple(fixes),
        )


def _is_first_part(text: str, word_end: int) -> bool:
    """Whether the word that ends there may be part of a compound: what stands behind others is an option or a suffix."""
    word = word_before(text, word_end)
    if text.startswith("party", text.index("-", word_end) + 1):
        return word in ("third", "second", "first", "multi")
    return word not in _NO_COMPOUND and not word.endswith("ly")


def _is_prose(page: Page, word_end: int, end: int) -> bool:
    if not in_new_prose(page, (word_end, end)) or page.is_furniture(word_end):
        return False
    return not _CODE.search(page.text[max(0, word_end - LONGEST_WORD) : word_end].split()[-1])


def _word_end(text: str, mark: int) -> int | None:
    """Where the word before a mark ends; None when the mark does not follow a word or a closing bracket."""
    position = mark
    while position and text[position - 1] in BLANKS and mark - position < LONGEST_WORD:
        position -= 1
    if not position or not (text[position - 1].isalnum() or text[position - 1] in ')]"”’%'):
        return None
    return position


def _word_start(text: str, end: int) -> int:
    start = end - 1
    while start and end - start < LONGEST_WORD and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    return start


RULE = Rule(
    "SPC504",
    "space-before-punctuation",
    "spacing",
    "Linguistic conventions / punctuation",
    "warning",
    "high",
    check,
    __doc__ or "",
)
