"""A page says the same whether it comes as text or as the HTML of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.document import Document
from checker.finding import Finding
from checker.pipeline import Checker
from checker.readers.html import read_page
from glossary import load
from tests.wrapped import wrapped

FAMILIES = ("TRM", "CON2")


@pytest.fixture(scope="module")
def checker() -> Checker:
    """A checker with the curated glossary."""
    return Checker(load())


def term_findings(checker: Checker, document: Document) -> list[Finding]:
    """The findings of the rules on terms, by place."""
    return [f for f in checker.findings(checker.page(document)) if f.rule.startswith(FAMILIES)]


def compare(checker: Checker, path: Path) -> int:
    """Assert that a page as text and as HTML gives the same findings at the same places; returns how many."""
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    page, places = wrapped(text)
    plain = term_findings(checker, Document(path.name, text))
    marked = term_findings(checker, read_page(path.name, page))
    assert [(f.rule, f.concept, f.suggestion, f.message, f.count, f.fingerprint) for f in plain] == [
        (f.rule, f.concept, f.suggestion, f.message, f.count, f.fingerprint) for f in marked
    ]
    for ours, theirs in zip(plain, marked, strict=True):
        assert [start for start, _ in theirs.places] == [places[start] for start, _ in ours.places]
        assert theirs.quote == page[theirs.start : theirs.end]
        assert " ".join((theirs.shown or theirs.quote).split()) == " ".join(ours.quote.split())
        before = page[: theirs.start]
        assert (theirs.line, theirs.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    return len(plain)


@pytest.mark.parametrize("name", ["county-community", "hospital-about", "elderly-digital", "tcm-public-health"])
def test_our_pages_as_html(checker: Checker, repository: Path, name: str) -> None:
    """A sample page wrapped with a menu, scripts and entities gives the same term findings, at the right place."""
    assert compare(checker, repository / "data" / "pages" / f"{name}.txt") > 0


def test_the_shared_pages_as_html(checker: Checker, shared: Path) -> None:
    """So does each of the five real pages beside the repository."""
    pages = sorted((shared / "seeds").glob("*.txt"))
    assert len(pages) == 5
    for page in pages:
        assert compare(checker, page) > 0
