"""JSON Lines: one object a line; each document before its findings, then errors, the summary last."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TextIO

from checker.finding import Finding, Result, as_object
from checker.reports import TextOf

_UNSEEN = re.compile(r"[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write every object of ``result``, one a line."""
    for item in objects(result):
        stream.write(encoded(item) + "\n")


def encoded(item: object) -> str:
    """``item`` as JSON on one line, readable, but with every character escaped that steers a terminal or hides."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(item, ensure_ascii=False))


def objects(result: Result) -> Iterator[dict[str, object]]:
    """The JSON objects of a result in the order of the public format."""
    yield from page_objects(result)
    yield as_object(result.summary)


def page_objects(result: Result) -> Iterator[dict[str, object]]:
    """The JSON objects of a result without the summary."""
    by_document: dict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_document[finding.path, finding.record].append(finding)
    for document in result.documents:
        yield as_object(document)
        for finding in by_document.pop((document.path, document.record), ()):
            yield as_object(finding)
    # Files of a glossary are no documents, but have findings.
    for findings in by_document.values():
        yield from map(as_object, findings)
    for error in result.errors:
        yield as_object(error)
