"""Deciding from the workbook, the plan, the progress of the next run; the sample that is marked."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from checker.config import ConfigError
from checker.corpus.decide import Decision, layer_of, loaded_with, read_decisions
from checker.corpus.plan import Replacement, _of_page, as_csv
from checker.corpus.sample import wilson
from checker.corpus.sheets import letters
from checker.document import Document
from checker.page import Page
from checker.spotting.spotter import Spotter
from glossary import Glossary, load
from tests.conftest import Run

pytest.importorskip("duckdb", reason="the store needs yigai[corpus]")

Fill = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """The curated glossary."""
    return load()


@pytest.fixture
def site(corpus_site: Path, tmp_path: Path) -> Path:
    """A folder with the pages of a site, the store made of them and its workbook, to be changed."""
    return shutil.copytree(corpus_site, tmp_path / "site")


@pytest.fixture
def fill(site: Path) -> Fill:
    """Fill in the workbook: ``fill({concept: name})``."""
    from openpyxl import load_workbook

    def write(decisions: Mapping[str, str]) -> Path:
        book = load_workbook(site / "r.xlsx")
        sheet = book["Concepts"]
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            name = decisions.get(row[heads.index("Concept")].value)
            if name is not None:
                row[heads.index("Settle on")].value = name
        book.save(site / "filled.xlsx")
        return site / "filled.xlsx"

    return write


def _plan(folder: Path) -> list[dict[str, str]]:
    with (folder / "replace.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_decisions_become_a_layer_a_plan_and_progress(site: Path, fill: Fill, yigai: Run) -> None:
    """Once the plan is carried out the next run finds every page under the name settled on, and says so."""
    fill({"medical-consortium": "medical alliance"})
    done = yigai("corpus", "decide", "filled.xlsx", "--store", "s.duckdb", "-o", "out", cwd=site)
    assert done.returncode == 0, done.stderr
    assert "1 concept settled; 22 places to change on 11 pages" in done.stdout
    concept = load(site / "out" / "house-style.yaml").concept("medical-consortium")
    assert concept is not None
    assert (concept.preferred, concept.zh) == ("medical alliance", "医联体")
    assert "medical consortium" in concept.admitted

    rows = [json.loads(line) for line in (site / "pages.jsonl").read_text("utf-8").splitlines()]
    plan = _plan(site / "out")
    twins = {f"pages.jsonl [https://www.north.example/{name}/2.html]" for name in ("policy", "print")}
    assert twins <= {item["page"] for item in plan}, "a page that repeats another has its rows too"
    for row in rows:
        for item in (item for item in plan if item["page"] == f"pages.jsonl [{row['url']}]"):
            assert row["text"].count(item["stands there"]) == int(item["count"])
            row["text"] = row["text"].replace(item["stands there"], item["replace by"])
    (site / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    layer = ("--glossary", "out/house-style.yaml")
    add = ("corpus", "add", "pages.jsonl", "--store", "s.duckdb", "--duplicates", "exact", "--jobs", "1", *layer)
    assert yigai(*add, cwd=site).returncode == 0
    done = yigai("corpus", "report", "--store", "s.duckdb", "--format", "json", *layer, cwd=site)
    report = json.loads(done.stdout)
    (progress,) = report["progress"]
    assert progress["settled"] == "medical alliance"
    assert progress["comply"] == progress["pages"] == 12
    assert progress["before_places"] == [6, 26]
    assert progress["now_places"][0] == progress["now_places"][1]
    moved = {item["detail"]: (item["before"], item["now"]) for item in report["changes"]["names"]}
    assert moved["medical union"] == (3, 0)
    assert report["about"]["notes"] == []


def test_a_name_that_will_not_do_is_refused_at_its_cell(site: Path, fill: Fill, yigai: Run) -> None:
    """A name that the glossary calls wrong is refused with sheet, cell and reason, and nothing is written."""
    fill({"medical-consortium": "medical union"})
    done = yigai("corpus", "decide", "filled.xlsx", "--store", "s.duckdb", "-o", "out", cwd=site)
    assert done.returncode == 2
    assert "filled.xlsx: sheet Concepts, cell J" in done.stderr
    assert "'medical union' is a wrong rendering of 医联体 in the glossary: " in done.stderr
    assert not (site / "out").exists()


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("medical-consortium,General Hospital", "B2: 'General Hospital' is the name of another concept, 综合医院"),
        ("medical-consortium,医联体", "B2: '医联体' is no English name"),
        ("medical-consortium,(medical|health) group", "B2: '(medical|health) group' is no English name"),
        ("tiered-diagnosis-and-treatment,grading diagnosis and treatment", "is a wrong rendering of 分级诊疗"),
        ("no-such,x", "cell A2: 'no-such' is no concept of the glossary"),
        ("tcm-hospital,", "nothing is filled in"),
        ("tcm-hospital,TCM hospital\ntcm-hospital,TCM hospital", "cell A3: tcm-hospital is settled in row 2 too"),
        (
            "general-hospital,care house\ntcm-hospital,care houses\nlead-hospital,care house",
            "B4: 'care house' is settled",
        ),
    ],
)
def test_a_decision_that_will_not_do(tmp_path: Path, glossary: Glossary, sheet: str, said: str) -> None:
    """What cannot be settled on is refused with its cell: names of others, no names, concepts unknown or doubled."""
    path = tmp_path / "sheet.csv"
    path.write_text(f"Concept,Settle on\n{sheet}\n", "utf-8")
    with pytest.raises(ConfigError, match=re.escape(said)):
        read_decisions(str(path), glossary)


def test_a_name_of_ones_own_is_taken(tmp_path: Path, glossary: Glossary) -> None:
    """A house style may settle on a name that the glossary does not know."""
    path = tmp_path / "sheet.csv"
    path.write_text("Concept,Settle on\nmedical-consortium,integrated  care partnership\n", "utf-8")
    (decision,) = read_decisions(str(path), glossary)
    assert (decision.concept.id, decision.name) == ("medical-consortium", "integrated care partnership")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("sheet.xlsx", b"no workbook", "sheet.xlsx: no workbook (.xlsx) or CSV file"),
        ("sheet.csv", b"Concept\ntcm-hospital\n", "sheet.csv: no column 'Settle on' in the first row"),
        ("sheet.csv", b"", "sheet.csv: the file is empty"),
        ("sheet.csv", b"Concept,\xff", "sheet.csv: not UTF-8 at byte 8"),
    ],
)
def test_a_sheet_that_cannot_be_read(tmp_path: Path, glossary: Glossary, name: str, content: bytes, said: str) -> None:
    """A file that is no sheet, or has not the columns, is refused by name."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match=re.escape(said)):
        read_decisions(str(tmp_path / name), glossary)


def test_earlier_decisions_are_not_lost(site: Path, fill: Fill, yigai: Run) -> None:
    """A house style that settles more than the sheet does is not written over."""
    (site / "out").mkdir()
    before = b"- {id: national-health-commission, preferred: National Health Commission}\n"
    (site / "out" / "house-style.yaml").write_bytes(before)
    fill({"medical-consortium": "medical alliance"})
    done = yigai("corpus", "decide", "filled.xlsx", "--store", "s.duckdb", "-o", "out", cwd=site)
    assert done.returncode == 2
    assert "settles national-health-commission, of which the sheet says nothing" in done.stderr
    assert (site / "out" / "house-style.yaml").read_bytes() == before


@pytest.fixture(scope="module")
def settled(glossary: Glossary) -> tuple[dict[str, Decision], Glossary]:
    """Three decisions, and the glossary with them."""
    names = {
        "general-hospital": "all-purpose hospital",
        "medical-consortium": "medical alliance",
        "village-clinic": "rural village clinic",
    }
    decisions = {key: Decision(glossary.concept(key), name) for key, name in names.items()}  # type: ignore[arg-type]
    return decisions, loaded_with(layer_of(list(decisions.values())), ())


def _replacements(settled: tuple[dict[str, Decision], Glossary], text: str) -> dict[str, Replacement]:
    decisions, glossary = settled
    page = Page(Document("p.txt", text), Spotter(glossary))
    return {item.found: item for item in _of_page(page, decisions)}


def test_a_replacement_keeps_number_capitals_and_article(settled: tuple[dict[str, Decision], Glossary]) -> None:
    """What is written instead takes the number and capitals of what stood there, and the article it needs."""
    text = "Henan built a general hospital. General Hospitals grew. The general hospitals of Henan helped."
    found = _replacements(settled, text)
    assert found["a general hospital"].by == "an all-purpose hospital"
    assert found["General Hospitals"].by == "All-purpose Hospitals"
    assert found["general hospitals"].by == "all-purpose hospitals"


def test_a_capital_inside_a_sentence_is_that_of_a_name(glossary: Glossary) -> None:
    """TCM has its capitals everywhere: what is written for it has one where a sentence begins."""
    concept = glossary.concept("tcm-hospital")
    assert concept is not None
    decisions = {concept.id: Decision(concept, "hospital of traditional Chinese medicine")}
    settled = decisions, loaded_with(layer_of(list(decisions.values())), ())
    inside = _replacements(settled, "Henan has nine TCM hospitals.")
    assert [item.by for item in inside.values()] == ["hospitals of traditional Chinese medicine"]
    first = _replacements(settled, "TCM hospitals of Henan train doctors.")
    assert [item.by for item in first.values()] == ["Hospitals of traditional Chinese medicine"]


def test_a_plan_says_where_a_string_is_to_stay(settled: tuple[dict[str, Decision], Glossary]) -> None:
    """A string that also stands where it is to stay is to be replaced one by one."""
    text = 'Henan has medical consortia. A report, "medical consortia", praised the medical consortia.'
    found = _replacements(settled, text)["medical consortia"]
    assert (found.places, found.stay, found.by) == (2, 1, "medical alliances")
    assert "one by one" in found.note


def test_a_word_that_follows_the_name_stays(settled: tuple[dict[str, Decision], Glossary]) -> None:
    """A wrong form that takes in the word behind the name is replaced without that word."""
    text = "Luoyang has township health centers. The medical union of Henan grew."
    found = _replacements(settled, text)
    assert [(item.found, item.by) for item in found.values()] == [("medical union", "medical alliance")]


def test_a_plan_says_where_more_than_a_name_is_written(settled: tuple[dict[str, Decision], Glossary]) -> None:
    """A wrong form for which the glossary has a phrase is marked, for it may not fit its sentence; a plain name is not."""
    decisions, glossary = settled
    concept = glossary.concept("party-building")
    page = Page(
        Document("p.txt", "Henan has medical consortia. Party building guidance helps the hospital."), Spotter(glossary)
    )
    notes = {item.found: item.note for item in _of_page(page, {**decisions, "party-building": Decision(concept, "")})}  # type: ignore[arg-type]
    assert "more than a name: read the sentence" in notes["Party building guidance"]
    assert notes["medical consortia"] == ""


def test_a_plan_doubles_no_word_beside_the_place(settled: tuple[dict[str, Decision], Glossary]) -> None:
    """Where the last word of the new name stands behind the place already, it is not written twice."""
    text = "In Henan the village health room clinics opened."
    found = _replacements(settled, text)
    assert [item.by for item in found.values()] == ["rural village"]


def test_cells_of_the_plan_are_no_formulas() -> None:
    """A path that begins like a formula stays words."""
    line = as_csv([Replacement("=1+1", "a", "b", 1, 0, "中", "c")]).splitlines()[1]
    assert line.startswith("'=1+1,")


def test_a_sample_is_drawn_marked_and_counted(site: Path, yigai: Run) -> None:
    """The same seed draws the same findings; the marks give the precision with its interval and what is left."""
    from openpyxl import load_workbook

    for name, seed in (("a.csv", 4), ("b.csv", 4), ("c.csv", 5)):
        done = yigai("corpus", "sample", "--store", "s.duckdb", "-n", 8, "--seed", seed, "-o", name, cwd=site)
        assert done.returncode == 0, done.stderr
    same, again, other = ((site / name).read_bytes() for name in ("a.csv", "b.csv", "c.csv"))
    assert same == again != other
    done = yigai("corpus", "sample", "--store", "s.duckdb", "-n", 12, "-o", "s.xlsx", cwd=site)
    assert "12 of " in done.stdout
    book = load_workbook(site / "s.xlsx")
    sheet = book["Sample"]
    heads = [cell.value for cell in sheet[1]]
    assert any(row[heads.index("Before")].value for row in sheet.iter_rows(min_row=2))
    for row, mark in zip(range(2, 13), ["right"] * 7 + ["Wrong"] + ["unsure"] * 3, strict=True):
        sheet.cell(row, heads.index("Right?") + 1).value = mark
    book.save(site / "marked.xlsx")
    done = yigai("corpus", "sample", "--marked", "marked.xlsx", cwd=site)
    assert done.stdout.startswith("precision on these pages: 88% (53 to 98), 7 of 8 right\n")
    assert "unsure: 3; not marked: 1" in done.stdout
    sheet.cell(3, heads.index("Right?") + 1).value = "perhaps"
    book.save(site / "marked.xlsx")
    done = yigai("corpus", "sample", "--marked", "marked.xlsx", cwd=site)
    assert done.returncode == 2
    assert "sheet Sample, cell B3: 'perhaps' is no mark" in done.stderr


def test_wilson_interval_is_the_published_one() -> None:
    """Checked against the values in Newcombe, Statistics in Medicine 17 (1998): 81 of 263, and none of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_letters_of_columns() -> None:
    """Columns are named as spreadsheets do."""
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
