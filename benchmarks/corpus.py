"""Prints what adding many pages to a store takes: pages a second, peak memory, two processes beside one, killed runs.

Run ``python benchmarks/corpus.py [PAGES…]`` (1000 and 10000 by default; 100000 takes ten minutes or more). The pages are made
of sentences of our own samples, drawn at random, with other figures and names in each, in one file of JSON Lines. For
each number of pages a run with two processes is measured; then, with at most 10,000 pages, a run with one process, and,
with the smallest number, one that is killed at random moments and gone on with until it ends, whose store must be that of the undisturbed one.
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
from typing import Any

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
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps(peaks), file=sys.stderr)
    raise
"""


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


def measured(pages: Path, store: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds of a run, and the peaks of memory (MiB) of the process and of its largest worker."""
    start = time.perf_counter()
    done = subprocess.run(command(pages, store, jobs), capture_output=True, text=True, check=True)
    parent, worker = json.loads(done.stderr.splitlines()[-1])
    return time.perf_counter() - start, parent, worker


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
    compared = max((count for count in counts if count <= 10_000), default=min(counts))
    print("  pages  jobs  seconds  pages/s  parent MiB  worker MiB  store MB", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        stores: dict[int, Path] = {}
        seconds: dict[int, float] = {}
        for count, jobs in [(count, 2) for count in counts] + [(compared, 1)]:
            pages, store = Path(folder) / f"{count}.jsonl", Path(folder) / f"{count}-{jobs}"
            write_pages(pages, count)
            took, parent, worker = measured(pages, store, jobs)
            size = store.stat().st_size / 1e6
            rate = f"{took:>7.1f}  {count / took:>7.1f}"
            print(f"{count:>7,}  {jobs:>4}  {rate}  {parent:>10.0f}  {worker:>10.0f}  {size:>8.1f}", flush=True)
            if jobs == 2:
                stores[count], seconds[count] = store, took
        print(f"two processes beside one, {compared:,} pages: {took / seconds[compared]:.2f} times as fast")
        least = min(counts)
        times = killed(Path(folder) / f"{least}.jsonl", Path(folder) / "killed", seconds[least])
        same = whole(Path(folder) / "killed") == whole(stores[least])
        print(f"killed {times} times and gone on with: the store is {'the same' if same else 'ANOTHER ONE'}")


if __name__ == "__main__":
    main()
