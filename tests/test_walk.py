"""Paths to documents: files, folders, globs, standard input, and everything that cannot be read."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from checker.document import Document
from checker.finding import CheckError
from checker.readers.walk import find_files, read_files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with text, other files, hidden ones and a folder below; it is the working folder."""
    site = tmp_path / "site"
    (site / "b").mkdir(parents=True)
    (site / ".git").mkdir()
    (site / "c.txt").write_text("c")
    (site / "a.md").write_text("a")
    (site / "b" / "page").write_text("no suffix")
    (site / "logo.png").write_bytes(b"\x89PNG\0")
    (site / "liar.txt").write_bytes(b"\0\1\2")
    (site / ".git" / "config.txt").write_text("hidden")
    (site / ".hidden.txt").write_text("hidden")
    (site / "README.md").write_text("about the pages")
    monkeypatch.chdir(tmp_path)
    return site


def names(paths: list[str]) -> list[str]:
    """The names of the files found, without errors."""
    return [entry for entry in find_files(paths).entries if isinstance(entry, str)]


def errors(paths: list[str], **options: int) -> list[CheckError]:
    """The errors met when everything is read."""
    return [item for item in read_files(find_files(paths), **options) if isinstance(item, CheckError)]


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    """Text files of a folder come sorted; others are counted, hidden ones and what tells of the folder passed over."""
    listing = find_files(["site"])
    assert listing.entries == ("site/a.md", "site/b/page", "site/c.txt")
    assert listing.skipped == 2


def test_paths_stay_as_given(folder: Path) -> None:
    """A name is reported as it was given, and each file once however often it is named."""
    assert names(["./site/c.txt", "site"]) == ["./site/c.txt", "site/a.md", "site/b/page"]


def test_a_readme_that_is_named(folder: Path) -> None:
    """What tells of a folder is read when it is asked for."""
    assert names(["site/README.md"]) == ["site/README.md"]


def test_globs(folder: Path) -> None:
    """Patterns are expanded where the shell has not, also over folders."""
    assert names(["site/*.txt"]) == ["site/c.txt", "site/liar.txt"]
    assert names(["site/**/page"]) == ["site/b/page"]


def test_a_file_with_glob_characters(folder: Path) -> None:
    """A name that exists is itself, not a pattern."""
    (folder / "x[1].txt").write_text("x")
    assert names(["site/x[1].txt"]) == ["site/x[1].txt"]


def test_what_is_missing_is_an_error(folder: Path) -> None:
    """A path or pattern that stands for nothing is reported and the rest is read."""
    items = list(read_files(find_files(["nowhere.txt", "site/c.txt", "*.nothing"])))
    assert [getattr(item, "reason", "read") for item in items] == ["missing", "read", "missing"]


def test_a_named_binary_file_is_an_error(folder: Path) -> None:
    """What would be skipped in a folder is an error when it is named."""
    assert [error.reason for error in errors(["site/logo.png"])] == ["binary"]


def test_an_undecodable_file_of_a_folder_is_an_error(folder: Path) -> None:
    """A file met on the way that looks like text is not passed over in silence."""
    (folder / "d.txt").write_bytes("naïve café".encode("latin-1"))
    assert [(error.path, error.reason) for error in errors(["site"])] == [("site/d.txt", "undecodable")]


def test_size_limit(folder: Path) -> None:
    """A file above the limit is an error and not read as a whole."""
    (folder / "big.txt").write_text("x" * 100)
    assert [error.reason for error in errors(["site/big.txt"], size_limit=99)] == ["too-large"]


def test_links_that_leave_the_folder(folder: Path, tmp_path: Path) -> None:
    """A link to a file outside is skipped and counted, one inside is read, a linked folder is not entered."""
    (tmp_path / "secret.txt").write_text("secret")
    os.symlink(tmp_path / "secret.txt", folder / "out.txt")
    os.symlink("c.txt", folder / "in.txt")
    os.symlink(tmp_path, folder / "up")
    listing = find_files(["site"])
    assert "site/in.txt" in listing.entries
    assert "site/out.txt" not in listing.entries
    assert not any(str(entry).startswith("site/up") for entry in listing.entries)
    assert listing.skipped == 3


def test_a_dangling_link(folder: Path) -> None:
    """A named link to nothing is an error, not a crash."""
    os.symlink("gone.txt", folder / "dangling.txt")
    assert [error.reason for error in errors(["site/dangling.txt"])] == ["unreadable"]


def test_standard_input(folder: Path) -> None:
    """``-`` reads standard input once, under the name it is given."""
    (document,) = read_files(find_files(["-", "-"]), io.BytesIO(b"text"), "draft.txt")
    assert document == Document("draft.txt", "text")
