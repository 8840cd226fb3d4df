"""What the pages for keepers tell to do: each command and each fragment as it is written there, on a copy of the glossary."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from pathlib import Path

import pytest

from tests.command_here import command_here


@pytest.fixture
def keeper(repository: Path, tmp_path: Path) -> Path:
    """A folder with the glossary, to be edited."""
    shutil.copytree(
        repository / "glossary", tmp_path / "glossary", ignore=shutil.ignore_patterns("__pycache__", "*.py")
    )
    return tmp_path


def fragments(page: Path, language: str) -> list[str]:
    """The blocks of code of a page in one language, without their indentation."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^\1```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in blocks]


def added(page: Path, folder: Path) -> None:
    """Look a page's new term up, which is not there, and add it as the page says."""
    (command,) = re.findall(r"^ *yigai (glossary add (?:.*\\\n)*.*)$", page.read_text("utf-8"), re.MULTILINE)
    words = shlex.split(command.replace("\\\n", " "))
    asked = command_here("term", words[words.index("--zh") + 1], cwd=folder)
    assert (asked.returncode, asked.stdout) == (1, "")
    done = command_here(*words, cwd=folder)
    assert done.returncode == 0, done.stderr


def test_the_term_of_the_tutorial_can_be_added(repository: Path, keeper: Path) -> None:
    """The glossary does not have it yet."""
    added(repository / "docs" / "tutorial-keeper.md", keeper)


def test_a_term_and_a_pattern_as_the_page_has_them(repository: Path, keeper: Path) -> None:
    """Put together, the fragments of the page make an entry that lint accepts."""
    page = repository / "docs" / "extending.md"
    added(page, keeper)
    wrong, pattern, classes, write, choice = fragments(page, "yaml")
    entries = keeper / "glossary" / "terms" / "ageing" / "elderly-care.yaml"
    forms = "".join(textwrap.indent(textwrap.dedent(text.removeprefix("wrong:\n")), "  ") for text in (write, choice))
    entry = wrong.replace("examples:\n", f"{forms}examples:\n") + pattern
    entries.write_text(entries.read_text("utf-8") + textwrap.indent(entry, "  "), "utf-8")
    morphemes = keeper / "glossary" / "morphemes" / "services.yaml"
    morphemes.write_text(morphemes.read_text("utf-8") + "\n" + classes, "utf-8")
    assert command_here("glossary", "format", cwd=keeper).returncode == 0
    done = command_here("glossary", "lint", cwd=keeper)
    assert done.returncode == 0, done.stdout + done.stderr
