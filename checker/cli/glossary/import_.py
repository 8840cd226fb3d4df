"""``yigai glossary import``: entries out of a term base of another program, as proposals."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.glossary.folder import FolderOption, working_folder

if TYPE_CHECKING:
    from glossary.exchange import Imported
    from glossary.exchange.merging import Merging, Shelved


_INSIDE = re.compile(r"[^/\\:.][^/\\:]*/[^/\\:.][^/\\:]*")  # of a folder directly in that of the entries


def import_file(
    format: Annotated[
        str, typer.Argument(metavar="FORMAT", help="tbx, xlsx, csv, tsv, tmx, deepl, google or microsoft.")
    ],
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")],
    file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Where new concepts go, as field/file.yaml (default: by their field)."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Let the file win where it differs.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would be done.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Change nothing; print what would change.")] = False,
    glossary: FolderOption = None,
) -> None:
    """Take entries out of a term base: new ones as proposed, known ones merged, differences reported and left."""
    from checker.config import ConfigError, one_of
    from glossary.exchange import MAX_BYTES, ExchangeError, formats
    from glossary.exchange.merging import Merging
    from glossary.problems import GlossaryError
    from glossary.working_tree import read_tree

    one_of(format, formats.IMPORTS, "format to import")
    folder = working_folder(glossary)
    where = None if file is None else folder / file
    if where is not None and (where.suffix != ".yaml" or not _INSIDE.fullmatch(str(file))):
        raise ConfigError(f"{file}: expected field/file.yaml, below {folder.as_posix()}")
    if path.stat().st_size > MAX_BYTES:
        raise ConfigError(f"{path.as_posix()}: the file is larger than {MAX_BYTES:,} bytes")
    content = path.read_bytes()
    try:
        read = formats.read(format, content)
    except ExchangeError as problem:
        raise ConfigError(f"{_placed(path, problem.place)}: {problem}") from None
    tree = read_tree(folder)
    if tree.problems:
        raise GlossaryError(tree.problems)
    merging = Merging(tree, replace, where)
    merging.take(read.entries)
    texts = _texts(merging)
    _print_changes(merging, texts, diff, dry_run)
    if not (diff or dry_run):
        _write(texts)
    _print_report(path, read, merging, dry_run or diff)
    raise typer.Exit(int(bool(merging.conflicts)))


def _texts(merging: Merging) -> dict[Path, tuple[str, str]]:
    """The files that change: ``(old text, new text)``. Raises GlossaryError where one would have mistakes,
    ConfigError where one would be too large to be read again.
    """
    from checker.config import ConfigError
    from glossary.canonical import edited
    from glossary.layers import MAX_BYTES
    from glossary.new_entry import appended

    old = {file.path: file.text for file in merging.tree.of_kind("terms")}
    by_file: dict[Path, list[Shelved]] = {}
    for shelved in merging.changed:
        by_file.setdefault(shelved.file, []).append(shelved)
    made = {}
    for path, those in by_file.items():
        text = old.get(path, "")
        changes = {shelved.entry["id"]: shelved.changes for shelved in those if not shelved.is_new}
        new = edited(path.as_posix(), text, changes) if changes else text
        more = [shelved.entry for shelved in those if shelved.is_new]
        new = appended(path.as_posix(), new, more) if more else new
        if len(new.encode("utf-8")) > MAX_BYTES:
            raise ConfigError(
                f"{path.as_posix()} would be larger than {MAX_BYTES:,} bytes, which no command reads; nothing was written: "
                "import the entries in parts, each into another --file"
            )
        made[path] = text, new
    return made


def _print_changes(merging: Merging, texts: dict[Path, tuple[str, str]], diff: bool, dry_run: bool) -> None:
    from difflib import unified_diff

    from checker.reports.visible import visible

    if diff:
        for path, (old, new) in texts.items():
            name = path.as_posix()
            for line in unified_diff(old.splitlines(True), new.splitlines(True), f"a/{name}", f"b/{name}"):
                print(visible(line.rstrip("\n")))
        return
    added, gets = ("would be added", "would get") if dry_run else ("added", "got")
    for shelved in merging.changed:
        entry = shelved.entry
        told = f"{entry['id']} {gets} {'; '.join(shelved.added)}"
        if shelved.is_new:
            told = f"{entry['id']} ({entry['zh']} {entry['preferred']}) {added}"
        print(visible(f"{shelved.file.as_posix()}: {told}"))


def _write(texts: dict[Path, tuple[str, str]]) -> None:
    from glossary.atomic import write_atomically

    for path, (_, text) in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)


def _print_report(path: Path, read: Imported, merging: Merging, only_looked: bool) -> None:
    """What was understood how, left out and in conflict, on standard error; the sums last."""
    from checker.cli.glossary.losses import print_losses
    from checker.reports.visible import visible

    print_losses("understood:", read.understood)
    print_losses("not taken over:", read.lost + merging.lost)
    for heading, messages in (("left out", merging.left_out), ("conflict", merging.conflicts)):
        for place, text in messages:
            print(visible(f"{_placed(path, place)}: {heading}: {text}"), file=sys.stderr)
    new = sum(shelved.is_new for shelved in merging.changed)
    merged = len(merging.changed) - new
    would = "would be " if only_looked else ""
    told = f"{_counted(len(read.entries), 'entry', 'entries')} read: {new:,} {would}new, {merged:,} {would}merged"
    if merging.left_out:
        told += f", {len(merging.left_out):,} left out"
    if merging.conflicts:
        told += f", {_counted(len(merging.conflicts), 'conflict', 'conflicts')} left as before"
    print(told, file=sys.stderr)
    if merging.changed and not only_looked:
        print("then: yigai glossary lint", file=sys.stderr)


def _counted(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _placed(path: Path, place: str) -> str:
    return f"{path.as_posix()}:{place}" if place else path.as_posix()
