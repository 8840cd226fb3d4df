"""The report on a store of many pages: its figures, its formats, what a mapping and a traffic table add."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest

from checker.config import ConfigError
from checker.corpus.report.concept_sheet import CONCEPTS, SETTLE_ON
from checker.corpus.report.pages import prepare_pages
from checker.corpus.report.picture import make_picture
from checker.corpus.report.values import ConceptUse, Name
from checker.corpus.store import open_store
from glossary import load
from tests.conftest import Run

pytest.importorskip("duckdb", reason="the store needs yigai[corpus]")
pytest.importorskip("matplotlib", reason="the charts need yigai[corpus]")


@pytest.fixture(scope="module")
def site(corpus_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of a site, the store made of them and its workbook."""
    return shutil.copytree(corpus_site, tmp_path_factory.mktemp("report") / "site")


@pytest.fixture(scope="module")
def report(site: Path, yigai: Run) -> dict[str, object]:
    """The report as JSON."""
    done = yigai("corpus", "report", "--store", "s.duckdb", "--format", "json", cwd=site)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _concept(report: dict[str, object], concept: str) -> dict[str, object]:
    return next(item for item in report["concepts"] if item["concept"] == concept)  # type: ignore[attr-defined]


def test_names_with_pages_sites_and_years(report: dict[str, object]) -> None:
    """A concept's names stand with their pages, sites, years and standing, the dominant first, the duplicate left out."""
    use = _concept(report, "medical-consortium")
    names = {name["name"]: name for name in use["names"]}  # type: ignore[attr-defined]
    assert {name: item["pages"] for name, item in names.items()} == {
        "medical consortium": 7, "medical alliance": 4, "medical union": 3,
    }  # fmt: skip
    assert names["medical consortium"]["status"] == "preferred"
    assert names["medical union"]["status"] == "wrong"
    assert names["medical consortium"]["sites"] == 2
    assert names["medical union"]["years"] == ["2021", "2021"]
    assert names["medical alliance"]["by_year"] == {"2018": 2, "2019": 1, "2020": 1}
    assert (use["dominant"], use["settle_on"], use["pages"]) == ("medical consortium", "medical consortium", 12)


def test_agreement_is_what_one_counts_by_hand(report: dict[str, object]) -> None:
    """Twelve pages vote 7, 3 and 2: 7 of 12 agree with the dominant name, 50 of 132 pairs with each other."""
    use = _concept(report, "medical-consortium")
    assert use["agreement"] == pytest.approx(7 / 12, abs=1e-4)
    assert use["pairwise"] == pytest.approx(50 / 132, abs=1e-4)
    low, high = use["interval"]  # type: ignore[misc]
    assert 0.2 < low < 7 / 12 < high < 0.9


def test_bootstrap_pairs_no_page_with_itself_and_repeats() -> None:
    """The interval of pairs holds the sample's figure, is the same each time, and blocks of pages widen it no end."""
    import numpy

    from checker.corpus.report import agreement

    def votes(pages: int) -> agreement.Votes:
        numbers = numpy.arange(pages)
        return agreement.Votes(numbers, numbers % 2, numpy.zeros(2, dtype=numpy.int64), numpy.array([True, False]))

    few, many = agreement.agreement(votes(10)), agreement.agreement(votes(2000))
    assert few is not None
    assert many is not None
    assert few == agreement.agreement(votes(10))
    assert few.pairwise == pytest.approx(4 / 9)
    assert few.pairwise_interval[0] <= 4 / 9 <= few.pairwise_interval[1]
    assert few.share == many.share == 0.5
    spread = many.share_interval[1] - many.share_interval[0]
    assert spread == pytest.approx(2 * 1.96 * 0.5 / 2000**0.5, rel=0.2)


def test_a_majority_of_calques_proves_nothing() -> None:
    """What to settle on is an approved name in use, however often a wrong one stands, else the preferred one."""
    from checker.corpus.report.names import Family, settle_on

    concept = load().concept("medical-consortium")
    wrong = Family(2, "medical-consortium", "医联体", "medical union", ("medical union",), "wrong")
    admitted = Family(1, "medical-consortium", "医联体", "medical alliance", ("medical alliance",), "admitted")
    assert settle_on([admitted, wrong], {1: 1, 2: 90}, concept) == "medical alliance"
    assert settle_on([wrong], {2: 90}, concept) == "medical consortium"


def test_what_a_house_style_settles_holds_before_anybody_writes_it(tmp_path: Path) -> None:
    """A name of one's own is the one to settle on from the decision on, in the report of a store and of a check."""
    from checker.corpus.report.names import Family, settle_on
    from checker.document import Document
    from checker.pipeline import Checker

    layer = tmp_path / "house-style.yaml"
    layer.write_text("- {id: village-clinic, preferred: village health station}\n", encoding="utf-8")
    glossary = load(layer)
    old = Family(1, "village-clinic", "村卫生室", "village clinic", ("village clinic",), "admitted")
    assert settle_on([old], {1: 3}, glossary.concept("village-clinic")) == "village health station"
    page = Document("a.txt", "Village clinics are open. The county has 20 village clinics.")
    (use,) = (use for use in Checker(glossary).check([page]).summary.concepts if use.concept == "village-clinic")
    assert use.settle_on == "village health station"


def test_words_that_may_go_and_the_article_are_no_other_name() -> None:
    """A name is told by what remains without article and the words that may come or go."""
    from checker.corpus.report.names import bare_name

    concept = load().concept("compact-county-medical-community")
    assert bare_name(concept, "the compact county medical community") == bare_name(concept, "county medical community")


def test_bodies_side_by_side(report: dict[str, object]) -> None:
    """An institution is marked as one, so that its names are listed together; a treatment is not."""
    assert _concept(report, "national-health-commission")["is_body"] is True
    assert _concept(report, "medical-consortium")["is_body"] is False


def test_faults_are_counted_over_pages(report: dict[str, object]) -> None:
    """The same words under the same rule are one fault with its pages and places, whatever their capitals."""
    faults = {fault["quote"]: fault for fault in report["faults"]}  # type: ignore[attr-defined]
    assert (faults["The masses"]["pages"], faults["The masses"]["places"]) == (6, 6)
    body = faults["National Health and Wellness Commission"]
    assert (body["pages"], body["places"], body["severity"]) == (2, 4, "error")


def test_a_repeated_page_counts_among_the_pages_alone(report: dict[str, object]) -> None:
    """The duplicate is a page of the triage and of its site, and beside the page it repeats."""
    about = report["about"]
    assert (about["pages"], about["repeats"]) == (13, 1)  # type: ignore[index]
    assert sum(item["pages"] for item in report["verdicts"]) == 13  # type: ignore[attr-defined]
    assert sum(item["repeats"] for item in report["verdicts"]) == 1  # type: ignore[attr-defined]
    assert sum(row["pages"] for row in report["years"]) == 12  # type: ignore[attr-defined]


def test_findings_across_pages_have_their_places(report: dict[str, object], site: Path) -> None:
    """Each less good name is a finding whose quote stands at its place, with the place on other pages."""
    texts = {row["url"]: row["text"] for row in map(json.loads, (site / "pages.jsonl").read_text("utf-8").splitlines())}
    found = [item for item in report["findings"] if item["concept"] == "medical-consortium"]  # type: ignore[attr-defined]
    by_quote = {item["quote"]: item for item in found}
    assert {item["rule"] for item in found} == {"CON205"}
    union = next(item for quote, item in by_quote.items() if "union" in quote)
    assert texts[union["record"]][union["start"] : union["end"]] == union["quote"]
    assert union["suggestion"] == "medical consortium"
    assert len(union["related"]) == 2
    for other in union["related"]:
        record, line, column = re.fullmatch(r"pages\.jsonl \[(.+)\]:(\d+):(\d+)(?: and .*)?", other["message"]).groups()  # type: ignore[union-attr]
        assert line == "1"
        assert texts[record][int(column) - 1 :].startswith("medical union")


def test_text_report_names_what_to_settle_on(site: Path, yigai: Run) -> None:
    """The terminal shows names, standing and what to settle on, and how the figures are made."""
    done = yigai("corpus", "report", "--store", "s.duckdb", cwd=site)
    assert done.returncode == 0
    assert re.search(r"医联体 +medical consortium +preferred +7 +2 +2018–2020 .* medical consortium\n", done.stdout)
    assert "names of one body, side by side" in done.stdout
    assert "13 pages of 2 sites, 1 page of them repeating another" in done.stdout


def test_mapping_and_traffic(site: Path, yigai: Run) -> None:
    """A mapping by address gives ids and engines to add up by; pages are weighted by visits, also of pages that repeat."""
    rows = [json.loads(line) for line in (site / "pages.jsonl").read_text("utf-8").splitlines()]
    lines = [f"{row['url'].replace('https', 'http')},CMS{n},{'A' if n % 2 else 'B'}" for n, row in enumerate(rows)]
    (site / "map.csv").write_text("\n".join(["address,id,engine", *lines, "http://gone.example/1,X,A"]), "utf-8")
    visits = {"news/1": "90,000", "policy/0": "5", "policy/2": "1,000", "print/2": "2,000"}
    lines = [f"www.north.example/{name}.html\t{number}" for name, number in visits.items()]
    (site / "visits.tsv").write_text("\n".join(["address\tvisits", *lines]), "utf-8")
    files = ("--mapping", "map.csv", "--traffic", "visits.tsv")
    made = json.loads(yigai("corpus", "report", "--store", "s.duckdb", *files, "--format", "json", cwd=site).stdout)
    groups = {item["by"]: {group["label"]: group["pages"] for group in item["groups"]} for item in made["groups"]}
    assert groups == {
        "site": {"www.north.example": 8, "health.south.example": 5},
        "section": {"news": 6, "policy": 6, "print": 1},
        "engine": {"B": 7, "A": 6},
    }
    assert "map.csv: 1 row matches no page of the store" in made["about"]["notes"]
    first = made["pages"][0]
    assert (first["address"], first["id"]) == ("http://www.north.example/news/1.html", "CMS1")
    visited = {page["id"]: page["visits"] for page in made["pages"]}
    assert (visited["CMS1"], visited["CMS0"]) == (90_000, 5)


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [
        ("--mapping", "path,colour\na,b\n", ":1: column colour: not known"),
        ("--mapping", "address,engine\nhttps://x/1,a\nx/1/,b\n", ":3: column address: the same page as on line 2"),
        ("--mapping", "path\na\n", ":1: nothing but path"),
        ("--mapping", "engine\na\n", ":1: no column path, record or address"),
        ("--mapping", "path,id\na,b,c\n", ":2: column 3: the header names only 2"),
        ("--mapping", "", ":1: empty"),
        ("--traffic", "address,visits\nx,many\n", ":2: column visits: not a number of visits: 'many'"),
        ("--traffic", "visits\n1\n", ":1: no column address, path or id"),
    ],
)
def test_a_bad_table_is_refused_with_its_place(site: Path, option: str, content: str, said: str) -> None:
    """A mapping or traffic table that cannot be used is refused with file, line and column."""
    (site / "bad.csv").write_text(content, "utf-8")
    files = (str(site / "bad.csv"), None) if option == "--mapping" else (None, str(site / "bad.csv"))
    with (
        open_store(str(site / "s.duckdb")) as connection,
        pytest.raises(ConfigError, match=re.escape(f"bad.csv{said}")),
    ):
        prepare_pages(connection, *files)


def test_a_bad_table_on_the_command_line(site: Path, yigai: Run) -> None:
    """It gives exit code 2 and no report."""
    (site / "bad.csv").write_text("path,colour\na,b\n", "utf-8")
    done = yigai("corpus", "report", "--store", "s.duckdb", "--mapping", "bad.csv", cwd=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("yigai: bad.csv:1: column colour: not known")


class _Tags(HTMLParser):
    """Collects the tags of a page and where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outward: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Keep the tag and what it loads."""
        self.tags.append(tag)
        self.outward += [value or "" for name, value in attributes if name in ("src", "href")]


def test_html_loads_nothing_and_shows_the_trend(site: Path, yigai: Run) -> None:
    """The page has no script, loads nothing from elsewhere, holds its charts and is the same when made again."""
    done = yigai("corpus", "report", "--store", "s.duckdb", "-o", "r.html", cwd=site)
    assert done.returncode == 0, done.stderr
    page = (site / "r.html").read_text("utf-8")
    parser = _Tags()
    parser.feed(page)
    assert "script" not in parser.tags
    assert all(item.startswith(("data:image/svg+xml;base64,", "#")) for item in parser.outward)
    assert parser.tags.count("img") >= 2
    assert "default-src 'none'" in page
    assert "医联体" in page
    stream = io.StringIO()
    with open_store(str(site / "s.duckdb")) as connection:
        import_module("checker.corpus.report.html").write(make_picture(connection, load()), stream)
    assert stream.getvalue() == page, "made again it is the same"


def test_html_escapes_what_comes_from_outside() -> None:
    """Names, addresses and labels with mark-up in them are shown, not obeyed."""
    from checker.corpus.report.html import _concept

    evil = '<img src=x onerror="alert(1)">\u202e'
    name = Name(evil, (evil,), "wrong", 1, 1, 1, 1, None, {})
    shown = _concept(ConceptUse(evil, evil, "", (name,), 1, evil, evil, (), 1.0, (1.0, 1.0), None, False, False))
    assert "<img" not in shown
    assert "\u202e" not in shown
    assert "&lt;img" in shown


def test_workbook_offers_the_approved_names(site: Path) -> None:
    """The first sheet has a row a concept, and a cell to decide in with the names that the glossary allows."""
    from openpyxl import load_workbook

    book = load_workbook(site / "r.xlsx")
    sheet = book.worksheets[0]
    assert sheet.title == CONCEPTS
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("Concept")].value: row for row in sheet.iter_rows(min_row=2)}
    row = rows["medical-consortium"]
    cell = row[heads.index(SETTLE_ON)]
    assert cell.value is None
    assert row[heads.index("Recommended")].value == "medical consortium"
    rule = next(rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref)
    place = re.fullmatch(r"=?Choices!(.+)", rule.formula1)
    assert place is not None
    offered = [item.value for item in book["Choices"][place[1].replace("$", "")][0]]
    assert offered[:2] == ["medical consortium", "medical alliance"]
    assert "medical union" not in offered
    assert len(book["Trend"]._charts) == 2


def test_a_workbook_needs_a_file(site: Path, yigai: Run) -> None:
    """A workbook is not written to the terminal."""
    done = yigai("corpus", "report", "--store", "s.duckdb", "--format", "xlsx", cwd=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--output" in done.stderr


def test_a_filled_in_workbook_is_not_written_over(site: Path, yigai: Run) -> None:
    """A workbook with decisions in it stays as it is."""
    from openpyxl import load_workbook

    book = load_workbook(site / "r.xlsx")
    heads = [cell.value for cell in book[CONCEPTS][1]]
    book[CONCEPTS].cell(2, heads.index(SETTLE_ON) + 1).value = "a name"
    book.save(site / "filled.xlsx")
    before = (site / "filled.xlsx").read_bytes()
    done = yigai("corpus", "report", "--store", "s.duckdb", "-o", "filled.xlsx", cwd=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "yigai: filled.xlsx: is filled in for 1 concept; give another file\n"
    assert (site / "filled.xlsx").read_bytes() == before


def test_a_name_that_says_no_format(site: Path, yigai: Run) -> None:
    """A report is not written as text under the name of something else."""
    done = yigai("corpus", "report", "--store", "s.duckdb", "-o", "r.pdf", cwd=site)
    assert done.returncode == 2
    assert "r.pdf: the name says no format" in done.stderr
    assert not (site / "r.pdf").exists()


def test_an_empty_store_is_reported(tmp_path: Path, yigai: Run) -> None:
    """A store whose pages are all gone or none gives a report of no pages in every format."""
    (tmp_path / "page.txt").write_text("", "utf-8")
    yigai("corpus", "add", "page.txt", "--store", "s.duckdb", "--jobs", "1", cwd=tmp_path)
    with open_store(str(tmp_path / "s.duckdb")) as connection:
        picture = make_picture(connection, load(), places=True)
    for name in ("text", "json", "html"):
        stream = io.StringIO()
        import_module(f"checker.corpus.report.{name}").write(picture, stream)
        assert stream.getvalue()
    book = io.BytesIO()
    import_module("checker.corpus.report.xlsx").write(picture, book)
    assert book.getvalue()
    assert picture.agreement is None


def test_charts_do_without_the_screen() -> None:
    """Importing the report loads neither the database nor the drawing library."""
    code = "import checker.cli.corpus.report, sys; print('duckdb' in sys.modules or 'matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
