"""Places that are full, closed, missing or not what they seem: what the user gets, and that nothing is lost."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import typer

from checker.cli import fix as fix_command
from checker.finding import CheckError
from checker.readers.walk import find_files, read_files
from tests.conftest import Run
from tests.small_tree import small_tree

PAGE = "In Sichuan the the medical association met.\n"
MENDED = "In Sichuan the medical association met.\n"
PROGRAM = "import sys; sys.argv[0] = 'yigai'; from checker.cli.main import command; command()"
Started = Callable[..., "subprocess.CompletedProcess[bytes]"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="devices, links and limits of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a page."""
    made = tmp_path / "pages"
    made.mkdir()
    (made / "a.txt").write_text(PAGE, encoding="utf-8")
    return made


def run(folder: Path, *arguments: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command's program in a folder, with what the shell is to do with its streams."""
    command = [sys.executable, "-P", "-c", PROGRAM, *arguments]
    if shell:
        command = ["bash", "-c", f'"$@" {shell}', "bash", *command]
    return subprocess.run(
        command, cwd=folder, capture_output=True, env={**os.environ, **environment}, timeout=110, check=False
    )


def no_room() -> None:
    """Every file that the process writes is full before its first byte."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


# -- a full disk ---------------------------------------------------------------------------------------------------

needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")


@needs_full
@pytest.mark.parametrize("format", ["text", "xlsx"])
def test_a_report_onto_a_full_disk(folder: Path, format: str) -> None:
    """A report that finds no room is exit code 2 and one line that says so, by a pipe or by name."""
    for done in (
        run(folder, "check", "a.txt", "--format", format, shell=">/dev/full"),
        run(folder, "check", "a.txt", "--format", format, "--output", "/dev/full"),
    ):
        assert done.returncode == 2
        (line,) = done.stderr.decode().splitlines()
        assert "No space left on device" in line


def commands(folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Commands that write over a file, and the file, which is there already."""
    (folder / "report.json").write_text("[]\n", encoding="utf-8")
    (folder / "yigai-accepted.yaml").write_text("# Ours.\n", encoding="utf-8")
    small_tree(folder)
    entries = folder / "glossary" / "terms" / "organisation" / "groups.yaml"
    entries.write_text(entries.read_text(encoding="utf-8").replace("zh: 医联体", "zh:   '医联体'"), encoding="utf-8")
    return {
        "fix": (["fix", "a.txt"], folder / "a.txt"),
        "format": (["glossary", "format"], entries),
        "accept": (["check", "a.txt", "--accept"], folder / "yigai-accepted.yaml"),
        "output": (["check", "a.txt", "--format", "json", "--output", "report.json"], folder / "report.json"),
        "batch": (["check", "a.txt", "--jobs", "1", "--format", "json", "--output", "report.json"], folder / "report.json"),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["fix", "format", "accept", "output", "batch"])
def test_no_room_for_the_new_file(folder: Path, name: str) -> None:
    """Where the new content finds no room the old file stays as it was, nothing is left beside it, and it is named."""
    arguments, file = commands(folder)[name]
    before = file.read_bytes()
    files = sorted(path.name for path in file.parent.iterdir())
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, *arguments],
        cwd=folder, capture_output=True, preexec_fn=no_room, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert file.name in done.stderr.decode().splitlines()[-1]
    assert "File too large" in done.stderr.decode()
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == files


def test_a_place_that_cannot_be_written(folder: Path) -> None:
    """A report or repairs for which there is no folder, or a folder in place of the file, are one line and exit code 2."""
    (folder / "file").write_text("", encoding="utf-8")
    for target in ("file/report.json", "nowhere/report.json", "."):
        done = run(folder, "check", "a.txt", "--format", "json", "--output", target)
        assert done.returncode == 2
        (line,) = done.stderr.decode().splitlines()
        assert line.startswith(f"yigai: {target}: ")


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    """Pages in a read-only folder are checked; what would be written there is one line, and nothing is changed."""
    folder.chmod(0o555)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write everywhere")
        assert run(folder, "check", "a.txt").returncode == 1
        for arguments in (
            ("fix", "a.txt"),
            ("check", "a.txt", "--accept"),
            ("check", "a.txt", "--output", "report.txt"),
        ):
            done = run(folder, *arguments)
            assert done.returncode == 2
            (line,) = done.stderr.decode().splitlines()
            assert "Permission denied" in line
    finally:
        folder.chmod(0o755)
    assert [path.name for path in folder.iterdir()] == ["a.txt"]
    assert (folder / "a.txt").read_text(encoding="utf-8") == PAGE


# -- closed streams ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["text", "xlsx"])
def test_a_reader_that_leaves(folder: Path, format: str) -> None:
    """Who closes the pipe gets no complaint, and the exit code stays that of the findings."""
    done = run(folder, "check", "a.txt", "--format", format, shell="| head -c 0; exit ${PIPESTATUS[0]}")
    assert done.stderr == b""
    assert done.returncode in (1, 2)


@pytest.mark.parametrize(
    ("shell", "code"), [(">&-", 1), ("2>&-", 1), ("<&-", 1), (">&- 2>&- <&-", 1)]
)  # fmt: skip
def test_streams_that_were_never_open(folder: Path, shell: str, code: int) -> None:
    """Without standard streams the check is made all the same, and says by its exit code what it found."""
    done = run(folder, "check", "a.txt", shell=shell)
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_workbook_is_not_for_a_terminal(folder: Path) -> None:
    """A workbook that would fill the screen is refused before anything is read, over one page and over many."""
    import pty

    for more in ([], ["--jobs", "1"]):
        ours, terminal = pty.openpty()
        done = subprocess.run(
            [sys.executable, "-P", "-c", PROGRAM, "check", "a.txt", "missing.txt", "--format", "xlsx", *more],
            cwd=folder, stdout=terminal, stderr=subprocess.PIPE, timeout=110, check=False,
        )  # fmt: skip
        os.close(terminal)
        os.close(ours)
        assert (done.returncode, done.stderr) == (2, b"yigai: xlsx is not for a terminal; give --output FILE\n")


def test_a_message_of_any_length(folder: Path) -> None:
    """Who announces terabytes to the language server gets one line and exit code 2, and the machine keeps its memory."""
    pytest.importorskip("pygls", reason="yigai[lsp] is not installed")
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, "lsp"],
        cwd=folder, input=b"Content-Length: 99999999999999\r\n\r\n{", capture_output=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert (
        done.stderr.decode().splitlines()[-1].startswith("yigai: a message of 99,999,999,999,999 bytes was announced")
    )


# -- no home, no locale --------------------------------------------------------------------------------------------


def test_no_home(folder: Path) -> None:
    """Where nothing can be kept the check is the same, and no cache is put into the folder of the pages."""
    done = run(folder, "check", "a.txt", "--format", "concise", HOME="relative", XDG_CACHE_HOME="relative")
    assert (done.returncode, done.stderr) == (1, b"")
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_no_environment_at_all(folder: Path) -> None:
    """With an empty environment the report is the same to the byte, Chinese and all."""
    (folder / "b.txt").write_text("The 医联体 of Sichuan met met.\n", encoding="utf-8")
    usual = run(folder, "check", ".", "--format", "jsonl")
    bare = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, "check", ".", "--format", "jsonl"],
        cwd=folder, capture_output=True, env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}, timeout=110, check=False,
    )  # fmt: skip
    assert (bare.returncode, bare.stdout, bare.stderr) == (usual.returncode, usual.stdout, usual.stderr)


@pytest.mark.parametrize("format", ["jsonl", "html"])
def test_the_same_bytes_whatever_the_surroundings(folder: Path, format: str) -> None:
    """Hash seed, locale, time zone and the number of processes change no byte of a report."""
    (folder / "b.html").write_text("<p>The medical association of Sichuan met met. 医联体</p>", encoding="utf-8")
    (folder / "页.txt").write_text("The medical alliance, a union of hospitals , met.\n" * 3, encoding="utf-8")
    reports = {
        run(folder, "check", ".", "--format", format, *more, **environment).stdout
        for more, environment in (
            ([], {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}),
            ([], {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}),
            (["--jobs", "2"], {"PYTHONHASHSEED": "3", "LC_ALL": "POSIX"}),
        )
    }
    assert len(reports) == 1


def test_the_order_on_the_command_line(folder: Path) -> None:
    """Files are reported in the order in which they are named; what is said of each is the same in any order."""
    (folder / "b.txt").write_text("The medical association of Sichuan met met.\n", encoding="utf-8")
    one, other = (
        run(folder, "check", *names, "--format", "concise").stdout.splitlines()
        for names in (("a.txt", "b.txt"), ("b.txt", "a.txt"))
    )
    assert sorted(one) == sorted(other)
    assert one[0].startswith(b"a.txt")
    assert other[0].startswith(b"b.txt")


# -- names ---------------------------------------------------------------------------------------------------------


def test_names_that_are_no_text(folder: Path) -> None:
    """A file whose name is no UTF-8 is checked, reported, accepted and mended like any other."""
    name = b"\xff\xfe'\"<&>\n.txt"
    try:
        (folder / "a.txt").rename(os.fsdecode(bytes(folder) + b"/" + name))
    except OSError:
        pytest.skip("this file system takes only names that are text")
    for format in ("text", "github", "sarif", "html", "xlsx"):
        done = run(folder, "check", ".", "--format", format, "--output", "../report")
        assert (done.returncode, done.stderr) == (1, b""), format
        report = folder.parent / "report"
        if format == "xlsx":
            assert openpyxl.load_workbook(io.BytesIO(report.read_bytes())).sheetnames
        else:
            report.read_bytes().decode("utf-8")
    json.loads(run(folder, "check", ".", "--format", "json").stdout)
    assert b"%FF%FE" in run(folder, "check", ".", "--format", "sarif").stdout
    assert run(folder, "check", ".", "--accept", "--reason", "so it is").returncode == 0
    again = run(folder, "check", ".", "--format", "concise")
    assert (again.returncode, again.stdout) == (0, b"")
    (folder / "yigai-accepted.yaml").unlink()
    assert run(folder, "fix", ".").returncode == 0
    assert (folder / os.fsdecode(name)).read_text(encoding="utf-8") == MENDED


# -- links, devices, files that change -----------------------------------------------------------------------------


def test_links_in_circles(folder: Path) -> None:
    """A folder linked into itself is walked once; a link that leads to itself is skipped, and an error where it is named."""
    (folder / "loop").symlink_to(".")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "out.txt").symlink_to("/etc/hostname")
    listing = find_files([str(folder)])
    assert listing.entries == (f"{folder}/a.txt",)
    assert listing.skipped == 2
    (error,) = read_files(find_files([str(folder / "self.txt")]))
    assert isinstance(error, CheckError)
    assert error.reason == "unreadable"


def test_what_vanishes_or_changes_while_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone or a folder by the time it is read is an error; one that grows past the limit too."""
    for name in ("b.txt", "c.txt", "d.txt"):
        (folder / name).write_text(PAGE, encoding="utf-8")
    listing = find_files([str(folder)])
    (folder / "b.txt").unlink()
    (folder / "c.txt").unlink()
    (folder / "c.txt").mkdir()
    (folder / "d.txt").write_text(PAGE * 100, encoding="utf-8")
    found = list(read_files(listing, size_limit=1000))
    assert [item.reason if isinstance(item, CheckError) else item.path for item in found] == [
        f"{folder}/a.txt", "unreadable", "unreadable", "too-large",
    ]  # fmt: skip


def test_repairs_of_a_file_that_changed_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody writes while repairs are worked out is not written over."""
    page = folder / "a.txt"
    mended = fix_command._mended

    def slowly(*arguments: object) -> object:
        done = mended(*arguments)  # type: ignore[arg-type]
        page.write_text("Written meanwhile.\n", encoding="utf-8")
        return done

    monkeypatch.setattr(fix_command, "_mended", slowly)
    monkeypatch.chdir(folder)
    with pytest.raises(typer.Exit) as left:
        fix_command.fix(["a.txt"])
    assert left.value.exit_code == 2
    assert "a.txt: it was changed meanwhile; left as it is" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "Written meanwhile.\n"


def test_repairs_of_what_is_no_file(yigai: Run, folder: Path) -> None:
    """A pipe in a folder is passed over and not waited for; a device without an end is an error, and the next file is mended."""
    pipe = folder / "pipe.txt"
    os.mkfifo(pipe)
    assert find_files([str(folder)]).entries == (f"{folder}/a.txt",)
    done = yigai("fix", "/dev/zero", "a.txt", cwd=folder)
    assert done.returncode == 2
    assert "/dev/zero: the file is larger than" in done.stderr
    assert (folder / "a.txt").read_text(encoding="utf-8") == MENDED
