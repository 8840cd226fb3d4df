"""Prints how the speed of a check falls when the glossary grows tenfold: 500 concepts and 5,000, made up out of ours.

Run ``python benchmarks/concepts.py [MEGABYTES] [ROUNDS]`` (0.5 and 3 by default). The small glossary holds five hundred
of our concepts, spread over all fields. The large one holds all of them and copies in which each word of the glossary,
and each class in a pattern, stands for another one; how many mentions each spots is printed too. The texts are those of
``throughput.py``; the ratios are those of the best rounds.
"""

from __future__ import annotations

import gc
import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.throughput import clean_pages, damaged_pages, seconds
from checker.document import Document
from checker.options import Options
from checker.pipeline import Checker
from glossary import Glossary, load
from glossary.compiled import compile_tables

SMALL, LARGE = 500, 5_000
_PART = re.compile(r"\{[^{}]*\}|[A-Za-z]{4,}")
_FORMS = ("preferred", "admitted", "ignore", "short", "optional", "plural")
_ENTRIES = ("wrong", "deprecated", "patterns")

Concept = dict[str, Any]


def rewritten(concept: Concept, number: int, change: Callable[[str], str]) -> Concept:
    """A copy of a concept with every English form changed and Chinese of its own."""
    made = {key: value for key, value in concept.items() if key not in ("abbreviations", "examples", "sources")}
    made |= {"id": f"{concept['id']}-{number}", "zh": f"{concept['zh']}{number}", "zh_variants": []}
    for key in _FORMS:
        if key in made:
            made[key] = change(made[key]) if isinstance(made[key], str) else [change(form) for form in made[key]]
    for key in _ENTRIES:
        made[key] = [{**item, "en": change(item["en"])} for item in made.get(key, ())]
    return made


def exchange(concepts: list[Concept], classes: list[str], chance: random.Random) -> Callable[[str], str]:
    """A change of forms that puts for each word of the glossary another one, and for each class another class."""
    forms = " ".join(json.dumps([concept.get(key) for key in _FORMS]) for concept in concepts)
    words = sorted({word.lower() for word in re.findall(r"[A-Za-z]{4,}", forms)})
    parts = dict(zip(words, chance.sample(words, len(words)), strict=True))
    parts |= dict(zip(classes, chance.sample(classes, len(classes)), strict=True))

    def other(match: re.Match[str]) -> str:
        part = match[0]
        if part.startswith("{"):
            return f"{{{parts.get(part[1:-1], part[1:-1])}}}"
        made = parts.get(part.lower(), part)
        return made.capitalize() if part[0].isupper() else made

    def change(form: str) -> str:
        made = _PART.sub(other, form)
        return made if " " in made else f"county {made}"  # a single word would stand anywhere, and means nothing

    return change


def glossaries() -> tuple[Glossary, Glossary]:
    """The small and the large glossary."""
    glossary = load()
    ours = glossary.plain_concepts()
    morphemes = [json.loads(text) for text in glossary.tables["morphemes"]]
    names = {**glossary.names, "hosts": {}}
    chance = random.Random(7)
    large = list(ours)
    while len(large) < LARGE:
        change = exchange(ours, sorted(glossary.morphemes), chance)
        large += [rewritten(concept, len(large), change) for concept in ours][: LARGE - len(large)]
    small = sorted(chance.sample(range(len(ours)), SMALL))
    chosen = ([ours[number] for number in small], large)
    made = [Glossary(compile_tables(concepts, morphemes, names), str(len(concepts))) for concepts in chosen]
    return made[0], made[1]


def main() -> None:
    """Print megabytes a second with each glossary and their ratios, the rounds taking turns."""
    gc.set_threshold(100_000, 50, 50)  # as the command does
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 0.5
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    both = glossaries()
    gc.collect()
    gc.freeze()  # what they were made of is no part of a check
    texts = {"good English": clean_pages(megabytes), "damaged": damaged_pages(megabytes / 4)}
    for what, options in (("all rules", Options()), ("terms alone", Options(select=("TRM",)))):
        checkers = [Checker(glossary, options) for glossary in both]
        for name, pages in texts.items():
            documents = [Document(f"{number}", page) for number, page in enumerate(pages)]
            size = sum(len(page.encode()) for page in pages) / 1e6
            best = [float("inf"), float("inf")]
            for turn in range(rounds + 1):
                for number, checker in enumerate(checkers):
                    taken = seconds(lambda checker=checker, documents=documents: checker.check(documents))
                    if turn:  # the first one unpacks what the glossary has of them
                        best[number] = min(best[number], taken)
            speeds = [size / taken for taken in best]
            spotted = [sum(len(checker.page(document).mentions) for document in documents) for checker in checkers]
            print(
                f"{what}, {name}: {speeds[0]:.2f} MB/s with {SMALL} ({spotted[0]:,} mentions), {speeds[1]:.2f} with "
                f"{LARGE:,} ({spotted[1]:,}): {speeds[1] / speeds[0]:.2f} of it"
            )


if __name__ == "__main__":
    main()
