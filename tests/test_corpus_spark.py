"""Pages checked by a real Spark on this machine: what it finds is what one machine finds, and goes into the same store."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from checker.config import ConfigError
from tests.conftest import Run as Command
from tests.test_corpus_store import WRONG, rows, whole, write_lines

pyspark = pytest.importorskip("pyspark", reason="yigai[spark] is not installed")
pytest.importorskip("pandas", reason="yigai[spark] is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java here, which Spark runs on", allow_module_level=True)

from checker.batch.processes import Limits  # noqa: E402
from checker.batch.spark import Check, check_pages, read_pages, session, tables  # noqa: E402
from checker.cli.corpus import on_spark  # noqa: E402
from checker.cli.corpus.add import add  # noqa: E402
from glossary import load  # noqa: E402

WORKERS = "local-cluster[2,1,1024]"
"""Two processes of their own, each a worker with a core, that get everything over the network."""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with files of many kinds, of pages that repeat each other, and with one that cannot be read."""
    import pyarrow
    from pyarrow import parquet
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(WRONG.format("one"))
    (folder / "b.txt").write_text("")
    (folder / "c.html").write_text(f"<html><body><p>{WRONG.format('three')}</p></body></html>")
    (folder / "e.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "卫健委"\nmsgstr "{WRONG.format("po")}"\n'
    )
    numbers = {f"https://a.example/{at}": WRONG.format(f"no {at % 7}") for at in range(20)}
    lines = write_lines(folder / "lines.jsonl", numbers)
    with lines.open("a") as stream:
        stream.write('{"url": "https://a.example/1", "text": "The doctor doctor came."}\nno JSON\n')
    table = {"address": ["x", "y"], "html": [f"<p>{WRONG.format('one')}</p>", "<p>A page.</p>"], "date": ["2020", None]}
    parquet.write_table(pyarrow.table(table), folder / "table.parquet")
    with (folder / "crawl.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        body = io.BytesIO(f"<p>{WRONG.format('five')}</p>".encode())
        writer.write_record(
            writer.create_warc_record("https://c.example/n/1", "response", payload=body, http_headers=headers)
        )
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        archive.writestr("d/copy.txt", WRONG.format("three"))
        archive.writestr("d/other.txt", WRONG.format("six") + " The doctor doctor came.")
    (folder / "z.txt").write_bytes(b"%PDF-1.7")
    return folder


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session of two workers; their folders are made where they are started from."""
    home = Path(pyspark.__file__).parent
    before = set(home.iterdir())
    made = session(WORKERS)
    yield made
    made.stop()
    for folder in set(home.iterdir()) - before:
        shutil.rmtree(folder)


class Shared:
    """The session as the command gets it, which it may not end."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    def stop(self) -> None:
        """Nothing: other tests need it."""


def test_the_same_store(
    spark: Any, yigai: Command, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    """Two workers of Spark make the store that one machine makes, at first and when pages have changed."""
    monkeypatch.setattr(on_spark, "session", lambda master: Shared(spark))
    monkeypatch.chdir(tmp_path)
    local, distributed = tmp_path / "local", tmp_path / "distributed"
    (tmp_path / "style.yaml").write_text("- id: medical-consortium\n  zh: 医联体\n  preferred: medical alliance\n")

    def both() -> None:
        options = ("--store", local, "--glossary", "style.yaml", "--duplicates", "exact")
        here = yigai("corpus", "add", "pages", *options, cwd=tmp_path)
        with pytest.raises(typer.Exit) as left:
            add(["pages"], str(distributed), ["style.yaml"], engine="spark", master=WORKERS)
        there = capfd.readouterr()
        assert there.out == here.stdout
        assert [line for line in there.err.splitlines() if line.startswith("yigai:")] == here.stderr.splitlines()
        assert left.value.exit_code == here.returncode == 2
        assert whole(distributed) == whole(local)

    both()
    assert len(rows(local, "FROM documents WHERE duplicate_of IS NOT NULL")) == 15
    assert len(rows(local, "FROM errors")) == 2
    (pages / "a.txt").write_text(WRONG.format("another"))
    (pages / "0.txt").write_text(WRONG.format("three"))
    (pages / "lines.jsonl").write_text((pages / "lines.jsonl").read_text().replace("no 3", "no 4"))
    kept = json.loads(rows(local, "SELECT object FROM findings WHERE object->>'path' = 'pages/c.html'")[0][0])
    entry = {"path": "pages/c.html", "rule": kept["rule"], "fingerprint": kept["fingerprint"], "count": 1}
    (tmp_path / "yigai-accepted.yaml").write_text(json.dumps([entry]))
    both()
    assert rows(local, "SELECT run, pages > 0, unchanged > 0 FROM runs") == [(1, True, False), (2, True, True)]
    names = ["distributed", "local", "pages", "style.yaml", "yigai-accepted.yaml"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_a_frame_in_a_notebook(spark: Any, yigai: Command, tmp_path: Path) -> None:
    """A frame of Spark's own is checked as its file is; the tables have the store's columns."""
    texts = {f"https://a.example/{at}": WRONG.format(f"no {at}") for at in range(8)}
    path = write_lines(tmp_path / "lines.jsonl", texts)
    checked = check_pages(spark, spark.read.json(str(path)), load(), path=str(path)).cache()
    yigai("corpus", "add", path, "--store", "s", cwd=tmp_path)
    made = tables(checked)
    for table, frame in made.items():
        names = [name for name in frame.columns if name not in ("path", "record", "page_key")]
        if table == "documents":
            wanted = rows(tmp_path / "s", f"SELECT record, {', '.join(names)} FROM documents ORDER BY ALL")
        elif table == "errors":
            wanted = []
        else:
            wanted = rows(
                tmp_path / "s", f"SELECT record, t.{', t.'.join(names)} FROM {table} t JOIN documents USING (document)"
            )
        found = [tuple(row) for row in frame.select("record", *names).collect()]
        assert sorted(found, key=str) == sorted(wanted, key=str), table
    assert len(made["findings"].collect()) >= 8
    with pytest.raises(ConfigError, match="no field"):
        check_pages(spark, spark.createDataFrame([(1,)], "number long"), load())


def test_a_page_that_takes_too_long(spark: Any, tmp_path: Path) -> None:
    """A page that takes too long costs that page alone."""
    path = write_lines(tmp_path / "lines.jsonl", {"slow": WRONG.format("x ") * 4000, "good": WRONG.format("one")})
    frame = check_pages(spark, read_pages(spark, [str(path)]), Check(load(), limits=Limits(0.2)))
    found = {row.page: (row.state, row.reason) for row in frame.select("page", "state", "reason").collect()}
    assert found == {"slow": ("error", "timeout"), "good": ("checked", None)}


def test_what_cannot_be(yigai: Command, tmp_path: Path) -> None:
    """Near duplicates are for one machine, and Spark needs to be told where it is."""
    (tmp_path / "a.txt").write_text("A page.")
    for more, words in (
        (("--engine", "spark"), "needs --master"),
        (("--engine", "spark", "--master", "local[2]", "--duplicates", "near"), "exact or all"),
        (("--engine", "sparc"), "spark"),
        (("--master", "local[2]"), "needs --master"),
    ):
        done = yigai("corpus", "add", "a.txt", "--store", "s", *more, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_without_the_extra(tmp_path: Path) -> None:
    """Where pyspark is not installed one line says what to install."""
    (tmp_path / "pyspark").mkdir()
    (tmp_path / "pyspark" / "__init__.py").write_text("raise ImportError")
    program = "from checker.batch.spark import session; session('local[2]')"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(tmp_path)}
    )
    assert "running on Spark needs pyspark: pip install 'yigai[spark]'" in done.stderr
