"""What a plain check loads: the heavy libraries only where their work is wanted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("jieba", "opencc", "numpy", "rich", "pydantic", "rapidfuzz", "pypinyin", "lxml", "openpyxl", "docx")
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
