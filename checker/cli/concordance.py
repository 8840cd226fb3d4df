"""``yigai concordance``: every place of a term, with both sides where the Chinese is given."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers, glossary_with

if TYPE_CHECKING:
    from checker.page import Page


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
    raise typer.Exit(2 if failed else int(not found))


def _places(page: Page, term: str) -> Iterator[str]:
    from checker.document import UNSEEN
    from checker.reports.visible import visible
    from glossary.folding import fold, fold_characters

    wanted = fold(term)
    if not wanted:
        return
    concepts = {
        concept.id
        for concept in page.spotter.glossary.concepts
        if wanted in map(fold, (concept.id, *concept.chinese, concept.preferred, *concept.admitted))
    }
    for mention in page.mentions:
        quote = page.text[mention.start : mention.end]
        if not any(c.concept.id in concepts for c in mention.candidates) and fold(quote) != wanted:
            continue
        start, end = page.sentence_at(mention.start)
        before, after = page.text[start : mention.start], page.text[mention.end : end]
        shown = f"{before}[{quote}]{after}"
        if page.document.view is not None:
            shown = " ".join(shown.translate(UNSEEN).split())
        unit = page.document.unit_at(mention.start)
        separator, place = (" ", unit.name) if unit else (":", "{}:{}".format(*page.document.position(mention.start)))
        yield visible(f"{page.document.path}{separator}{place}  {shown}")
    parallel = page.parallel
    if parallel is None:
        return
    source = fold_characters(parallel.source.text)
    if concepts:
        spans = [(t.start, t.end) for t in parallel.terms if concepts & set(t.concepts)]
    else:
        size = len(wanted)
        spans = [(n, n + size) for n in range(len(source)) if source.startswith(wanted, n)]
    for link in parallel.links:
        for start, end in spans:
            if link.source_start <= start < link.source_end:
                text = parallel.source.text
                marked = f"{text[link.source_start : start]}[{text[start:end]}]{text[end : link.source_end]}"
                yield f"  zh  {visible(marked)}"
                yield f"  en  {visible(parallel.english(link)) or '(nothing)'}"
