"""The places that are judged: those of findings, from a run over annotated pages or from a file of findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import index
from pathlib import Path

from checker.document import Document
from checker.evaluation.annotation import GoldError, page_ids, text_of
from checker.finding import Finding
from checker.pipeline import Checker
from glossary import Glossary


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one finding."""

    file: str
    start: int
    end: int
    rule: str
    name: str
    category: str
    severity: str
    message: str = ""

    @property
    def counts(self) -> bool:
        """Whether the place counts for precision and traps: it stands above info."""
        return self.severity != "info"


def read_findings(path: Path, files: Iterable[str]) -> list[Place]:
    """The places of a findings file (JSON Lines or one JSON array), for the pages named ``files``."""
    text, names = text_of(path), tuple(files)
    try:
        rows = [row for row in text.split("\n") if row.strip()]
        objects = json.loads(text) if text.startswith("[") else [json.loads(row) for row in rows]
        findings = [item for item in objects if item.get("type", "finding") == "finding"]
        places = []
        for item in findings:
            file = max((name for name in names if _names(item["path"], name)), key=len, default=None)
            if file is not None:
                places += [
                    Place(
                        file,
                        start,
                        end,
                        item["rule"],
                        item.get("name", ""),
                        item["category"],
                        item.get("severity", "warning"),
                        item.get("message", ""),
                    )
                    for start, end in (
                        map(index, place) for place in ((item["start"], item["end"]), *item.get("also", ()))
                    )
                ]
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as problem:
        raise GoldError(f"{path}: not a findings file ({type(problem).__name__}: {problem})") from problem
    return places


def check_pages(pages: Mapping[str, str], checker: Checker, leave_page_out: bool = False) -> list[Place]:
    """The places that ``checker`` reports on each page, one page at a time.

    With ``leave_page_out``, every wrong form and pattern seen only on the page at hand is switched off.
    """
    observed = _observed(checker.glossary) if leave_page_out else set()
    places: list[Place] = []
    for name, text in pages.items():
        glossary = checker.glossary
        for page_id in observed.intersection(page_ids(name, text)):
            glossary = glossary.without_observed(page_id)
        of_page = checker if glossary is checker.glossary else Checker(glossary, checker.options)
        for finding in of_page.check([Document(name, text)]).findings:
            places += places_of(finding, name)
    return places


def _observed(glossary: Glossary) -> set[str]:
    """The pages on which some wrong form or pattern of the glossary was seen."""
    return {
        page
        for concept in glossary.concepts
        for rendering in (*concept.wrong, *concept.deprecated, *concept.patterns)
        for page in rendering.observed
    }


def places_of(finding: Finding, file: str) -> list[Place]:
    """Every place of one finding on the page ``file``."""
    return [
        Place(file, start, end, finding.rule, finding.name, finding.category, finding.severity, finding.message)
        for start, end in finding.places
    ]


def _names(path: str, name: str) -> bool:
    return path == name or path.endswith("/" + name)
