"""The wheel: what is in it, and that it works where only it is installed, as the action of CI installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))["runs"]


def done(*command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False, **options
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the working tree, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY))
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return made


def needed(wheel: Path) -> dict[str, Distribution]:
    """The distributions that a wheel asks for, and those that these ask for, as they are installed here."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        todo = [Requirement(row) for row in message_from_bytes(archive.read(name)).get_all("Requires-Dist") or ()]
    made: dict[str, Distribution] = {}
    while todo:
        wanted = todo.pop()
        if wanted.name not in made and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            made[wanted.name] = distribution(wanted.name)
            todo += [Requirement(row) for row in made[wanted.name].requires or ()]
    return made


def beside(found: Distribution) -> set[Path]:
    """The files and folders of a distribution that stand beside those of others."""
    names = {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}
    return {Path(str(found.locate_file(name))) for name in names}


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of an environment with the wheel, pip, what the wheel asks for, and nothing else.

    The wheel is installed by the step of the action; no network is needed, since all it asks for is linked in before.
    """
    folder = tmp_path_factory.mktemp("environment")
    assert done(sys.executable, "-m", "venv", "--without-pip", str(folder)).returncode == 0
    site = next(folder.glob("**/site-packages"))
    for path in set().union(*map(beside, (*needed(wheel).values(), distribution("pip")))):
        (site / path.name).symlink_to(path)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_"))}
    variables = {
        **clean, "PATH": os.pathsep.join([str(folder / "bin"), clean["PATH"]]), "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"), "PIP_NO_INDEX": "1", "PIP_NO_COMPILE": "1",
        "PIP_CONSTRAINT": str(REPOSITORY / "constraints.txt"), "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }  # fmt: skip
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here")
    installed = done(*step(1), env={**variables, "YIGAI": str(wheel)})
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return variables


def step(number: int) -> list[str]:
    """The command of a step of the action, as GitHub runs it."""
    return ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", ACTION["steps"][number]["run"]]


def test_what_the_wheel_holds(wheel: Path) -> None:
    """Every file of both packages, data and type markers too, all licences, and nothing of data/ or tests/."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"glossary", "checker"}
    for package in ("glossary", "checker"):
        here = {
            path.relative_to(REPOSITORY).as_posix()
            for path in (REPOSITORY / package).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert f"{package}/py.typed" in here
        assert {name for name in names if name.startswith(f"{package}/")} == here
    licences = {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name}
    assert {"Apache-2.0.txt", "CC-BY-4.0.txt"} <= licences
    assert licences == {path.name for path in (REPOSITORY / "LICENSES").iterdir()}


def test_an_empty_environment_and_a_hostile_folder(environment: dict[str, str], tmp_path: Path) -> None:
    """Installed alone, the command checks a page from a folder with a ``checker.py`` that must not be run."""
    for name in ("checker.py", "glossary.py", "typer.py"):
        (tmp_path / name).write_text("raise SystemExit('hostile')\n")
    (tmp_path / "page.txt").write_text("Sichuan: the Health and Health Commission said so.\n", encoding="utf-8")
    checked = done("yigai", "check", "page.txt", "--format", "concise", cwd=tmp_path, env=environment)
    assert checked.returncode == 1, checked.stderr
    assert checked.stdout.startswith("page.txt:1:14: TRM101 ")


def test_what_the_action_installed_is_what_it_runs(environment: dict[str, str], tmp_path: Path) -> None:
    """The last step of the action, after the one that installs, marks the lines of a repository's pages and fails."""
    (tmp_path / "page.txt").write_text("Sichuan: the Health and Health Commission said so.\n", encoding="utf-8")
    assert [next(iter(item)) for item in ACTION["steps"]] == ["uses", "shell", "shell"]
    checked = done(*step(2), cwd=tmp_path, env={**environment, "PATHS": ".", "ARGS": "--fail-on error"})
    assert checked.returncode == 1, checked.stderr
    assert checked.stdout.startswith("::error file=page.txt,line=1,")
