"""The lines of a text by what is left on them: skeletons of stripped Chinese, terminators on a line of their own.

A *skeleton* is what remains of a Chinese sentence when a filter has taken its characters out: "。,《》, 5 ,、". Spans
are offsets into the text, without the blanks around a line.
"""

from typing import NamedTuple

from checker.blocks import Span
from glossary.lazy_pattern import lazy

CHINESE_MARKS = "。、，；：！？《》〈〉「」『』【】〔〕〖〗（）"
"""Punctuation that only Chinese text has; curly quotes and dashes are not among it."""

_LINE = lazy(r"\S(?:.*\S)?")
_MARK = lazy(f"[{CHINESE_MARKS}]")
_BARE = lazy(r"[\W\dA-Z]*")  # punctuation, figures and acronyms: "。(DRG),,、"
_LABEL = lazy(r"[(（〔【《\[“\"]?[\dA-Z.-]{1,8}\W{0,2}")  # a list number, a year, an acronym in brackets
_WITHOUT_MARKS = lazy(r"[\s();:,.\d%+]*(?:\(\s*\)|,\s*,)[\s();:,.\d%+]*")
_LEADING = lazy(r"[。，；：！？、]+(?=\s*\w|\s*[(\"“])")
_TERMINATOR = lazy(r"[.,;:!?。，；：！？、]")
_ENDS = ".,;:!?。，；：！？、"
_TORN = 0.75  # share of the lone terminators that follow a line without one; else they part paragraphs
_LONGEST = 400  # characters: what is longer is no stripped sentence


class DamagedLines(NamedTuple):
    """What a scraper left of lines.

    ``skeletons`` are the lines of stripped Chinese, and on a page that has any the Chinese marks that begin an English
    line; ``orphans`` are the terminators alone on a line, each after the line it was torn from. Where most of them
    follow a line that has its own, they are no orphans but part paragraphs.
    """

    skeletons: tuple[Span, ...]
    orphans: tuple[tuple[Span, Span], ...]


def text_lines(text: str) -> list[Span]:
    """The lines that hold anything, in order."""
    return [match.span() for match in _LINE.finditer(text.replace("\r", "\n"))]


def damaged_lines(text: str, lines: list[Span], has_chinese: bool) -> DamagedLines:
    """The damaged lines of a text, which ``text_lines`` cut; ``has_chinese`` as ``checker.script`` says of it."""
    has_marks = has_chinese and _MARK.search(text) is not None
    sure: list[Span] = []
    likely: list[Span] = []  # count only beside a sure one
    orphans: list[tuple[Span, Span]] = []
    every = enumerate(lines)
    for number, line in every if has_marks else [(n, (start, end)) for n, (start, end) in every if end - start == 1]:
        start, end = line
        if end - start == 1:
            if number and _TERMINATOR.match(text, start):
                orphans.append((lines[number - 1], line))
        elif end - start <= _LONGEST:
            if _BARE.fullmatch(text, start, end) and not _LABEL.fullmatch(text, start, end):
                if _MARK.search(text, start, end):
                    sure.append(line)
                elif _WITHOUT_MARKS.fullmatch(text, start, end):
                    likely.append(line)
            elif leading := _LEADING.match(text, start, end):
                likely.append(leading.span())
    if sure:
        likely += [line for _, line in orphans if text[line[0]] in CHINESE_MARKS]
        orphans = [pair for pair in orphans if text[pair[1][0]] not in CHINESE_MARKS]
    torn = [pair for pair in orphans if text[pair[0][1] - 1] not in _ENDS]
    return DamagedLines(
        tuple(sorted(sure + likely)) if sure else (),
        tuple(torn) if len(torn) >= _TORN * len(orphans) else (),
    )
