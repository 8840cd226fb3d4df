"""Word files: paragraphs, tables, text boxes, notes, headers and footers, as they read with all changes accepted.

The key of a unit is ``PART#NUMBER``: the part of the archive and the paragraph's number in it, counted from 0 over all
``w:p`` elements. `paragraph_pieces` gives the text of a paragraph together with the elements it stands in. Tables with a
Chinese and an English column are read as pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from checker.config import ConfigError
from checker.document import Document
from checker.finding import CheckError
from checker.readers import BY_CONTENT, Reading
from checker.readers.archive import RefusedError, held_to_limits
from checker.readers.assembly import Assembly
from checker.readers.sides import columns
from checker.readers.table import are_headings, named_columns

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_LEFT_OUT = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "rt", "p", "tbl")] + [_FALLBACK]
)
_DELETED_MARK = f"{W}pPr/{W}rPr/{W}del"  # of a paragraph into which the next one goes
_OTHER_PARTS = {"footnotes": "footnote", "endnotes": "endnote", "header": "header", "footer": "footer"}
PARAGRAPHS = 200_000
"""How many paragraphs a file may have."""


def read(path: str, content: bytes, reading: Reading = BY_CONTENT) -> Iterator[Document | CheckError]:
    """The one document of a Word file, or why there is none ("damaged", "encrypted", "too-large", "unsafe")."""
    try:
        yield _document(path, content, reading)
    except RefusedError as problem:
        yield CheckError(path, None, problem.reason, str(problem))


def _document(path: str, content: bytes, reading: Reading) -> Document:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        opened = docx.Document(held_to_limits(content))
    except (PackageNotFoundError, KeyError, ValueError) as problem:
        raise RefusedError("damaged", "the file is no Word document, or parts of it are missing") from problem
    made = Assembly(path, "docx")
    root: Any = opened.part.element
    paragraphs = list(root.iter(f"{W}p"))
    if len(paragraphs) > PARAGRAPHS:
        raise RefusedError("too-large", f"the file has more than {PARAGRAPHS:,} paragraphs")
    name = str(opened.part.partname).lstrip("/")
    _add_body(made, name, root, paragraphs, reading)
    for relation in sorted(opened.part.rels.values(), key=lambda item: item.reltype):
        kind = _OTHER_PARTS.get(relation.reltype.rsplit("/", 1)[-1])
        if kind is not None and not relation.is_external:
            _add_part(made, kind, str(relation.target_part.partname).lstrip("/"), _root(relation.target_part.blob))
    return made.document((opened.core_properties.title or "").strip())


def _root(blob: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _add_body(made: Assembly, part: str, root: Any, paragraphs: list[Any], reading: Reading) -> None:
    numbers = {paragraph: number for number, paragraph in enumerate(paragraphs)}
    in_pairs: set[Any] = set()
    rows: dict[Any, tuple[list[Any], list[Any]]] = {}  # by the first paragraph of a row: English and Chinese ones
    for table in root.iter(f"{W}tbl"):
        for ours, theirs, row in _paired_rows(table, reading):
            if row and not in_pairs & set(row):
                in_pairs.update(row)
                rows[row[0]] = ours, theirs
    places = _places(root, paragraphs)
    goes_on = False
    for paragraph in paragraphs:
        if paragraph in rows:
            mark = made.begin_pair()
            for one in rows[paragraph][0]:
                made.add(paragraph_text(one), places[numbers[one]], f"{part}#{numbers[one]}")
            for one in rows[paragraph][1]:
                made.add_chinese(paragraph_text(one))
            made.end_pair(mark)
        if paragraph not in in_pairs and not _is_fallback(paragraph):
            text = paragraph_text(paragraph)
            made.add(text, places[numbers[paragraph]], f"{part}#{numbers[paragraph]}", goes_on=goes_on)
            goes_on = (goes_on or bool(text.strip())) and paragraph.find(_DELETED_MARK) is not None


def _paired_rows(table: Any, reading: Reading) -> Iterator[tuple[list[Any], list[Any], list[Any]]]:
    """The English, the Chinese and all paragraphs of each row of a bilingual table."""
    rows = [[list(cell.iter(f"{W}p")) for cell in row.iterchildren(f"{W}tc")] for row in table.iterchildren(f"{W}tr")]
    texts = [["\n".join(map(paragraph_text, cell)) for cell in row] for row in rows]
    found = None
    if reading.english or reading.chinese:
        # Other tables of the file may well lack the columns.
        try:
            found = named_columns(texts, reading.english, reading.chinese)
        except ConfigError:
            found = None
    if found is None:
        found = columns([[((0, 0), text) for text in row] for row in texts])
    if found is None:
        return
    for row, words in zip(rows, texts, strict=True):
        if max(found) < len(row):
            if any(are_headings(ours, words[found[1]]) for ours in words):
                yield [], [], [one for cell in row for one in cell]
                continue
            ours = [one for number, cell in enumerate(row) if number != found[1] for one in cell]
            yield ours, row[found[1]], [one for cell in row for one in cell]


def _places(root: Any, paragraphs: list[Any]) -> list[str]:
    """What a reader calls each paragraph of the body."""
    cells: dict[Any, str] = {}
    for number, table in enumerate(root.iter(f"{W}tbl"), 1):
        for row_number, row in enumerate(table.iterchildren(f"{W}tr"), 1):
            for cell_number, cell in enumerate(row.iterchildren(f"{W}tc"), 1):
                cells[cell] = f"table {number}, row {row_number}, column {cell_number}"
    made: list[str] = []
    plain = 0
    for paragraph in paragraphs:
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is None:
            plain += bool(paragraph_text(paragraph).strip())
        made.append(cells.get(cell) or f"paragraph {plain}")
    return made


def _add_part(made: Assembly, kind: str, name: str, root: Any) -> None:
    found: Counter[str] = Counter()
    # Separators are notes too; what has no type is numbered as Word shows it.
    shown = (note for note in root.iter(f"{W}{kind}") if note.get(f"{W}type", "normal") == "normal")
    numbers = {note: number for number, note in enumerate(shown, 1)}
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        text = paragraph_text(paragraph)
        if text.strip() and not _is_fallback(paragraph):
            note = next(paragraph.iterancestors(f"{W}{kind}"), None)
            found[kind] += 1
            made.add(text, f"{kind} {numbers.get(note, found[kind])}", f"{name}#{number}")


def _is_fallback(paragraph: Any) -> bool:
    return next(paragraph.iterancestors(_FALLBACK), None) is not None


def paragraph_text(paragraph: Any) -> str:
    """The text of a ``w:p`` element with its tracked changes accepted, without that of text boxes in it."""
    return "".join(text for _, text in paragraph_pieces(paragraph))


def paragraph_pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The elements of a paragraph that stand for text, each with its text: ``w:t``, breaks, tabs, special hyphens."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag == f"{W}t":
            if text := "".join(element.itertext()):  # no comment of XML in it cuts it off
                yield element, text
        elif tag in _TEXT:
            yield element, _TEXT[tag]
        elif isinstance(tag, str) and tag not in _LEFT_OUT and not (tag == f"{W}r" and _is_hidden(element)):
            waiting.extend(reversed(element))


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")
