"""What a plain check loads: the heavy libraries only where their work is wanted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glossary import load
from glossary.cache import cache_folder

HEAVY = (
    "jieba", "opencc", "numpy", "rich", "pydantic", "rapidfuzz", "pypinyin", "lxml", "openpyxl", "docx",
    "tqdm", "pyarrow", "warcio", "sqlite3", "multiprocessing", "checker.batch", "checker.cli.batch",
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
    page.write_text("Sichuan builds a tiered care system 分级诊疗, the Health Commission said. " * 70, encoding="utf-8")
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
    (kept,) = (tmp_path / "cache" / "yigai").glob("patterns-*.txt")
    content = kept.read_bytes()
    patterns = [row.partition(b"\x1f")[0] for row in content.split(b"\x1e")]
    assert len(patterns) > 20
    assert run() == first
    assert kept.read_bytes() == content
    for damaged in (b"0 0  AQAAAAIAAAADAAAA", b"0 0  no base 64", b"7"):
        kept.write_bytes(b"\x1e".join(pattern + b"\x1f" + damaged for pattern in patterns))
        assert run() == first
    kept.write_bytes(b"{")
    assert run() == first
