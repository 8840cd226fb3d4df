"""Markdown: the document's text is the file; its view has the words without marks, code, links' addresses and HTML.

A paragraph's soft line breaks are blanks in the view; between blocks there is always an empty line. Indented text is
text, for indented pages are commoner here than indented code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.document import HEAD, LINE, TAG, TAIL, Document, without_unseen
from checker.finding import CheckError
from checker.readers.page_data import iso_date
from checker.readers.sides import apart, is_both, is_chinese, neighbours
from checker.readers.text import read_text
from checker.readers.views import clear_edges

if TYPE_CHECKING:
    from markdown_it.token import Token

SIZE = 4 * 1024 * 1024
"""The largest file that is taken apart, in characters."""

MARKS = 3000
"""How many marks a paragraph may have."""

_PARAGRAPHS = re.compile(r"\n[ \t]*\r?\n")
_MARK = re.compile(r"[*_`\[<]")
_SIGN = re.compile(r"[*_`\[<>|+-]")
_SAID = re.compile(r"\S[^\r\n]*")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:(?!---).*\r?\n){0,200}?---[ \t]*(?=\r?\n|$)")
_FIELD = re.compile(r"^(title|date)[ \t]*:[ \t]*([\"']?)([^\r\n]{0,1000}?)\2[ \t]*(?:[ \t]#[^\r\n]*)?\r?$", re.M)
_AFTER_LINK = re.compile(r"\](?:\([^()\r\n]{0,2000}(?:\([^()\r\n]{0,500}\)[^()\r\n]{0,500})?\)|\[[^\]\r\n]{0,500}\])?")


def read(path: str, content: bytes) -> Iterator[Document | CheckError]:
    """The one document of a Markdown file, or why there is none ("too-large" and those of text)."""
    plain = read_text(path, content)
    if isinstance(plain, CheckError):
        yield plain
    elif len(plain.text) > SIZE:
        yield CheckError(path, None, "too-large", f"the file has more than {SIZE:,} characters of Markdown")
    else:
        yield read_markdown(path, plain.text)


def read_markdown(path: str, text: str) -> Document:
    """The document of a Markdown text; without a view where there are more marks than anybody writes."""
    if _is_overdone(text):
        return Document(path, text, kind="markdown")
    front = _FRONT.match(text)
    fields = {name: value for name, _, value in reversed(_FIELD.findall(front.group()))} if front else {}
    view = _view(text, front.end() if front else 0)
    spans = [match.span() for match in _SAID.finditer(view)]
    lines = [without_unseen(view[start:end]) for start, end in spans]
    source = None
    if is_both(lines):
        said = [is_chinese(line) for line in lines]
        view, source = apart(
            view, [span for span, chinese in zip(spans, said, strict=True) if chinese], path, neighbours(spans, said)
        )
    title = fields.get("title", "").strip() or None
    return Document(
        path, text, date=iso_date(fields.get("date", "")), source=source, view=view, title=title, kind="markdown"
    )


def _is_overdone(text: str) -> bool:
    """Whether the parser would need more than linear time: thousands of marks in one paragraph or line."""
    return any(len(_MARK.findall(part)) > MARKS for part in _PARAGRAPHS.split(text) if len(part) > MARKS) or any(
        len(_SIGN.findall(line)) > MARKS for line in text.splitlines() if len(line) > MARKS
    )


def _view(text: str, start: int) -> str:
    from markdown_it import MarkdownIt

    lines = [match.span() for match in LINE.finditer(text)]
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "text_join"])
    shown = re.sub(r"[^\r\n]", " ", text[:start]) + text[start:]
    made: list[str] = []
    position = 0
    for token in parser.parse(shown):
        if token.type != "inline" or token.map is None or not token.content:
            continue
        spans = _places(text, token, lines, position)
        if not spans:
            continue
        inside = _inline(text, spans, token)
        made += [_gap(text[position : spans[0][0]], first=not made), inside]
        position = spans[-1][1]
    made.append(_gap(text[position:], first=True))
    return clear_edges("".join(made))


def _places(text: str, token: Token, lines: list[tuple[int, int]], position: int) -> list[tuple[int, int]]:
    """Where the lines of a block's words stand in the file; empty when they cannot be found as they are."""
    assert token.map is not None
    found: list[tuple[int, int]] = []
    number, last = token.map[0], min(token.map[1], len(lines))
    for words in token.content.split("\n"):
        while number < last:
            begin, end = lines[number]
            place = text.find(words, max(begin, position), end) if words else max(begin, position)
            if place < 0 and "|" in words:
                words = words.replace("|", r"\|")
                place = text.find(words, max(begin, position), end)
            if place < 0 and words != (bare := words.lstrip(" ")) and bare:
                # A tab stands there for the blanks that the parser counts.
                place, words = text.find(bare, max(begin, position), end), bare
            if place >= 0:
                found.append((place, place + len(words)))
                position = place + len(words)
                break
            number += 1
        else:
            return []
        number += "\n" in token.content
    return found


def _gap(text: str, first: bool) -> str:
    """Blanks for what stands between two blocks, with two line ends at least."""
    made = [char if char in "\r\n" else " " for char in text]
    wanted = 0 if first else 2 - len(re.findall(r"\r\n|\r|\n", text))
    for number, char in enumerate(made):
        if wanted <= 0:
            break
        if char == " ":
            made[number] = "\n"
            wanted -= 1
    return "".join(made)


def _inline(text: str, spans: list[tuple[int, int]], token: Token) -> str:
    """The view of a block's words from the first to the last of its spans."""
    raw = "\n".join(text[start:end] for start, end in spans)
    view = _words(raw, token.children or [])
    made: list[str] = []
    taken = 0
    for number, (start, end) in enumerate(spans):
        if number:
            made.append(" " * (start - spans[number - 1][1]))
            if view[taken - 1] == "\n":  # a hard break
                made[-1] = "\n" + made[-1][1:]
        made.append(view[taken : taken + end - start])
        taken += end - start + 1
    return "".join(made)


def _words(raw: str, children: list[Token]) -> str:
    """The words of a block, of the same length, with `TAG` for marks, code and addresses."""
    made: list[str] = []
    position = 0

    def to(place: int, words: str) -> None:
        """Mark what is passed over up to ``place``, then put ``words``."""
        nonlocal position
        made.append(TAG * (place - position) + words)
        position = place + len(words)

    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            place = raw.find("\n", position)
            words = " " if child.type == "softbreak" else "\n"
        elif child.type == "text":
            place, words = raw.find(child.content, position), child.content
            if place < 0 and "|" in words:  # in a cell
                place, words = raw.find(words.replace("|", r"\|"), position), words.replace("|", f"{HEAD}|")
        elif child.type == "text_special":
            place = raw.find(child.markup, position)
            rest = len(child.markup) - len(child.content)
            words = HEAD * rest + child.content if child.info == "escape" else child.content + TAIL * max(rest, 0)
            words = words if len(words) == len(child.markup) else child.markup
        elif child.type in ("link_close", "image"):
            match = _AFTER_LINK.search(raw, position)
            place, words = (match.end() if match and child.markup != "autolink" else position), ""
        elif child.type in ("code_inline", "html_inline"):
            place, words = raw.find(child.content, position), ""
            if place >= 0 and child.content[:3].lower() == "<br":
                to(place, "\n")
            place = place + len(child.content) + len(child.markup) if place >= 0 else place
        else:
            continue
        if place >= 0:
            to(place, words)
    made.append(TAG * (len(raw) - position))
    return "".join(made)
