"""The real pages beside the repository, where they are at hand: the figures that must hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture(scope="module")
def figures(yigai: Run, shared: Path) -> dict[str, object]:
    """What ``evaluate`` says of the annotated pages."""
    gold = shared / "gold"
    done = yigai("evaluate", gold / "seeds-gold.jsonl", "--traps", gold / "seeds-traps.jsonl", "--format", "json")
    assert done.returncode == 0, done.stderr
    read: dict[str, object] = json.loads(done.stdout)
    return read


def test_recall_of_glossary_spans(figures: dict[str, dict[str, dict[str, int]]]) -> None:
    """At least 0.45 of the spans that a glossary can find are found."""
    glossary = figures["recall_by_detectable"]["glossary"]
    assert glossary["found"] >= 0.45 * glossary["spans"]


def test_precision(figures: dict[str, dict[str, int]]) -> None:
    """At least 0.90 of the places above info fit an annotated span."""
    assert figures["precision"]["supported"] >= 0.90 * figures["precision"]["places"]


def test_traps(figures: dict[str, list[object]]) -> None:
    """At most 3 of the 123 traps are sprung."""
    assert len(figures["sprung"]) <= 3


def test_every_page_is_reported(yigai: Run, shared: Path) -> None:
    """A check of the folder gives findings on each of the five pages, each quote where it is said to be."""
    done = yigai("check", shared / "seeds", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    findings = [row for row in rows if row["type"] == "finding"]
    texts = {row["path"]: Path(row["path"]).read_bytes().decode("utf-8") for row in findings}
    assert done.returncode == 1
    assert len(texts) == 5
    for row in findings:
        assert texts[row["path"]][row["start"] : row["end"]] == row["quote"]
