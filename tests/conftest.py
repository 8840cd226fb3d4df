"""What several test modules share: the repository, the shared pages, hand-made results, the command itself."""

from __future__ import annotations

import compileall
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from checker.document import Document
from checker.finding import DocumentReport, Finding, Result, Summary
from tests.corpus_site import corpus_site  # noqa: F401  # a fixture

REPOSITORY = Path(__file__).resolve().parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]

# One commit always passes or always fails; `--hypothesis-profile=default` looks for examples nobody has seen.
settings.register_profile("same", derandomize=True, database=None)
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Compile our modules once where no program may keep what it compiled: each that a test starts would do so again."""
    if sys.dont_write_bytecode and not hasattr(config, "workerinput"):
        for package in ("glossary", "checker"):
            compileall.compile_dir(REPOSITORY / package, quiet=2)


def script(name: str) -> ModuleType:
    """The program of this name in the folder docs, as a module; it is in no package."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", REPOSITORY / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated real pages beside the repository; its tests are skipped where it is absent."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "gold" / "seeds-gold.jsonl").is_file():
        pytest.skip("no folder ../shared with annotated pages here")
    return folder


@pytest.fixture(scope="session")
def yigai(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the command in a folder of its own: ``yigai("check", "page.txt", cwd=folder, stdin=b"...")``."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: object, cwd: Path = elsewhere, stdin: bytes = b"", **environment: str) -> object:
        done = subprocess.run(
            [sys.executable, "-P", "-c", "from checker.cli.main import main; main()", *map(str, arguments)],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            env={**os.environ, **environment},
            timeout=110,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run  # type: ignore[return-value]


@pytest.fixture
def found() -> Callable[..., Finding]:
    """Make a finding: ``found(document, "quoted words", rule=..., severity=...)``."""

    def make(document: Document, quote: str, occurrence: int = 0, **changes: object) -> Finding:
        start = -1
        for _ in range(occurrence + 1):
            start = document.text.index(quote, start + 1)
        end = start + len(quote)
        line, column = document.position(start)
        end_line, end_column = document.position(end)
        plain = Finding(
            document.path, document.record, "TRM101", "wrong-rendering", "terminology", "terminology", "warning",
            "high", start, end, line, column, end_line, end_column, quote, "a message", "0" * 16,
        )  # fmt: skip
        return plain._replace(**changes)  # type: ignore[arg-type]

    return make


@pytest.fixture
def result_of() -> Callable[..., Result]:
    """Make a result of findings on documents: ``result_of([document], [finding], summary_key=...)``."""

    def make(documents: list[Document], findings: list[Finding], **changes: object) -> Result:
        reports = tuple(
            DocumentReport(
                item.path, item.record, len(item.text.split()), "health-reform", None, "fine", (), {}, (), {}
            )
            for item in documents
        )
        summary = Summary(len(documents), 0, len(findings), {}, {"fine": len(documents)}, (), (), {})
        return Result(reports, tuple(findings), (), summary._replace(**changes), {})  # type: ignore[arg-type]

    return make
