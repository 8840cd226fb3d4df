"""Prints how fast other tools read the texts that we read, and what each finds on pages whose faults are annotated.

Run ``python benchmarks/side_by_side.py [MEGABYTES] [FOLDER]`` (1 by default). Other tools are taken from ``FOLDER/bin``
and ``FOLDER/node_modules/.bin``, else from the path; one that is not there is left out with a line. To have them all::

    python -m venv FOLDER && FOLDER/bin/pip install codespell proselint
    cd FOLDER && npm install textlint textlint-rule-write-good textlint-rule-terminology

Figures are megabytes a second of processor time, what a tool takes to start subtracted; slow tools get less of the same
texts than fast ones. A place is supported when it touches an annotated fault, whatever the tool says of it; of ours those
above info are counted.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.throughput import clean_pages, damaged_pages, forms_of, seconds
from checker.document import Document
from checker.evaluation.annotation import find_pages, read_gold
from checker.options import Options
from checker.pipeline import Checker
from glossary import Glossary, load
from glossary.folding import fold
from glossary.templates import is_template

GOLD = Path(__file__).resolve().parent.parent / "data" / "gold" / "pages-gold.jsonl"
REGION = 500  # characters: an annotated fault that is longer is a repeated passage, in which anything may stand
Texts = dict[str, str]
Found = Iterator[tuple[str, int, int]]


class Tool(NamedTuple):
    """Another program: its command, what it says of files as (name, start, end), and how many bytes it is timed on."""

    command: list[str]
    found: Callable[[str, Texts], Found]
    size: float


def codespell_found(output: str, texts: Texts) -> Found:
    """Lines ``PATH:LINE: word ==> words``: the word in that line."""
    for path, line, word in re.findall(r"^(.+?):(\d+): (.+?) ==> ", output, re.M):
        text = texts[os.path.basename(path)]
        start = sum(map(len, text.splitlines(keepends=True)[: int(line) - 1]))
        place = text.find(word, start)
        yield os.path.basename(path), place, place + len(word)


def proselint_found(output: str, texts: Texts) -> Found:
    """Its spans count characters from 1, after a line break that it puts before the text."""
    for path, said in json.loads(output)["result"].items():
        for item in said.get("diagnostics", ()):
            start, end = item["span"]
            yield os.path.basename(path), max(start - 1, 0), max(end - 1, 1)


def textlint_found(output: str, texts: Texts) -> Found:
    """Its messages have ranges in UTF-16, of which our pages need nothing."""
    for page in json.loads(output):
        for item in page["messages"]:
            start, end = item["range"]
            yield os.path.basename(page["filePath"]), start, max(end, start + 1)


def other_tools(folder: str | None) -> dict[str, Tool]:
    """The tools that are there; says of the others that they are not."""
    places = [f"{folder}/bin", f"{folder}/node_modules/.bin"] if folder else []
    path = os.pathsep.join([*map(os.path.abspath, places), os.environ.get("PATH", "")])
    tools = {
        "codespell": Tool(["codespell"], codespell_found, 5e6),
        "proselint": Tool(["proselint", "check", "--output-format", "json"], proselint_found, 1e5),
        "textlint": Tool(
            ["textlint", "--no-textlintrc", "--rule", "write-good", "--rule", "terminology", "--format", "json"],
            textlint_found,
            3e5,
        ),
    }
    there = {}
    for name, tool in tools.items():
        program = shutil.which(tool.command[0], path=path)
        if program is None:
            print(f"{name} is not there: left out")
        else:
            there[name] = tool._replace(command=[program, *tool.command[1:]])
    return there


def run(tool: Tool, texts: Texts, where: str | None) -> tuple[float, str]:
    """Seconds of processor time that a tool takes for files of these texts, and what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        files = [f"{folder}/{name}" for name in texts]
        done = subprocess.run([*tool.command, *files], cwd=where, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def size_of(texts: Texts) -> float:
    """Megabytes."""
    return sum(len(text.encode()) for text in texts.values()) / 1e6


def amount(texts: Texts, size: float) -> Texts:
    """About so many bytes of the texts: not all of them, or some again."""
    made: Texts = {}
    left = size
    for number, text in enumerate(itertools.cycle(texts.values())):
        left -= len(text.encode())
        if made and left < 0:
            return made
        made[f"{number}.txt"] = text
    return made


def wrong_forms(glossary: Glossary) -> re.Pattern[str]:
    """The wrong and deprecated forms that stand in the glossary as they are, as one regular expression."""
    items = (item.en for concept in glossary.concepts for item in (*concept.wrong, *concept.deprecated))
    return alternation(sorted({fold(form) for form in items if not is_template(form)}))


def alternation(forms: list[str]) -> re.Pattern[str]:
    """Forms as one regular expression, the longest first."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})\b")


def speeds(texts: Texts, glossary: Glossary, tools: dict[str, Tool], where: str | None) -> dict[str, float]:
    """Megabytes a second, by what reads the texts."""
    documents = [Document(name, text) for name, text in texts.items()]
    lower = [text.lower() for text in texts.values()]
    forms = forms_of(glossary)
    automaton, pattern = AhoCorasick(forms), alternation(forms)
    every, terms = Checker(glossary), Checker(glossary, Options(select=("TRM",)))
    for checker in (every, terms):
        checker.check(documents[:10])  # unpacks what the glossary has of them
    size, sample = size_of(texts), "\n".join(lower)[:30_000]
    joined = "\n".join(lower)
    made = {
        "yigai, all rules": size / seconds(lambda: every.check(documents)),
        "yigai, terms alone": size / seconds(lambda: terms.check(documents)),
    }
    for name, tool in tools.items():
        given = amount(texts, tool.size)
        begin = min(run(tool, {"empty.txt": "A word.\n"}, where)[0] for _ in range(2))
        made[name] = size_of(given) / max(run(tool, given, where)[0] - begin, 1e-3)
    made["the glossary as a regular expression"] = len(sample.encode()) / 1e6 / seconds(lambda: pattern.findall(sample))
    made["the glossary in an automaton"] = size / seconds(
        lambda: [automaton.find_matches_as_indexes(text) for text in lower]
    )
    made["a search for a letter that is not there"] = 50 * size / seconds(lambda: scan(joined))
    return made


def scan(text: str) -> None:
    """Read a text from memory fifty times and do nothing with it."""
    for _ in range(50):
        text.find("\x01")


def findings(glossary: Glossary, tools: dict[str, Tool], where: str | None) -> Iterator[tuple[str, int, int, int]]:
    """Of each tool: places it points to on the annotated pages, those that touch a fault, annotated faults it touches."""
    spans = [span for span in read_gold(GOLD) if span.end - span.start <= REGION]
    pages = find_pages(GOLD, dict.fromkeys(span.file for span in spans))
    texts = {name: path.read_text(encoding="utf-8") for name, path in pages.items()}
    documents = [Document(name, text) for name, text in texts.items()]

    def counted(found: Found) -> tuple[int, int, int]:
        places = list(found)
        touched = [
            [span for span in spans if span.file == name and span.start < end and start < span.end]
            for name, start, end in places
        ]
        return len(places), sum(map(bool, touched)), len({span for some in touched for span in some})

    def ours(*select: str) -> Found:
        for item in Checker(glossary, Options(select=select)).check(documents).findings:
            if item.severity != "info":
                yield from ((item.path, *place) for place in item.places)

    yield "yigai, all rules", *counted(ours())
    yield "yigai, terms alone", *counted(ours("TRM"))
    for name, tool in tools.items():
        yield name, *counted(tool.found(run(tool, texts, where)[1], texts))
    pattern = wrong_forms(glossary)
    matches = ((name, m.start(), m.end()) for name, text in texts.items() for m in pattern.finditer(text.lower()))
    yield "the wrong forms as a regular expression", *counted(matches)


def main() -> None:
    """Print the tables."""
    gc.set_threshold(100_000, 50, 50)  # as the command does
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    where = sys.argv[2] if len(sys.argv) > 2 else None
    glossary, tools = load(), other_tools(where)
    columns: dict[str, dict[str, Any]] = {}
    for what, pages in (("good English", clean_pages(megabytes)), ("damaged", damaged_pages(megabytes))):
        columns[what] = speeds({f"{n}.txt": page for n, page in enumerate(pages)}, glossary, tools, where)
    print(f"{'MB/s of processor time, times all rules':<44}" + "".join(f"{what:>24}" for what in columns))
    for name in columns["damaged"]:
        shown = (f"{made[name]:12,.2f}{made[name] / made['yigai, all rules']:11,.1f}x" for made in columns.values())
        print(f"{name:<44}{''.join(shown)}")
    print(f"\n{'on the annotated pages':<44}{'places':>8}{'supported':>11}{'faults found':>14}")
    for name, places, supported, found in findings(glossary, tools, where):
        print(f"{name:<44}{places:>8}{supported:>11}{found:>14}")


if __name__ == "__main__":
    main()
