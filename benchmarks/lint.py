"""Prints how long ``yigai glossary lint`` takes for 1,000 concepts, beside what importing Typer takes.

Run ``python benchmarks/lint.py [ROUNDS]`` (10 by default) in the repository. It works on a copy of the glossary: as it is,
with one entry edited before each run, and as the latter with one processor. The first round, which fills the caches, is
left out. Each round runs every command once, so that what else the machine does falls on all of them; the least of the
rounds is what an idle machine would take. Goal: under two seconds.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EDITED = "glossary/terms/organisation/consortiums.yaml"


def main() -> None:
    """Time the commands and print their least times."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    lint = [os.path.join(sysconfig.get_path("scripts"), "yigai"), "glossary", "lint"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "glossary", folder / "glossary")
        shutil.copytree(ROOT / "data" / "controls", folder / "data" / "controls")
        edited = folder / EDITED
        texts = (path.read_text(encoding="utf-8") for path in (folder / "glossary" / "terms").rglob("*.yaml"))
        concepts = sum(line.startswith("- id:") for text in texts for line in text.splitlines())
        taken: dict[str, list[tuple[float, float]]] = {}
        for number in range(rounds + 1):
            for label, command, edit, processors in (
                ("import typer", [sys.executable, "-c", "import typer"], False, 0),
                ("lint, nothing edited", lint, False, 0),
                ("lint, an entry edited", lint, True, 0),
                ("the same, one processor", lint, True, 1),
            ):
                if edit:
                    with edited.open("a", encoding="utf-8") as stream:
                        stream.write(f"# round {number} {label}\n")
                seconds = times(command, name, processors)
                if number:
                    taken.setdefault(label, []).append(seconds)
    print(f"{concepts} concepts{'':17}  seconds  processor time, s  x import typer  seconds for 1,000 concepts")
    typer = min(spent for _, spent in taken["import typer"])
    for label, those in taken.items():
        wall, spent = (min(column) for column in zip(*those, strict=True))
        each = f"{wall * 1000 / concepts:27.2f}" if label != "import typer" else ""
        print(f"{label:30}  {wall:7.2f}  {spent:17.2f}  {spent / typer:14.1f}  {each}".rstrip())


def times(command: list[str], folder: str, processors: int) -> tuple[float, float]:
    """Seconds until a command run in a folder is done, and seconds of processor time it takes, on all or so many."""
    allowed = os.sched_getaffinity(0)
    if processors:
        os.sched_setaffinity(0, set(sorted(allowed)[:processors]))
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    os.sched_setaffinity(0, allowed)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
