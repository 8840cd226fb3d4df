"""Prints what adding many pages to a store takes: pages a second, peak memory, two processes beside one, killed runs.

Run ``python benchmarks/corpus.py [PAGES…]`` (1000 and 10000 by default; 100000 takes ten minutes or more). The pages are made
of sentences of our own samples, drawn at random, with other figures and names in each, in one file of JSON Lines. For
each number of pages a run with two processes is measured. Then, with at most 10,000 pages, ``--jobs 2`` and ``--jobs 1``
take turns, and ``--jobs 1`` held to one processor, for with two the process that reads and writes works beside the one
that checks; the shortest of three runs counts. Last, with the smallest number, a run is killed at random moments and
gone on with until it ends: its store must be that of the undisturbed one.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).resolve().parent.parent / "data"
WORDS = 200  # of a page
KILLS = 5
NAMES = (
    "Anlin Baihe Chenxi Danxi Fuyuan Gaolan Heting Jinghe Lanjiang Meixi Nanfeng Pingyuan Qinghe Xunhe Yunshan".split()
)
TABLES = ("documents", "metrics", "mentions", "findings", "texts", "errors", "history")
PROGRAM = """
import json, resource, sys
from checker.cli.main import main
try:
    main()
except SystemExit as leaving:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps([[who.ru_maxrss / 1024, who.ru_utime + who.ru_stime] for who in used]), file=sys.stderr)
    raise
"""
TURNS = 3


class Run(NamedTuple):
    """Seconds of a run; peak of memory (MiB) and processor time (seconds) of the process, and of its workers.

    The peak of the workers is that of the largest one, their time that of all.
    """

    seconds: float
    parent: tuple[float, float]
    workers: tuple[float, float]


def sentences() -> list[list[str]]:
    """The sentences of each of our samples."""
    files = [*sorted((DATA / "pages").glob("*.txt")), *sorted((DATA / "controls").glob("*.txt"))]
    texts = [file.read_text(encoding="utf-8") for file in files if ".zh." not in file.name]
    return [[part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if len(part.split()) > 4] for text in texts]


def write_pages(path: Path, count: int) -> None:
    """Write so many pages."""
    samples = sentences()
    chance = random.Random(11)

    def other(_: re.Match[str]) -> str:
        return f"{chance.choice(NAMES)} County"

    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            own, another = chance.choice(samples), chance.choice(samples)
            drawn: list[str] = []
            while sum(len(part.split()) for part in drawn) < WORDS:
                drawn.append(chance.choice(own if chance.random() < 0.7 else another))
            text = re.sub(r"\d", lambda _: str(chance.randint(0, 9)), "\n\n".join(drawn))
            text = re.sub(r"\b[A-Z]\w+ County\b", other, text)
            row = {
                "url": f"https://site{number % 40}.example/{('news', 'policy', 'people')[number % 3]}/{number}.html",
                "date": f"{2015 + number % 9}-05-01",
                "text": text,
            }
            stream.write(json.dumps(row) + "\n")


def command(pages: Path, store: Path, jobs: int) -> list[str]:
    """The command that adds pages to a store."""
    words = ["corpus", "add", str(pages), "--store", str(store), "--jobs", str(jobs)]
    return [sys.executable, "-P", "-c", PROGRAM, *words]


def measured(pages: Path, store: Path, jobs: int, processors: int = 2) -> Run:
    """A run on so many processors, into a new store."""
    store.unlink(missing_ok=True)
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, allowed[:processors])
    try:
        start = time.perf_counter()
        done = subprocess.run(command(pages, store, jobs), capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - start
    finally:
        os.sched_setaffinity(0, allowed)
    parent, workers = json.loads(done.stderr.splitlines()[-1])
    return Run(seconds, parent, workers)


def compared(pages: Path, store: Path) -> None:
    """Print how much faster two processes are than one."""
    kinds = {"two": (2, 2), "one": (1, 2), "one processor": (1, 1)}
    runs = [{kind: measured(pages, store, *how) for kind, how in kinds.items()} for _ in range(TURNS)]
    best = {kind: min((turn[kind] for turn in runs), key=lambda run: run.seconds) for kind in kinds}
    two = best["two"]
    print(f"--jobs 2 is {best['one'].seconds / two.seconds:.2f} times as fast as --jobs 1", end=", ")
    print(f"{best['one processor'].seconds / two.seconds:.2f} times as --jobs 1 on one processor")
    for kind, run in best.items():
        print(f"{kind}: {run.seconds:.1f} s, processor time {run.parent[1]:.1f} s + workers {run.workers[1]:.1f} s")


def killed(pages: Path, store: Path, seconds: float) -> int:
    """Add pages, killed at random moments of a run of so many seconds; returns how often."""
    chance = random.Random()
    times = 0
    while True:
        process = subprocess.Popen(
            command(pages, store, 2), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        try:
            process.communicate(timeout=chance.uniform(0.1, 0.5) * seconds if times < KILLS else None)
            return times
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            times += 1


def whole(store: Path) -> list[list[Any]]:
    """Everything in a store but times."""
    import duckdb

    with duckdb.connect(str(store), read_only=True) as connection:
        queries = [f"SELECT * FROM {table} ORDER BY ALL" for table in TABLES]
        queries.append("SELECT * EXCLUDE (started, finished) FROM runs")
        return [connection.execute(query).fetchall() for query in queries]


def main() -> None:
    """Print a row for each number of pages, then the comparisons."""
    counts = [int(word) for word in sys.argv[1:]] or [1000, 10_000]
    print("  pages  seconds  pages/s  parent MiB  worker MiB  store MB", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        stores: dict[int, Path] = {}
        seconds: dict[int, float] = {}
        for count in counts:
            pages, store = Path(folder) / f"{count}.jsonl", Path(folder) / f"{count}.store"
            write_pages(pages, count)
            run = measured(pages, store, 2)
            size = store.stat().st_size / 1e6
            rate = f"{run.seconds:>7.1f}  {count / run.seconds:>7.1f}"
            print(f"{count:>7,}  {rate}  {run.parent[0]:>10.0f}  {run.workers[0]:>10.0f}  {size:>8.1f}", flush=True)
            stores[count], seconds[count] = store, run.seconds
        most = max((count for count in counts if count <= 10_000), default=min(counts))
        compared(Path(folder) / f"{most}.jsonl", Path(folder) / "compared")
        least = min(counts)
        times = killed(Path(folder) / f"{least}.jsonl", Path(folder) / "killed", seconds[least])
        same = whole(Path(folder) / "killed") == whole(stores[least])
        print(f"killed {times} times and gone on with: the store is {'the same' if same else 'ANOTHER ONE'}")


if __name__ == "__main__":
    main()
