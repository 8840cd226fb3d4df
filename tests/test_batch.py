"""Runs over many pages: order, faults that cost one page alone, duplicates, going on, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from checker.batch.journal import Journal
from checker.batch.merging import Merging
from checker.batch.processes import Limits, Workers, WorkersError
from checker.batch.raw_page import RawPage
from checker.batch.run import Done, Duplicates, Run
from checker.batch.seen import Seen
from checker.batch.signatures import signature_of, simhash
from checker.batch.worker import CheckerWork, Task
from checker.config import ConfigError
from checker.document import Document
from checker.finding import CheckError, Result
from checker.options import Options
from checker.pipeline import Checker
from checker.readers import BY_CONTENT
from glossary import load
from tests.batch_faults import FaultyWork, NoWork
from tests.conftest import Run as Command

WRONG = "Guangdong Province: the Health and Health Commission of {} is building medical consortiums."
MEGABYTE = 1024 * 1024
LONG = " ".join(f"word{n} of the county hospital number{n * 7}" for n in range(400))


def a_page(record: str, text: str) -> RawPage:
    """A page of an archive."""
    return RawPage("x", record, "", text.encode(), "text")


def outcomes(
    pages: Iterable[RawPage | CheckError],
    jobs: int = 2,
    limits: Limits = Limits(),  # noqa: B008  # a constant
    make: Callable[..., Any] = CheckerWork,
    duplicates: Duplicates = "near",
    journal: Path | None = None,
) -> list[Done]:
    """What a run over pages gives."""
    seen = Seen()
    kept = Journal(str(journal), {"a": "b"}, seen) if journal else None
    arguments = () if make is NoWork else ((), load().signature, Options(), BY_CONTENT, False)
    workers = Workers(jobs, limits, make, arguments)
    run = Run(workers, lambda page: Task(page, Options(), {}), seen, kept, duplicates, jobs)
    try:
        return list(run.outcomes(pages))
    finally:
        seen.close()
        if kept:
            kept.close()


def told(done: Sequence[Done]) -> list[str]:
    """For each page its record with what came of it."""
    made = []
    for item in done:
        assert item.page is not None
        found = [finding.quote for checked in item.outcome.checked for finding in checked.sifted.shown]
        said = [error.reason for error in item.outcome.errors]
        copies = [f"= {report.duplicate_of[1]}" for report in item.repeats if report.duplicate_of]
        made.append(" ".join([str(item.page.record), *said, *copies, *(["found"] if found else [])]))
    return made


def test_faults_cost_one_page(tmp_path: Path) -> None:
    """Pages that crash, hang, fail or eat memory, while read or while checked, are errors; all others are checked."""
    faults = [
        f"{fault} {when}" for fault in ("RAISE", "CRASH", "HANG", "HUNGRY") for when in ("WHILE-READ", "WHILE-CHECKED")
    ]
    pages = []
    for number, fault in enumerate(faults):
        pages += [a_page(f"bad {number}", fault), a_page(f"good {number}", WRONG.format(f"City {number}"))]
    done = outcomes(pages, limits=Limits(5.0, 300 * MEGABYTE), make=FaultyWork)
    reasons = ["crashed"] * 4 + ["timeout"] * 2 + ["memory"] * 2
    if sys.platform != "linux":
        reasons = reasons[:6]
    assert told(done)[: 2 * len(reasons)] == [
        line
        for number, reason in enumerate(reasons)
        for line in (f"bad {number} {reason}", f"good {number} found")
    ]  # fmt: skip
    assert "LookupError at batch_faults.py" in done[0].outcome.errors[0].message


def test_workers_that_cannot_start() -> None:
    """A run whose workers die before they are ready says so instead of starting others for ever."""
    with pytest.raises(WorkersError, match="exit code 7"):
        outcomes([a_page("1", "One.")], make=NoWork)
    seen = Seen()
    workers = Workers(1, Limits(), CheckerWork, ((), "another", Options(), BY_CONTENT, False))
    run = Run(workers, lambda page: Task(page, Options(), {}), seen)
    with pytest.raises(WorkersError, match="the glossary has been changed"):
        list(run.outcomes([a_page("1", "One.")]))
    seen.close()


def test_duplicates() -> None:
    """A page that repeats an earlier one, or nearly so, is checked once; its report is that of the other."""
    near = LONG.replace("word200 ", "word200x ")
    pages = [
        a_page("1", LONG), a_page("2", LONG.upper()), a_page("3", near), a_page("4", "short"), a_page("5", "short x"),
        a_page("6", ""), a_page("7", ""), a_page("8", "short"),
    ]  # fmt: skip
    for jobs in (1, 2, 3):
        assert told(outcomes(pages, jobs)) == ["1", "2 = 1", "3 = 1", "4", "5", "6", "7", "8 = 4"]
    exact = told(outcomes(pages, duplicates="exact"))
    assert exact == ["1", "2 = 1", "3", "4", "5", "6", "7", "8 = 4"]
    assert not any("=" in line for line in told(outcomes(pages, duplicates="all")))


def test_duplicates_of_a_page_that_failed() -> None:
    """The same text fails likewise and is not tried again; nearly the same text is."""
    bad = LONG + " HANG WHILE-CHECKED"
    pages = [a_page("1", bad), a_page("2", bad), a_page("3", bad.replace("WHILE", "AND"))]
    done = outcomes(pages, limits=Limits(1.0), make=FaultyWork)
    assert told(done) == ["1 timeout", "2 timeout", "3"]
    assert done[1].outcome.errors[0].message.startswith("the page repeats x [1], of which: ")


def test_simhash_of_changed_text() -> None:
    """A changed word of many changes few of the bits, another text about half of them."""
    words = LONG.split()
    first = simhash(words)
    assert (first ^ simhash([*words[:50], "other", *words[51:]])).bit_count() <= 3
    assert 16 < (first ^ simhash([f"other{n}" for n in range(500)])).bit_count() < 48


def test_signatures_of_options() -> None:
    """The same page under other settings, or beside other Chinese, is no duplicate."""
    document = Document("x", "The hospital.")
    assert signature_of([document], Options()) == signature_of([Document("y", "THE  hospital.")], Options())
    assert signature_of([document], Options()) != signature_of([document], Options(preview=True))
    assert signature_of([Document("x", " \n")], Options()) is None


def test_going_on(tmp_path: Path) -> None:
    """A journal cut anywhere is gone on with; what it holds is not checked again, and the outcomes are the same."""
    journal = tmp_path / "journal"
    pages = [a_page(str(n), WRONG.format(n)) for n in range(5)] + [
        a_page("5", WRONG.format(2)),
        a_page("6", "RAISE WHILE-CHECKED"),
    ]
    whole = outcomes(pages, make=FaultyWork, journal=journal)
    content = journal.read_bytes()
    assert content.count(b"\n") == 1 + len(pages)
    for size in (0, 20, len(content) // 3, len(content) // 2, len(content) - 1, len(content)):
        journal.write_bytes(content[:size])
        again = outcomes(pages, make=FaultyWork, journal=journal)
        assert [(item.outcome, item.repeats) for item in again] == [(item.outcome, item.repeats) for item in whole]
        assert sum(item.resumed for item in again) == max(0, content[:size].count(b"\n") - 1)
        assert journal.read_bytes() == content


def test_going_on_with_other_pages(tmp_path: Path) -> None:
    """A changed page is checked again; one that was a duplicate and is none any more is checked too."""
    journal = tmp_path / "journal"
    outcomes([a_page("1", LONG), a_page("2", LONG), a_page("3", "Old.")], journal=journal)
    done = outcomes([a_page("2", LONG), a_page("3", "New."), a_page("1", LONG)], journal=journal)
    assert told(done) == ["2", "3", "1 = 2"]
    assert [item.resumed for item in done] == [False, False, True]


def test_journals_of_others(tmp_path: Path) -> None:
    """A file that is no journal is never written over, nor is one of other settings or one in use."""
    path = tmp_path / "journal"
    for content in ("my notes", "my notes\n", '{"journal": "yigai", "format": 0}\n'):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ConfigError):
            Journal(str(path), {}, Seen())
        assert path.read_text(encoding="utf-8") == content
    if os.name == "posix":
        path.unlink()
        first = Journal(str(path), {}, Seen())
        with pytest.raises(ConfigError, match="another run"):
            Journal(str(path), {}, Seen())
        first.close()


def test_the_sum_is_that_of_one_process() -> None:
    """What pages give one by one, put together, is what the pipeline gives for all of them."""
    checker = Checker(load())
    texts = [
        WRONG.format("A"),
        "The medical union of Sichuan. " * 3,
        "",
        WRONG.format("B") + " Medical alliances work.",
    ]
    plain = checker.check([Document("x", text, str(n)) for n, text in enumerate(texts)])
    merging = Merging(checker)
    parts = [merging.part(done) for done in outcomes([a_page(str(n), text) for n, text in enumerate(texts)])]
    assert [finding for part in parts for finding in part.findings] == list(plain.findings)
    assert [report for part in parts for report in part.documents] == list(plain.documents)
    assert merging.end(0).summary == plain.summary


def a_site(path: Path, count: int) -> Path:
    """A zip of so many pages."""
    with zipfile.ZipFile(path, "w") as made:
        for number in range(count):
            made.writestr(f"{number:03}.txt", WRONG.format(f"City {number}") + f" Page {number} of the hospital." * 40)
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of sixty pages."""
    return a_site(tmp_path_factory.mktemp("archive") / "site.zip", 60)


@pytest.fixture(scope="module")
def long_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of pages that take longer than it takes to stop a run."""
    return a_site(tmp_path_factory.mktemp("archive") / "site.zip", 200)


def test_the_same_for_any_number_of_processes(yigai: Command, archive: Path) -> None:
    """Output and exit code of one, two and three processes are the same to the byte."""
    runs = [yigai("check", archive.name, "--jobs", n, "--format", "jsonl", cwd=archive.parent) for n in (1, 2, 3)]
    assert {run.returncode for run in runs} == {1}
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout
    assert [run.stderr for run in runs] == ["", "", ""]


def test_formats_over_many_pages(yigai: Command, archive: Path, tmp_path: Path) -> None:
    """Every report of a folder is the same whether its pages are held together or forgotten one by one."""
    with zipfile.ZipFile(archive) as content:
        for name in content.namelist()[:6]:
            content.extract(name, tmp_path)
    for form in ("text", "json", "csv", "html"):
        plain = yigai("check", ".", "--format", form, cwd=tmp_path)
        many = yigai("check", ".", "--format", form, "--jobs", 2, cwd=tmp_path)
        assert (many.returncode, many.stdout) == (plain.returncode, plain.stdout), form


def test_accepted_findings_over_many_pages(yigai: Command, archive: Path, tmp_path: Path) -> None:
    """What is accepted is left out, and the page is judged without it."""
    with zipfile.ZipFile(archive) as content:
        for name in content.namelist()[:3]:
            content.extract(name, tmp_path)
    assert yigai("check", ".", "--accept", "--reason", "known", "--jobs", 2, cwd=tmp_path).returncode == 0
    plain = yigai("check", ".", "--format", "jsonl", cwd=tmp_path)
    many = yigai("check", ".", "--format", "jsonl", "--jobs", 2, cwd=tmp_path)
    assert (many.returncode, many.stdout) == (plain.returncode, plain.stdout)
    assert json.loads(many.stdout.splitlines()[-1])["accepted"] > 0


def started(archive: Path, journal: Path, *more: str) -> subprocess.Popen[bytes]:
    """A run in a process group of its own, which has written down a few pages."""
    program = "from checker.cli.main import main; main()"
    command = [sys.executable, "-P", "-c", program, "check", str(archive), "--format", "jsonl", "--jobs", "2"]
    process = subprocess.Popen(
        [*command, "--resume", str(journal), *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    for _ in range(2000):
        if journal.exists() and journal.read_bytes().count(b"\n") >= 6:
            return process
        time.sleep(0.01)
    raise AssertionError("the run does not get on")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_and_gone_on_with(yigai: Command, long_archive: Path, tmp_path: Path) -> None:
    """After kill -9 the run goes on where it stopped, and the report is that of an undisturbed run."""
    journal = tmp_path / "journal"
    process = started(long_archive, journal)
    process.kill()
    process.communicate(timeout=60)
    before = journal.read_bytes()
    again = yigai("check", long_archive, "--format", "jsonl", "--jobs", 2, "--resume", journal)
    assert again.stdout == yigai("check", long_archive, "--format", "jsonl", "--jobs", 1).stdout
    after = journal.read_bytes()
    assert after.startswith(before[: before.rindex(b"\n") + 1])
    assert after.count(b"\n") == 201


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c(yigai: Command, long_archive: Path, tmp_path: Path) -> None:
    """Ctrl-C, which every process of a terminal gets, ends the run with what is done reported, exit code 130."""
    journal = tmp_path / "journal"
    process = started(long_archive, journal)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert b"go on with --resume" in err
    lines = [json.loads(line) for line in out.splitlines()]
    assert lines[-1]["type"] == "summary"
    assert 5 <= lines[-1]["documents"] < 200
    assert "stopped after" in lines[-1]["unchecked"][0]
    again = yigai("check", long_archive, "--format", "jsonl", "--jobs", 2, "--resume", journal)
    assert again.stdout == yigai("check", long_archive, "--format", "jsonl", "--jobs", 1).stdout


def test_what_cannot_be_combined(yigai: Command, archive: Path) -> None:
    """An archive is not annotated and has no Chinese beside it; a journal of other settings is not gone on with."""
    for options in (["--source", "."], ["--format", "docx"], ["--duplicates", "some"]):
        done = yigai("check", archive, *options)
        assert (done.returncode, done.stdout) == (2, ""), options
        assert "Traceback" not in done.stderr


def test_the_worst_is_kept_of_damaged_archives(yigai: Command, tmp_path: Path) -> None:
    """An archive that cannot be read is an error object and exit code 2; the pages of others are checked."""
    (tmp_path / "a.zip").write_bytes(b"nothing")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": WRONG, "url": "https://a.example/"}) + "\n", encoding="utf-8")
    done = yigai("check", "a.zip", "b.jsonl", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 2
    kinds = [json.loads(line) for line in done.stdout.splitlines()]
    assert (kinds[0]["type"], kinds[0]["reason"]) == ("error", "damaged")
    assert {item["record"] for item in kinds if item["type"] == "finding"} == {"https://a.example/"}
    assert "yigai: a.zip: " in done.stderr


def test_results_of_parts_have_empty_summaries() -> None:
    """The part of one page counts nothing by itself."""
    (done,) = outcomes([a_page("1", WRONG)], jobs=1)
    part: Result = Merging(Checker(load())).part(done)
    assert part.summary.documents == 0
