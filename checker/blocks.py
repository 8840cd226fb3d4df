"""Text cut into blocks and sentences, by offsets into the original; nothing is copied or changed."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import LINE
from glossary.lazy_pattern import lazy

Span = tuple[int, int]

_TERMINATOR = lazy(r"[.,;:!?。，；：！？、]{1,2}")
_CUT_OFF = lazy(r"(?:\b(?:No|Nos|etc|Art|vs)\.|[,(\[“\"]|\b(?:and|or|of|the|to|in|for|with|by|a|an))$")
_LONE_NUMBER = lazy(r"(?:^|[\s\u00a0]{2})(?:\d{1,2}|[IVX]{1,4})\.$")
_CONTINUES = lazy(r"[a-z,;)\]”]")
_SENTENCE_END = lazy(r"(?<![.!?])[.!?]++[\"'”’)\]]*(?=\s)|[。！？]+[”’」』）]*")
_ABBREVIATION = lazy(
    r"(?:\b(?:No|Nos|Dr|Mr|Mrs|Ms|Prof|St|vs|etc|e\.g|i\.e|cf|Fig|Vol|Art|Sec|Ch|Inc|Ltd|Co|al|approx|est|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept|Sep|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K)|(?:^|\s)[A-Z]|(?:^|\s)\(?\d{1,2})\.$"
)


def text_blocks(text: str) -> list[Span]:
    """The blocks of plain text: lines, with wrapped lines and lines that hold only a terminator joined to theirs.

    Blank lines part blocks; so does every line end unless the next line plainly goes on. A heading's number on a line
    of its own belongs to the next line. Returned spans are without the blanks around them, in order.
    """
    blocks: list[Span] = []
    for paragraph in _paragraphs(text):
        wrapped = _is_wrapped(paragraph)
        current: Span | None = None
        for start, end in paragraph:
            line = text[start:end]
            if current and (
                wrapped
                or _TERMINATOR.fullmatch(line)
                or _goes_on(text[max(current[0], current[1] - 40) : current[1]], line)
            ):
                current = (current[0], end)
                continue
            if current:
                blocks.append(current)
            current = (start, end)
        if current:
            blocks.append(current)
    return blocks


def _paragraphs(text: str) -> Iterator[list[Span]]:
    lines: list[Span] = []
    for match in LINE.finditer(text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped)
            lines.append((start, start + len(stripped)))
        elif lines:
            yield lines
            lines = []
        if match.end() == len(text):
            break
    if lines:
        yield lines


def _is_wrapped(lines: list[Span]) -> bool:
    """Whether the lines of a paragraph were broken at a fixed width."""
    lengths = [end - start for start, end in lines[:-1]]
    return len(lengths) >= 2 and min(lengths) >= 45 and max(lengths) <= 130 and max(lengths) - min(lengths) <= 25


def _goes_on(block: str, line: str) -> bool:
    tail = block[-40:]
    if not _has_letter(line[:60]) or not (_has_letter(tail) or _LONE_NUMBER.search(tail)):
        return False  # a row of marks or figures belongs to nothing
    if _CUT_OFF.search(tail) or _LONE_NUMBER.search(tail):
        return True
    return bool(_CONTINUES.match(line)) and len(block) >= 40 and block[-1] not in ".!?:;。！？"


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def sentences(text: str, block: Span) -> list[Span]:
    """The sentences of one block, without the blanks between them."""
    made: list[Span] = []
    start, limit = block
    for match in _SENTENCE_END.finditer(text, *block):
        end = match.end()
        if text[match.start()] == "." and _ABBREVIATION.search(text, max(start, match.start() - 8), match.start() + 1):
            continue
        following = text[end : min(end + 40, limit)].lstrip()
        if text[match.start()] == "." and following and following[0].islower():
            continue
        made.append((start, end))
        start = end
        while start < limit and text[start].isspace():
            start += 1
    if start < limit:
        made.append((start, limit))
    return made
