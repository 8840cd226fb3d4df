"""A process that is killed while it writes: the old file or the new one, never half of one, and the next run goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.readers.walk import find_files
from glossary.atomic import replacing, replacing_text, write_atomically
from tests.small_tree import TERMS, small_tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs kill -9")

PROGRAM = "import sys; sys.argv[0] = 'yigai'; from checker.cli.main import command; command()"
WRITER = """
import sys
from pathlib import Path
from glossary.atomic import write_atomically
for number in range(1_000_000):
    write_atomically(Path(sys.argv[1]), (b"a", b"b")[number % 2] * 300_000)
    if number == 1:
        print("begun", flush=True)
"""


def killed(command: list[str], folder: Path, after: float) -> bool:
    """Start a command and kill it after so many seconds; whether it was still running."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def killed_while_writing(command: list[str], file: Path) -> bool:
    """Start a command and kill it as soon as it writes beside ``file``; whether it was caught."""
    process = subprocess.Popen(command, cwd=file.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        if any(path.name.startswith(f".{file.name[:50]}.") for path in file.parent.iterdir()):
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.0002)
    return False


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Whenever a process that writes one file again and again is killed, the file is whole, of one writing."""
    file = tmp_path / "file.txt"
    chance = random.Random(7)
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        time.sleep(chance.random() / 30)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert file.read_bytes() in (b"a" * 300_000, b"b" * 300_000)


def commands(folder: Path) -> dict[str, tuple[list[str], Path, bytes]]:
    """Commands that write, the file each writes, and what is in it before."""
    line = "In Sichuan the the ward of the county opened for patients of many kinds.\n"
    (folder / "page.txt").write_text("".join(f"{number}. {line}" for number in range(800)), encoding="utf-8")
    small_tree(folder, TERMS.replace("zh: 医联体", "zh:   '医联体'"))
    (folder / "yigai-accepted.yaml").write_text("# Ours.\n[]\n", encoding="utf-8")
    (folder / "report.json").write_text("{}\n", encoding="utf-8")
    terms = folder / "glossary" / "terms" / "organisation" / "groups.yaml"
    files = {
        "fix": (["fix", "page.txt"], folder / "page.txt"),
        "accept": (["check", "page.txt", "--accept"], folder / "yigai-accepted.yaml"),
        "output": (["check", "page.txt", "--format", "json", "--output", "report.json"], folder / "report.json"),
        "format": (["glossary", "format", str(terms.parent.parent)], terms),
    }
    return {
        name: ([sys.executable, "-P", "-c", PROGRAM, *arguments], file, file.read_bytes())
        for name, (arguments, file) in files.items()
    }


@pytest.mark.parametrize("name", ["fix", "accept", "output", "format"])
def test_a_killed_command(tmp_path: Path, name: str) -> None:
    """Killed at random and while it writes, a command leaves the old or the new file; the next run makes the new one.

    What it wrote beside the file is hidden: no later run takes it for a page.
    """
    command, file, old = commands(tmp_path)[name]
    began = time.monotonic()
    assert subprocess.run(command, cwd=file.parent, capture_output=True, check=False).returncode in (0, 1)
    took = time.monotonic() - began
    new = file.read_bytes()
    assert new != old
    chance = random.Random(name)
    for number in range(3):
        file.write_bytes(old)
        if number:
            killed(command, file.parent, took * chance.random())
        else:
            killed_while_writing(command, file)
        assert file.read_bytes() in (old, new)
    subprocess.run(command, cwd=file.parent, capture_output=True, check=False)
    assert file.read_bytes() == new
    assert not any(str(entry).endswith(".tmp") for entry in find_files([str(tmp_path)]).entries)


def test_what_goes_wrong_halfway(tmp_path: Path) -> None:
    """An error or Ctrl-C while a file is written leaves the old one and nothing beside it; its permissions are kept."""
    file = tmp_path / "file.txt"
    file.write_bytes(b"old")
    file.chmod(0o640)

    def interrupted() -> None:
        with replacing(file) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    def failed() -> None:
        with replacing_text(file) as text:
            text.write("half")
            raise ValueError("halfway")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(ValueError, match="halfway"):
        failed()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file.txt", b"old")]
    write_atomically(file, "new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_new_file_is_as_private_as_others(tmp_path: Path) -> None:
    """A file that was not there gets the permissions that the user gives to new files; a long name is no obstacle."""
    old = os.umask(0o077)
    try:
        write_atomically(tmp_path / ("x" * 240), b"new")
    finally:
        os.umask(old)
    (made,) = tmp_path.iterdir()
    assert made.stat().st_mode & 0o777 == 0o600
