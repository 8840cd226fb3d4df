"""The numbers of headings and list items on a page: where they stand, what they count, in which style."""

from collections.abc import Iterator
from typing import NamedTuple

from checker.blocks import Span
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
_OPENS = tuple("(（ABCDEFGHIJKLMNOPQRSTUVWXYZ")
HEADING = 18  # words: what is longer is a sentence, not a heading

_DIGITS = lazy(r"([(（]?)([1-9]\d?)([.)）、])(?![\d.)])\s*(?=[\w“\"'(（《\[<])")
_WORD = lazy(r"([A-Z][a-z]{2,9})[,、:：]\s+(?=\w)")
_YEAR = lazy(r"[(（]((?:19|20)\d\d)[)）]\s*(?=[A-Z])")
_INSIDE = lazy(r"\((\d{1,2})\)[\s\u00a0]*(?=[A-Z“\"])")
_HEADING_END = lazy(r"[.;:!?。；](?=\s|$)|\s{2,}|\n")


class ListNumber(NamedTuple):
    """One list number. ``style`` is "1.", "(1)", "1)", "1、", "cardinal", "ordinal" or "year"."""

    start: int
    end: int
    value: int
    style: str
    heading: bool


def list_numbers(text: str, blocks: list[Span]) -> Iterator[ListNumber]:
    """The list numbers in order: at the start of a block, and in round brackets after two blanks inside one."""
    for start, end in blocks:
        begin = start
        while begin < end and text[begin] in "•·*-。 ":
            begin += 1
        # A list number begins with a figure, a bracket or the capital of a word.
        if (text[begin : begin + 1] in _OPENS or text[begin : begin + 1].isdigit()) and (
            number := _first(text, begin, end)
        ):
            yield number
        position = text.find("(", begin + 1, end)
        while position >= 0:
            match = _INSIDE.match(text, position, end)
            if (
                match
                and text[position - 2 : position].strip() == ""
                and not text[position - 2 : position].startswith("\n")
            ):
                yield ListNumber(position, position + len(match[1]) + 2, int(match[1]), "(1)", True)
            position = text.find("(", position + 1, end)


def _first(text: str, start: int, end: int) -> ListNumber | None:
    if match := _DIGITS.match(text, start, end):
        style = ("(1)" if match[1] else "1)") if match[3] in ")）" else "1" + match[3]
        return ListNumber(start, match.end(3), int(match[2]), style, _is_heading(text, match.end(), end))
    if match := _YEAR.match(text, start, end):
        return ListNumber(start, match.end(1) + 1, int(match[1]), "year", _is_heading(text, match.end(), end))
    if match := _WORD.match(text, start, end):
        word = match[1].lower()
        for style, values in (("cardinal", CARDINALS), ("ordinal", ORDINALS)):
            if word in values:
                return ListNumber(start, match.end(1) + 1, values[word], style, _is_heading(text, match.end(), end))
    return None


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether what follows a number is short and no sentence."""
    line = text[start : min(end, start + 300)]
    stop = _HEADING_END.search(line)
    heading = line[: stop.start()] if stop else line
    whole = not stop or stop.start() + 1 >= len(line.rstrip()) or stop.group()[0].isspace()
    return len(heading.split()) <= HEADING and whole
