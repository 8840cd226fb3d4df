"""The report as one JSON object, for programs: everything, with findings of the shape of all findings."""

from __future__ import annotations

import json
from typing import Any, TextIO

from checker.corpus.report.values import Picture
from checker.finding import SCHEMA_VERSION, as_object


def write(picture: Picture, stream: TextIO) -> None:
    """Write one object of the type "corpus-report"."""
    plain = {key: _plain(value) for key, value in picture._asdict().items() if key != "findings"}
    findings = [as_object(finding) for finding in picture.findings]
    made = {"version": SCHEMA_VERSION, "type": "corpus-report", **plain, "findings": findings}
    json.dump(made, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return round(value, 4)
    return value
