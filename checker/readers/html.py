"""Web pages as they were scraped. The document's text is the file; its view is what a reader of the article sees.

In the view, of the same length, tags inside a line become `TAG`, the ends of blocks line feeds, entities their character
and `TAIL`, and everything that is not the article's text blanks.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from checker.bitext import SourceText, Span
from checker.document import HEAD, TAG, TAIL, Document, without_unseen
from checker.finding import CheckError
from checker.readers.article import Part, article
from checker.readers.encoding import decoded_markup
from checker.readers.markup import BLOCKS, TooComplexError, Tree, entities, read_tree
from checker.readers.page_data import page_data, title_words
from checker.readers.sides import apart, columns, is_both, is_chinese, neighbours
from checker.readers.table import are_headings
from checker.readers.views import AS_BLANKS, clear_edges
from checker.script import has_chinese

_WRAPPED = re.compile(r"(?<=[^\s>])[ \t]*+(?:\r\n?|\n)[ \t]*+(?=[^\s<])")
_KEPT = re.compile(r"[^\r\n]")
_LINE = re.compile(r"\S[^\r\n]*")
_SCRIPT = re.compile(r"(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SAID = 60  # characters of a description that tell whether the text says the same


def read(path: str, content: bytes) -> Iterator[Document | CheckError]:
    """The one document of a page, or why there is none ("undecodable", "too-complex")."""
    text = decoded_markup(content)
    if text is None:
        yield CheckError(path, None, "undecodable", "the page is in no encoding that is known or can be guessed")
        return
    try:
        yield read_page(path, text)
    except TooComplexError:
        yield CheckError(path, None, "too-complex", "the page has more tags than any page that people read")


def read_page(path: str, text: str) -> Document:
    """The document of a page's decoded text. Raises TooComplexError."""
    tree = read_tree(text)
    kinds, outside = article(text, tree)
    view = clear_edges(_view(text, tree, kinds))
    data = page_data(text, tree, kinds)
    said = " ".join(without_unseen(view).split())
    view = _with_head(text, view, said.casefold(), data.title, data.description)
    source = None
    if has_chinese(said) and is_both(_lines(view)):
        view, source = _two_sides(path, text, view, tree, kinds)
    title = _plain(text, *data.title) if data.title else None
    return Document(
        path, text, date=data.date, source=source, view=view, title=title or None, site=data.site, kind="html",
        outside=tuple((element.start, element.end, kinds[element.number]) for element in outside),
    )  # fmt: skip


def _view(text: str, tree: Tree, kinds: list[Part]) -> str:
    as_is = tree.inside(element for element in tree.elements if element.name == "pre")  # white space counts
    made: list[str] = []
    done = 0  # up to where the view is made
    for kind, start, end, element in tree.pieces:
        if start < done:
            continue
        done = end
        length = end - start
        is_text = kinds[element.number] == "text"
        if kind in ("start", "end"):
            around = element.parent
            inside = around is not None and kinds[around.number] != "text"
            is_block = element.name in BLOCKS
            if is_block and not is_text and kind == "start":
                done = max(element.close, end)
            if inside:
                made.append((" " if is_block else TAG) * (done - start))
            elif element.name == "br":
                made.append("\n" + " " * (length - 1))
            elif is_block:
                # Cells and items part as paragraphs do, for nothing goes on from one to the next.
                made.append(("\n\n" + " " * length)[:length] + " " * (done - end))
            else:
                made.append(TAG * length)
        elif kind == "other" or not is_text:
            made.append(TAG * length)
        elif as_is[element.number] or "&" in text[start:end]:
            made.append(_text_view(text, start, end, as_is[element.number] == 1))
        else:
            made.append(_flat(text[start:end]))
    return "".join(made)


def _flat(text: str) -> str:
    """Text in whose sentences line ends, with the blanks around them, are one blank each, and other white space is blanks."""
    if text.isspace():
        return " " * len(text)
    flat = _WRAPPED.sub(lambda match: " " + TAG * (len(match[0]) - 1), text)
    for blank in "\r\n\t\f":
        flat = flat.replace(blank, " ")
    return flat


def _lines(view: str) -> list[str]:
    """What the lines of a view that hold anything say."""
    return [without_unseen(line) for line in map(str.strip, view.replace("\r", "\n").split("\n")) if line]


def _text_view(text: str, start: int, end: int, as_is: bool) -> str:
    made: list[str] = []
    position = start
    words = text[start:end] if as_is else _flat(text[start:end])
    for begin, stop, character in entities(text, start, end):
        made.append(words[position - start : begin - start])
        rest = stop - begin - 1
        if character in "\r\n\t":
            character = " "
        # "&amp;nbsp;" shows as "&nbsp;", which must stand together.
        escaped = character == "&" and _SCRIPT.match(text, stop, min(end, stop + 40))
        made.append(HEAD * rest + "&" if escaped else character + TAIL * rest)
        position = stop
    made.append(words[position - start :])
    return "".join(made)


def _with_head(text: str, view: str, said: str, title: Span | None, description: Span | None) -> str:
    """The view with title and description, where the text does not say the same: ``said`` is what it says, folded."""
    for span, words in ((title, title_words), (description, lambda plain: plain[:_SAID])):
        if span is None:
            continue
        plain = _plain(text, *span)
        key = words(plain).casefold()
        if len(key) < 4 or key in said or is_chinese(plain) or span[0] == 0:
            continue
        start, end = span
        after = ("\n" + view[end + 1 :])[: len(view) - end]  # a page may be cut off in its title
        view = view[: start - 1] + "\n" + _text_view(text, start, end, False) + after
        said += " " + key
    return view


def _plain(text: str, start: int, end: int) -> str:
    return " ".join(without_unseen(_text_view(text, start, end, False)).split())


def _two_sides(path: str, text: str, view: str, tree: Tree, kinds: list[Part]) -> tuple[str, SourceText]:
    """The English view and the Chinese source of a page that holds both, with the pairs of its tables."""
    chinese: set[Span] = set()
    pairs: list[tuple[Span, Span]] = []
    for rows in _tables(view, tree, kinds):
        found = columns(rows)
        if found is None:
            continue
        ours, theirs = found
        for row in rows:
            if theirs < len(row) and any(are_headings(words, row[theirs][1]) for _, words in row):
                for start, end in (span for span, words in row if is_chinese(words)):
                    view = view[:start] + _KEPT.sub(" ", view[start:end]) + view[end:]
                continue
            for number, (span, words) in enumerate(row):
                if number == theirs or (number != ours and is_chinese(words)):
                    chinese.add(span)
            if max(found) < len(row) and row[ours][1] and row[theirs][1]:
                pairs.append((row[ours][0], row[theirs][0]))
    in_cells = sorted({*chinese, *(ours for ours, _ in pairs)})
    rest = [span for span in (match.span() for match in _LINE.finditer(view)) if not _meets(span, in_cells)]
    rest = [_stripped(view, *span) for span in rest]
    said = [is_chinese(without_unseen(view[start:end])) for start, end in rest]
    chinese |= {span for span, is_theirs in zip(rest, said, strict=True) if is_theirs}
    if not pairs:
        pairs = neighbours(rest, said)
    return apart(view, sorted(chinese), path, pairs)


def _tables(view: str, tree: Tree, kinds: list[Part]) -> Iterator[list[list[tuple[Span, str]]]]:
    """The rows of each table that holds no other: the span and the words of each cell."""
    tables = [element for element in tree.elements if element.name == "table" and kinds[element.number] == "text"]
    for number, table in enumerate(tables):
        if number + 1 < len(tables) and tables[number + 1].number <= table.last:
            continue
        rows: list[list[tuple[Span, str]]] = []
        for element in tree.elements[table.number + 1 : table.last + 1]:
            if element.name == "tr":
                rows.append([])
            elif element.name in ("td", "th") and rows and kinds[element.number] == "text":
                span = _stripped(view, element.content, element.end)
                rows[-1].append((span, without_unseen(view[slice(*span)]).strip()))
        yield [row for row in rows if any(words for _, words in row)]


def _stripped(view: str, start: int, end: int) -> Span:
    words = view[start:end].translate(AS_BLANKS)
    inner = words.strip()
    if not inner:
        return start, start
    begin = start + words.index(inner)
    return begin, begin + len(inner)


def _meets(span: Span, others: list[Span]) -> bool:
    """Whether a span shares a place with one of others, which are in order and do not overlap."""
    number = bisect.bisect_left(others, span[0], key=lambda other: other[1] - 1)
    return number < len(others) and others[number][0] < span[1]
