"""The command as people run it: exit codes, bad input, streams, settings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import checker.glossary_lint.registry
import checker.rules.registry
from glossary.version import VERSION
from tests.command_here import command_here
from tests.conftest import Run

WRONG = (
    "Guangdong Province will deepen the reform of the medical and health system. "
    "The Health and Health Commission of Guangdong is building medical consortiums.\n"
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with one bad page, one clean one, one empty one and a picture."""
    (tmp_path / "bad.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "clean.txt").write_text("The cat sat on the mat.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return tmp_path


def test_version(yigai: Run) -> None:
    """``--version`` names tool and version."""
    done = yigai("--version")
    assert (done.returncode, done.stdout) == (0, f"yigai {VERSION}\n")


def test_help_needs_no_glossary(yigai: Run) -> None:
    """Help is plain text and lists the verbs."""
    done = yigai("--help")
    assert done.returncode == 0
    assert all(verb in done.stdout for verb in ("check", "rule", "term", "explain", "evaluate"))


def test_a_clean_page(pages: Path) -> None:
    """No findings is exit code 0."""
    done = command_here("check", "clean.txt", cwd=pages)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 page")


def test_a_bad_page(pages: Path) -> None:
    """Findings are exit code 1, at their place, with what to write."""
    done = command_here("check", "bad.txt", cwd=pages)
    assert done.returncode == 1
    assert f"bad.txt:1:{WRONG.index('Health and Health') + 1}  error  TRM101 wrong-rendering" in done.stdout
    assert "write  Health Commission" in done.stdout


def test_exit_zero(pages: Path) -> None:
    """``--exit-zero`` turns 1 into 0, but leaves 2."""
    assert command_here("check", "bad.txt", "--exit-zero", cwd=pages).returncode == 0
    assert command_here("check", "nowhere.txt", "--exit-zero", cwd=pages).returncode == 2


def test_an_empty_file(pages: Path) -> None:
    """No bytes are a document of no words, not an error."""
    done = command_here("check", "empty.txt", "--format", "jsonl", cwd=pages)
    document, summary = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert (document["path"], document["words"], summary["errors"]) == ("empty.txt", 0, 0)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.txt", None, "missing"),
        ("picture.txt", b"\x89PNG\r\n\0\0", "binary"),
        ("latin.txt", "Müller’s naïve café".encode("cp1252"), "undecodable"),
    ],
)
def test_a_file_that_cannot_be_read(pages: Path, name: str, content: bytes | None, reason: str) -> None:
    """Such a file is an error and exit code 2; the rest of the batch is still checked."""
    if content is not None:
        (pages / name).write_bytes(content)
    done = command_here("check", name, "bad.txt", "--format", "jsonl", cwd=pages)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [(row["path"], row["reason"]) for row in rows if row["type"] == "error"] == [(name, reason)]
    assert any(row["type"] == "finding" and row["path"] == "bad.txt" for row in rows)
    assert done.stderr.startswith(f"yigai: {name}: ")


def test_a_folder(pages: Path) -> None:
    """Of a folder the pictures are skipped and counted."""
    done = command_here("check", ".", cwd=pages)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "skipped: 1 file of folders, not a known text format"


def test_an_empty_folder(tmp_path: Path) -> None:
    """A folder without pages is no fault."""
    assert command_here("check", ".", cwd=tmp_path).returncode == 0


def test_standard_input(yigai: Run) -> None:
    """``-`` checks standard input, under the name given."""
    done = yigai("check", "-", "--stdin-filename", "draft.txt", "--format", "concise", stdin=WRONG.encode())
    assert done.returncode == 1
    assert done.stdout.startswith("draft.txt:1:")


def test_output_file(pages: Path) -> None:
    """``--output`` writes the same bytes that would go to standard output."""
    shown = command_here("check", "bad.txt", "--format", "jsonl", cwd=pages).stdout
    done = command_here("check", "bad.txt", "--format", "jsonl", "--output", "report.jsonl", cwd=pages)
    assert (done.returncode, done.stdout) == (1, "")
    assert (pages / "report.jsonl").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "jason"), "did you mean 'json'?"),
        (("--select", "TRM999"), "unknown rule 'TRM999'; did you mean 'TRM"),
        (("--select", "TMR"), "unknown rule 'TMR'; did you mean 'TRM'?"),
        (("--select", "all"), "unknown rule 'all'; `yigai rule` lists them\n"),
        (("--ignore", "wrong-renderings"), "did you mean 'wrong-rendering'?"),
        (("--subject", "health_reform"), "did you mean 'health-reform'?"),
        (("--spelling", "uk"), "unknown value of spelling: 'uk'"),
        (("--date", "soon"), "ISO date"),
        (("--profile", "drft"), "did you mean 'draft'?"),
        (("--fail-on", "never"), "possible: info, warning, error"),
        (("--glossary", "nowhere.yaml"), "nowhere.yaml"),
        (("--output", "no/such/folder/x"), "no/such/folder/x: its folder does not exist"),
        (("--memory-limit", "1"), "memory-limit must be at least 64"),
        (("--formt", "json"), "--format"),
    ],
)
def test_usage_errors(pages: Path, arguments: tuple[str, str], words: str) -> None:
    """Whatever cannot be meant is exit code 2, one message with the nearest name, no traceback, no report."""
    done = command_here("check", "bad.txt", *arguments, cwd=pages)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_no_path(yigai: Run) -> None:
    """A check of nothing is a usage error."""
    assert yigai("check").returncode == 2


def test_a_broken_house_style(pages: Path) -> None:
    """A mistake in a layer is shown at its line in its file, and is exit code 2."""
    (pages / "house.yaml").write_text("- id: x\n  zh: [unclosed\n", encoding="utf-8")
    done = command_here("check", "bad.txt", "--glossary", "house.yaml", cwd=pages)
    assert done.returncode == 2
    assert "house.yaml:" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_configuration_file(pages: Path) -> None:
    """The closest configuration holds; the command line goes over it; a mistake in it is exit code 2."""
    config = pages / "yigai.toml"
    config.write_text('format = "concise"\n', encoding="utf-8")
    assert command_here("check", "bad.txt", cwd=pages).stdout.startswith("bad.txt:1:")
    assert command_here("check", "bad.txt", "--format", "json", cwd=pages).stdout.startswith("[")
    config.write_text('fromat = "concise"\n', encoding="utf-8")
    done = command_here("check", "bad.txt", cwd=pages)
    assert done.returncode == 2
    assert "yigai.toml:1: unknown key 'fromat'; did you mean 'format'?" in done.stderr


def test_a_closed_pipe_is_quiet(pages: Path) -> None:
    """A reader that goes away early, as ``head`` does, causes no message."""
    for number in range(30):
        (pages / f"more{number}.txt").write_text(WRONG * 30, encoding="utf-8")
    command = [sys.executable, "-P", "-c", "from checker.cli.main import main; main()", "check", "."]
    with subprocess.Popen(command, cwd=pages, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_same_output_twice(yigai: Run, pages: Path) -> None:
    """Two runs over the same pages give the same bytes."""
    first = yigai("check", ".", "--format", "json", cwd=pages, PYTHONHASHSEED="1")
    second = yigai("check", ".", "--format", "json", cwd=pages, PYTHONHASHSEED="2")
    assert first.stdout == second.stdout


def test_rules(yigai: Run) -> None:
    """``rule`` lists every rule, explains one by code or name, and knows the nearest name."""
    listed = yigai("rule")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [
        rule.code for rule in (*checker.rules.registry.all_rules(), *checker.glossary_lint.registry.glossary_rules())
    ]
    by_code, by_name = yigai("rule", "trm101"), yigai("rule", "wrong-rendering")
    assert by_code.stdout == by_name.stdout
    assert all(heading in by_code.stdout for heading in ("What it does", "Wrong", "Right"))
    unknown = yigai("rule", "TRM1O1")
    assert unknown.returncode == 2
    assert "did you mean 'TRM101'?" in unknown.stderr


def test_term(yigai: Run) -> None:
    """``term`` shows what to write, with sources; what is nowhere is exit code 1."""
    done = yigai("term", "醫聯體")
    assert done.returncode == 0
    assert "write    medical consortium" in done.stdout
    assert "source" in done.stdout
    assert " → consortium|" in done.stdout, "what to write for an alternative stands behind an arrow"
    assert yigai("term", "steam engine").returncode == 1


def test_explain(pages: Path) -> None:
    """``explain`` tells of the place; a place that is none is exit code 2."""
    column = WRONG.index("Health and Health") + 1
    done = command_here("explain", f"bad.txt:1:{column}", cwd=pages)
    assert done.returncode == 0
    assert "Health and Health Commission" in done.stdout
    for place in ("bad.txt", "bad.txt:99:1", "bad.txt:1:9999", "nowhere.txt:1:1", "logo.png:1:1"):
        failed = command_here("explain", place, cwd=pages)
        assert (failed.returncode, failed.stdout) == (2, ""), place
        assert "Traceback" not in failed.stderr


def test_evaluate(pages: Path) -> None:
    """``evaluate`` measures the pages beside the annotation, or findings made before, as text and JSON."""
    start = WRONG.index("Health and Health Commission")
    quote = "Health and Health Commission"
    span = {"file": "bad.txt", "start": start, "end": start + len(quote), "quote": quote, "category": "terminology"}
    (pages / "gold.jsonl").write_text(json.dumps({**span, "detectable": "glossary"}) + "\n", encoding="utf-8")
    trap = {"file": "bad.txt", "start": 0, "end": 9, "quote": WRONG[:9], "why": "a place"}
    (pages / "traps.jsonl").write_text(json.dumps(trap) + "\n", encoding="utf-8")
    arguments = ("evaluate", "gold.jsonl", "--traps", "traps.jsonl")
    shown = command_here(*arguments, "--verbose", cwd=pages)
    assert shown.returncode == 0, shown.stderr
    assert "recall of glossary spans: 1/1 = 1.00" in shown.stdout
    assert "chance level" in shown.stdout
    assert "traps sprung: 0 of 1" in shown.stdout
    left_out = json.loads(command_here(*arguments, "--leave-page-out", "--format", "json", cwd=pages).stdout)
    assert left_out["pages"] == ["bad.txt"]
    (pages / "found.jsonl").write_text(command_here("check", "bad.txt", "--format", "jsonl", cwd=pages).stdout)
    again = command_here(*arguments, "--verbose", "--findings", "found.jsonl", cwd=pages)
    assert again.stdout == shown.stdout
    (pages / "gold.jsonl").write_text("{}\n", encoding="utf-8")
    assert command_here(*arguments, cwd=pages).returncode == 2
