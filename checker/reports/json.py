"""One JSON array of the objects that the JSON Lines report writes."""

from __future__ import annotations

from typing import TextIO

from checker.finding import Result
from checker.reports import TextOf
from checker.reports.jsonl import encoded, objects


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write every object of ``result`` as one array, one object a line."""
    stream.write("[\n" + ",\n".join(map(encoded, objects(result))) + "\n]\n")
