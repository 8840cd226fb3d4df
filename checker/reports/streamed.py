"""Reports written while pages come, for runs of any length: what was written of a page is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TextIO

from checker.finding import Result
from checker.reports import TextOf, concise, csv, jsonl, text

FORMATS = ("text", "concise", "json", "jsonl", "csv")
"""The formats that can be written so; the others need all pages at once."""


class Streamed(Protocol):
    """A report being written."""

    def part(self, result: Result, text_of: TextOf) -> None:
        """Write what is known of some pages; the summary of ``result`` counts for nothing."""

    def end(self, result: Result) -> None:
        """Write what belongs to no page, and the summary."""


def streamed(name: str, stream: TextIO) -> Streamed:
    """The report called ``name``, one of `FORMATS`, begun on ``stream``."""
    if name == "text":
        return text.Writer(stream)
    makers: dict[str, Callable[[TextIO], Streamed]] = {
        "concise": _Concise,
        "json": _Json,
        "jsonl": _JsonLines,
        "csv": _Csv,
    }
    return makers[name](stream)


def _no_text(path: str, record: str | None) -> None:
    return None


class _Concise:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def part(self, result: Result, text_of: TextOf) -> None:
        concise.write(result, self._stream, text_of)

    def end(self, result: Result) -> None:
        concise.write(result, self._stream, _no_text)


class _Csv:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        csv.write_head(stream)

    def part(self, result: Result, text_of: TextOf) -> None:
        csv.write_rows(result, self._stream, text_of)

    def end(self, result: Result) -> None:
        csv.write_rows(result, self._stream, _no_text)


class _JsonLines:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def part(self, result: Result, text_of: TextOf) -> None:
        for item in jsonl.page_objects(result):
            self._stream.write(jsonl.encoded(item) + "\n")

    def end(self, result: Result) -> None:
        jsonl.write(result, self._stream, _no_text)


class _Json:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = "[\n"

    def part(self, result: Result, text_of: TextOf) -> None:
        for item in jsonl.page_objects(result):
            self._stream.write(self._before + jsonl.encoded(item))
            self._before = ",\n"

    def end(self, result: Result) -> None:
        for item in jsonl.objects(result):
            self._stream.write(self._before + jsonl.encoded(item))
            self._before = ",\n"
        self._stream.write("\n]\n")
