"""What is known of a place: the card shown there, the concepts named there, what may be completed there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from lsprotocol.types import CompletionItem, CompletionItemKind, Hover, MarkupKind, Position, TextEdit

from checker.finding import Finding
from checker.language_server.actions import touching
from checker.language_server.buffers import Buffer
from checker.language_server.cards import card
from checker.language_server.definitions import id_at
from checker.language_server.glossary_files import GlossaryFiles
from checker.language_server.pages import CheckedPage, Pages
from glossary.concept import Concept
from glossary.search import pinyin

_CARDS = 3


class Known(Protocol):
    """What the server holds of the texts."""

    pages: Pages
    files: GlossaryFiles
    linted: dict[str, tuple[Buffer, list[Finding]]]


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


def file_card(known: Known, buffer: Buffer, offset: int, kind: MarkupKind) -> Hover | None:
    """The card at a place of a file of the glossary; None where nothing is known of it."""
    state, linted = known.linted.get(buffer.uri, (None, []))
    found = [finding for finding, _ in touching(linted, offset, offset)] if state is buffer else []
    concepts = _by_id(known, buffer, offset)
    return Hover(card(found, concepts, kind)) if found or concepts else None


def concept_at(known: Known, buffer: Buffer, offset: int) -> Sequence[Concept]:
    """The concepts that are named at a place of any text."""
    checked = known.pages.checked(buffer)
    if checked is None or checked.page is None:
        return _by_id(known, buffer, offset)
    return _named(known.pages, checked, offset)[2]


def _named(pages: Pages, checked: CheckedPage, offset: int) -> tuple[int, int, list[Concept]]:
    """What is named at a place of a page, ``(start, end, concepts)``; no concepts where nothing is."""
    if checked.page is None:
        return 0, 0, []
    for mention in checked.page.mentions:
        if mention.start <= offset <= mention.end:
            candidates = {candidate.concept.id: candidate.concept for candidate in mention.candidates}
            return mention.start, mention.end, [*candidates.values()]
    glossary = checked.checker.glossary
    for finding, (start, end) in touching(checked.findings, offset, offset):
        concept = glossary.concept(finding.concept) if finding.concept else None
        if concept is not None:
            return start, end, [concept]
    return pages.index(glossary).at(checked.buffer.text, offset) or (0, 0, [])


def _by_id(known: Known, buffer: Buffer, offset: int) -> list[Concept]:
    """The concept whose id stands at a place of a file of a glossary."""
    wanted = id_at(buffer.text, offset)
    for terms, tree in known.files.latest.items():
        if wanted and buffer.path is not None and buffer.path.is_relative_to(terms.parent):
            concept = tree.glossary.concept(wanted)
            return [concept] if concept is not None else []
    return []


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
