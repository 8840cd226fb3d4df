"""``yigai glossary site``: the glossary as static pages, for publishing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.glossary.folder import FolderOption, working_folder


def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the pages go: a new folder, or an older site.")],
    proposed: Annotated[
        bool, typer.Option("--proposed/--no-proposed", help="With concepts not yet approved, marked as such.")
    ] = True,
    glossary: FolderOption = None,
) -> None:
    """Write the glossary as static pages with search, in English and Chinese."""
    from checker.config import ConfigError
    from glossary.atomic import write_atomically
    from glossary.problems import GlossaryError
    from glossary.working_tree import read_tree

    try:
        from checker.server.site import MARK, site_files
    except ImportError as problem:
        raise ConfigError("the site needs Jinja and Starlette: pip install 'yigai[serve]'") from problem
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file())):
        raise ConfigError(f"{folder.as_posix()}: is there and no site of this kind; name a new folder")
    tree = read_tree(working_folder(glossary))
    if tree.problems:
        raise GlossaryError(tree.problems)
    concepts = [concept for concept in tree.glossary.concepts if proposed or concept.status == "approved"]
    written = set()
    for name, text in site_files(tree.glossary, concepts):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
            write_atomically(path, text)
        written.add(path)
    for kind in ("concept", "field", "zh/concept", "zh/field"):
        for path in {*folder.glob(f"{kind}/*.html")} - written:
            path.unlink()
    print(f"{folder.as_posix()}: {len(concepts):,} concepts, {len(written):,} files", file=sys.stderr)
