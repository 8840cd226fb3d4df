"""Prints how fast bilingual mode is, in MB of both sides together a second of processor time.

Run ``python benchmarks/bilingual.py``. Short pairs pay for what is set up once a document.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker.bitext import SourceText
from checker.document import Document
from checker.options import Options
from checker.pipeline import Checker
from glossary import load
from tests.bilingual_pair import make_pair


def main() -> None:
    """Measure the alignment alone, then the bilingual rules, then a whole check, on a short and a long pair."""
    gc.set_threshold(100_000, 50, 50)  # as the command does
    glossary = load()
    checker = Checker(glossary)
    bilingual = Checker(glossary, Options(select=("BIL",)))
    for paragraphs in (100, 1500):
        pair = make_pair(paragraphs)
        size = len((pair.english + pair.chinese).encode()) / 1e6
        document = Document("page", pair.english, source=SourceText("source", pair.chinese))
        checker.check([Document("page", "One.", source=SourceText("source", "参保人数一。"))])  # loads the dictionary
        print(f"{size:.2f} MB of both sides")
        page = checker.page(document)
        start = time.process_time()
        _ = page.hits
        spotted = time.process_time()
        assert page.parallel is not None
        _ = page.parallel.links
        aligned = time.process_time()
        for rule in bilingual.rules:
            list(rule.check(page))
        ruled = time.process_time()
        checker.check([document])
        end = time.process_time()
        for what, seconds in (
            ("English spotted", spotted - start),
            ("source spotted and aligned", aligned - spotted),
            ("bilingual rules", ruled - aligned),
            ("the three together", ruled - start),
            ("whole check, all rules", end - ruled),
        ):
            print(f"  {what:<28} {seconds:7.2f} s  {size / max(seconds, 1e-9):6.2f} MB/s")


if __name__ == "__main__":
    main()
