"""From the paths of a command line to Documents: files, folders, globs and standard input.

Finding comes before reading, so that what is skipped is known before the first document is checked.
"""

import os
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple

from checker.config import ConfigError
from checker.document import Document
from checker.finding import CheckError
from checker.readers import ARCHIVES, BY_CONTENT, FORMATS, SUFFIXES, TEXT_FIELDS, WITH_COLUMNS, Reading, container_kind
from checker.readers.detection import format_of, unsupported
from checker.readers.text import looks_binary

SIZE_LIMIT = 64 * 1024 * 1024
"""The largest file that is read, in bytes, where it is no plain text."""

TEXT_LIMIT = 128 * 1024 * 1024
"""The largest file of plain text, which can be checked in parts (see `checker.readers.parts`)."""

_STDIN = "-"
_HEAD = 8192
_ABOUT = re.compile(r"(?i)readme(?:\.(?:md|markdown|rst|txt))?")


class Listing(NamedTuple):
    """What the paths of a command line stand for, in order, each file once.

    ``entries`` holds names as given or found below a given folder, with ``/``, and an error for each path
    that stands for nothing. ``skipped`` counts the files of folders that are no known text format, and the
    links that lead out of their folder.
    """

    entries: tuple[str | CheckError, ...]
    skipped: int


def find_files(paths: Sequence[str], containers: bool = False) -> Listing:
    """List the files that ``paths`` stand for: ``-``, files, folders (walked, sorted) and glob patterns.

    Of a folder, hidden files and folders, linked folders and what tells of the folder itself (README) are passed over
    in silence. ``containers`` are listed too where the caller can read them: files of many pages.
    """
    entries: dict[str, str | CheckError] = {}
    skipped = 0
    for path in paths:
        if path == _STDIN:
            entries.setdefault(_STDIN, _STDIN)
            continue
        matches = [path] if os.path.lexists(path) else _matching(path)
        if not matches:
            entries.setdefault(path, CheckError(_shown(path), None, "missing", "there is no such file or folder"))
        for match in matches:
            if os.path.isdir(match):
                files, passed_over, closed = _in_folder(match, containers)
                skipped += passed_over
                for problem in closed:
                    entries.setdefault(os.path.abspath(problem.path), problem)
            else:
                files = [match]
            for file in files:
                entries.setdefault(os.path.abspath(file), _shown(file))
    return Listing(tuple(entries.values()), skipped)


def _matching(pattern: str) -> list[str]:
    from glob import glob  # few runs need it

    return sorted(glob(pattern, recursive=True))


def read_files(
    listing: Listing,
    stdin: BinaryIO | None = None,
    stdin_name: str = _STDIN,
    size_limit: int = SIZE_LIMIT,
    reading: Reading = BY_CONTENT,
) -> Iterator[Document | CheckError]:
    """Read the files of a listing one after the other; what cannot be read is an error and the rest goes on.

    ``size_limit`` is in bytes. Reasons of errors: "missing", "unreadable", "too-large", "unsupported", "encrypted",
    "damaged" and the readers' own.
    """
    for entry in listing.entries:
        if isinstance(entry, CheckError):
            yield entry
            continue
        name = stdin_name if entry == _STDIN else entry
        content = read_bytes(entry, name, stdin, size_limit)
        if isinstance(content, CheckError):
            yield content
        else:
            documents = read_content(name, content, reading)
            del content
            yield from documents


def read_bytes(
    entry: str, name: str, stdin: BinaryIO | None = None, size_limit: int = SIZE_LIMIT
) -> bytes | CheckError:
    """The bytes of an entry of a listing that is reported as ``name``, or why it cannot be read."""
    try:
        if entry == _STDIN:
            content = stdin.read(size_limit + 1) if stdin else b""
        else:
            with open(entry, "rb") as stream:
                content = stream.read(size_limit + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "it cannot be opened"
        return CheckError(name, None, "unreadable", f"the file cannot be read: {reason}")
    if len(content) > size_limit:
        return _too_large(name, size_limit)
    return content


def read_content(name: str, content: bytes, reading: Reading = BY_CONTENT) -> Iterator[Document | CheckError]:
    """The documents in the bytes of a file called ``name``; an error where they cannot be read."""
    refused = unsupported(content)
    if refused is not None:
        yield CheckError(name, None, *refused)
        return
    kind = reading.format or format_of(name, content)
    if len(content) > SIZE_LIMIT and kind != "text":
        yield _too_large(name, SIZE_LIMIT)
        return
    module = FORMATS[kind]
    reader = import_module(f"checker.readers.{module}")
    try:
        documents = reader.read(name, content, reading) if module in WITH_COLUMNS else reader.read(name, content)
        del content  # the reader lets it go when it has read it
        yield from documents
    except ConfigError:
        raise
    except Exception as problem:  # whatever a damaged file does to a library, the other files are read
        yield CheckError(name, None, "damaged", f"the file cannot be read as {kind}: {type(problem).__name__}")


def _too_large(name: str, limit: int) -> CheckError:
    return CheckError(name, None, "too-large", f"the file is larger than {limit:,} bytes; cut it into several")


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this name is passed over in silence: hidden, or telling of the folder itself."""
    return name.startswith((".", "~$")) or bool(_ABOUT.fullmatch(name))  # "~$": what Office keeps of an open file


def _in_folder(folder: str, containers: bool) -> tuple[list[str], int, list[CheckError]]:
    """The text files below a folder, sorted, how many other files were passed over, and folders that cannot be read."""
    files = []
    skipped = 0
    closed: list[CheckError] = []
    root = os.path.realpath(folder)

    def note(problem: OSError) -> None:
        message = f"the folder cannot be read: {problem.strerror}"
        closed.append(CheckError(_shown(str(problem.filename)), None, "unreadable", message))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if is_passed_over(name):
                continue
            path = os.path.join(parent, name)
            kind = SUFFIXES.get(_suffix(name))
            if (containers and container_kind(name) and _stays_in(path, root) and _holds_pages(path)) or (
                kind and _stays_in(path, root) and (kind in ARCHIVES or not _binary(path))
            ):
                files.append(path)
            else:
                skipped += 1
    return sorted(files, key=lambda path: Path(path).parts), skipped, closed


def _stays_in(path: str, root: str) -> bool:
    """Whether a file met in a folder is a regular file inside it, or a link to one."""
    real = os.path.realpath(path)
    return os.path.isfile(real) and os.path.commonpath([real, root]) == root


def _binary(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return looks_binary(stream.read(_HEAD))
    except OSError:
        return False  # reading it will say why


def _holds_pages(path: str) -> bool:
    """Whether a container met in a folder is worth opening: JSON Lines may be anything, findings too."""
    if container_kind(path) != "jsonl" or path.lower().endswith(".gz"):
        return True
    try:
        with open(path, "rb") as stream:
            line, end, _ = stream.read(_HEAD).partition(b"\n")
        return not end or any(f'"{name}"'.encode() in line for name in TEXT_FIELDS)
    except OSError:
        return True  # reading it will say why


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _shown(path: str) -> str:
    return path.replace(os.sep, "/")
