"""Lint, types, layers and generated files, run as tests so that one command checks everything."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import script

REPOSITORY = Path(__file__).resolve().parent.parent


def run(*command: str) -> None:
    """Run a tool in the repository; what it prints is the failure."""
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_lint() -> None:
    """ruff has nothing to say."""
    run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")


def test_types() -> None:
    """The strict type checker has nothing to say."""
    run(sys.executable, "-m", "mypy")


def test_layers() -> None:
    """Imports run downward only."""
    beside = Path(sys.executable).with_name("lint-imports")
    command = str(beside) if beside.exists() else shutil.which("lint-imports")
    if command is None:
        pytest.skip("import-linter is not installed")
    run(command, "--no-cache")


def test_generated_files() -> None:
    """What is generated from the code says what the code says: else run ``python docs/generate.py``."""
    for path, content in script("generate").generated().items():
        assert path.read_text(encoding="utf-8") == content, f"{path.name} is out of date"


def test_every_test_has_a_docstring() -> None:
    """A test says in words what it holds."""
    without = [
        f"{path.name}: {node.name}"
        for path in sorted((REPOSITORY / "tests").glob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert without == []


def test_the_constraints_pin_every_dependency() -> None:
    """Each distribution of pyproject.toml has an exact version in constraints.txt, which names no host."""
    import tomllib

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    content = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
    rows = [row for row in content.splitlines() if row and not row.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", row) for row in rows)
    pinned = {normal(row.split("==")[0]) for row in rows}
    assert {normal(re.split(r"[\[<>=]", item)[0]) for item in wanted} - {"yigai"} <= pinned


def normal(name: str) -> str:
    """The normal form of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """What runs on every submission is what the README tells people to run."""
    *_, command = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert f"```sh\n{command}\n```" in (REPOSITORY / "README.md").read_text(encoding="utf-8")
