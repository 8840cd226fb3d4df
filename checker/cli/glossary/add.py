"""``yigai glossary add``: a new entry, with what can be filled in filled in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checker.cli.glossary.folder import FolderOption, working_folder

if TYPE_CHECKING:
    from glossary.working_tree import WorkingTree

NEAR = 80  # score of a search hit that is worth a look


def add(
    zh: Annotated[str | None, typer.Option(metavar="TEXT", help="The Chinese term, in either script.")] = None,
    preferred: Annotated[str | None, typer.Option(metavar="TEXT", help="What to write in English.")] = None,
    file: Annotated[
        str | None, typer.Option(metavar="FILE", help="The file below the folder of entries, as field/file.yaml.")
    ] = None,
    concept_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="By default made from the preferred form.")
    ] = None,
    admitted: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Also good; repeatable.")] = None,
    definition: Annotated[str | None, typer.Option(metavar="TEXT", help="One sentence.")] = None,
    source: Annotated[str | None, typer.Option(metavar="URL", help="A page that shows the rendering.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title of that page.")] = None,
    status: Annotated[str, typer.Option(metavar="WORD", help="proposed (default) or approved.")] = "proposed",
    glossary: FolderOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, also when there is something alike.")] = False,
) -> None:
    """Add a concept: shows what is alike first, fills in pinyin and Traditional forms."""
    from checker.config import ConfigError, one_of
    from glossary.chinese import in_simplified
    from glossary.exchange.words import HAN
    from glossary.working_tree import read_tree

    folder = working_folder(glossary)
    one_of(status, ("proposed", "approved"), "value of status:")
    tree = read_tree(folder)
    asking = sys.stdin.isatty() and not yes
    chinese = in_simplified(_answer(zh, "Chinese", asking, "--zh"))
    if not HAN.search(chinese):
        raise ConfigError(f"--zh: {chinese!r} is no Chinese")
    alike = _alike(tree, chinese, preferred)
    english = _answer(preferred, "English, preferred", asking, "--preferred")
    alike = alike or _alike(tree, chinese, english)
    taken = [name for name, forms in alike if chinese in forms]
    if taken:
        raise ConfigError(f"{chinese} is there already: {taken[0]}")
    if alike and asking and not typer.confirm("Add it all the same?", default=False):
        raise typer.Exit(1)
    name = concept_id or _slug(english)
    if any(entry["id"] == name for _, _, entry in tree.concepts):
        raise ConfigError(f"the id {name} is taken; give another with --id")
    where = folder / _answer(file, "File (field/file.yaml)", asking, "--file")
    if where.suffix != ".yaml" or where.parent.resolve() == folder.resolve() or _outside(where, folder):
        raise ConfigError(f"{file}: expected field/file.yaml, below {folder.as_posix()}")
    entry: dict[str, Any] = {"id": name, "zh": chinese, "preferred": english}
    if admitted:
        entry["admitted"] = admitted
    if status != "approved":
        entry["status"] = status
    if definition or (asking and (definition := typer.prompt("Definition", default="", show_default=False))):
        entry["definition"] = definition
    if source:
        entry["sources"] = [{"url": source, "title": title or source, "rendering": english}]
    elif status == "approved":
        raise ConfigError("an approved concept needs a --source")
    _write(where, entry)
    print(f"{where.as_posix()}: added {name}")


def _outside(where: Path, folder: Path) -> bool:
    return ".." in where.parts or not where.resolve().is_relative_to(folder.resolve())


def _answer(given: str | None, question: str, asking: bool, flag: str) -> str:
    from checker.config import ConfigError

    if given is None and asking:
        given = typer.prompt(question)
    if not given or not given.strip():
        raise ConfigError(f"{flag} is missing")
    return " ".join(given.split())


def _alike(tree: WorkingTree, chinese: str, english: str | None) -> list[tuple[str, tuple[str, ...]]]:
    """What is like the new concept, shown on standard error as ``(id, Chinese forms)``."""
    from glossary.search import search

    found = {}
    for query in filter(None, (chinese, english)):
        for hit in search(tree.glossary.concepts, query, 5):
            if hit.score >= NEAR and hit.concept.id not in found:
                found[hit.concept.id] = hit.concept.chinese
                print(f"alike: {hit.concept.zh} {hit.concept.preferred} [{hit.concept.id}]", file=sys.stderr)
    return list(found.items())


def _slug(english: str) -> str:
    from checker.config import ConfigError
    from glossary.new_entry import slug

    made = slug(english)
    if not made:
        raise ConfigError("no id can be made of the English; give one with --id")
    return made


def _write(where: Path, entry: dict[str, Any]) -> None:
    from glossary.atomic import write_atomically
    from glossary.new_entry import appended

    text = appended(where.as_posix(), where.read_bytes().decode("utf-8") if where.exists() else "", [entry])
    where.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(where, text)
