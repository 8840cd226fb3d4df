"""The workbench in a real browser: every button and shortcut, at the width of a phone, in the dark, without a script."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY, Run
from tests.small_tree import small_tree
from tests.workbench import PAGE, word_file

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PLACES = ("/", "/glossary", "/glossary?q=yilianti", "/glossary/concept/medical-consortium", "/glossary/propose", "/rules",
          "/rules/TRM101", "/nothing")  # fmt: skip
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of entries that may be written."""
    return small_tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def store(yigai: Run, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A store of the sample pages; None without what a store needs."""
    if importlib.util.find_spec("duckdb") is None or importlib.util.find_spec("matplotlib") is None:
        return None
    path = tmp_path_factory.mktemp("store") / "s.duckdb"
    made = yigai("corpus", "add", REPOSITORY / "data" / "pages", "--store", path, "--jobs", 1)
    assert made.returncode == 0, made.stderr
    return path


@pytest.fixture(scope="module")
def address(tree: Path, store: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A workbench as it is started by its command; its address."""
    pytest.importorskip("starlette", reason="the workbench needs yigai[serve]")
    pytest.importorskip("playwright", reason="tests in a browser need yigai[browser]")
    command = [
        sys.executable,
        "-P",
        "-c",
        "from checker.cli.main import main; main()",
        "serve",
        "--port",
        "0",
        "--jobs",
        "1",
    ]
    running = subprocess.Popen(
        [*command, "--write", str(tree), *(["--store", str(store)] if store else [])],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert running.stderr is not None
    line = running.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    yield found[0]
    running.terminate()
    said = running.stderr.read()
    running.wait(20)
    assert said == ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="tests in a browser need yigai[browser]")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Open]:
    """Open a page in a context of its own; what the console says against it fails the test."""
    said: list[str] = []
    contexts = []

    def open_page(place: str = "/", **options: Any) -> Any:
        context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 860}, **options})
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(address + place)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [line for line in said if "404" not in line] == []


def paste(page: Any, text: str = PAGE, source: str = "") -> Any:
    """Paste a text into the form, check it, and wait for its cards."""
    page.fill("#text", text)
    page.fill("#source", source)
    page.click("form.check button.main")
    page.wait_for_selector("#filters:not([hidden])")
    return page


def current(page: Any) -> str:
    """The words that the card at hand quotes."""
    return str(page.inner_text("article.current .context b"))


def taken(page: Any, selector: str) -> tuple[str, bytes]:
    """What a link or button gives to save: its name and content."""
    with page.expect_download() as waiting:
        page.click(selector)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_shortcuts_lead_through_the_findings(opened: Open) -> None:
    """j and n go on, k and p back, the text follows; in a field they are letters."""
    page = paste(opened())
    page.keyboard.press("j")
    assert current(page) == "medical association"
    assert page.inner_text(".text a.current") == "medical association"
    for key, quote in (
        ("n", "2021 ."),
        ("j", "Graded diagnosis and treatment"),
        ("k", "2021 ."),
        ("p", "medical association"),
    ):
        page.keyboard.press(key)
        assert current(page) == quote
    page.click("button[data-do=next]")
    page.click("button[data-do=next]")
    assert current(page) == "Graded diagnosis and treatment"
    page.click("button[data-do=previous]")
    assert current(page) == "2021 ."
    page.fill("article.current input[name=text]", "")
    page.focus("article.current input[name=text]")
    page.keyboard.type("jkad")
    assert page.input_value("article.current input[name=text]") == "jkad"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert current(page) == "Graded diagnosis and treatment"


def test_marks_and_cards_lead_to_each_other(opened: Open) -> None:
    """A click on a mark chooses its card; a card shows its mark; the rule has its page."""
    page = paste(opened())
    page.click(".text a:has-text('medical league')")
    assert current(page) == "medical league"
    page.click("article:has(b:text-is('Graded diagnosis and treatment')) a[data-show]")
    assert page.inner_text(".text a.current") == "Graded diagnosis and treatment"
    page.click("article.current h3 a")
    page.wait_for_url("**/rules/TRM103")


def test_decisions_by_key_and_by_button(opened: Open) -> None:
    """a accepts, d asks for a reason, u takes back; buttons do the same; the counts and the text follow."""
    page = paste(opened())
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("article.current.accepted")
    assert page.get_attribute(".text a.accepted", "data-new") == "medical consortium"
    assert "1 accepted" in page.inner_text(".progress")
    page.keyboard.press("u")
    page.wait_for_selector("article.current.open")
    page.keyboard.press("d")
    page.keyboard.type("a society is meant")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.current.dismissed")
    assert "1 dismissed" in page.inner_text(".progress")
    page.click("article.current .reopen button")
    page.wait_for_selector("article.current.open")
    page.click(".text a:has-text('medical league')")
    page.fill("article.current input[name=text]", "hospital alliance")
    page.click("article.current form.accept button")
    page.wait_for_selector("article.current.accepted")
    page.click(".text a:has-text('Graded')")
    page.click("article.current details.dismiss summary")
    page.fill("article.current input[name=reason]", "quoted")
    page.click("article.current .dismiss button")
    page.wait_for_selector("article.current.dismissed")
    page.click(".repairs button")
    page.wait_for_selector(".repairs", state="hidden")
    name, content = taken(page, ".take a.main")
    assert name == "pasted.corrected.txt"
    assert content.decode() == PAGE.replace("2021 .", "2021.").replace("aim ,", "aim,").replace(
        "medical league", "hospital alliance"
    )
    page.reload()
    assert page.get_attribute(".text a.accepted[data-new='hospital alliance']", "data-f")


def test_filters_narrow_the_cards_and_say_how_many(opened: Open) -> None:
    """By severity, category, rule and decision; the reset shows all again."""
    page = paste(opened())
    total = page.locator("article.card").count()

    def shown() -> int:
        visible = page.locator("article.card:visible").count()
        assert page.inner_text("#count") == f"{visible} of {total} findings shown"
        return int(visible)

    assert shown() == total
    for name, value in (("family", "SPC"), ("rule", "TRM101"), ("severity", "warning"), ("state", "open")):
        page.select_option(f"#filters select[name={name}]", value)
        assert 0 < shown() <= total
        page.click("#filters button[type=reset]")
        page.locator("#count", has_text=f"{total} of").wait_for()
    page.select_option("#filters select[name=family]", "SPC")
    page.keyboard.press("Escape")
    page.click("button[data-do=next]")
    assert current(page) == "2021 ."
    assert page.locator(".text a.off").count() == total - shown()


def test_files_are_sent_dropped_and_taken_home(opened: Open, tmp_path: Path) -> None:
    """A Word file by its field, corrected and with comments; a text by dropping it; all downloads; forgetting."""
    (tmp_path / "draft.docx").write_bytes(
        word_file("In Sichuan the county hospital joined a medical association.", "Tiered care.")
    )
    page = opened()
    page.set_input_files("input[name=file]", str(tmp_path / "draft.docx"))
    page.click("form.check button.main")
    page.wait_for_selector("#filters:not([hidden])")
    assert page.inner_text("h1") == "draft.docx"
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("article.current.accepted")
    for selector, name in ((".take a.main", "draft.corrected.docx"), (".take > a:not(.main)", "draft.comments.docx")):
        assert taken(page, selector)[0] == name
    page.goto(page.url.split("/check")[0])
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.txt", {type: "text/plain"}));
            document.getElementById("text").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        PAGE,
    )
    page.click("form.check button.main")
    page.wait_for_selector("#filters:not([hidden])")
    assert page.inner_text("h1") == "dropped.txt"
    page.click(".menu summary")
    for selector, name in (
        ("accepted", "yigai-accepted.yaml"),
        ("html", "dropped.report.html"),
        ("xlsx", "dropped.report.xlsx"),
    ):
        assert taken(page, f".menu a[href$='/take/{selector}']")[0] == name
    page.click(".menu a[href*='from=']")
    assert page.input_value("#text") == PAGE
    page.go_back()
    address = page.url
    page.click(".menu summary")
    page.click(".menu button.link")
    page.wait_for_selector("form.check")
    assert page.goto(address).status == 404


def test_chinese_beside_english_and_sent_by_keyboard(opened: Open) -> None:
    """A pair is shown in rows, the marks on both sides chosen together; Ctrl+Enter sends the form."""
    page = opened()
    page.fill("#source", (REPOSITORY / "data/pages/insurance-payment.zh.txt").read_text(encoding="utf-8"))
    page.fill("#text", (REPOSITORY / "data/pages/insurance-payment.txt").read_text(encoding="utf-8"))
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#filters:not([hidden])")
    assert page.locator(".pair").count() > 10
    page.click(".pair [lang=zh] a >> nth=0")
    assert page.locator(".text [lang=zh] a.current").count() >= 1
    assert page.locator(".text a.current").count() >= 2


def test_the_language_is_switched_and_stays(opened: Open) -> None:
    """By the link in the head; the next page keeps it; the browser's own preference is the start."""
    page = opened()
    page.click("a.language")
    assert page.inner_text("h1") == "检查译文"
    page.click("nav a[href='/glossary']")
    assert page.inner_text("h1") == "术语库"
    page.click("a.language")
    assert page.inner_text("h1") == "Glossary"
    page = paste(opened("/", locale="zh-CN"))
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.keyboard.press("j")
    assert page.inner_text("article.current h3").split()[:3] == ["警告", "TRM101", "误译"]
    assert "问题说明为英文" in page.inner_text("main")


def test_search_browse_and_propose(opened: Open, tree: Path) -> None:
    """A misspelt query, a field, a concept; a proposal that is checked, taken as a patch, and written."""
    page = opened("/glossary")
    page.fill("#q", "medical consorcium")
    page.keyboard.press("Enter")
    page.click(".hits a >> nth=0")
    page.wait_for_url("**/medical-consortium")
    page.click("summary >> nth=0")
    page.click(".crumbs a >> nth=1")
    assert "field=organisation" in page.url
    page.fill("#q", "处方外配")
    page.click(".search button")
    page.click("a[href^='/glossary/propose']")
    assert page.input_value("#zh") == "处方外配"
    page.fill("#preferred", "prescriptions filled elsewhere")
    page.select_option("#file", "organisation/groups.yaml")
    page.click("button[value=show]")
    page.wait_for_selector(".patch")
    assert "GLS816" in page.inner_text(".made")
    name, patch = taken(page, "button[value=patch]")
    assert name == "prescriptions-filled-elsewhere.patch"
    assert b"+  status: proposed" in patch
    page.click("button[value=write]")
    page.wait_for_url("**/proposed/prescriptions-filled-elsewhere")
    assert "prescriptions-filled-elsewhere" in (tree / "organisation/groups.yaml").read_text(encoding="utf-8")
    page.click("main a[href='/glossary/concept/prescriptions-filled-elsewhere']")
    assert page.inner_text("h1") == "prescriptions filled elsewhere"


def test_without_a_script_decisions_are_made_by_forms(opened: Open) -> None:
    """Nothing but the filters is missing."""
    page = opened(java_script_enabled=False)
    page.fill("#text", PAGE)
    page.click("form.check button.main")
    card = page.locator("article:has(b:text-is('medical association'))")
    card.locator("form.accept button").click()
    page.wait_for_url("**#f-*")
    assert page.locator("article.accepted").count() == 1
    assert not page.is_visible("#filters")


def test_the_pages_of_a_store(opened: Open, store: Path | None) -> None:
    """From the names in use to the places of one; from the worst page to its marks; charts that load."""
    if store is None:
        pytest.skip("a store needs yigai[corpus]")
    page = opened("/corpus")
    page.click("tbody tr:has-text('医联体') a.hint >> nth=0")
    assert page.locator(".line mark").count() > 0
    page.fill("#q", "county hospital")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=county+hospital")
    page.click(".tabs a[href='/corpus/trends']")
    page.wait_for_url("**/trends")
    page.evaluate("Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode(); }))")
    assert page.locator("figure img").count() >= 1
    page.click(".tabs a[href='/corpus/pages']")
    page.click("td.long a >> nth=0")
    page.wait_for_selector("#filters:not([hidden])")
    page.keyboard.press("j")
    assert page.locator(".text a.current").count() >= 1
    page.keyboard.press("a")
    page.keyboard.press("d")
    assert page.locator("article.accepted, details.dismiss").count() == 0


def test_pages_fit_a_phone_and_are_labelled(opened: Open, store: Path | None) -> None:
    """Nothing is wider than the screen, every field has a label, the first Tab offers the way to the content."""
    page = opened(viewport={"width": 390, "height": 844})
    places = [
        *PLACES,
        *(("/corpus", "/corpus/pages", "/corpus/trends", "/corpus/concordance?q=医联体") if store else ()),
    ]
    paste(page)
    places.append("/check/" + page.url.rsplit("/", 1)[-1])
    root = page.url.split("/check")[0]
    for place in places:
        page.goto(root + place)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, place
        bare = """[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
            .filter(field => !field.labels.length && !field.ariaLabel).map(field => field.outerHTML)"""
        assert page.evaluate(bare) == [], place
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", place
    assert page.locator("main").count() == 1
    page.click(".menu summary")
    menu = page.locator(".menu ul").bounding_box()
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 390
    page.click(".menu summary")
    page.keyboard.press("j")
    page.keyboard.press("d")
    field, bar = page.locator("input[name=reason]:focus").bounding_box(), page.locator(".keys").bounding_box()
    assert field["y"] + field["height"] <= bar["y"]


def test_light_and_dark_follow_the_system(opened: Open) -> None:
    """The paper is light or dark as the system is."""

    def paper(scheme: str) -> int:
        colour = opened(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert paper("light") > 600
    assert paper("dark") < 150
