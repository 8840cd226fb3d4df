"""Files that hold many pages: each kind is read as a stream, one page in memory at a time, within limits.

A kind is a module with ``pages(file, fields) -> Iterator[RawPage | CheckError | Skipped]``, its name in `MODULES` and
its suffixes in `checker.readers.CONTAINERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple, cast

from checker.batch.raw_page import RawPage
from checker.finding import CheckError
from checker.readers.walk import SIZE_LIMIT

PAGE_LIMIT = SIZE_LIMIT
"""How many bytes a page may have, unpacked."""


class Fields(NamedTuple):
    """Which fields of a record hold the text or HTML of a page, its address and its date; None: guessed by name."""

    text: str | None = None
    address: str | None = None
    date: str | None = None


class File(NamedTuple):
    """A file of pages: ``path`` as reported, ``name`` as it is opened, ``offset`` the bytes of the files before it."""

    path: str
    name: str
    offset: int = 0


class Skipped(NamedTuple):
    """Something in a container that is no page: a picture, a script, a file of an unknown format."""


SKIPPED = Skipped()
Item = RawPage | CheckError | Skipped

MODULES = {
    "zip": "zipped",
    "tar": "tarred",
    "warc": "web_archive",
    "jsonl": "json_lines",
    "parquet": "parquet",
}


class ContainerError(Exception):
    """Why a container is not read any further; ``reason`` is a stable word, the message one sentence."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def container_pages(kind: str, file: File, fields: Fields) -> Iterator[Item]:
    """The pages of a container of a kind, in order; what goes wrong with it is the last item."""
    module = import_module(f"checker.batch.containers.{MODULES[kind]}")
    reader = cast(Callable[[File, Fields], Iterator[Item]], module.pages)
    try:
        yield from reader(file, fields)
    except ContainerError as problem:
        yield CheckError(file.path, None, problem.reason, str(problem))
    except OSError as problem:
        reason = problem.strerror or "it is damaged"
        yield CheckError(
            file.path, None, "unreadable" if problem.errno else "damaged", f"the file cannot be read: {reason}"
        )
    except Exception as problem:  # whatever a damaged file does to a library, the other files are read
        yield CheckError(file.path, None, "damaged", f"the file cannot be read as {kind}: {type(problem).__name__}")
