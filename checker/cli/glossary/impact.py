"""``yigai glossary impact``: what an edit of the glossary changes on real pages."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from checker.cli.glossary.folder import Controls, FolderOption, control_documents, working_folder

if TYPE_CHECKING:
    from checker.document import Document
    from checker.impact import Impact


def impact(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="English pages: files and folders.")],
    base: Annotated[str, typer.Option(metavar="REV", help="The commit to compare with.")] = "HEAD",
    glossary: FolderOption = None,
    controls: Controls = None,
    fail_on_new_findings: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Exit 1 when more than N findings are new.")
    ] = None,
    places: Annotated[int, typer.Option(min=0, help="How many places of each kind to show for a concept.")] = 3,
) -> None:
    """Show which findings an edit brings and takes away, by concept and by morpheme class."""
    from checker.committed import NotCommittedError
    from checker.config import ConfigError

    folder = working_folder(glossary)
    clean = control_documents(controls)
    try:
        made = _made(folder, paths, base, clean)
    except NotCommittedError as problem:
        raise ConfigError(f"nothing to compare with: {problem}") from None
    _print(made, base, sys.stdout, places)
    raise typer.Exit(int(fail_on_new_findings is not None and len(made.new) > fail_on_new_findings))


def print_impact(folder: Path, paths: Sequence[str], base: str, clean: list[Document], stream: TextIO) -> None:
    """The impact of the edits since ``base`` for a hook; where there is nothing to compare, a note says why."""
    from checker.committed import NotCommittedError

    paths = [path for path in paths if Path(path).exists()]
    try:
        _print(_made(folder, paths, base, clean), base, stream, 3)
    except NotCommittedError as problem:
        print(f"impact: nothing to compare with: {problem}", file=stream)


def _made(folder: Path, paths: Sequence[str], base: str, clean: list[Document]) -> Impact:
    from checker.committed import committed_terms
    from checker.config import ConfigError
    from checker.document import Document
    from checker.impact import compare
    from checker.readers.walk import find_files, read_files
    from glossary.problems import GlossaryError
    from glossary.working_tree import read_tree

    after = read_tree(folder)
    if after.problems:
        raise GlossaryError(after.problems)
    documents = []
    for item in read_files(find_files(paths)):
        if not isinstance(item, Document):
            raise ConfigError(f"{item.path}: {item.message}")
        documents.append(item)
    with tempfile.TemporaryDirectory(prefix="yigai-") as temporary:
        before = read_tree(committed_terms(folder, base, Path(temporary)))
        return compare(before, after, documents, clean)


def _print(made: Impact, base: str, stream: TextIO, places: int) -> None:
    from checker.impact import impact_lines
    from checker.reports.visible import visible

    for line in impact_lines(made, base, places):
        print(visible(line), file=stream)
