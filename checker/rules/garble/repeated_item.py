"""# repeated-item (GAR303)

## What it does
Reports a list that names the same thing twice.

## Why it matters
Two different Chinese words were translated by the same English one: in 医、护、药、技 both 医 and 药 became "medicine".

## Wrong
Posts are set up for medicine, nursing, medicine, technology and management.

## Right
Posts are set up for doctors, nurses, pharmacists, technicians and managers.

## Limits
Lists of four items and more, of one to three words each, up to the first "and"; items said twice in a row only on
pages about health reform, and not where that is for effect. Names and numbers are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place, Related, Severity
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose, is_hyphenated, word_before
from glossary.lazy_pattern import lazy

SHORTEST_LIST = 4
LONGEST_LIST = 60  # longer ones are data
LONGEST_ITEM = 3  # words
LONGEST_BEFORE = 60  # characters

_LIST = lazy(r",(?= ?[^\W\d_][^,.;:!?()\"\n]{1,45},)")
_STOP = lazy(r"[.;:!?()\"\n]")
_ITEM = lazy(r"[^,.;:!?()\"\n]+")
_WORD = lazy(r"[^\W\d_]+")
_AGAIN = lazy(r", (?:and )?((?:(?!and )[a-z]{3,30}+ ){0,2}[a-z]{4,30}+)(?=[,.;:)]| and | or )")
_FOR_EFFECT = frozenset(
    "very many never always please really long more again much even over only same then well years days".split()
)
_GOVERNS = (" of ", " as ", "with ")  # the last five characters before an item
_OPENERS = FUNCTION_WORDS | {"then", "however", "etc", "respectively", "too"}


def check(page: Page) -> Iterator[Finding]:
    """One finding for each second naming."""
    text = page.folded.text
    position = behind = 0
    for match in _LIST.finditer(text):
        if match.start() >= behind:
            stop = _STOP.search(text, match.start())
            behind = stop.start() if stop else len(text)
            if not _comes_back(text[max(0, match.start() - LONGEST_BEFORE) : behind]):
                position = behind
        if match.start() < position:
            continue
        items = _list_at(text, match.start())
        position = items[-1][1] if items else 0
        if not SHORTEST_LIST <= len(items) <= LONGEST_LIST:
            continue
        for number, (start, end) in enumerate(items):
            if number and _same(text, items[number - 1], (start, end)):
                continue  # said again at once: for effect
            first = next(
                (place for place in items[:number] if _same(text, place, (start, end), place == items[0])), None
            )
            place = page.folded.start(start), page.folded.end(end)
            if first is None or page.text[place[0]].isupper() or not in_new_prose(page, place):
                continue
            origin = page.folded.end(first[1]) - (end - start), page.folded.end(first[1])
            if not is_hyphenated(page, origin) and not is_hyphenated(page, place):
                yield _finding(page, origin, place, "error")
    if page.subject == "health-reform":
        for first, second in _at_once(text):
            origin, place = [(page.folded.start(start), page.folded.end(end)) for start, end in (first, second)]
            if page.text[place[0]].islower() and in_new_prose(page, place):
                yield _finding(page, origin, place, "warning")


def _finding(page: Page, origin: Place, place: Place, severity: Severity) -> Finding:
    return page.finding(
        RULE.label,
        [place],
        f"“{page.text[slice(*place)]}” stands twice in this list: two different Chinese words were probably translated by the "
        "same English word.",
        severity,
        "high" if severity == "error" else "medium",
        related=(Related(*origin, "the first one"),),
    )


def _at_once(text: str) -> Iterator[tuple[Place, Place]]:
    """Items of a list said twice in a row; three times, and a chain of pairs (a and b, b and c), is for effect."""
    for match in _AGAIN.finditer(text):
        item, start = match[1], match.start() - len(match[1])
        if not text.endswith(item, 0, match.start()) or start < 2:
            continue
        before, behind = text[max(0, start - 5) : start], text[match.end() : match.end() + 6 + len(item)]
        words = item.split()
        listed = before.endswith((", ", "; ", " and ", *[" a "][: len(words) - 1], *_GOVERNS)) or (
            before[-1] == " " and item.endswith("s") and len(words) == 1 and behind.startswith(",")
        )  # fever clinics, clinics, and
        if not listed or (before.endswith(" and ") and behind.startswith(" and ")):
            continue
        thrice = behind.lstrip(", ").removeprefix("and ").startswith(item) or text.endswith(f"{item}, ", 0, start)
        if not thrice and _FOR_EFFECT.isdisjoint(words) and words[0] not in _OPENERS:
            yield (start, match.start()), match.span(1)


def _comes_back(lists: str) -> bool:
    """Whether two items end in the same word."""
    pieces = lists.replace(" and ", ", ").split(",")
    words = [word for piece in pieces for word in piece.rsplit(None, 1)[-1:]]
    return len(set(words)) < len(words)


def _list_at(text: str, comma: int) -> list[tuple[int, int]]:
    """The items of the list that ``comma`` is the first comma of; empty when it is none."""
    if comma == 0 or not text[comma - 1].isalpha():
        return []
    words_before = text[max(0, comma - LONGEST_BEFORE) : comma].rsplit(" ", LONGEST_ITEM)[-LONGEST_ITEM:]
    items = [(comma - len(" ".join(words_before)), comma)]
    while text[comma : comma + 1] == ",":
        match = _ITEM.match(text, comma + 1, comma + 80)
        if match is None:
            break
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        closing = text.find("and ", start, match.end())
        if closing > start and text[closing - 1] == " " and _is_item(_WORD.findall(text, start, closing)):
            items.append((start, closing - 1))
        if closing >= 0:
            start = closing + 4
        if not _is_item(_WORD.findall(text, start, match.end())):
            break
        items.append((start, match.end()))
        comma = match.end()
        if closing >= 0:
            break
    return items


def _is_item(words: list[str]) -> bool:
    return 0 < len(words) <= LONGEST_ITEM and words[0] not in _OPENERS


def _same(text: str, first: tuple[int, int], second: tuple[int, int], opens: bool = True) -> bool:
    """Whether two items are the same; before one that opens the list other words may stand, and "our" and the like before any."""
    item, earlier = text[slice(*second)].strip(), text[slice(*first)].strip()
    return len(item) > 3 and (
        earlier == item
        or (
            earlier.endswith(f" {item}")
            and (opens or word_before(earlier, len(earlier) - len(item) - 1) in FUNCTION_WORDS)
        )
    )


RULE = Rule("GAR303", "repeated-item", "garbled", "Accuracy / mistranslation", "error", "high", check, __doc__ or "")
