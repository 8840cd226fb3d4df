"""Web pages are checked without what stands for their mark-up; every place leads back to the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.condensed import Condensed
from checker.document import TAG
from checker.explanation import explain
from checker.page import Page
from checker.pipeline import Checker
from checker.readers.html import read_page
from glossary import load
from tests.wrapped import wrapped

STYLE = "style=\"font-family: 'Times New Roman'; line-height: 200%; color: rgb(51, 51, 51)\""


@pytest.fixture(scope="module")
def checker() -> Checker:
    """A checker with the curated glossary."""
    return Checker(load())


@given(
    st.lists(st.sampled_from(["word", " ", "\n", TAG, " " * 30, TAG * 30, "\n" + " " * 9]), max_size=12).map("".join)
)
def test_places_lead_back(view: str) -> None:
    """Every character that is kept stands where its place says, a word has the same place in both, and back again."""
    made = Condensed(view)
    for offset, char in enumerate(made.text):
        start, end = made.place(offset, offset + 1)
        assert view[start:end] == char
        assert made.find(start) == offset
    assert made.place(0, len(made.text)) == (0, len(view))
    assert len(made.text) <= 12 * 10
    start = made.text.find("word")
    assert view[slice(*made.place(start, start + 4))] == "word" or start < 0


@pytest.mark.parametrize("name", ["county-community", "hospital-about", "elderly-digital", "tcm-public-health"])
def test_the_findings_are_those_of_the_whole_view(checker: Checker, repository: Path, name: str) -> None:
    """The rules about terms find the same at the same places of the file, with the same repairs."""
    html, _ = wrapped((repository / "data" / "pages" / f"{name}.txt").read_text(encoding="utf-8"))
    document = read_page(f"{name}.html", html.replace("<b ", f"<b {STYLE} "))
    whole = checker.findings(Page(document, checker.spotter, checker.options))
    found = checker.check([document]).findings
    terms = [f for f in found if f.rule.startswith("TRM")]
    assert terms == [f for f in whole if f.rule.startswith("TRM")]
    assert len(terms) > 0
    for finding in found:
        assert finding.quote == document.text[finding.start : finding.end]


def test_tags_do_not_lengthen_lines(checker: Checker) -> None:
    """A line of page tools is known as one, however long the tags in it are."""
    prose = "".join(
        f"<p>The county hospital leads {number} township health centers.</p>" for number in ("two", "three")
    )
    line = f"<p>Scan to read on mobile phone  Share to: WeChat <span {STYLE}> Weibo</span></p>"
    document = read_page("page.html", f"<body>{line}{prose}{line}</body>")
    assert "RES407" in {finding.rule for finding in checker.check([document]).findings}


def test_an_explanation_quotes_what_is_seen(checker: Checker) -> None:
    """A place inside a tag is explained by the name around it, which is quoted without the tag."""
    text = f"<p>The county joined a tight <span {STYLE}>medical</span> community.</p>"
    lines = explain(read_page("page.html", text), text.index("font"), checker)
    assert any("“tight medical community”" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        'It is a "Grade <em>III</em> hospital" ("<b>Civilized Unit</b>") of the county.',
        "The <span>&quot;</span>three medical linkage<span>&quot;</span> of <b>&ldquo;</b>the county&rdquo; is good.",
        "The Xunhe County Peop<b>le</b>&#39;s Hospital and the Peo<b>ple's Hospital</b> joined the health care reform.",
        "The medical [<script>count()</script>] system of the county has <img src=a>, <b>doctors</b>, <i>nurses</i>.",
    ],
)
def test_tags_and_entities_make_no_faults(checker: Checker, text: str) -> None:
    """What reads well on the page is well, whatever stands between its letters in the file."""
    page = f"<body><p>The medical and health care reform of the county hospitals goes on.</p><p>{text}</p>"
    assert not checker.check([read_page("page.html", page)]).findings


def test_chinese_in_entities_is_one_place(checker: Checker) -> None:
    """Chinese that is written in entities, or cut by tags, is one run, and its place holds all of it."""
    for chinese in ("&#21307;&#20849;&#20307;", "医<b>共</b>体"):
        page = f"<p>The county hospital leads the {chinese} with the township health centers.</p>"
        (finding,) = checker.check([read_page("page.html", page)]).findings
        assert (finding.rule, finding.shown, finding.quote) == ("RES402", "医共体", chinese)


def test_no_repair_where_tags_stand_in_the_fault(checker: Checker) -> None:
    """On which side of a tag to mend nobody knows: the fault is reported and left."""
    document = read_page("page.html", "<p>The doctors work for <i>the</i> the people of the county.</p>")
    (finding,) = checker.check([document]).findings
    assert (finding.rule, finding.fixes) == ("GAR302", ())
