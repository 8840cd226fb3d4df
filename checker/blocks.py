"""Text cut into blocks and sentences, by offsets into the original; nothing is copied or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossary.lazy_pattern import lazy

Span = tuple[int, int]

_TERMINATOR = lazy(r"[.,;:!?。，；：！？、]{1,2}")
_CUT_OFF = lazy(r"(?:\b(?:No|Nos|etc|Art|vs)\.|[,(\[“\"]|\b(?:and|or|of|the|to|in|for|with|by|a|an))$")
_LONE_NUMBER = lazy(r"(?:^|[\s\u00a0]{2})(?:\d{1,2}|[IVX]{1,4})\.$")
_CONTINUES = lazy(r"[a-z,;)\]”]")
# How whatever the first two of these patterns find ends: a test that costs less than they do.
_MAY_BE_CUT = (".", ",", "(", "[", "“", '"', "and", "or", "of", "the", "to", "in", "for", "with", "by", "a", "an")
_LINE_END = lazy(r"\r\n|\r|\n")
_LONGEST_ABBREVIATION = 7  # characters
_SENTENCE_END = lazy(
    r"[.!?。！？](?:(?<=[.!?])(?<![.!?][.!?])[.!?]*+[\"'”’)\]]*(?=\s)|(?<=[。！？])[。！？]*[”’」』）]*)"
)
_ABBREVIATION = lazy(
    r"(?:\b(?:No|Nos|Dr|Mr|Mrs|Ms|Prof|St|vs|etc|e\.g|i\.e|cf|Fig|Vol|Art|Sec|Ch|Inc|Ltd|Co|al|approx|est|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept|Sep|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K)|(?:^|\s)[A-Z]|(?:^|\s)\(?\d{1,2})\.$"
)


def text_blocks(text: str, lines: list[Span]) -> list[Span]:
    """The blocks of plain text: lines, with wrapped lines and lines that hold only a terminator joined to theirs.

    ``lines`` are the lines that hold anything, without the blanks around them. Blank lines part blocks; so does every
    line end unless the next line plainly goes on. A heading's number on a line of its own belongs to the next line.
    Returned spans are without the blanks around them, in order.
    """
    blocks: list[Span] = []
    for paragraph in _paragraphs(text, lines):
        if len(paragraph) == 1:
            blocks += paragraph
            continue
        if _is_wrapped(paragraph):
            blocks.append((paragraph[0][0], paragraph[-1][1]))
            continue
        begin, last = paragraph[0]
        for start, end in paragraph[1:]:
            if not _is_joined(text, begin, last, start, end):
                blocks.append((begin, last))
                begin = start
            last = end
        blocks.append((begin, last))
    return blocks


def _paragraphs(text: str, lines: list[Span]) -> Iterator[list[Span]]:
    first, last = 0, len(text)
    for number, (start, end) in enumerate(lines):
        if start - last > 1 and len(_LINE_END.findall(text, last, start)) > 1:
            yield lines[first:number]
            first = number
        last = end
    if lines:
        yield lines[first:]


def _is_joined(text: str, begin: int, last: int, start: int, end: int) -> bool:
    """Whether the line ``start..end`` belongs to the block ``begin..last`` before it."""
    if end - start <= 2 and _TERMINATOR.fullmatch(text, start, end):
        return True
    if not text.endswith(_MAY_BE_CUT, begin, last) and not _CONTINUES.match(text, start):
        return False
    return _goes_on(text[max(begin, last - 40) : last], text[start : min(end, start + 60)])


def _is_wrapped(lines: list[Span]) -> bool:
    """Whether the lines of a paragraph were broken at a fixed width."""
    lengths = [end - start for start, end in lines[:-1]]
    return len(lengths) >= 2 and min(lengths) >= 45 and max(lengths) <= 130 and max(lengths) - min(lengths) <= 25


def _goes_on(tail: str, line: str) -> bool:
    if not _has_letter(line) or not (_has_letter(tail) or _LONE_NUMBER.search(tail)):
        return False  # a row of marks or figures belongs to nothing
    if _CUT_OFF.search(tail) or _LONE_NUMBER.search(tail):
        return True
    return bool(_CONTINUES.match(line)) and len(tail) >= 40 and tail[-1] not in ".!?:;。！？"


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def sentences(text: str, blocks: Sequence[Span]) -> list[Span]:
    """The sentences of the blocks in order, without the blanks between them."""
    if not blocks:
        return []
    made: list[Span] = []
    ends = _SENTENCE_END.finditer(text, blocks[0][0], blocks[-1][1])
    match = next(ends, None)
    for start, limit in blocks:
        while match is not None and match.start() < limit:
            if match.start() >= start and _ends_sentence(text, match.start(), match.end(), start, limit):
                end = match.end()
                made.append((start, end))
                start = end
                while start < limit and text[start].isspace():
                    start += 1
            match = next(ends, None)
        if start < limit:
            made.append((start, limit))
    return made


def _ends_sentence(text: str, mark: int, end: int, start: int, limit: int) -> bool:
    """Whether the mark and what closes after it, up to ``end``, end the sentence that began at ``start``."""
    if text[mark] != ".":
        return True
    if not text[mark - _LONGEST_ABBREVIATION : mark].isalpha() and _ABBREVIATION.search(
        text, max(start, mark - _LONGEST_ABBREVIATION - 1), mark + 1
    ):
        return False
    following = text[end : min(end + 40, limit)].lstrip()
    return not following[:1].islower()
