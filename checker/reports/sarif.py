"""SARIF 2.1.0, for code hosts and editors that collect the results of tools."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import TextIO
from urllib.parse import quote

from checker.document import Document
from checker.finding import Finding, Place, Result
from checker.reports import TextOf
from checker.reports.places import file_line, named_unit
from checker.reports.visible import visible
from checker.rules.registry import all_rules
from glossary.version import VERSION

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_MAX_PLACES = 100
_SECTION = re.compile(r"^## What it does\n(.+?)(?:\n\n|\n## )", re.MULTILINE | re.DOTALL)


def write(result: Result, stream: TextIO, text_of: TextOf) -> None:
    """Write one run with every finding of ``result``; columns are code points."""
    rules = sorted({(finding.rule, finding.name) for finding in result.findings})
    numbers = {code: number for number, (code, _) in enumerate(rules)}
    seen: Counter[tuple[str, str]] = Counter()
    results = []
    for finding in result.findings:
        key = (finding.path, finding.fingerprint)
        seen[key] += 1
        results.append(_result(finding, numbers[finding.rule], seen[key], text_of))
    run = {
        "tool": {
            "driver": {
                "name": "yigai",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": [_rule(code, name, result) for code, name in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not result.errors,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "descriptor": {"id": error.reason},
                        "message": {"text": visible(error.message)},
                        "locations": [_location(error.path, error.record)],
                    }
                    for error in result.errors
                ],
            }
        ],
        "results": results,
        "properties": {"signature": result.summary.signature, "accepted": result.summary.accepted},
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    # Escaped throughout: nothing of a page may steer what shows the file.
    json.dump(log, stream, indent=1)
    stream.write("\n")


def _rule(code: str, name: str, result: Result) -> dict[str, object]:
    """What is told of a rule once: its page as help. Rules of a glossary's lint have their name only."""
    known = next((rule for rule in all_rules() if rule.code == code), None)
    first = next(finding for finding in result.findings if finding.rule == code)
    made: dict[str, object] = {"id": code, "name": name, "properties": {"category": first.category, "mqm": first.mqm}}
    if known is not None:
        page = known.page.strip()
        said = _SECTION.search(page)
        summary = " ".join(said[1].split()) if said else name
        made["shortDescription"] = {"text": summary.partition(". ")[0].rstrip(".") + "."}
        made["fullDescription"] = {"text": summary}
        made["help"] = {"text": page, "markdown": page}
        made["defaultConfiguration"] = {"level": _LEVELS[known.severity]}
    return made


def _result(finding: Finding, number: int, occurrence: int, text_of: TextOf) -> dict[str, object]:
    document = text_of(finding.path, finding.record)
    line = file_line(finding)
    region: dict[str, object] | None = None  # the file of a container has no lines to point to
    if finding.unit is None and line is not None:
        region = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
            "charOffset": finding.start,
            "charLength": finding.end - finding.start,
            "snippet": {"text": finding.quote},
        }
    elif line is not None:
        region = {"startLine": line, "snippet": {"text": finding.quote}}
    made: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": visible(finding.message)},
        "locations": [_location(finding.path, named_unit(finding) or None, region)],
        # Hosts tell results apart by it: the same words in the same surroundings twice are two results.
        "partialFingerprints": {"yigai/v1": f"{finding.fingerprint}:{occurrence}"},
        "rank": {"high": 90.0, "medium": 60.0, "low": 30.0}[finding.confidence],
        "properties": {
            key: value
            for key, value in (
                ("confidence", finding.confidence),
                ("suggestion", finding.suggestion),
                ("concept", finding.concept),
                ("zh", finding.zh),
            )
            if value
        },
    }
    related = [
        *(_place(finding, document, place, "the same fault") for place in finding.also[:_MAX_PLACES]),
        *(_place(finding, document, (item.start, item.end), item.message) for item in finding.related),
    ]
    if related:
        made["relatedLocations"] = [{"id": n, **location} for n, location in enumerate(related, 1)]
    if finding.fixes and finding.unit is None and line is not None:
        made["fixes"] = [_fix(finding)]
    return made


def _place(finding: Finding, document: Document | None, place: Place, message: str) -> dict[str, object]:
    region: dict[str, object] = {"charOffset": place[0], "charLength": place[1] - place[0]}
    if finding.unit is not None:
        unit = document.unit_at(place[0]) if document else None
        where = ", ".join(part for part in (finding.record, unit.name if unit else finding.unit) if part)
        return {**_location(finding.path, where), "message": {"text": visible(message)}}
    if finding.record is not None:
        region = {}
    elif document is not None:
        (line, column), (end_line, end_column) = map(document.position, place)
        region = {
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column, **region,
        }  # fmt: skip
    return {**_location(finding.path, finding.record, region), "message": {"text": visible(message)}}


def _fix(finding: Finding) -> dict[str, object]:
    return {
        "description": {"text": "a repair that cannot change what the text says"},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(finding.path),
                "replacements": [
                    {
                        "deletedRegion": {"charOffset": fix.start, "charLength": fix.end - fix.start},
                        "insertedContent": {"text": fix.text},
                    }
                    for fix in finding.fixes
                ],
            }
        ],
    }


def _location(path: str, record: str | None, region: dict[str, object] | None = None) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": _artifact(path)}
    made: dict[str, object] = {"physicalLocation": place | ({"region": region} if region else {})}
    if record is not None:
        made["logicalLocations"] = [{"name": visible(record)}]
    return made


_NAMES = sys.getfilesystemencodeerrors()  # what names of files hold that are not in the encoding of names


def _artifact(path: str) -> dict[str, str]:
    """The address of a file: relative as given, or with its scheme when it is absolute."""
    if path.startswith("/"):
        return {"uri": f"file://{quote(path, errors=_NAMES)}"}
    # A colon before the first slash would read as a scheme.
    return {"uri": quote(path, safe="/", errors=_NAMES)}
