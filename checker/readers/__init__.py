"""Bytes to Documents, one format a file, and the walk over the paths of a command line.

A reader is a module with ``read(path, content) -> Iterator[Document | CheckError]``; a new format is such a
module and its suffixes here.
"""

SUFFIXES: dict[str, str] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".rst": "text",
}
"""The reader's module by suffix in lower case: what is read of a folder. Other named files are read as text."""
