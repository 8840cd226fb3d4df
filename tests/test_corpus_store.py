"""The store of many pages: what goes in, adding and replacing, killed runs, writers in turn, files that are no store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from checker.config import ConfigError
from tests.conftest import Run as Command

duckdb = pytest.importorskip("duckdb", reason="yigai[corpus] is not installed")
pytest.importorskip("pyarrow", reason="yigai[corpus] is not installed")

from checker.batch.checked_rows import Row  # noqa: E402
from checker.batch.journal import Journal  # noqa: E402
from checker.batch.outcome import Outcome  # noqa: E402
from checker.batch.outcome import Row as DoneRow  # noqa: E402
from checker.batch.row_work import rows_to_json  # noqa: E402
from checker.batch.seen import Seen  # noqa: E402
from checker.batch.signatures import Signature  # noqa: E402
from checker.batch.site import site_of  # noqa: E402
from checker.corpus import store as stores  # noqa: E402
from checker.corpus.adding import Added, take_in  # noqa: E402
from checker.corpus.staging import Staging  # noqa: E402
from checker.corpus.store import open_store  # noqa: E402

TABLES = ("documents", "metrics", "mentions", "findings", "texts", "errors", "history")
WRONG = "Guangdong Province: the Health and Health Commission of county {} is building medical consortiums."
PROGRAM = "from checker.cli.main import main; main()"
IN_COMMIT = """
import os, signal
from checker.corpus import adding
whole = adding.run_script
def killed(*arguments, **values):
    whole(*arguments, **values)
    os.kill(os.getpid(), signal.SIGKILL)
adding.run_script = killed
"""
AFTER_COMMIT = """
import os, signal
from checker.batch.journal import Journal
Journal.delete = lambda journal: os.kill(os.getpid(), signal.SIGKILL)
"""


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query of a store gives."""
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        return connection.execute(query).fetchall()  # type: ignore[no-any-return]


def whole(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a store but times."""
    made = {table: rows(path, f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}
    return made | {"runs": rows(path, "SELECT * EXCLUDE (started, finished) FROM runs ORDER BY ALL")}


def write_lines(path: Path, texts: Mapping[str, str]) -> Path:
    """A file of JSON Lines with texts by their addresses."""
    path.write_text("".join(json.dumps({"url": url, "text": text}) + "\n" for url, text in texts.items()))
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Three pages at addresses, the third like the first."""
    texts = {
        "https://a.example/en/1.html": WRONG.format("one"),
        "https://a.example/en/2.html": "Nothing wrong here.",
        "https://b.example/3.html": WRONG.format("one"),
    }
    return write_lines(tmp_path / "site.jsonl", texts)


def test_what_the_store_holds(yigai: Command, site: Path, tmp_path: Path) -> None:
    """Documents, metrics, mentions, findings and texts are those of a check; a page like another one has none."""
    (tmp_path / "page.txt").write_text(WRONG.format("two") + " 卫健委")
    added = yigai("corpus", "add", "site.jsonl", "page.txt", "--store", "s", "--jobs", 1, cwd=tmp_path)
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout == "Run 1: 4 pages added or replaced, 0 unchanged.\n"
    store = tmp_path / "s"
    said = yigai("check", "site.jsonl", "page.txt", "--format", "jsonl", "--jobs", 1, cwd=tmp_path)
    objects = [json.loads(line) for line in said.stdout.splitlines()]
    kept = rows(store, "SELECT object FROM findings ORDER BY document, number")
    assert [json.loads(text) for (text,) in kept] == [item for item in objects if item["type"] == "finding"]
    documents = [item for item in objects if item["type"] == "document"]
    query = (
        "SELECT document, path, record, words, date, subject, triage, reasons, duplicate_of FROM documents ORDER BY ALL"
    )
    for document, (number, *values, first) in zip(documents, rows(store, query), strict=True):
        wanted = [document[key] for key in ("path", "record", "words", "date", "subject", "triage", "reasons")]
        assert values == [value if key != 1 else value or "" for key, value in enumerate(wanted)]
        found = f"SELECT concept, rendering, count FROM mentions WHERE document = {number} ORDER BY ALL"
        counted = [(key, name, n) for key, names in document["renderings"].items() for name, n in names.items()]
        assert rows(store, found) == ([] if first else sorted(counted))
        measured = dict(rows(store, f"SELECT name, value FROM metrics WHERE document = {number}"))
        assert measured == ({} if first else document["metrics"])
        assert (first is None) == (document["duplicate_of"] is None)
    assert rows(store, "SELECT site, section FROM documents WHERE document < 4 ORDER BY document") == [
        ("a.example", "en"), ("a.example", "en"), ("b.example", ""),
    ]  # fmt: skip
    quoted = "SELECT quote, text, object FROM findings JOIN texts USING (document)"
    places = [(quote, text, json.loads(item)) for quote, text, item in rows(store, quoted)]
    assert len(places) > 2
    assert all(text[item["start"] : item["end"]] == quote for quote, text, item in places)
    assert rows(store, "SELECT kind, pages, places FROM history WHERE kind = 'total'") == [("total", 3, len(kept))]
    assert not list(tmp_path.glob("s.*"))


def test_adding_again(yigai: Command, site: Path, tmp_path: Path) -> None:
    """What is unchanged is not checked again, what is new or other is; the history tells of each run that did anything."""
    command = ("corpus", "add", site, "--store", "s", "--jobs", 1, "--no-texts")
    yigai(*command, cwd=tmp_path)
    store = tmp_path / "s"
    before = store.read_bytes()
    again = yigai(*command, cwd=tmp_path)
    assert again.stdout == "Nothing new: 3 pages as they were.\n"
    assert store.read_bytes() == before
    assert rows(store, "FROM texts") == []
    texts = {
        "https://a.example/en/2.html": "Nothing wrong here.",
        "https://b.example/3.html": WRONG.format("one"),
        "https://a.example/en/4.html": WRONG.format("four") + " The doctor doctor came.",
    }
    write_lines(site, texts)
    third = yigai(*command, cwd=tmp_path)
    assert third.stdout.splitlines() == [
        "Run 2: 2 pages added or replaced, 1 unchanged.",
        "Taken out, for their files no longer hold them: 1.",
    ]
    fresh = tmp_path / "fresh"
    yigai("corpus", "add", site, "--store", fresh, "--jobs", 2, "--no-texts", cwd=tmp_path)
    query = "SELECT record, quote, duplicate_of FROM findings RIGHT JOIN documents USING (document) ORDER BY ALL"
    assert rows(store, query) == rows(fresh, query)
    assert rows(store, "SELECT run, pages FROM history WHERE kind = 'total' ORDER BY run") == [(1, 2), (2, 3)]


def test_errors(yigai: Command, tmp_path: Path) -> None:
    """A page that cannot be checked is told of and kept among the errors; what the store held of it stays."""
    (tmp_path / "page.txt").write_text(WRONG.format("one"))
    command = ("corpus", "add", "page.txt", "--store", "s", "--jobs", 1)
    yigai(*command, cwd=tmp_path)
    (tmp_path / "page.txt").write_bytes(b"%PDF-1.7 and so on")
    failed = yigai(*command, cwd=tmp_path)
    assert failed.returncode == 2
    assert failed.stdout == "Run 2: 0 pages added or replaced, 0 unchanged, 1 not checked.\n"
    assert failed.stderr.startswith("yigai: page.txt: ")
    assert rows(tmp_path / "s", "SELECT run, path, record FROM errors") == [(2, "page.txt", "")]
    assert len(rows(tmp_path / "s", "FROM findings")) > 0


def test_many_errors(yigai: Command, tmp_path: Path) -> None:
    """Of many errors the first are told on the terminal, all are in the store."""
    (tmp_path / "damaged.jsonl").write_text('{"text": "A page."}\n' + "no JSON\n" * 23)
    done = yigai("corpus", "add", "damaged.jsonl", "--store", "s", "--jobs", 1, cwd=tmp_path)
    lines = done.stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "yigai: 3 more could not be checked: they are in the table errors of the store"
    assert done.stdout == "Run 1: 1 page added or replaced, 0 unchanged, 23 not checked.\n"
    assert len(rows(tmp_path / "s", "FROM errors")) == 23


def test_a_journal_of_other_settings(tmp_path: Path) -> None:
    """A journal that a run of other settings has left is begun anew: it is no more than what that run has saved."""
    path = str(tmp_path / "journal")
    with closing(Seen()) as seen, closing(Journal(path, {"a": "one"}, seen, begin_anew=True)) as journal:
        journal.add(DoneRow("key", None, Outcome()))
    for settings, kept in (("one", True), ("two", False), ("one", False)):
        with closing(Seen()) as seen, closing(Journal(path, {"a": settings}, seen, begin_anew=True)) as journal:
            assert (journal.row("key") is not None) == kept


def test_odd_texts(yigai: Command, tmp_path: Path) -> None:
    """Names and texts with lone surrogates, quotes, control characters and other planes come through."""
    odd = "Guangdong\ud800 'Health and Health Commission'\x01 \U0001f600; the doctor doctor came."
    (tmp_path / "o'dd.jsonl").write_text(json.dumps({"url": "it's \udfff; --", "text": odd}))
    added = yigai("corpus", "add", "o'dd.jsonl", "--store", "it's", "--jobs", 1, cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    found = rows(tmp_path / "it's", "SELECT path, record, text FROM documents JOIN texts USING (document)")
    assert found == [("o'dd.jsonl", "it's ?; --", odd.replace("\ud800", "?"))]
    assert rows(tmp_path / "it's", "SELECT quote, object->>'quote' FROM findings WHERE quote LIKE 'doctor%'") == [
        ("doctor doctor", "doctor doctor")
    ]


def test_the_chinese_beside(yigai: Command, tmp_path: Path) -> None:
    """With a folder of sources pages are checked against their Chinese, which the store keeps; new Chinese is new."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("The bureau recovered 38 million yuan for the fund and named 12 cases in public.")
    (pages / "b.txt").write_text("The hospital leads a medical consortium of nine township health centers.")
    (pages / "a.zh.txt").write_text("该局追回基金3800万元，并公开曝光典型案例12起。", encoding="utf-8")
    command = ("corpus", "add", "pages", "--source", "pages", "--store", "s", "--jobs", 1)
    assert yigai(*command, cwd=tmp_path).stdout == "Run 1: 2 pages added or replaced, 0 unchanged.\n"
    query = "SELECT path, source FROM documents JOIN texts USING (document) ORDER BY path"
    assert rows(tmp_path / "s", query) == [
        ("pages/a.txt", "该局追回基金3800万元，并公开曝光典型案例12起。"),
        ("pages/b.txt", None),
    ]
    assert not rows(tmp_path / "s", "FROM findings WHERE rule LIKE 'BIL%'")
    (pages / "a.zh.txt").write_text("该局追回基金5600万元，并公开曝光典型案例12起。", encoding="utf-8")
    assert yigai(*command, cwd=tmp_path).stdout == "Run 2: 1 page added or replaced, 1 unchanged.\n"
    assert rows(tmp_path / "s", "SELECT quote FROM findings WHERE rule = 'BIL702'") == [("38 million",)]
    both = "该局追回基金5600万元。\nThe bureau recovered 56 million yuan.\n" * 3
    (pages / "a.zh.txt").write_text(both, encoding="utf-8")
    assert yigai(*command, cwd=tmp_path).returncode == 0
    assert "bureau" not in rows(tmp_path / "s", query)[0][1]  # of a file with both languages the Chinese alone
    refused = yigai("corpus", "add", "pages", "--source", "none", "--store", "s", cwd=tmp_path)
    assert (refused.returncode, refused.stderr) == (2, "yigai: none: there is no such folder\n")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Some hundred pages, each fifth like one before it."""
    numbers = [number - 3 if number % 5 == 4 else number for number in range(150)]
    return write_lines(
        tmp_path / "many.jsonl", {f"https://a.example/{at}": WRONG.format(f"no {n}") for at, n in enumerate(numbers)}
    )


def begun(many: Path, store: Path, lines: int, before: str = "") -> subprocess.Popen[bytes]:
    """An adding run in a process group of its own that has written down so many lines."""
    command = [sys.executable, "-P", "-c", before + PROGRAM, "corpus", "add", str(many), "--store", str(store)]
    process = subprocess.Popen(
        [*command, "--jobs", "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    journal = Path(f"{store}.journal")
    for _ in range(3000):
        if process.poll() is not None or (journal.exists() and journal.read_bytes().count(b"\n") >= lines):
            return process
        time.sleep(0.01)
    raise AssertionError("the run does not get on")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_and_gone_on_with(yigai: Command, many: Path, tmp_path: Path) -> None:
    """After kill -9 while pages are checked, while they are taken in and after it, the store is that of one whole run."""
    undisturbed = tmp_path / "undisturbed"
    yigai("corpus", "add", many, "--store", undisturbed, "--jobs", 2)
    wanted = whole(undisturbed)
    assert len(wanted["documents"]) == 150
    assert len([row for row in wanted["documents"] if row[-1] is not None]) == 30
    store = tmp_path / "store"
    for lines, before in ((1, ""), (60, ""), (151, IN_COMMIT), (151, AFTER_COMMIT)):
        process = begun(many, store, lines, before)
        if not before:
            assert not store.exists()
            process.kill()
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        if before == IN_COMMIT:
            assert rows(store, "SELECT count(*) FROM documents") == [(0,)]
    again = yigai("corpus", "add", many, "--store", store, "--jobs", 1)
    assert again.stdout == "Nothing new: 150 pages as they were.\n"
    assert whole(store) == wanted
    assert not list(tmp_path.glob("store.*"))


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c(yigai: Command, many: Path, site: Path, tmp_path: Path) -> None:
    """Ctrl-C leaves the store as it was, with exit code 130, and the same command goes on."""
    store = tmp_path / "store"
    yigai("corpus", "add", site, "--store", store, "--jobs", 1)
    before = store.read_bytes()
    process = begun(many, store, 20)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"the same command goes on" in err
    assert b"Traceback" not in err
    assert store.read_bytes() == before
    kept = Path(f"{store}.journal").read_bytes().count(b"\n")
    assert 20 <= kept < 151
    again = yigai("corpus", "add", many, "--store", store, "--jobs", 1)
    assert again.stdout.startswith("Run 2: 150 pages added or replaced")


@pytest.mark.skipif(os.name != "posix", reason="locks of files")
def test_writers_in_turn(yigai: Command, many: Path, site: Path, tmp_path: Path) -> None:
    """A second writer waits for the first one, then gives up with exit code 2; a reader in the way is waited for too."""
    store = tmp_path / "store"
    process = begun(many, store, 2)
    os.killpg(process.pid, signal.SIGSTOP)
    late = yigai("corpus", "add", site, "--store", store, "--wait", 0)
    assert late.returncode == 2
    assert "another run is adding to the store" in late.stderr
    timer = threading.Timer(3, os.killpg, (process.pid, signal.SIGCONT))
    timer.start()
    second = yigai("corpus", "add", site, "--store", store, "--wait", 60, "--jobs", 1)
    assert second.returncode == 0, second.stderr
    assert "waiting" in second.stderr
    process.communicate(timeout=60)
    assert rows(store, "SELECT run, pages FROM runs ORDER BY run") == [(1, 150), (2, 3)]
    with closing(duckdb.connect(str(store), read_only=True)):
        (tmp_path / "new.txt").write_text("A new page.")
        busy = yigai("corpus", "add", tmp_path / "new.txt", "--store", store, "--wait", 0.1)
    assert busy.returncode == 2
    assert "another process is using the store" in busy.stderr
    assert yigai("corpus", "add", tmp_path / "new.txt", "--store", store).returncode == 0


def test_what_is_no_store(yigai: Command, site: Path, tmp_path: Path) -> None:
    """Files that are no store, stores of a newer version and journals that are none are left as they are: exit code 2."""
    text = tmp_path / "text"
    text.write_text("my notes\n" * 1000)
    other = tmp_path / "other"
    with closing(duckdb.connect(str(other))) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1")
    newer = tmp_path / "newer"
    with closing(open_store(str(newer), write=True)) as connection:
        connection.execute("UPDATE about SET value = '999' WHERE key = 'schema_version'")
    (tmp_path / "fresh.journal").write_text("my diary\n")
    for name, words in (
        ("text", "no store of yigai"),
        ("other", "no store of yigai"),
        ("newer", "made by a newer yigai"),
        ("fresh", "no journal of yigai"),
        ("absent/s", "No such file"),
    ):
        files = {path: path.read_bytes() for path in tmp_path.iterdir()}
        done = yigai("corpus", "add", site, "--store", name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), name
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_a_store_without_a_table(yigai: Command, site: Path, tmp_path: Path) -> None:
    """A store that another program took a table from is exit code 2 and one line, whatever is asked of it."""
    assert yigai("corpus", "add", site, "--store", "s.duckdb", "--jobs", 1, cwd=tmp_path).returncode == 0
    with duckdb.connect(str(tmp_path / "s.duckdb")) as con:
        con.execute("DROP TABLE mentions")
    for verb in (("report",), ("export", "out", "--format", "csv")):
        done = yigai("corpus", *verb, "--store", "s.duckdb", cwd=tmp_path)
        assert done.returncode == 2
        (line,) = done.stderr.splitlines()
        assert line.startswith("yigai: what stands in the store cannot be read")


def test_a_sample_of_a_store_with_what_is_no_finding(yigai: Command, site: Path, tmp_path: Path) -> None:
    """Objects that another program wrote are exit code 2 and one line, not a traceback."""
    assert yigai("corpus", "add", site, "--store", "s.duckdb", "--jobs", 1, cwd=tmp_path).returncode == 0
    with duckdb.connect(str(tmp_path / "s.duckdb")) as con:
        con.execute("UPDATE findings SET object = '{}'")
    done = yigai("corpus", "sample", "--store", "s.duckdb", "--output", "s.csv", cwd=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "a finding in the store cannot be read" in line


def test_no_input_is_written_over(yigai: Command, tmp_path: Path) -> None:
    """A page that is called as what the run writes beside the store is left alone."""
    for name in ("s", "s.journal", "s.adding", "s.new"):
        (tmp_path / name).write_text("A page.")
        done = yigai("corpus", "add", name, "--store", "s", cwd=tmp_path)
        assert done.returncode == 2
        assert [path.read_text() for path in tmp_path.iterdir()] == ["A page."]
        (tmp_path / name).unlink()


def test_an_older_store_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps since the version of a store are run when it is written to; to read, it must be of this version."""
    path = str(tmp_path / "s")
    open_store(path, write=True).close()
    monkeypatch.setattr(stores, "MIGRATIONS", ("ALTER TABLE documents ADD COLUMN more INTEGER",))
    monkeypatch.setattr(stores, "SCHEMA_VERSION", 2)
    with pytest.raises(ConfigError, match="older"):
        open_store(path)
    open_store(path, write=True).close()
    with closing(open_store(path)) as connection:
        assert connection.execute("SELECT more FROM documents").fetchall() == []
        assert connection.execute("SELECT value FROM about WHERE key = 'schema_version'").fetchall() == [("2",)]


def test_export(yigai: Command, site: Path, tmp_path: Path) -> None:
    """Each table is a file, Parquet or CSV, with all its rows."""
    yigai("corpus", "add", site, "--store", "s", "--jobs", 1, cwd=tmp_path)
    for word in ("parquet", "csv"):
        done = yigai("corpus", "export", "--store", "s", "--format", word, "out", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        names = sorted(path.name for path in (tmp_path / "out").glob(f"*.{word}"))
        assert names == sorted(f"{table}.{word}" for table in (*TABLES, "about", "runs"))
        assert done.stdout.split() == [f"out/{table}.{word}" for table in stores.TABLES]
        for table in TABLES:
            read = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/{table}.{word}'").fetchall()
            assert read == rows(tmp_path / "s", f"SELECT count(*) FROM {table}")
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".csv"] * 9 + [".parquet"] * 9
    assert yigai("corpus", "export", "--store", "absent", "out", cwd=tmp_path).returncode == 2


def test_without_the_extra(yigai: Command, site: Path, tmp_path: Path) -> None:
    """Where the database is not installed one line says what to install."""
    (tmp_path / "lib" / "duckdb").mkdir(parents=True)
    (tmp_path / "lib" / "duckdb" / "__init__.py").write_text("raise ImportError")
    done = yigai("corpus", "add", site, "--store", "s", cwd=tmp_path, PYTHONPATH=str(tmp_path / "lib"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "yigai: a store of pages needs DuckDB: pip install 'yigai[corpus]'\n"


@pytest.mark.parametrize(
    ("path", "record", "given", "found"),
    [
        ("crawl.warc.gz", "https://www.Site.example:8080/news/2021/a.html?x=/y/z", "", ("www.site.example", "news")),
        ("crawl.warc.gz", "http://site.example/a.html", "", ("site.example", "")),
        ("crawl.warc.gz", "http://[broken/a", "", ("", "")),
        ("site.zip", "pages/news/a.html", "", ("pages", "news")),
        ("pages/news/old/a.html", None, "", ("pages", "news")),
        ("pages/news/old/a.html", None, "pages/news/", ("news", "old")),
        ("./pages/a.html", None, ".", ("pages", "")),
        ("./a.html", None, ".", ("", "")),
        ("/home/me/pages/news/a.html", None, "/home/me/pages", ("pages", "news")),
        ("/home/me/pages/news/a.html", None, "", ("news", "")),
        ("../pages/a.html", None, "", ("pages", "")),
        ("../pages/news/a.html", None, "..", ("pages", "news")),
        ("mirror/www.site.example/news/a.html", None, "mirror", ("www.site.example", "news")),
        ("C:\\pages\\news\\a.html", None, "C:\\pages", ("pages", "news")),
        ("pages.jsonl", "line 4", "", ("", "")),
    ],
)
def test_site_and_section(path: str, record: str | None, given: str, found: tuple[str, str]) -> None:
    """The site is the host of an address, else the folder that was given, else the first one that tells anything."""
    assert site_of(path, record, [given] if given else []) == found


class Filled:
    """A store that is filled with rows made by hand."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "store"

    def add(self, *made: Row, whole: tuple[str, ...] = ()) -> Added:
        """Take rows in as those of one run."""
        staging = Staging(f"{self.path}.adding")
        for number, row in enumerate(made):
            rows = rows_to_json([{"part": 0, **row}])
            staging.add(number, row["page_key"], Signature(row["exact"], None), rows)
        staging.finish()
        return take_in(str(self.path), staging, {}, datetime(2026, 1, 1), whole, 0)

    def get(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return rows(self.path, query)


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    """A store to be filled."""
    return Filled(tmp_path)


def row(path: str, key: str, *found: str, record: str = "", page: str = "", repeats: str | None = None) -> Row:
    """A page with findings of these fingerprints, or one that repeats another; its key begins with its text."""
    finding = dict.fromkeys(("rule", "name", "category", "severity", "confidence", "quote", "object"), '"x"')
    return {
        "state": "duplicate" if repeats else "checked",
        "path": path, "record": record, "page": page, "page_key": key, "exact": key.partition(" ")[0],
        "site": "", "section": "", "words": 1, "subject": "other", "triage": "fine", "reasons": [],
        "duplicate_path": repeats, "duplicate_record": "" if repeats else None, "text": key,
        "findings": [{**finding, "number": n, "count": 1, "fingerprint": f} for n, f in enumerate(found, 1)],
    }  # fmt: skip


def test_since_when(filled: Filled) -> None:
    """A finding that was there before keeps the run that found it first; what is gone and comes again is new."""
    for key, *found in (("a", "x", "y"), ("b", "y", "z"), ("c", "x", "y", "z")):
        filled.add(row("p", key, *found))
    assert filled.get("SELECT fingerprint, since FROM findings ORDER BY ALL") == [("x", 3), ("y", 1), ("z", 2)]
    assert filled.get("SELECT document, run, page_key FROM documents") == [(1, 3, "c")]
    assert filled.get("SELECT text FROM texts") == [("c",)]


def test_pages_of_several_documents(filled: Filled) -> None:
    """A page that has fewer documents now loses the others; a page whose name begins alike is none of them."""
    inner = [row("t.tmx", "a", record=f"unit {n}") for n in (1, 2, 3)]
    records = [row("z.zip", "b", record="x: y", page="x"), row("z.zip", "c", record="x: z", page="x: z")]
    filled.add(*inner, *records)
    added = filled.add(row("t.tmx", "d", record="unit 2"), row("z.zip", "e", record="x: new", page="x"))
    assert added == Added(2, 2, 0, 0, 3, 0)
    left = [("t.tmx", "unit 2"), ("z.zip", "x: new"), ("z.zip", "x: z")]
    assert filled.get("SELECT path, record FROM documents ORDER BY ALL") == left


def test_two_of_one_name(filled: Filled) -> None:
    """Of two documents of one name the first counts."""
    filled.add(row("p", "a"), row("p", "b"))
    assert filled.get("SELECT page_key FROM documents") == [("a",)]


def test_pages_from_elsewhere_that_repeat(filled: Filled) -> None:
    """What repeats a page whose text is another now, or is gone, is taken out; under other settings it stays."""
    filled.add(row("first", "text 1", "x"), row("second", "text 1", repeats="first"))
    assert filled.add(row("first", "text 2", "x")).orphans == 0
    assert filled.get("SELECT path, duplicate_of FROM documents ORDER BY ALL") == [("first", None), ("second", 1)]
    assert filled.add(row("first", "other 2")) == Added(3, 1, 0, 0, 1, 1)
    assert filled.get("SELECT path FROM documents") == [("first",)]


def test_what_repeats_a_page_that_repeats(filled: Filled) -> None:
    """A page from elsewhere follows the one that it repeats to the page that this repeats."""
    filled.add(row("b", "text 1"), row("c", "text 1", repeats="b"))
    filled.add(row("a", "text 1"), row("b", "text 1", repeats="a"))
    query = "SELECT d.path, f.path FROM documents d LEFT JOIN documents f ON f.document = d.duplicate_of ORDER BY ALL"
    assert filled.get(query) == [("a", None), ("b", "a"), ("c", "a")]
    assert filled.add(row("b", "text 1", repeats="a")).run is None


@pytest.fixture
def follow(yigai: Command, tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Add files of a page each; returns each page of the store with the one it repeats."""

    def add(**texts: str) -> list[tuple[Any, ...]]:
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
        done = yigai("corpus", "add", *texts, "--store", "s", "--jobs", 1, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        query = (
            "SELECT d.path, f.path FROM documents d LEFT JOIN documents f ON f.document = d.duplicate_of ORDER BY ALL"
        )
        return rows(tmp_path / "s", query)

    return add


def test_duplicates_across_runs(follow: Callable[..., list[tuple[Any, ...]]], tmp_path: Path) -> None:
    """A page may repeat one of an earlier run; when the first one changes, the next one is checked in its stead."""
    long = " ".join(f"word{n} of the county hospital number{n * 7}" for n in range(400))
    assert follow(b=long) == [("b", None)]
    assert follow(c=long.replace("word7 ", "words ")) == [("b", None), ("c", "b")]
    assert follow(b="Another text.", c=(tmp_path / "c").read_text()) == [("b", None), ("c", None)]
    assert follow(a="Another text.", b="Another text.") == [("a", None), ("b", "a"), ("c", None)]
