"""What an editor has settled on: read from the workbook of the report, made a house style that can be loaded."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from checker.config import ConfigError
from checker.corpus.report.concept_sheet import CONCEPT, CONCEPTS, SETTLE_ON
from checker.corpus.sheets import Sheet, read_sheet
from checker.document import Document
from checker.options import Options
from checker.page import Page
from checker.rules.names import approved_names
from checker.spotting.mentions import Candidate
from checker.spotting.spotter import Spotter
from glossary import Glossary, GlossaryError, load
from glossary.canonical import entry_lines
from glossary.concept import Concept
from glossary.folding import fold
from glossary.templates import is_template

LAYER = "house-style.yaml"
_BAD = {"wrong": "a wrong rendering", "deprecated": "a deprecated rendering", "pattern": "a literal rendering"}
_LONGEST = 120  # characters of a name


class Decision(NamedTuple):
    """A concept and the name settled on, as it is to be written."""

    concept: Concept
    name: str


def read_decisions(path: str, glossary: Glossary) -> tuple[Decision, ...]:
    """The decisions of a filled-in workbook, in its order; rows without one are passed over.

    Raises ConfigError naming sheet and cell for a name that the glossary does not hold to be good, or that belongs to
    another concept, and for a sheet without any decision.
    """
    sheet = read_sheet(path, CONCEPTS)
    which, what = sheet.column(CONCEPT), sheet.column(SETTLE_ON)
    seen: dict[str, int] = {}
    made = []
    spotter = Spotter(glossary)
    for row, cells in sheet.rows:
        name = " ".join(cells[what].split())
        if not name:
            continue
        concept = glossary.concept(cells[which])
        if concept is None:
            raise sheet.problem(row, CONCEPT, f"{cells[which]!r} is no concept of the glossary")
        if concept.id in seen:
            raise sheet.problem(row, CONCEPT, f"{concept.id} is settled in row {seen[concept.id]} too")
        seen[concept.id] = row
        if fault := _fault(concept, name, glossary, spotter):
            raise sheet.problem(row, SETTLE_ON, fault)
        stored = next((form for form in approved_names(concept) if fold(form) == fold(name)), name)
        made.append(Decision(concept, stored))
    if not made:
        raise ConfigError(f"{path}: sheet {sheet.name or CONCEPTS}: nothing is filled in in the column {SETTLE_ON!r}")
    _refuse_twins(sheet, made, seen)
    return tuple(made)


def _fault(concept: Concept, name: str, glossary: Glossary, spotter: Spotter) -> str | None:
    """Why a concept cannot go under a name; None when it can."""
    folded = fold(name)
    if folded in map(fold, approved_names(concept)):
        return None
    if is_template(name) or len(name) > _LONGEST or not any(char.isascii() and char.isalpha() for char in name):
        return f"{name!r} is no English name"
    readings = _readings(name, spotter)
    for candidate in readings:
        if candidate.concept is concept and candidate.status in _BAD:
            why = candidate.rendering.why if candidate.rendering and candidate.rendering.why else None
            said = f"{name!r} is {_BAD[candidate.status]} of {concept.zh} in the glossary"
            return f"{said}: {why}" if why else f"{said}; it has {', '.join(map(repr, approved_names(concept)[:3]))}"
    other = next((c.concept for c in readings if c.concept is not concept and c.approved), None)
    if other is not None:
        return f"{name!r} is the name of another concept, {other.zh} ({other.id})"
    return None


def _readings(name: str, spotter: Spotter) -> list[Candidate]:
    """What the glossary knows of a name as a whole, whatever stands around it."""
    page = Page(Document("", name), spotter, Options(subject="health-reform"))
    end = len(page.folded.text.rstrip())
    return [c for hit in page.hits if hit.start == 0 and hit.end >= end for c in hit.candidates]


def _refuse_twins(sheet: Sheet, decisions: Sequence[Decision], rows: dict[str, int]) -> None:
    names: dict[str, Decision] = {}
    for decision in decisions:
        first = names.setdefault(fold(decision.name), decision)
        if first is not decision:
            raise sheet.problem(
                rows[decision.concept.id], SETTLE_ON,
                f"{decision.name!r} is settled on for {first.concept.zh} in row {rows[first.concept.id]}",
            )  # fmt: skip


def layer_of(decisions: Sequence[Decision]) -> str:
    """The house style as a glossary file: each concept with the name settled on."""
    lines = ["# Settled with `yigai corpus decide`. Lay it over the glossary with --glossary."]
    for decision in decisions:
        entry = {"id": decision.concept.id, "preferred": decision.name}
        lines += entry_lines(entry, {"id": decision.concept.zh})
    return "\n".join(lines) + "\n"


def loaded_with(layer: str, layers: Sequence[str]) -> Glossary:
    """The glossary with ``layers`` and the text of a new layer over it. Raises ConfigError when it does not load."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LAYER
        path.write_text(layer, encoding="utf-8")
        try:
            return load(*layers, path)
        except GlossaryError as problem:
            raise ConfigError(f"the house style cannot be loaded: {problem}") from problem


def refuse_loss(path: Path, decisions: Sequence[Decision]) -> None:
    """Raises ConfigError when a file to be written over settles concepts of which the sheet says nothing."""
    if not path.exists():
        return
    from glossary.yaml_file import read_concepts

    entries, problems = read_concepts(str(path), path.read_text(encoding="utf-8-sig"), "house-style", layer=True)
    if problems:
        raise ConfigError(f"{path}: no house style that can be read; give another folder")
    lost = sorted({entry["id"] for entry in entries} - {decision.concept.id for decision in decisions})
    if lost:
        more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
        raise ConfigError(
            f"{path} settles {', '.join(lost[:3])}{more}, of which the sheet says nothing; make the report with "
            f"--glossary {path}, or give another folder"
        )
