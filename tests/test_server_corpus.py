"""A store in the workbench: concepts, pages, trends, concordance, a page with its marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY, Run
from tests.workbench import workbench

NEWER = """\
Lanjiang, November 20, 2021

The county hospital left the medical association and joined a medical consortium. Tiered care in China is the aim of
the health system reform, and medical insurance pays for it. <script>alert(1)</script>
"""


@pytest.fixture(scope="module")
def store(yigai: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample pages of the repository and one of our own."""
    duckdb = pytest.importorskip("duckdb", reason="a store needs yigai[corpus]")
    pytest.importorskip("matplotlib", reason="charts need yigai[corpus]")
    folder = tmp_path_factory.mktemp("store")
    (folder / "newer.txt").write_text(NEWER, encoding="utf-8")
    made = yigai(
        "corpus", "add", REPOSITORY / "data" / "pages", "newer.txt", "--store", "s.duckdb", "--jobs", 1, cwd=folder
    )
    assert made.returncode == 0, made.stderr
    with duckdb.connect(str(folder / "s.duckdb")) as con:  # as a page that was added with its Chinese
        con.execute(
            "UPDATE texts SET source = ? WHERE document = (SELECT document FROM documents WHERE path LIKE '%/insurance-payment.txt')",
            [(REPOSITORY / "data" / "pages" / "insurance-payment.zh.txt").read_text(encoding="utf-8")],
        )
    return folder / "s.duckdb"


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[Any]:
    """A workbench with the store."""
    with workbench(store=store) as made:
        yield made


def test_concepts_stand_by_disagreement(client: Any) -> None:
    """Each with its names, the name to settle on, and how far pages agree."""
    page = client.get("/corpus").text
    assert 'href="/glossary/concept/medical-consortium"' in page
    assert '<b class="n-bad">medical association</b>' in page
    assert "%</td>" in page


def test_pages_stand_by_damage_and_open_with_their_marks(client: Any, store: Path) -> None:
    """The list leads to a page that shows its findings in its text, with nothing to decide; hostile text is inert."""
    page = client.get("/corpus/pages").text
    address = page.split('<td class="long"><a href="')[1].split('"')[0]
    shown = client.get(address).text
    assert '<a class="warning" id="m-' in shown
    assert 'id="f-1"' in shown
    assert "/decide" not in shown
    import duckdb

    with duckdb.connect(str(store), read_only=True) as con:
        numbers = dict(con.execute("SELECT parse_filename(path), document FROM documents").fetchall())
    hostile = client.get(f"/corpus/page/{numbers['newer.txt']}").text
    assert "<script>alert" not in hostile
    assert "&lt;script&gt;alert" in hostile
    pair = client.get(f"/corpus/page/{numbers['insurance-payment.txt']}").text
    assert pair.count('<div class="pair">') > 10
    assert client.get("/corpus/page/999999").status_code == 404
    assert client.get("/corpus/page/x").status_code == 404


def test_trends_are_charts_and_a_table(client: Any) -> None:
    """The chart is an image of ours, told in words, that runs nothing."""
    page = client.get("/corpus/trends").text
    assert '<img src="/corpus/chart/all.svg" alt="Share of pages' in page
    assert "<td>2022</td>" in page
    chart = client.get("/corpus/chart/all.svg")
    assert chart.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in chart.content
    assert "default-src 'none'" in chart.headers["content-security-policy"]
    assert client.get("/corpus/chart/nothing.svg").status_code == 404


def test_concordance_shows_both_sides(client: Any) -> None:
    """By a term in Chinese or English all its names are found; other words are found as they stand."""
    page = client.get("/corpus/concordance", params={"q": "医保支付方式改革"}).text
    assert "<mark>Medicare payment method reform</mark>" in page
    assert "<mark>医保支付方式改革</mark>" in page
    page = client.get("/corpus/concordance", params={"q": "medical consortium"}).text
    assert "<mark>medical association</mark>" in page
    page = client.get("/corpus/concordance", params={"q": "left the medical"}).text
    assert "1 places on 1 pages" in page or "1 place on 1 page" in page
    page = client.get("/corpus/concordance", params={"q": "aim of the health"}).text
    assert "<mark>aim of the health</mark>" in page  # over the end of a line
    assert "0 place" in client.get("/corpus/concordance", params={"q": "zzqqzz"}).text
    assert client.get("/corpus/concordance").status_code == 200


def test_a_concept_says_where_it_stands(client: Any) -> None:
    """Pages with the rendering and its status, and the way to the concordance."""
    page = client.get("/glossary/concept/medical-consortium").text
    assert "Where it stands in the corpus" in page
    assert "newer.txt" in page
    assert 'href="/corpus/concordance?q=' in page


def test_without_a_store_there_is_no_corpus() -> None:
    """No entry of the menu, no page."""
    with workbench() as client:
        assert "/corpus" not in client.get("/").text
        assert client.get("/corpus").status_code == 404
        assert client.get("/corpus/concordance?q=x").status_code == 404


BROKEN_FINDINGS = [
    *(f"UPDATE findings SET object = '{words}'" for words in ("null", "[]", "{}", "3")),
    *(
        f"UPDATE findings SET object = json_merge_patch(object, '{{\"{key}\": {value}}}')"
        for key, value in (
            ("start", '"x"'),
            ("also", "[[1]]"),
            ("sources", '[{"a": 1}]'),
            ("rule", "[1]"),
            ("quote", "3"),
        )
    ),
]
BROKEN_TABLES = [
    "UPDATE documents SET triage = 'x', subject = 'y', date = 'z'",
    "DROP TABLE texts",
    "DROP TABLE mentions",
]


def test_a_store_that_another_program_wrote_to(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in it, each page of it is one: what it shows, or words that say why it shows nothing."""
    import duckdb

    broken = tmp_path / "s.duckdb"
    broken.write_bytes(store.read_bytes())
    failed = 0
    with workbench(store=broken) as client:
        for change in (*BROKEN_FINDINGS, *BROKEN_TABLES):
            broken.write_bytes(store.read_bytes())
            with duckdb.connect(str(broken)) as con:
                con.execute(change)
                ((number,),) = con.execute("SELECT max(document) FROM documents").fetchall()
            views = ("corpus", "glossary/concept/medical-consortium") if change in BROKEN_TABLES else ()
            for place in (f"corpus/page/{number}", *views):
                answer = client.get(f"/{place}")
                assert answer.status_code in (200, 503), (change, place)
                if answer.status_code == 503:
                    failed += 1
                    assert "What stands in the store cannot be read" in answer.text, (change, place)
    assert failed > 6
    assert "Traceback" not in capfd.readouterr().err
