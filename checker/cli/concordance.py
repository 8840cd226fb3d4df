"""``yigai concordance``: every place of a term, with both sides where the Chinese is given."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers, glossary_with
from checker.scanning import anchors

if TYPE_CHECKING:
    from checker.finding import Place
    from checker.page import Page
    from checker.parallel import Parallel


def concordance(
    term: Annotated[str, typer.Argument(metavar="TERM", help="Chinese or English: a term of the glossary, or words.")],
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or glob patterns.")],
    source: Annotated[str | None, typer.Option(metavar="PATH", help="The Chinese: a file or a folder.")] = None,
    glossary: Layers = None,
) -> None:
    """Show every place of a term, with both sides where the Chinese is given."""
    from checker.document import Document
    from checker.pipeline import Checker, refused
    from checker.readers.sources import with_sources
    from checker.readers.walk import find_files, read_files
    from checker.reports.visible import visible

    checker = Checker(glossary_with(glossary))
    listing = find_files(paths)
    read = read_files(listing, sys.stdin.buffer)
    failed = found = False
    for document in with_sources(read, listing, paths, source) if source else read:
        error = refused(document) if isinstance(document, Document) else document
        if error is not None:
            print(visible(f"yigai: {error.path}: {error.message}"), file=sys.stderr)
            failed = True
            continue
        assert isinstance(document, Document)
        for line in _places(checker.page(document), term):
            typer.echo(line)
            found = True
    if not (found or failed):
        print(visible(f"yigai: {term!r} stands nowhere"), file=sys.stderr)
    raise typer.Exit(2 if failed else int(not found))


def _places(page: Page, term: str) -> Iterator[str]:
    """A line for each English place, its Chinese below; also for the pairs that have the term in Chinese alone."""
    from checker.parallel import within
    from glossary.folding import fold

    wanted = fold(term)
    if not wanted:
        return
    concepts = {
        concept.id
        for concept in page.spotter.glossary.concepts
        if wanted in map(fold, (concept.id, *concept.chinese, concept.preferred, *concept.admitted))
    }
    mentions = [
        (mention.start, mention.end)
        for mention in page.mentions
        if any(c.concept.id in concepts for c in mention.candidates)
        or fold(page.text[mention.start : mention.end]) == wanted
    ]
    if not concepts and not mentions:
        mentions = [*_standing(page, wanted)]
    parallel = page.parallel
    for start, end in mentions:
        if parallel is None or parallel.link_at(start) is None:
            yield _line(page, page.sentence_at(start), [(start, end)])
    if parallel is None:
        return
    spans = _in_source(parallel, concepts, wanted)
    for link in parallel.links:
        here = within(mentions, link.start, link.end)
        there = within(spans, link.source_start, link.source_end)
        if here or there:
            yield _line(page, (link.start, link.end), here)
            yield f"  zh  {_marked(parallel.source.text, (link.source_start, link.source_end), there)}"


def _standing(page: Page, wanted: str) -> Iterator[Place]:
    """The places of folded words that are no term of the glossary."""
    text = page.folded.text
    for start in anchors(text, wanted):
        end = start + len(wanted)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield page.folded.start(start), page.folded.end(end)


def _in_source(parallel: Parallel, concepts: set[str], wanted: str) -> list[Place]:
    """The places of the concepts in the Chinese, each by its longest name; without concepts, those of the words."""
    if not concepts:
        return [(place, place + len(wanted)) for place in anchors(parallel.folded_source, wanted)]
    made: list[Place] = []
    for term in parallel.terms:  # the longer first
        if concepts.intersection(term.concepts) and (not made or term.start >= made[-1][1]):
            made.append((term.start, term.end))
    return made


def _line(page: Page, span: Place, places: list[Place]) -> str:
    from checker.reports.visible import visible

    document = page.document
    start, _ = page.in_document(*(places[0] if places else span))
    unit = document.unit_at(start)
    separator, place = (" ", unit.name) if unit else (":", "{}:{}".format(*document.position(start)))
    return f"{visible(f'{document.path}{separator}{place}')}  {_marked(page.text, span, places)}"


def _marked(text: str, span: Place, places: list[Place]) -> str:
    """The words of a span with brackets round the places, in one line."""
    from checker.document import without_unseen
    from checker.reports.visible import visible

    parts = []
    last, until = span
    for start, end in places:
        parts += [text[last:start], "[", text[start:end], "]"]
        last = end
    shown = without_unseen("".join([*parts, text[last:until]]))
    return visible(" ".join(shown.split())) or "(nothing)"
