"""Results to text, one format a file. A report decides nothing: it writes what a Result holds.

A format is a module with ``write(result, stream, text_of)``, where ``text_of`` gives the Document of a path
and record, for reports that show the words around a place, or None where it is not at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO, TextIO, cast

from checker.document import Document
from checker.finding import Result

TextOf = Callable[[str, str | None], Document | None]
Report = Callable[[Result, TextIO, TextOf], None]
BinaryReport = Callable[[Result, BinaryIO, TextOf], None]

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "csv", "html", "xlsx")
BINARY = frozenset({"xlsx"})
"""The formats that are not text: their ``write`` takes a binary stream."""
NEED_TEXT = frozenset({"text", "sarif", "csv", "html", "xlsx"})
"""The formats that show the words around a place, or other places with their lines."""


def binary_report(name: str) -> BinaryReport:
    """The report called ``name``, one of `BINARY`."""
    return cast(BinaryReport, import_module(f"checker.reports.{name}").write)


def report(name: str) -> Report:
    """The report called ``name``, one of `FORMATS` that is not in `BINARY`."""
    return cast(Report, import_module(f"checker.reports.{name}").write)
