"""What the verbs print on a terminal: nothing of a page or of a file's name steers it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from checker.cli.align import align
from checker.cli.progress import Bar
from tests.conftest import Run

EVIL = "\x1b[31m\u202e"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_pairs_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aligned pairs are shown without what steers; into a pipe they go as they are."""
    (tmp_path / "en.txt").write_text(f"Health reform {EVIL} began in 2009.\n", encoding="utf-8")
    (tmp_path / "zh.txt").write_text("医改于2009年开始。\n", encoding="utf-8")
    for stream, shown in ((Terminal(), False), (io.StringIO(), True)):
        monkeypatch.setattr(sys, "stdout", stream)
        align(str(tmp_path / "en.txt"), str(tmp_path / "zh.txt"))
        monkeypatch.undo()
        english, chinese, _ = stream.getvalue().rstrip("\n").split("\t")
        assert ("\u202e" in english) is shown
        assert "2009" in english
        assert chinese == "医改于2009年开始。"


@pytest.mark.parametrize("verb", [("check",), ("fix",), ("concordance", "医改")])
def test_names_of_files(yigai: Run, tmp_path: Path, verb: tuple[str, ...]) -> None:
    """The name of a file that cannot be read is shown, not obeyed."""
    done = yigai(*verb, f"{EVIL}.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "<U+001B>[31m<U+202E>.txt" in done.stdout + done.stderr
    assert not set(done.stdout + done.stderr) & set(EVIL[0] + EVIL[-1])


def test_places_of_a_container(yigai: Run, tmp_path: Path) -> None:
    """A concordance names units, not lines of a text that nobody can open."""
    (tmp_path / "a.csv").write_text(
        "zh,en\n医改,Health reform began.\n医改。,Health reform goes on.\n", encoding="utf-8"
    )
    done = yigai("concordance", "health reform", "a.csv", cwd=tmp_path)
    assert "a.csv B2  [Health reform] began." in done.stdout


def test_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a bar with pages, rate and time left, which is taken away at the end; else nothing."""
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        bar = Bar(1000, delay=0)
        bar.page(400, resumed=False)
        bar.page(1000, resumed=True)
        bar.close()
        monkeypatch.undo()
        assert all(words in stream.getvalue() for words in (" pages", " left", "%|")) is shown
        assert not stream.getvalue().split("\r")[-1].strip()
