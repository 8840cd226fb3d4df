"""The scorecard: its figures, reading them back, and that they do not drop."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from checker.evaluation.annotation import Span, Trap
from checker.evaluation.places import Place
from checker.scorecard import Scorecard, as_markdown, drops, read_rows, scorecard, short_form
from tests.conftest import Run, script

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = "The hospital opened in May , and the doctors came. " * 20


@pytest.fixture(scope="module")
def small() -> Scorecard:
    """A scorecard of one page with three faults, two places on it and one on clean English."""
    spans = [
        Span("p", 20, 25, PAGE[20:25], "spacing", detectable="pattern"),
        Span("p", 100, 108, PAGE[100:108], "terminology", detectable="glossary"),
        Span("p", 150, 158, PAGE[150:158], "omission", detectable="source-only"),
    ]
    traps = [Trap("p", 300, 310, PAGE[300:310])]
    places = [
        Place("p", 21, 24, "SPC504", "space-before-punctuation", "spacing", "warning"),
        Place("p", 301, 309, "SPC504", "space-before-punctuation", "spacing", "warning"),
    ]
    clean = [Place("c", 0, 3, "SPC504", "space-before-punctuation", "spacing", "warning")]
    return scorecard({"p": PAGE}, spans, traps, places, {"c": "word " * 500}, clean)


@pytest.fixture(scope="module")
def written() -> ModuleType:
    """The script that writes the committed scorecard."""
    return script("scorecard")


def test_figures_of_a_rule(small: Scorecard) -> None:
    """Places, support, traps and hits on clean English are counted for each rule."""
    row = next(row for row in small.rules if row.code == "SPC504")
    assert (row.places, row.supported, row.traps, row.clean) == (2, 1, 1, 1)
    assert row.chance is not None
    assert row.chance < 0.5


def test_what_needs_the_chinese_is_said(small: Scorecard) -> None:
    """The scorecard says how many faults show only beside the Chinese."""
    text = as_markdown(small, "a page")
    assert "1 of the 3 annotated faults show only beside the Chinese (omission 1)" in text


def test_the_tables_can_be_read_back(small: Scorecard) -> None:
    """The Markdown holds the figures that were written."""
    rows = read_rows(as_markdown(small, "a page"))
    assert rows["By rule", "SPC504"]["places"] == 2
    assert rows["By rule", "SPC504"]["supported"] == 1
    assert rows["By rule", "SPC504"]["clean"] == 2.0
    assert rows["By category", "spacing"]["found"] == 1
    assert rows["By category", "terminology"] == {
        "faults": 1, "faults info": 0, "found": 0, "found info": 0, "recall": 0, "recall info": 0,
    }  # fmt: skip


def test_a_drop_is_named(small: Scorecard) -> None:
    """Fewer found faults and supported places, more traps and hits on clean English are drops; the reverse is none."""
    better = as_markdown(small, "a page")
    worse = better.replace("| spacing | 1 | 1 |", "| spacing | 1 | 0 |").replace(
        "space-before-punctuation | 2 | 1 |", "space-before-punctuation | 3 | 0 |"
    )
    assert drops(better, better) == []
    assert drops(worse, better) == []
    assert drops(better, worse) == [
        "spacing: 0 faults found, were 1",
        "SPC504: places not supported 3, were 1",
        "SPC504: supported places lost 1, were 0",
    ]


def test_no_clean_english_is_no_hit_on_it(small: Scorecard) -> None:
    """Where no clean English was given its figures are left empty, and are no better than others."""
    without = as_markdown(replace(small, clean_words=0), "a page")
    assert "clean" not in read_rows(without)["By rule", "SPC504"]
    assert drops(without, as_markdown(small, "a page")) == []
    assert "no clean English" in without


def test_no_figure_has_dropped(written: ModuleType) -> None:
    """The committed scorecard is the floor; after an improvement run ``python docs/scorecard.py``."""
    floor = (REPOSITORY / "docs" / "scorecard.md").read_text(encoding="utf-8")
    assert drops(floor, as_markdown(written.figures(), written.WHERE)) == []


def test_the_readme_shows_the_committed_figures() -> None:
    """The short form in the README is part of the committed scorecard."""
    content = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    block = content.partition("<!-- scorecard -->\n")[2].partition("<!-- end of scorecard -->")[0]
    committed = (REPOSITORY / "docs" / "scorecard.md").read_text(encoding="utf-8").splitlines()
    assert block.strip()
    assert [line for line in block.splitlines() if line and line not in committed] == []


def test_the_short_form_is_part_of_the_whole(small: Scorecard) -> None:
    """What the README shows stands in the scorecard word for word."""
    whole = as_markdown(small, "a page").splitlines()
    assert [line for line in short_form(small).splitlines() if line not in whole] == []


def test_the_command_writes_it(yigai: Run, tmp_path: Path) -> None:
    """``yigai evaluate GOLD --scorecard`` writes the tables as Markdown."""
    (tmp_path / "p.txt").write_text("The hospital opened in May , and the doctors came.\n", encoding="utf-8")
    (tmp_path / "controls").mkdir()
    (tmp_path / "controls" / "c.txt").write_text("The hospital opened in May.\n", encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        '{"file": "p.txt", "start": 23, "end": 28, "quote": "May ,", "category": "spacing"}\n', encoding="utf-8"
    )
    done = yigai("evaluate", gold, "--pages", tmp_path, "--scorecard", "--controls", tmp_path / "controls")
    assert done.returncode == 0, done.stderr
    assert read_rows(done.stdout)["By rule", "SPC504"]["supported"] == 1
