"""Comments in a page that accept findings in place: which there are, for which rules, and for which part of the text.

``<!-- yigai: accept TRM101, spacing-rule: reason -->`` in HTML and Markdown holds for the block it stands in, or for
the next one where it stands between blocks; ``# yigai: accept RULES: reason`` in YAML for its line, or for the next one
where it stands alone. ``accept-page`` instead of ``accept`` holds for the whole text. What is spelt nearly like one of
these two accepts nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from checker.config import nearest_word
from checker.document import Document
from checker.finding import Place
from glossary.lazy_pattern import lazy

_LONGEST = 600  # characters of a comment
_MARK = "yigai:"
_WORDS = ("accept", "accept-page")
_ALIKE = 60  # of 100: how near a word must be to one of these
_TAGGED = lazy(r"<!--\s{0,20}yigai:\s{0,20}([\w-]{1,20})(?![\w-])")
_HASHED = lazy(r"(?<![^\s])#[ \t]{0,20}yigai:[ \t]{0,20}([\w-]{1,20})(?![\w-])([^\r\n]*)")
_FENCED = lazy(r"(?ms)^[ ]{0,3}(`{3,}(?=[^`\r\n]*\r?$)|~{3,})[^\r\n]*\r?$.*?(?:^[ ]{0,3}\1[`~]*[ \t]*\r?$|\Z)")
_BLANKS = lazy(r"[ \t]*")
_TAGGED_KINDS = ("html", "markdown")
_TAGGED_NAMES = (".html", ".htm", ".xhtml", ".md", ".markdown")
_HASHED_NAMES = (".yaml", ".yml")


class AcceptComment(NamedTuple):
    """A comment at ``start..end`` that accepts what ``rules`` (codes, names, beginnings) find in ``scope``.

    ``word`` is what it says, ``meant`` what it should: where they differ it has no rules.
    """

    start: int
    end: int
    rules: tuple[str, ...]
    reason: str
    scope: Place
    word: str
    meant: str


def accept_comments(document: Document, blocks: Sequence[Place]) -> list[AcceptComment]:
    """The accepting comments of a document; ``blocks`` are those of the text that is analysed."""
    if _MARK not in document.text:
        return []
    name = document.path.lower()
    if name.endswith(_HASHED_NAMES):
        return _hashed(document)
    if document.kind in _TAGGED_KINDS or name.endswith(_TAGGED_NAMES):
        return _tagged(document, blocks)
    return []


def _tagged(document: Document, blocks: Sequence[Place]) -> list[AcceptComment]:
    found = []
    text = document.text
    code = _Code(document)
    for match in _TAGGED.finditer(text):
        end = text.find("-->", match.end(), match.end() + _LONGEST)
        if end < 0 or code.holds(match.start(), end + 3) or (meant := _meant(match[1])) is None:
            continue
        rules, reason = _parts(text[match.end() : end])
        place = (match.start(), end + 3)
        scope = (0, len(text)) if match[1] == "accept-page" else _scope(document, place, blocks)
        found.append(AcceptComment(*place, rules if match[1] == meant else (), reason, scope, match[1], meant))
    return found


class _Code:
    """What of a Markdown text is code, and so an example: what stands between fences or backticks."""

    def __init__(self, document: Document) -> None:
        self._text = document.text if document.kind == "markdown" else ""
        self._spans = [match.span() for match in _FENCED.finditer(self._text)]

    def holds(self, start: int, end: int) -> bool:
        """Whether a place is code."""
        number = bisect_right(self._spans, start, key=lambda span: span[0]) - 1
        if number >= 0 and start < self._spans[number][1]:
            return True
        return self._text[start - 1 : start] == self._text[end : end + 1] == "`"


def _scope(document: Document, place: Place, blocks: Sequence[Place]) -> Place:
    """The block around a comment if it holds other text, else the next one."""
    start, end = place
    readable = document.readable
    first = bisect_right(blocks, start, key=lambda block: block[1])
    if first and _BLANKS.fullmatch(document.text, blocks[first - 1][1], start):
        return blocks[first - 1]  # the comment ends it
    for number in range(first, len(blocks)):
        block_start, block_end = blocks[number]
        if block_start < start or (block_start < end and _has_words(readable[end:block_end])):
            return block_start, block_end
        if block_start >= end:
            return block_start, block_end
    return end, end


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _hashed(document: Document) -> list[AcceptComment]:
    found = []
    text = document.text
    for match in _HASHED.finditer(text):
        meant = _meant(match[1])
        if meant is None:
            continue
        rules, reason = _parts(match[2])
        line, column = document.position(match.start())
        line_start = max(0, match.start() - column + 1)  # a part of a huge file may begin inside a line
        if not text[line_start : match.start()].strip():
            line_start = match.end() + 1 + text[match.end() : match.end() + 2].startswith("\r\n")
            line, _ = document.position(min(line_start, len(text)))
        scope = (line_start, line_start + len(document.line_text(line)))
        found.append(
            AcceptComment(
                match.start(), match.end(), rules if match[1] == meant else (), reason,
                (0, len(text)) if match[1] == "accept-page" else scope, match[1], meant,
            )
        )  # fmt: skip
    return found


def _meant(word: str) -> str | None:
    """The word that a comment has or nearly has; None for what is no acceptance."""
    return word if word in _WORDS else nearest_word(word, _WORDS, _ALIKE)


def _parts(body: str) -> tuple[tuple[str, ...], str]:
    """The rules before the first colon and the reason after it."""
    rules, _, reason = body.partition(":")
    return tuple(word for word in re.split(r"[\s,]+", rules) if word), " ".join(reason.split())
