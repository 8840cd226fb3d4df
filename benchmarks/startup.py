"""Prints what one run of the command costs, in processor time, beside what Python and Typer cost by themselves.

Run ``python benchmarks/startup.py [ROUNDS]`` (20 by default). Each round runs every command once, so that what else the
machine does falls on all of them; the ratios are those of the medians. The drafts are 5 kB of our own good English,
about something else and about health reform, and 5 kB of our own damaged pages; the first round, which fills the caches, is left out.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
DRAFT = 5_000  # characters
ONE_COMMAND = "import typer; app = typer.Typer(); app.command()(lambda: None); app(standalone_mode=False)"


def processor_time(command: list[str], folder: str) -> float:
    """Seconds of processor time that a command takes when it is run in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def draft(folder: Path, name: str, pages: str) -> str:
    """A draft of 5 kB out of our own pages."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DATA.glob(pages)) if ".zh." not in path.name]
    path = folder / name
    path.write_text("\n\n".join(texts)[:DRAFT], encoding="utf-8")
    return str(path)


def main() -> None:
    """Time the commands and print their medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    yigai = os.path.join(sysconfig.get_path("scripts"), "yigai")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = {
            "import typer": [sys.executable, "-c", "import typer"],
            "one-command typer program": [sys.executable, "-c", ONE_COMMAND],
            "yigai --version": [yigai, "--version"],
            "yigai check, other subject": [yigai, "check", draft(folder, "other.txt", "controls/a-*.txt")],
            "yigai check, good draft": [yigai, "check", draft(folder, "good.txt", "controls/p*-china.txt")],
            "yigai check, damaged draft": [yigai, "check", draft(folder, "damaged.txt", "pages/*.txt")],
        }
        taken: dict[str, list[float]] = {label: [] for label in commands}
        for number in range(rounds + 1):
            for label, command in commands.items():
                seconds = processor_time(command, name)
                if number:
                    taken[label].append(seconds)
    medians = {label: statistics.median(seconds) for label, seconds in taken.items()}
    print(f"{'':28}  median ms  x import typer  x one-command program")
    for label, seconds in medians.items():
        typer, program = (seconds / medians[other] for other in ("import typer", "one-command typer program"))
        print(f"{label:28}  {1000 * seconds:9.0f}  {typer:14.2f}  {program:21.2f}")


if __name__ == "__main__":
    main()
