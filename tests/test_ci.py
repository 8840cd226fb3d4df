"""The steps of the action and the commands of docs/ci.md, run by the shell they are written for."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")

WRONG = "In Sichuan the Health and Health Commission met. The Health and Health Commission decided.\n"
CLEAN = "The National Health Commission met.\n"


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder of pages with a command ``yigai`` beside it, which is this one."""
    command = tmp_path / "bin" / "yigai"
    command.parent.mkdir()
    program = "from checker.cli.main import main; main()"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -c '{program}' \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    for name, text in (("pages/a.txt", WRONG), ("pages/b.txt", CLEAN), ("drafts/c.md", WRONG)):
        path = tmp_path / "repository" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "repository"


def shell(folder: Path, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command as GitHub runs a step of bash."""
    path = os.pathsep.join([str(folder.parent / "bin"), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command], cwd=folder, capture_output=True, text=True,
        encoding="utf-8", env={**os.environ, "PATH": path, **variables}, timeout=110, check=False,
    )  # fmt: skip


def check_step(repository: Path, paths: str, args: str) -> tuple[str, dict[str, str]]:
    """The command of the action's last step, and its variables for some inputs."""
    action: dict[str, Any] = yaml.safe_load((repository / "action.yml").read_text("utf-8"))
    step = action["runs"]["steps"][-1]
    inputs = {"paths": paths, "args": args}
    return step["run"], {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: inputs[match[1]], value)
        for name, value in step["env"].items()
    }


def test_the_action_marks_lines_and_fails(repository: Path, workplace: Path) -> None:
    """Findings come as annotations of the files named, several and by pattern, and fail the step."""
    command, variables = check_step(repository, "pages drafts/*.md", "")
    done = shell(workplace, command, **variables)
    assert done.returncode == 1, done.stderr
    assert "::error file=pages/a.txt,line=1," in done.stdout
    assert "::error file=drafts/c.md,line=1," in done.stdout
    assert "pages/b.txt" not in done.stdout


def test_the_action_takes_further_options(repository: Path, workplace: Path) -> None:
    """Options reach the command; without findings the step passes."""
    command, variables = check_step(repository, "pages", "--ignore TRM,CON --fail-on error")
    done = shell(workplace, command, **variables)
    assert done.returncode == 0, done.stdout + done.stderr


def test_inputs_are_no_program_text(repository: Path, workplace: Path) -> None:
    """What stands in an input is not run by the shell, and no step has an expression in its command."""
    command, variables = check_step(repository, "pages/b.txt $(touch evil) ; touch evil", "")
    shell(workplace, command, **variables)
    assert not (workplace / "evil").exists()
    action = yaml.safe_load((repository / "action.yml").read_text("utf-8"))
    assert all("${{" not in step.get("run", "") for step in action["runs"]["steps"])


def test_the_commands_of_the_page(repository: Path, workplace: Path) -> None:
    """Each ``yigai`` command of docs/ci.md does what the page says."""
    page = (repository / "docs" / "ci.md").read_text("utf-8")
    commands = re.findall(r"^(?:\s*- run: )?(yigai check .+)$", page, re.M)
    assert [shlex.split(command)[2] for command in commands] == ["pages"] * 3
    sarif, concise, accept = commands
    assert shell(workplace, sarif).returncode == 0
    assert '"2.1.0"' in (workplace / "yigai.sarif").read_text("utf-8")
    failed = shell(workplace, concise)
    assert failed.returncode == 1
    assert failed.stdout.startswith("pages/a.txt:1:")
    assert shell(workplace, accept).returncode == 0
    assert (workplace / "pages" / "yigai-accepted.yaml").is_file()
    assert shell(workplace, concise).returncode == 0
