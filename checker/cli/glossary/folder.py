"""Which glossary a verb works on: never the installed copy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checker.document import Document
    from glossary.working_tree import WorkingTree

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="PATH", help="The folder of entries; default: the configured one, or glossary/terms."),
]
FolderOption = Annotated[
    Path | None, typer.Option("--glossary", metavar="PATH", help="The folder of the entries (default: glossary/terms).")
]
Controls = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Clean English that must stay silent (default: data/controls).")
]
DEFAULT = Path("glossary") / "terms"
DEFAULT_CONTROLS = Path("data") / "controls"


def working_folder(given: Path | None, tell: bool = True) -> Path:
    """The folder of entries to work on: ``given``, else the configuration's, else ``./glossary/terms``.

    Says on standard error which it is. Raises ConfigError when there is none.
    """
    from checker.cli.setup import configuration
    from checker.config import ConfigError

    if given is None:
        layers = configuration().values.get("glossary", ())
        folders = [path for layer in layers if (path := Path(str(layer))).is_dir()] if isinstance(layers, tuple) else []
        given = _shortened(folders[-1]) if folders else DEFAULT
    folder = given / "terms" if (given / "terms").is_dir() else given
    if not folder.is_dir():
        raise ConfigError(f"{folder}: there is no such folder of entries; name one, for example glossary/terms")
    if tell:
        print(f"glossary: {folder.as_posix()}", file=sys.stderr)
    return folder


def tell_installed(tree: WorkingTree) -> None:
    """Say on standard error what does not lie beside the entries, so that the installed copy's is used."""
    lacking = {"morphemes/" if file.kind == "morphemes" else file.path.name for file in tree.files if file.installed}
    if lacking:
        names = ", ".join(sorted(lacking))
        print(f"note: no {names} in {tree.terms.parent.as_posix()}: the installed copy is used", file=sys.stderr)


def _shortened(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def control_documents(given: Path | None) -> list[Document]:
    """The pages of clean English; none, with a note on standard error, where the default folder is absent.

    Raises ConfigError when a folder that was ``given`` is not there.
    """
    from checker.config import ConfigError
    from checker.document import Document
    from checker.readers.walk import find_files, read_files

    folder = given or DEFAULT_CONTROLS
    if not folder.is_dir():
        if given is not None:
            raise ConfigError(f"{folder}: there is no such folder")
        print(f"note: no folder {folder.as_posix()}: nothing was tried on clean English", file=sys.stderr)
        return []
    listing = find_files([folder.as_posix()])
    return [item for item in read_files(listing) if isinstance(item, Document)]
