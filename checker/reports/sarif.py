"""SARIF 2.1.0, for code hosts and editors that collect the results of tools."""

from __future__ import annotations

import json
from typing import TextIO
from urllib.parse import quote

from checker.finding import Finding, Result
from checker.reports import TextOf
from glossary.version import VERSION

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write one run with every finding of ``result``; columns are code points."""
    rules = sorted({(finding.rule, finding.name, finding.category) for finding in result.findings})
    run = {
        "tool": {
            "driver": {
                "name": "yigai",
                "version": VERSION,
                "rules": [
                    {"id": code, "name": name, "properties": {"category": category}} for code, name, category in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not result.errors,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": error.message}, "locations": [_location(error.path)]}
                    for error in result.errors
                ],
            }
        ],
        "results": [_result(finding, [rule[0] for rule in rules]) for finding in result.findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    # Escaped throughout: nothing of a page may steer what shows the file.
    json.dump(log, stream, indent=1)
    stream.write("\n")


def _result(finding: Finding, rules: list[str]) -> dict[str, object]:
    region: dict[str, object] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }
    location = _location(finding.path, region)
    if finding.record is not None:
        location["logicalLocations"] = [{"name": finding.record}]
    made: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"yigai/v1": finding.fingerprint},
    }
    if finding.also:
        made["occurrenceCount"] = finding.count
    return made


def _location(path: str, region: dict[str, object] | None = None) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(path, safe="/:")}}
    return {"physicalLocation": place | ({"region": region} if region else {})}
