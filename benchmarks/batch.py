"""Prints pages a second and peak memory of a run over many pages, for one process and for two, as ratios too.

Run ``python benchmarks/batch.py [PAGES…]`` (1000 and 10000 by default). The pages are our own, their paragraphs mixed
and their figures and names changed, so that none repeats another, in one file of JSON Lines.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "data" / "pages"
PARAGRAPHS = 8  # of a page
PROGRAM = """
import json, resource, sys
from checker.cli.main import main
try:
    main()
except SystemExit:
    pass
peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps(peaks), file=sys.stderr)
"""


def write_pages(path: Path, count: int) -> int:
    """Write so many pages; returns the number of characters."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(PAGES.glob("*.txt")) if ".zh." not in file.name]
    pieces = [[piece for piece in text.split("\n") if piece.strip()] for text in texts]
    chance = random.Random(7)
    size = 0
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            own = chance.choice(pieces)
            mixed = chance.sample(own, min(len(own), PARAGRAPHS - 2)) + chance.sample(chance.choice(pieces), 2)
            text = "\n\n".join(re.sub(r"\d", lambda _: str(chance.randint(0, 9)), piece) for piece in mixed)
            text = re.sub(r"\bCounty\b", f"County {chance.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}{number}", text)
            size += len(text)
            row = {
                "url": f"https://site.example/{number % 40}/{number}.html",
                "date": f"{2015 + number % 9}-05-01",
                "text": text,
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return size


def measured(path: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds of a run, and the peaks of memory (MiB) of the process and of its largest worker."""
    command = [sys.executable, "-P", "-c", PROGRAM, "check", str(path), "--jobs", str(jobs), "--format", "jsonl"]
    start = time.perf_counter()
    done = subprocess.run([*command, "-o", os.devnull], stderr=subprocess.PIPE, text=True, check=True)
    parent, worker = json.loads(done.stderr.splitlines()[-1])
    return time.perf_counter() - start, parent, worker


def main() -> None:
    """Print a row for each number of pages and processes."""
    counts = [int(word) for word in sys.argv[1:]] or [1000, 10_000]
    print("pages    jobs  pages/s  MB/s  parent MiB  worker MiB  beside jobs 1")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder) / "pages.jsonl"
            size = write_pages(path, count)
            alone = 0.0
            for jobs in (1, 2):
                seconds, parent, worker = measured(path, jobs)
                alone = alone or seconds
                rates = f"{count / seconds:>7.1f}  {size / seconds / 1e6:>4.2f}"
                print(
                    f"{count:>7,}  {jobs:>4}  {rates}  {parent:>10.0f}  {worker:>10.0f}  {alone / seconds:>12.2f}x",
                    flush=True,
                )


if __name__ == "__main__":
    main()
