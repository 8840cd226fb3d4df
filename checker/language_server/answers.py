"""What is known of a place: its card, the concepts named there and where they are written down, what may be completed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    Hover,
    Location,
    MarkupKind,
    Position,
    Range,
    TextEdit,
)
from pygls.uris import from_fs_path

from checker.language_server.actions import touching
from checker.language_server.buffers import Buffer
from checker.language_server.cards import card
from checker.language_server.glossary_files import GlossaryFiles
from checker.language_server.pages import CheckedPage, Pages
from checker.language_server.server import Server
from glossary.concept import Concept
from glossary.layers import ROOT
from glossary.search import pinyin

_CARDS = 3
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def page_card(pages: Pages, buffer: Buffer, offset: int, kind: MarkupKind) -> Hover | None:
    """The card at a place of a page; None where nothing is known of it."""
    checked = pages.checked(buffer)
    if checked is None or checked.page is None:
        return None
    found = [(finding, place) for finding, place in touching(checked.findings, offset, offset)]
    start, end, concepts = _named(pages, checked, offset)
    places = [place for _, place in found] + ([(start, end)] if concepts else [])
    if not places:
        return None
    shown = max(place[0] for place in places), min(place[1] for place in places)
    contents = card([finding for finding, _ in found], concepts[:_CARDS], kind)
    return Hover(contents, buffer.lines.range(*shown))


def file_card(server: Server, buffer: Buffer, offset: int, kind: MarkupKind) -> Hover | None:
    """The card at a place of a file of the glossary; None where nothing is known of it."""
    found = [finding for finding, _ in touching(server.lint_of(buffer), offset, offset)]
    concepts = _by_id(server, buffer, offset)
    return Hover(card(found, concepts, kind)) if found or concepts else None


def concept_at(server: Server, buffer: Buffer, offset: int) -> Sequence[Concept]:
    """The concepts that are named at a place of any text."""
    checked = server.pages.checked(buffer)
    if checked is None or checked.page is None:
        return _by_id(server, buffer, offset)
    return _named(server.pages, checked, offset)[2]


def _named(pages: Pages, checked: CheckedPage, offset: int) -> tuple[int, int, list[Concept]]:
    """What is named at a place of a page, ``(start, end, concepts)``; no concepts where nothing is."""
    if checked.page is None:
        return 0, 0, []
    for mention in checked.page.mentions:
        start, end = checked.page.in_document(mention.start, mention.end)
        if start <= offset <= end:
            candidates = {candidate.concept.id: candidate.concept for candidate in mention.candidates}
            return start, end, [*candidates.values()]
    glossary = checked.checker.glossary
    for finding, (start, end) in touching(checked.findings, offset, offset):
        concept = glossary.concept(finding.concept) if finding.concept else None
        if concept is not None:
            return start, end, [concept]
    return pages.index(glossary).at(checked.buffer.text, offset) or (0, 0, [])


def _by_id(server: Server, buffer: Buffer, offset: int) -> list[Concept]:
    """The concept whose id stands at a place of a file of a glossary."""
    wanted = _id_at(buffer.text, offset)
    for terms, tree in server.files.latest.items():
        if wanted and buffer.path is not None and buffer.path.is_relative_to(terms.parent):
            concept = tree.glossary.concept(wanted)
            return [concept] if concept is not None else []
    return []


def concept_location(concept: Concept, files: GlossaryFiles, roots: Sequence[Path]) -> Location | None:
    """Where a concept is written down; a glossary in one of the ``roots`` goes for the installed one. Raises OSError."""
    for root in roots:
        terms = root / "glossary" / "terms"
        if terms.is_dir() and terms != ROOT / "terms":
            tree = files.latest.get(terms) or files.tree(terms)
            entry = next((entry for _, _, entry in tree.concepts if entry["id"] == concept.id), None)
            if entry is not None:
                return _location(Path(entry["file"]).absolute(), entry["line"])
    installed = ROOT.parent / concept.file
    path = installed if installed.is_file() else Path(concept.file)
    return _location(path.absolute(), concept.line) if path.is_file() else None


def _id_at(text: str, offset: int) -> str | None:
    """The id of a concept that may stand at an offset: a word of small letters, digits and hyphens."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    return next((m.group() for m in _ID.finditer(line) if m.start() <= offset - start <= m.end()), None)


def _location(path: Path, line: int) -> Location:
    place = Position(max(line - 1, 0), 0)
    return Location(from_fs_path(str(path)) or path.as_uri(), Range(place, place))


def completion_items(pages: Pages, buffer: Buffer, position: Position, kind: MarkupKind) -> list[CompletionItem]:
    """The preferred renderings that may be put for the Chinese or pinyin before the cursor."""
    checker = pages.checker(buffer.path)
    if checker is None:
        return []
    lines = buffer.lines
    offset = lines.offset(position)
    before = buffer.text[lines.start(lines.number(offset)) : offset]
    return [
        CompletionItem(
            offer.concept.preferred,
            kind=CompletionItemKind.Text,
            detail=f"{offer.zh}  {pinyin(offer.zh)}",
            documentation=card([], [offer.concept], kind),
            filter_text=offer.typed,
            sort_text=f"{number:02}",
            text_edit=TextEdit(lines.range(offset - len(offer.typed), offset), offer.concept.preferred),
        )
        for number, offer in enumerate(pages.index(checker.glossary).offers(before))
    ]
