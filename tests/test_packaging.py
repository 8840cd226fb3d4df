"""The wheel: what is in it, and that it works where only it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the working tree, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


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


def test_an_empty_environment_and_a_hostile_folder(wheel: Path, tmp_path: Path) -> None:
    """Installed alone, the command checks a page from a folder with a ``checker.py`` that must not be run."""
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, timeout=110)
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    install = [str(folder / "pip"), "install", "-q", "-c", str(REPOSITORY / "constraints.txt"), str(wheel)]
    installed = subprocess.run(install, capture_output=True, text=True, check=False, timeout=110)
    if installed.returncode:
        pytest.skip(f"pip cannot install here: {installed.stderr.strip().splitlines()[-1][:200]}")
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("checker.py", "glossary.py", "typer.py"):
        (pages / name).write_text("raise SystemExit('hostile')\n")
    (pages / "page.txt").write_text("Sichuan: the Health and Health Commission said so.\n", encoding="utf-8")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(folder / "yigai"), "check", "page.txt", "--format", "concise"],
        cwd=pages,
        env={**clean, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=110,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("page.txt:1:14: TRM101 ")
