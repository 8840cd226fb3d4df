"""JSON Lines: an object a line, plain or gzipped. A page is called by its address, else by its line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from checker.batch.containers import PAGE_LIMIT, Fields, File, Item
from checker.batch.containers.fields import of_record, record_page, settled
from checker.batch.containers.limited import LimitedStream
from checker.finding import CheckError

_PIECE = 1 << 20


def pages(file: File, fields: Fields) -> Iterator[Item]:
    """The page of each line. Raises ContainerError."""
    found: Fields | None = None
    with LimitedStream(file.name) as stream:
        number = 0
        while line := stream.line(PAGE_LIMIT + 1):
            number += 1
            name = f"line {number}"
            if len(line) > PAGE_LIMIT:
                while line and not line.endswith(b"\n"):
                    line = stream.line(_PIECE)
                yield CheckError(file.path, name, "too-large", f"the line is longer than {PAGE_LIMIT:,} bytes")
                continue
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                values = json.loads(line)
            except (ValueError, RecursionError) as problem:
                said = getattr(problem, "msg", "") or "it cannot be decoded"
                yield CheckError(file.path, name, "damaged", f"the line is not JSON: {said}")
                continue
            if not isinstance(values, dict):
                yield CheckError(file.path, name, "damaged", "the line is not a JSON object")
                continue
            if found is None:
                found = settled(values, fields, f"the object in {name}")
            own = of_record(found, fields, values)
            if own is None:
                yield CheckError(file.path, name, "no-text", "the object has no field of text")
                continue
            yield record_page(file, name, values, own, file.offset + stream.position)
