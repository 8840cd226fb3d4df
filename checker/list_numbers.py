"""The numbers of headings and list items on a page: where they stand, what they count, in which style."""

from typing import NamedTuple

from checker.blocks import Span
from checker.spans import number_at
from glossary.lazy_pattern import lazy

CARDINALS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        1,
    )
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_WORDS = tuple(word.capitalize() for word in (*CARDINALS, *ORDINALS))
_OPENS = frozenset(("(", "（", *"123456789", *(word[0] for word in _WORDS)))
_MARKS = frozenset("•·*-。 ")  # before a number
HEADING = 18  # words: what is longer is a sentence, not a heading

_DIGITS = lazy(r"([(（]?)([1-9]\d?)([.)）、]|,(?=\s+[^\W\d_]))(?![\d.)])\s*(?=[\w“\"'(（《\[<])")
_WORD = lazy(rf"({'|'.join(_WORDS)})(?:[,、:：]\s+(?=\w)|\.\s+(?=[A-Z]))")
_YEAR = lazy(r"[(（]((?:19|20)\d\d)[)）]\s*(?=[A-Z])")
_INSIDE = lazy(r"\((\d{1,2})\)[\s\u00a0]*(?=[A-Z“\"])")
_HEADING_END = lazy(r"[.;:!?。；](?=\s|$)|\s{2,}|\n")


class ListNumber(NamedTuple):
    """One list number. ``style`` is "1.", "1,", "(1)", "1)", "1、", "cardinal", "ordinal" or "year"."""

    start: int
    end: int
    value: int
    style: str
    heading: bool


def list_numbers(text: str, blocks: list[Span]) -> list[ListNumber]:
    """The list numbers in order: at the start of a block, and in round brackets after two blanks inside one."""
    found: list[ListNumber] = []
    opened: set[int] = set()  # where a block opens with a number or might
    for start, end in blocks:
        while start < end and text[start] in _MARKS:
            start += 1
        if start < end and text[start] in _OPENS:
            opened.add(start)
            if number := _first(text, start, end):
                found.append(number)
    for match in _INSIDE.finditer(text):
        place = match.start()
        before = text[place - 2 : place]
        if place not in opened and before.strip() == "" and not before.startswith("\n"):
            _, end = blocks[number_at(blocks, place)]
            if match.end() < end:
                found.append(ListNumber(place, match.end(1) + 1, int(match[1]), "(1)", True))
    return sorted(found)


def _first(text: str, start: int, end: int) -> ListNumber | None:
    if text[start].isalpha():
        if (match := _WORD.match(text, start, end)) is None:
            return None
        word = match[1].lower()
        style, value = ("cardinal", CARDINALS[word]) if word in CARDINALS else ("ordinal", ORDINALS[word])
        return ListNumber(start, match.end(1) + 1, value, style, _is_heading(text, match.end(), end))
    if match := _DIGITS.match(text, start, end):
        style = ("(1)" if match[1] else "1)") if match[3] in ")）" else "1" + match[3]
        return ListNumber(start, match.end(3), int(match[2]), style, _is_heading(text, match.end(), end))
    if match := _YEAR.match(text, start, end):
        return ListNumber(start, match.end(1) + 1, int(match[1]), "year", _is_heading(text, match.end(), end))
    return None


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether what follows a number is short and no sentence."""
    line = text[start : min(end, start + 300)]
    stop = _HEADING_END.search(line)
    heading = line[: stop.start()] if stop else line
    whole = not stop or stop.start() + 1 >= len(line.rstrip()) or stop.group()[0].isspace()
    return len(heading.split()) <= HEADING and whole
