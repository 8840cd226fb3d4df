"""Bytes to Documents, one format a file, and the walk over the paths of a command line.

A reader is a module with ``read(path, content) -> Iterator[Document | CheckError]``, or ``read(path, content, reading)``
where columns may be named; a new format is such a module, its name in `FORMATS` and its suffixes in `SUFFIXES`.
"""

from __future__ import annotations

from typing import NamedTuple

FORMATS: dict[str, str] = {
    "text": "text",
    "markdown": "markdown",
    "html": "html",
    "docx": "docx",
    "xlsx": "xlsx",
    "csv": "csv",
    "tsv": "csv",
    "xliff": "xliff",
    "tmx": "tmx",
    "po": "po",
}
"""The reader's module by the name of the format, as ``--input-format`` takes it."""

SUFFIXES: dict[str, str] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".rst": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
    ".tmx": "tmx",
    ".po": "po",
    ".pot": "po",
}
"""The format by suffix in lower case: what is read of a folder. Other named files are known by content or read as text."""

ARCHIVES = frozenset(["docx", "xlsx"])
"""Formats whose files are no text."""

WITH_COLUMNS = frozenset(["docx", "xlsx", "csv"])
"""Readers that take a `Reading`."""


class Reading(NamedTuple):
    """How files are to be read: as which format (None: by content and name), and which columns of tables hold what.

    A column is named by its heading or its letter ("B"); None: guessed.
    """

    format: str | None = None
    english: str | None = None
    chinese: str | None = None


BY_CONTENT = Reading()
