"""``yigai glossary coverage``: what of a set of pages the glossary knows, and what it lacks."""

from __future__ import annotations

from typing import Annotated

import typer

from checker.cli.glossary.folder import FolderOption, working_folder


def coverage(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Chinese or English pages.")],
    glossary: FolderOption = None,
    at_least: Annotated[int, typer.Option(min=2, help="How often a missing term must occur.")] = 3,
    limit: Annotated[int, typer.Option(min=1, help="How many missing terms to list for each language.")] = 40,
) -> None:
    """Count which concepts occur in pages, and list frequent terms that are missing."""
    from checker.config import ConfigError
    from checker.coverage import coverage as counted
    from checker.document import Document
    from checker.readers.walk import find_files, read_files
    from checker.reports.visible import columns, visible
    from glossary.working_tree import read_tree

    tree = read_tree(working_folder(glossary))
    documents = []
    for item in read_files(find_files(paths)):
        if not isinstance(item, Document):
            raise ConfigError(f"{item.path}: {item.message}")
        documents.append(item)
    made = counted(tree.glossary, documents, at_least, limit)
    total = len(tree.glossary.concepts)
    read = f"{made.chinese_pages} Chinese and {made.english_pages} English pages"
    print(f"{read}; {len(made.concepts)} of {total} concepts occur")
    if made.concepts:
        print(f"\n{'mentions':>8} {'pages':>6}  concept")
    for name, (mentions, pages) in made.concepts.items():
        concept = tree.glossary.concept(name)
        shown = f"{concept.zh} {concept.preferred} [{name}]" if concept else name
        print(f"{mentions:>8} {pages:>6}  {visible(shown)}")
    for language, missing in (("Chinese", made.missing_chinese), ("English", made.missing_english)):
        if not missing:
            continue
        print(f"\nfrequent in {language} and not in the glossary\n{'times':>8} {'pages':>6}  term")
        wide = max(columns(item.term) for item in missing)
        for found in missing:
            term = visible(found.term) + " " * (wide - columns(found.term))
            place = f"{visible(found.path)}:{found.line}: …{visible(found.context)}…"
            print(f"{found.count:>8} {found.pages:>6}  {term}  {place}")
