"""How names of files and quotes stand in a file of accepted findings."""

from __future__ import annotations

import os
from pathlib import Path

from glossary.lazy_pattern import lazy

_QUOTED = 60  # characters
_SPELLED_OUT = lazy(r"\\u(d[89a-f][0-9a-f]{2})")


def seen_from_file(path: str, file: Path) -> str:
    """The path of a page as seen from the folder of a file of accepted findings, with ``/``; ``-`` stays."""
    if path == "-":
        return path
    return sayable(os.path.relpath(os.path.abspath(path), file.parent).replace(os.sep, "/"))


def sayable(text: str) -> str:
    """``text`` as YAML can hold it: lone surrogates, as in names of files that are not UTF-8, are spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def meant(name: str) -> str:
    """The name of a file that `sayable` spelled out."""
    return _SPELLED_OUT.sub(lambda match: chr(int(match[1], 16)), name)


def displayed(path: Path) -> str:
    """The path as people name it: from the working folder where it lies inside, with ``/``."""
    near = os.path.relpath(path)
    return (str(path) if near.startswith(os.pardir) else near).replace(os.sep, "/")


def shortened(quote: str) -> str:
    """A quote in one line, cut to 60 characters."""
    words = " ".join(quote.split())
    return words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1]}…"
