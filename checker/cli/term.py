"""``yigai term``: look a term up in the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import Layers, glossary_with

if TYPE_CHECKING:
    from glossary import Concept, Rendering


def term(
    query: Annotated[str, typer.Argument(help="Chinese in either script, pinyin or English, also misspelt.")],
    glossary: Layers = None,
    limit: Annotated[int, typer.Option(min=1, help="How many concepts to show at most.")] = 3,
) -> None:
    """Show what to write for a term, what not to, and the sources."""
    from glossary.search import search

    hits = search(glossary_with(glossary).concepts, query, limit)
    if not hits:
        typer.echo(f"yigai: nothing like {query!r} in the glossary", err=True)
        raise typer.Exit(1)
    # A full answer needs no others beside it.
    exact = [hit for hit in hits if hit.score >= 98]
    for number, hit in enumerate(exact or hits):
        if number:
            typer.echo("")
        for line in _lines(hit.concept):
            typer.echo(line)


def _lines(concept: Concept) -> Iterator[str]:
    from glossary.search import pinyin
    from glossary.templates import is_template

    others = [form.zh if form.region is None else f"{form.zh} ({form.region})" for form in concept.zh_variants]
    yield f"{'、'.join([concept.zh, *others])}  {pinyin(concept.zh)}  [{concept.id}]"
    if concept.definition:
        yield f"  {concept.definition}"
    yield f"  write    {concept.preferred}"
    for label, forms in (
        ("also", tuple(form for form in concept.admitted if not is_template(form))),
        ("short", concept.short),
        ("abbr.", concept.abbreviations),
    ):
        if forms:
            yield f"  {label:<8} {', '.join(forms)}"
    for item in concept.wrong:
        yield f"  not      {_shown(item)}"
    for item in concept.deprecated:
        yield f"  outdated {_shown(item)}"
    if concept.status != "approved" or concept.strictness != "enforce":
        yield f"  status   {concept.status}, {concept.strictness}"
    if concept.valid_from or concept.valid_until:
        yield f"  valid    {concept.valid_from or '…'} to {concept.valid_until or '…'}"
    for label, ids in (
        ("now", (concept.replaced_by,)),
        ("part of", (concept.broader,)),
        ("differs", concept.distinct_from),
    ):
        named = [item for item in ids if item]
        if named:
            yield f"  {label:<8} {', '.join(named)}"
    for source in concept.sources:
        yield f"  source   {source.title}: {source.url}"


def _shown(item: Rendering) -> str:
    """A form, what to write for each of its alternatives behind an arrow, and why it is none."""
    return item.en.replace("=", " → ") + (f"  ({item.why})" if item.why else "")
