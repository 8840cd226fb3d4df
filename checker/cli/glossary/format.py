"""``yigai glossary format``: bring the entries into their one form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.glossary.folder import Folder, working_folder


def format_files(
    path: Folder = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 if a file would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Change nothing; print what would change.")] = False,
) -> None:
    """Write entries and morphemes in canonical form; comments are kept."""
    from difflib import unified_diff

    from glossary.atomic import write_atomically
    from glossary.canonical import canonical
    from glossary.problems import GlossaryError, Problem

    folder = working_folder(path)
    problems: list[Problem] = []
    changed: list[tuple[Path, str, str]] = []
    files = [(file, False) for file in sorted(folder.rglob("*.yaml"))]
    files += [(file, True) for file in sorted((folder.parent / "morphemes").rglob("*.yaml"))]
    for file, morphemes in files:
        try:
            text = file.read_bytes().decode("utf-8")
            written = canonical(file.as_posix(), text, morphemes)
        except UnicodeDecodeError as error:
            problems.append(Problem(file.as_posix(), 1, 1, f"not UTF-8 at byte {error.start}"))
        except GlossaryError as error:
            problems += error.problems
        else:
            if written != text:
                changed.append((file, text, written))
    for file, text, written in changed:
        if diff:
            name = file.as_posix()
            lines = unified_diff(text.splitlines(True), written.splitlines(True), f"a/{name}", f"b/{name}")
            for line in lines:
                print(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n", end="")
        elif check:
            print(f"would change {file.as_posix()}")
        else:
            write_atomically(file, written)
            print(f"changed {file.as_posix()}")
    for problem in problems:
        print(problem, file=sys.stderr)
    word = "would change" if check or diff else "changed"
    left = f", {len(problems)} mistakes: run `yigai glossary lint`" if problems else ""
    print(f"{len(changed)} of {len(files)} files {word}{left}", file=sys.stderr)
    if problems:
        raise typer.Exit(2)
    raise typer.Exit(int(bool(changed) and (check or diff)))
