"""``yigai glossary site``: pages for publishing, their links, their search in a real browser, hostile entries inert."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.command_here import command_here
from tests.small_tree import TERMS, small_tree

pytest.importorskip("jinja2", reason="the extra serve is not installed")
pytest.importorskip("starlette", reason="the extra serve is not installed")

Run = Callable[..., Any]
HOSTILE = """
- id: hostile
  zh: 恶意</script>
  preferred: "<img src=x onerror=alert`1`> care"
  definition: "</p><script>alert(1)</script>"
  sources:
    - {url: "javascript:alert(1)", title: "<b>bad</b>"}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with the small tree, one entry of which means harm."""
    small_tree(tmp_path, TERMS + HOSTILE)
    return tmp_path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that tree, which no test changes."""
    folder = tmp_path_factory.mktemp("site")
    small_tree(folder, TERMS + HOSTILE)
    assert command_here("glossary", "site", "out", cwd=folder).returncode == 0
    return folder / "out"


def pages(folder: Path) -> Iterator[tuple[Path, Any]]:
    """Each page of a site, parsed."""
    return ((path, html.fromstring(path.read_bytes())) for path in sorted(folder.rglob("*.html")))


def test_every_page_stands_in_both_languages_and_every_link_leads_somewhere(yigai: Run, tree: Path) -> None:
    """Index, field and concept pages in English and Chinese; no link or asset of the site is missing."""
    done = yigai("glossary", "site", "out", cwd=tree)
    assert done.returncode == 0, done.stderr
    assert "out: 3 concepts" in done.stderr
    names = {path.relative_to(tree / "out").as_posix() for path, _ in pages(tree / "out")}
    english = {
        "index.html",
        "field/organisation.html",
        *(f"concept/{n}.html" for n in ("medical-consortium", "tiered-care", "hostile")),
    }
    assert names == english | {f"zh/{name}" for name in english}
    for path, page in pages(tree / "out"):
        targets = page.xpath("//a/@href | //link/@href | //script/@src | //form/@action")
        for target in targets:
            if not target.startswith(("http", "#")):
                assert (path.parent / target).resolve().is_file(), f"{path}: {target}"
    text = (tree / "out/zh/concept/medical-consortium.html").read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in text
    assert "推荐" in text
    assert "medical association" in text


def test_nothing_runs_in_a_page_but_our_scripts(site: Path) -> None:
    """No inline script, style or handler, nothing from elsewhere, and what an entry says is text."""
    for path, page in pages(site):
        assert page.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []
        assert page.xpath("//img | //iframe") == []
        assert not [target for target in page.xpath("//a/@href") if target.startswith("javascript:")]
        assert not [source for source in page.xpath("//script/@src | //link/@href") if "//" in source], path
    assert "<script>" not in (site / "concept/hostile.html").read_text(encoding="utf-8")


def test_a_folder_of_somebody_elses_is_left_alone_and_an_old_site_is_brought_up_to_date(tree: Path) -> None:
    """A folder with other files is exit code 2; pages of concepts that are gone go, unchanged pages are not rewritten."""
    other = tree / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    done = command_here("glossary", "site", "other", cwd=tree)
    assert done.returncode == 2
    assert "no site of this kind" in done.stderr
    command_here("glossary", "site", "out", cwd=tree)
    kept = (tree / "out/concept/tiered-care.html").stat().st_mtime_ns
    nested = tree / "out" / "house" / "concept" / "theirs.html"
    nested.parent.mkdir(parents=True)
    nested.write_text("theirs", encoding="utf-8")
    terms = tree / "glossary/terms/organisation/groups.yaml"
    terms.write_text(TERMS, encoding="utf-8")
    assert command_here("glossary", "site", "out", cwd=tree).returncode == 0
    assert nested.exists()
    assert not (tree / "out/concept/hostile.html").exists()
    assert (tree / "out/concept/tiered-care.html").stat().st_mtime_ns == kept


def test_search_in_a_browser(tree: Path, site: Path) -> None:
    """Both scripts, pinyin, English, misspelt English and wrong forms find the concept, also under a strict policy."""
    play = pytest.importorskip("playwright.sync_api", reason="the extra browser is not installed")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("no Chromium here")
    strict = shutil.copytree(site, tree / "strict")
    for path, _ in pages(strict):
        meta = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src file:; style-src file:">'
        path.write_text(path.read_text(encoding="utf-8").replace("<head>", f"<head>{meta}"), encoding="utf-8")
    with play.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for folder in (site, strict):
            search_in(browser, folder)
        browser.close()


def search_in(browser: Any, folder: Path) -> None:
    """Search the pages of a folder as a reader does, without a fault in any script."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto((folder / "index.html").as_uri())
    for query in (
        "医联体",
        "醫聯體",
        "yiliantǐ",
        "yi lian ti",
        "medical cons",
        "medicl consortum",
        "medical association",
    ):
        page.fill("#q", query)
        assert page.locator("#hits a").first.get_attribute("href") == "concept/medical-consortium.html", query
    page.fill("#q", "zzzz")
    assert page.locator("#hits a").count() == 0
    page.fill("#q", "care")
    assert "<img src=x" in page.inner_text("#hits")
    page.goto((folder / "concept" / "tiered-care.html").as_uri())
    page.fill(".search input", "fenjizhenliao")
    page.press(".search input", "Enter")
    page.wait_for_selector("#hits a")
    assert page.locator("#hits a").first.inner_text().startswith("tiered care")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
    assert faults == []
