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
