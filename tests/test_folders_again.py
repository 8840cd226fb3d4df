"""Runs over folders and files of many pages that are repeated, written into, or cannot be read to their end."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from checker.readers import walk
from tests.command_here import command_here

WRONG = "The Health and Health Commission of Guangdong said so.\n"
LONG = " ".join(f"The People's Hospital of Heting County has {n} beds and word{n}." for n in range(30))


def test_no_report_over_what_is_read(tmp_path: Path) -> None:
    """A report is not written over a page or over its Chinese."""
    for name in ("a.txt", "zh.txt"):
        (tmp_path / name).write_text(WRONG, encoding="utf-8")
    for more in (["-o", "a.txt"], ["-o", "./a.txt", "--format", "html"], ["--source", "zh.txt", "-o", "zh.txt"]):
        done = command_here("check", "a.txt", *more, cwd=tmp_path)
        assert (done.returncode, "would be written over" in done.stderr) == (2, True)
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in ("a.txt", "zh.txt")] == [WRONG, WRONG]
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "a.txt").write_text("医改。\n", encoding="utf-8")
    (tmp_path / "house.yaml").write_text("- {id: n, zh: 药, preferred: drug}\n", encoding="utf-8")
    for more in (["--source", "zh", "-o", "zh/a.txt"], ["--glossary", "house.yaml", "-o", "house.yaml"]):
        done = command_here("check", "a.txt", *more, cwd=tmp_path)
        assert (done.returncode, "would be written over" in done.stderr) == (2, True)


def test_no_corpus_report_over_the_store(tmp_path: Path) -> None:
    """A report of a store is not written over the store."""
    pytest.importorskip("duckdb")
    (tmp_path / "a.txt").write_text(WRONG, encoding="utf-8")
    assert command_here("corpus", "add", "a.txt", "--store", "s.duckdb", cwd=tmp_path).returncode == 0
    before = (tmp_path / "s.duckdb").read_bytes()
    done = command_here("corpus", "report", "--store", "s.duckdb", "--format", "html", "-o", "s.duckdb", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "s.duckdb").read_bytes() == before) == (2, True)


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error and the rest goes on; it does not look as if it were empty."""
    (tmp_path / "site" / "shut").mkdir(parents=True)
    (tmp_path / "site" / "a.txt").write_text("All is well.\n", encoding="utf-8")
    real = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) == "shut":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(walk.os, "scandir", scandir)
    done = command_here("check", "site", cwd=tmp_path)
    assert done.returncode == 2
    assert "could not check: site/shut: the folder cannot be read: Permission denied" in done.stdout


def test_a_journal_without_what_is_accepted(tmp_path: Path) -> None:
    """What comments accept is not taken from the journal where accepted findings are asked for, nor the other way."""
    page = f"<p><!-- yigai: accept TRM: known -->{WRONG}</p>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    for _ in range(2):
        codes = [
            command_here("check", "a.html", "--resume", "j", *more, cwd=tmp_path).returncode
            for more in ([], ["--show-accepted"])
        ]
        assert codes == [0, 1]


def test_repeated_pages_of_a_resumed_run(tmp_path: Path) -> None:
    """What is to be kept on a page that repeats another is not counted again when the run is taken up."""
    (tmp_path / "site").mkdir()
    for name in "ab":
        (tmp_path / "site" / f"{name}.txt").write_text(LONG, encoding="utf-8")
    first, second = (command_here("check", "site", "--resume", "j", cwd=tmp_path).stdout for _ in range(2))
    assert "seen, to be kept as it stands" in first
    assert second == first


def test_objects_that_name_their_fields_differently(tmp_path: Path) -> None:
    """The fields are those of each object; one without text is an error, not a page that is fine."""
    rows = [{"url": "a", "text": WRONG}, {"link": "b", "body": WRONG, "date": "2019"}, {"url": "c", "title": "T"}]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = command_here("check", "p.jsonl", "--duplicates", "all", "--format", "jsonl", cwd=tmp_path)
    made = [json.loads(line) for line in done.stdout.splitlines()]
    pages = [(item["record"], item["words"], item["date"]) for item in made if item["type"] == "document"]
    assert pages == [("a", 9, None), ("b", 9, "2019")]
    assert [item["reason"] for item in made if item["type"] == "error"] == ["no-text"]
    done = command_here("check", "p.jsonl", "--text-field", "text", "--format", "jsonl", cwd=tmp_path)
    assert done.stdout.count('"no-text"') == 2


def test_errors_of_members_on_github(tmp_path: Path) -> None:
    """The page is named, for there may be many in one archive."""
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as made:
        made.writestr("in.zip", b"PK")
    done = command_here("check", "p.zip", "--format", "github", cwd=tmp_path)
    assert done.stdout.startswith("::error file=p.zip::in.zip: an archive")


def test_accepted_on_standard_input(tmp_path: Path) -> None:
    """Its entries do not lapse when files are checked."""
    command_here("check", "-", "--accept", "--reason", "r", cwd=tmp_path, stdin=WRONG.encode())
    (tmp_path / "a.txt").write_text("All is well.\n", encoding="utf-8")
    assert "ACC901" not in command_here("check", "a.txt", "--prune", cwd=tmp_path).stdout
    assert "path: '-'" in (tmp_path / "yigai-accepted.yaml").read_text(encoding="utf-8")


def test_dates_and_paths_of_the_configuration(tmp_path: Path) -> None:
    """A date without quotation marks is told of as such; ``./`` before a path means nothing."""
    (tmp_path / "a.txt").write_text(WRONG, encoding="utf-8")
    for value in ("2021", "2021-10-12"):
        (tmp_path / "yigai.toml").write_text(f"date = {value}\n", encoding="utf-8")
        assert "date must stand in quotation marks" in command_here("check", "a.txt", cwd=tmp_path).stderr
    (tmp_path / "yigai.toml").write_text('[[overrides]]\npaths = ["./*.txt"]\nignore = ["TRM"]\n', encoding="utf-8")
    assert command_here("check", "a.txt", cwd=tmp_path).returncode == 0
