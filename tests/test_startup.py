"""What a plain check loads: the heavy libraries only where their work is wanted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from glossary import load
from glossary.cache import cache_folder, keep_lines, read_lines

HEAVY = (
    "jieba", "opencc", "numpy", "rich", "pydantic", "rapidfuzz", "pypinyin", "lxml", "openpyxl", "docx",
    "tqdm", "pyarrow", "warcio", "sqlite3", "multiprocessing", "checker.batch", "checker.cli.batch",
    "checker.parallel", "checker.phrases",
)  # fmt: skip
PROGRAM = f"""
import sys
from checker.cli.main import main
try:
    main()
except SystemExit:
    pass
loaded = [name for name in {HEAVY!r} if name in sys.modules]
sys.exit(f"loaded: {{loaded}}" if loaded else 0)
"""


def test_a_plain_check_loads_nothing_heavy(tmp_path: Path) -> None:
    """After a check of a page with English and Chinese, none of the heavy libraries is in ``sys.modules``."""
    page = tmp_path / "page.txt"
    text = "Sichuan builds a tiered care system 分级诊疗, the Health Commission said of the City村. "
    page.write_text(text * 70, encoding="utf-8")
    command = [sys.executable, "-P", "-c", PROGRAM, "check", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 page" in done.stdout


def test_patterns_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a run compiled is kept; the next one takes it and finds the same, also when the file is damaged."""
    load()
    compiled = sorted(cache_folder().glob("*.tables"), key=lambda path: path.stat().st_mtime)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache_folder().mkdir(parents=True)
    for path in compiled[-1:]:  # the one just used is not to be made once more
        shutil.copy(path, cache_folder())
    page = tmp_path / "page.txt"
    page.write_text("The masses of Jilin Province went to  hospital ,namelythe medical association.", encoding="utf-8")
    program = "import sys; from checker.cli.main import command; sys.argv[0] = 'yigai'; command()"

    def run() -> str:
        command = [sys.executable, "-P", "-c", program, "check", str(page), "--format", "jsonl"]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False
        ).stdout

    first = run()
    (kept,) = (tmp_path / "cache" / "yigai").glob("patterns-*.lines")
    content = kept.read_bytes()
    found = read_lines(kept.read_bytes(), list)
    assert found is not None
    names, lines = found[0], list(found[1])
    assert len(lines) > 20
    assert run() == first
    assert kept.read_bytes() == content
    number = array("I", [7]).tobytes()
    for damaged in (b"0 0  " + number, b"0 0  no numbers", b"0 0 ", b"7"):
        keep_lines(kept, names, [line[: line.index(b"\x1f") + 1] + damaged for line in lines])
        assert run() == first
    for at in (10, len(content) // 2, len(content) - 10):  # one byte of the head or of a line is another
        kept.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert run() == first
        assert len(list((read_lines(kept.read_bytes(), list) or ([], []))[1])) > 0  # made anew
    for damaged in (b"{", b""):
        kept.write_bytes(damaged)
        assert run() == first
