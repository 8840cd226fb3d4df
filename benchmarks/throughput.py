"""Prints how fast a check of plain English is, in MB a second of processor time, beside what a simpler tool would take.

Run ``python benchmarks/throughput.py [MEGABYTES]`` (2 by default). The texts: good English in one long page and in
many (the topics of `pydoc_data`, their words exchanged from copy to copy so that no copy repeats another), and our own
damaged pages, one by one and joined.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from pydoc_data.topics import topics

from ahocorasick_rs import AhoCorasick

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker.document import Document
from checker.options import Options
from checker.pipeline import Checker
from checker.rules.registry import all_rules
from glossary import Glossary, load
from glossary.folding import fold
from glossary.templates import is_template

PAGES = Path(__file__).resolve().parent.parent / "data" / "pages"
SAMPLE = 30_000  # characters that the alternation of regular expressions is tried on: it is that slow


def clean_pages(megabytes: float) -> list[str]:
    """Good English, ``megabytes`` of it, with the words of each further copy exchanged for one another."""
    words = sorted({word for text in topics.values() for word in re.findall(r"\b[a-z]{5,}\b", text)})
    chance = random.Random(5)
    made: list[str] = []
    size = 0
    others = words
    while True:
        exchanged = dict(zip(words, others, strict=True))
        for text in topics.values():
            pieces = re.split(r"\b([a-z]{5,})\b", text)
            made.append("".join(exchanged.get(piece, piece) for piece in pieces))
            size += len(made[-1])
            if size >= megabytes * 1e6:
                return made
        others = chance.sample(words, len(words))


def damaged_pages(megabytes: float) -> list[str]:
    """Our own pages over and over."""
    pages = [path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.txt")) if ".zh." not in path.name]
    return pages * max(1, int(megabytes * 1e6 / sum(map(len, pages))))


def forms_of(glossary: Glossary) -> list[str]:
    """The English forms that stand in the glossary as they are."""
    listed = [form for concept in glossary.concepts for form in (concept.preferred, *concept.admitted)]
    listed += [item.en for concept in glossary.concepts for item in (*concept.wrong, *concept.deprecated)]
    return sorted({fold(form) for form in listed if not is_template(form)})


def seconds(work: Callable[[], object]) -> float:
    """The processor time a piece of work takes."""
    start = time.process_time()
    work()
    return max(time.process_time() - start, 1e-6)


def speaking(glossary: Glossary, documents: list[Document]) -> Checker:
    """A checker that runs on each page only the rules that find something there: what no other way to skip rules beats."""
    codes = {rule.code for rule in all_rules()}
    wanted: dict[str, Options] = {}
    for finding in Checker(glossary).check(documents).findings:
        path = finding.path
        silent = set(wanted[path].ignore) if path in wanted else codes
        wanted[path] = Options(ignore=tuple(sorted(silent - {finding.rule})))
    silence = Options(ignore=tuple(sorted(codes)))
    return Checker(glossary, options_of=lambda path: wanted.get(path, silence))


def read_all(pages: list[str]) -> float:
    """The time to read pages from files and decode them."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.txt" for number in range(len(pages))]
        for path, page in zip(paths, pages, strict=True):
            path.write_text(page, encoding="utf-8")
        return seconds(lambda: [path.read_text(encoding="utf-8") for path in paths])


def main() -> None:
    """Measure each text with all rules, with the rules about terms alone, and with plainer means."""
    gc.set_threshold(100_000, 50, 50)  # as the command does
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    glossary = load()
    every, terms = Checker(glossary), Checker(glossary, Options(select=("TRM",)))
    forms = forms_of(glossary)
    automaton = AhoCorasick(forms)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})\b")
    clean, damaged = clean_pages(megabytes), damaged_pages(megabytes / 4)
    texts = {
        "good English, one page": ["\n\n".join(clean)],
        "good English, many pages": clean,
        "damaged, many pages": damaged,
        "damaged, one page": ["\n\n".join(dict.fromkeys(damaged))],
    }
    for page in damaged[:10]:
        every.check([Document("page", page)])  # unpacks what the glossary has of them
    for what, pages in texts.items():
        size = sum(len(page.encode()) for page in pages) / 1e6
        documents = [Document(f"page{number}", page) for number, page in enumerate(pages)]
        whole = seconds(lambda documents=documents: every.check(documents))
        of_terms = seconds(lambda documents=documents: terms.check(documents))
        oracle = speaking(glossary, documents)
        oracle.check(documents)
        known = seconds(lambda documents=documents, oracle=oracle: oracle.check(documents))
        prepared = seconds(lambda documents=documents: [every.page(document).words for document in documents])
        scanned = seconds(lambda pages=pages: [automaton.find_matches_as_indexes(page.lower()) for page in pages])
        sample = "\n".join(pages).lower()[:SAMPLE]
        searched = seconds(lambda sample=sample: pattern.findall(sample)) * size * 1e6 / len(sample.encode())
        print(f"{what}: {size:.2f} MB in {len(pages)}, all rules {size / whole:.2f} MB/s")
        for name, taken in (
            ("the rules about terms alone", of_terms),
            ("the rules that find something, known before", known),
            ("lines, blocks, folding and words alone", prepared),
            (f"{len(forms)} forms as one regular expression", searched),
            ("the same in an automaton, nothing else", scanned),
            ("reading the text", read_all(pages)),
        ):
            print(f"  {name:<48}{size / taken:9.2f} MB/s  {whole / taken:9.2f} times as fast")


if __name__ == "__main__":
    main()
