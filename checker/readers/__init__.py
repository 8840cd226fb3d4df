"""Bytes to Documents, one format a file, and the walk over the paths of a command line.

A reader is a module with ``read(path, content) -> Iterator[Document | CheckError]``, or ``read(path, content, reading)``
where columns may be named; a new format is such a module, its name in `FORMATS` and its suffixes in `SUFFIXES`.
"""

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

CONTAINERS: dict[str, str] = {
    ".zip": "zip",
    ".tar": "tar",
    ".tar.gz": "tar",
    ".tgz": "tar",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson": "jsonl",
    ".ndjson.gz": "jsonl",
    ".parquet": "parquet",
}
"""Files of many pages, by suffix: they are read one page at a time by `checker.batch.containers`."""

TEXT_FIELDS = (
    "text", "html", "content", "body", "raw_html", "content_html", "body_html", "html_content", "article", "page_text", "plain_text",
    "raw_content", "raw_text", "page_content", "markdown", "english", "en",
)  # fmt: skip
"""What a field is called that holds the text of a page, in the order in which they are tried."""

WITH_COLUMNS = frozenset(["docx", "xlsx", "csv"])
"""Readers that take a `Reading`."""


def container_kind(name: str) -> str | None:
    """Which kind of file of many pages a name stands for; None for all others."""
    lower = name.lower()
    return next((kind for suffix, kind in CONTAINERS.items() if lower.endswith(suffix)), None)


class Reading(NamedTuple):
    """How files are to be read: as which format (None: by content and name), and which columns of tables hold what.

    A column is named by its heading or its letter ("B"); None: guessed.
    """

    format: str | None = None
    english: str | None = None
    chinese: str | None = None


BY_CONTENT = Reading()
