"""What ``--format docx`` and ``--format xliff`` do: the files that were checked, with comments, at another place."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from checker.annotate import annotated
from checker.annotate.remarks import Signature
from checker.config import ConfigError
from checker.document import Document
from checker.finding import Finding
from checker.readers.archive import RefusedError
from glossary.atomic import write_atomically


def targets(paths: Sequence[str], output: str | None, format: str) -> Mapping[str, Path]:
    """Where each of the files is written: to ``output``, or into it when it is a folder or there are several files.

    In a folder they keep their names and the folders below the one that holds them all. Raises ConfigError when
    there is no place for them, or a file would be written over.
    """
    if output is None:
        raise ConfigError(f"{format} needs a place to write to; give --output FILE, or a folder for several files")
    if "-" in paths:
        raise ConfigError(f"{format} writes into files; standard input is none")
    where = Path(output)
    if len(paths) == 1 and not where.is_dir() and not output.endswith(("/", os.sep)):
        made = {paths[0]: where}
    else:
        if where.exists() and not where.is_dir():
            raise ConfigError(f"{output} is a file; give a folder for {len(paths)} files")
        common = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths] or [os.curdir])
        made = {path: where / os.path.relpath(os.path.abspath(path), common) for path in paths}
    inputs = {os.path.realpath(path) for path in paths}
    for target in made.values():
        if os.path.realpath(target) in inputs:
            raise ConfigError(f"{target} would be written over; give another place with --output")
    return made


def write_annotated(
    documents: Iterable[Document], findings: Iterable[Finding], places: Mapping[str, Path], format: str, author: str
) -> bool:
    """Write each document of the format's kind with its findings; returns whether all of these could be written."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    good = True
    for document in documents:
        if document.kind != format:
            _say(f"{document.path}: no {format} file; left out")
            continue
        try:
            content = Path(document.path).read_bytes()
            new = annotated(content, document, by_path[document.path], Signature(author))
        except RefusedError as problem:
            _say(f"{document.path}: {problem}")
            good = False
            continue
        target = places[document.path]
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, new)
    return good


def _say(message: str) -> None:
    from checker.reports.visible import visible

    print(visible(f"yigai: {message}"), file=sys.stderr)
