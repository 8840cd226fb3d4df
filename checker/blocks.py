"""Text cut into blocks and sentences, by offsets into the original; nothing is copied or changed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from glossary.lazy_pattern import lazy

Span = tuple[int, int]

_TERMINATOR = lazy(r"[.,;:!?。，；：！？、]{1,2}")
_CUT_SHORT = (r"No\.", r"Nos\.", r"etc\.", r"Art\.", r"vs\.")
_JOINING = ("and", "or", "of", "the", "to", "in", "for", "with", "by", "a", "an")
_CUT_OFF = lazy("|".join([r"(?<=[,(\[“\"])", *(rf"(?<=\b{word})" for word in (*_JOINING, *_CUT_SHORT))]))
_LONE_NUMBER = lazy(r"(?:^|[\s\u00a0]{2})(?:\d{1,2}|[IVX]{1,4})\.$")
# How whatever these two patterns find ends: a test that costs less than they do.
_MAY_BE_CUT = (".", ",", "(", "[", "“", '"', *_JOINING)
_LAST_OF_THESE = frozenset(ending[-1] for ending in _MAY_BE_CUT)
_CONTINUES = frozenset("abcdefghijklmnopqrstuvwxyz,;)]”")
_SENTENCE_END = lazy(r"[.!?](?<![.!?][.!?])[.!?]*+[\"'”’)\]]*(?=\s)")
_SENTENCE_END_IN_CHINESE = lazy(
    r"[.!?。！？](?:(?<=[.!?])(?<![.!?][.!?])[.!?]*+[\"'”’)\]]*(?=\s)|(?<=[。！？])[。！？]*[”’」』）]*)"
)
_ABBREVIATIONS = (
    "No Nos Dr Mr Mrs Ms Prof St vs etc e.g i.e cf Fig Vol Art Sec Ch Inc Ltd Co al approx est Jan Feb Mar Apr Jun Jul Aug "
    "Sept Sep Oct Nov Dec a.m p.m U.S U.K"
).split()
_ABBREVIATION = lazy(
    rf"(?:\b(?:{'|'.join(_ABBREVIATIONS).replace('.', r'[.]')})|(?:^|\s)[A-Z]|(?:^|\s)\(?\d{{1,2}})\.$"
)
_THEIR_ENDS = frozenset(word[-2:] for word in _ABBREVIATIONS)


def text_blocks(text: str, lines: list[Span]) -> list[Span]:
    """The blocks of plain text: lines, with wrapped lines and lines that hold only a terminator joined to theirs.

    ``lines`` are the lines that hold anything, without the blanks around them. Blank lines part blocks; so does every
    line end unless the next line plainly goes on. A heading's number on a line of its own belongs to the next line.
    Returned spans are without the blanks around them, in order.
    """
    blocks: list[Span] = []
    first = 0
    for number in _paragraph_ends(text, lines):
        if number - first == 1:
            blocks.append(lines[first])
        elif _is_wrapped(paragraph := lines[first:number]):
            blocks.append((paragraph[0][0], paragraph[-1][1]))
        else:
            begin, last = paragraph[0]
            for start, end in paragraph[1:]:
                if not _is_joined(text, begin, last, start, end):
                    blocks.append((begin, last))
                    begin = start
                last = end
            blocks.append((begin, last))
        first = number
    return blocks


def _paragraph_ends(text: str, lines: list[Span]) -> list[int]:
    """The numbers of the lines behind which a blank line stands, each plus one, and behind the last line."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    made = [
        number
        for number, ((_, last), (start, _)) in enumerate(itertools.pairwise(lines), 1)
        if start - last > 1 and text.count("\n", last, start) > 1
    ]
    return [*made, len(lines)] if lines else []


def _is_joined(text: str, begin: int, last: int, start: int, end: int) -> bool:
    """Whether the line ``start..end`` belongs to the block ``begin..last`` before it."""
    if end - start <= 2 and _TERMINATOR.fullmatch(text, start, end):
        return True
    cut = text[last - 1] in _LAST_OF_THESE and text.endswith(_MAY_BE_CUT, begin, last)
    if not cut and text[start] not in _CONTINUES:
        return False
    tail, line = text[max(begin, last - 40) : last], text[start : min(end, start + 60)]
    numbered = tail[-1] == "." and _LONE_NUMBER.search(tail) is not None
    if not _has_letter(line) or not (numbered or _has_letter(tail)):
        return False  # a row of marks or figures belongs to nothing
    if numbered or (cut and _CUT_OFF.match(text, last)):
        return True
    return line[0] in _CONTINUES and len(tail) >= 40 and tail[-1] not in ".!?:;。！？"


def _is_wrapped(lines: list[Span]) -> bool:
    """Whether the lines of a paragraph were broken at a fixed width."""
    if len(lines) < 3 or not 45 <= lines[0][1] - lines[0][0] <= 130:
        return False
    lengths = [end - start for start, end in lines[:-1]]
    shortest, longest = min(lengths), max(lengths)
    return shortest >= 45 and longest <= 130 and longest - shortest <= 25


def _has_letter(text: str) -> bool:
    return text[0].isalpha() or any(map(str.isalpha, text))


def sentences(text: str, blocks: Sequence[Span]) -> list[Span]:
    """The sentences of the blocks in order, without the blanks between them."""
    if not blocks:
        return []
    pattern = _SENTENCE_END if text.isascii() or not any(map(text.__contains__, "。！？")) else _SENTENCE_END_IN_CHINESE
    made: list[Span] = []
    spans = iter(blocks)
    start, limit = next(spans)
    for match in pattern.finditer(text, start, blocks[-1][1]):
        mark, end = match.span()
        while mark >= limit:
            if start < limit:
                made.append((start, limit))
            start, limit = next(spans)
        if mark >= start and (text[mark] != "." or _ends_sentence(text, mark, end, start, limit)):
            made.append((start, end))
            start = end
            while start < limit and text[start].isspace():
                start += 1
    if start < limit:
        made.append((start, limit))
    made += spans
    return made


def _ends_sentence(text: str, stop: int, end: int, start: int, limit: int) -> bool:
    """Whether a full stop and what closes after it, up to ``end``, end the sentence that began at ``start``."""
    if text[end : min(end + 40, limit)].lstrip()[:1].islower():
        return False
    before = text[max(stop - 2, start) : stop]
    if len(before) == 2 and before.isalpha() and before not in _THEIR_ENDS:
        return True
    return _ABBREVIATION.search(text, max(start, stop - 8), stop + 1) is None
