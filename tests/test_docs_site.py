"""The documentation site: it builds without a warning, and all of docs is in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """Every page is in the navigation and every link leads somewhere."""
    pytest.importorskip("material", reason="mkdocs-material is not installed (the extra docs)")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "index.html").is_file()


def test_every_page_is_in_the_navigation() -> None:
    """A page that no navigation names would be written for nobody."""
    named = re.findall(r": ([\w-]+\.md)$", (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(path.name for path in (REPOSITORY / "docs").glob("*.md"))
