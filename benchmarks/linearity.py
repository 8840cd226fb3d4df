"""Prints how the time of a check grows with a text that is one short string over and over: it has to grow as the text.

Run ``python benchmarks/linearity.py [MEGABYTES ...]``; the sizes are 1, 2 and 5 MB by default, 1, 2, 5 and 10 with
``1 2 5 10``. A growth of 1.0 is linear: the time a byte at the largest size over that at the smallest.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker.document import Document
from checker.pipeline import Checker
from glossary import load

STRINGS = (
    "a", "A", "1", " ", "\n", "\t", ".", ",", "-", "(", ")", "[", '"', "'", "“", "”", "&", "<", "{", "\\", "/", "_", "%",
    ":", "|", "的", "。", "，", "（", "\u3000", "\u00a0", "\u200b", "é", "�", "a ", "的 ", "- ", "1.", "1. ", "(1) ", "a.", "a,",
    ". ", "\r\n", "a\n", ".\n", "A\n", "Aa", "the ", "of the ", "health ", "Health Commission ", "medical association. ",
    "&amp;", "<b>", "1O", " ,", "( ) ", "No.\n", "ly ", "Province ", "a-b ", "x\u3000",
)  # fmt: skip


def main() -> None:
    """Check each string at each size; those that grow by more than a half are marked."""
    gc.set_threshold(100_000, 50, 50)  # as the command does
    sizes = [float(size) for size in sys.argv[1:]] or [1, 2, 5]
    checker = Checker(load())
    checker.check([Document("page", "Loads what is loaded once.")])
    print(f"{'string':<24}" + "".join(f"{size:>9g} MB" for size in sizes) + "   growth")
    for string in STRINGS:
        times = []
        for size in sizes:
            text = string * int(size * 1e6 / len(string.encode()))
            start = time.process_time()
            checker.check([Document("page", text)])
            times.append(time.process_time() - start)
        growth = times[-1] / sizes[-1] * sizes[0] / max(times[0], 1e-3)
        print(f"{string!r:<24}" + "".join(f"{seconds:>10.2f} s" for seconds in times) + f"{growth:9.2f}", end="")
        print("  !" if growth > 1.5 else "", flush=True)


if __name__ == "__main__":
    main()
