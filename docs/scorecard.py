"""Measures the checker on the sample pages and writes ``docs/scorecard.md`` and its short form in the README.

Run ``python docs/scorecard.py`` when the figures have become better; a test refuses worse ones.
"""

from __future__ import annotations

import re
from pathlib import Path

from checker.evaluation.annotation import read_gold, read_traps
from checker.scorecard import Scorecard, as_markdown, measured, short_form
from glossary import load

REPOSITORY = Path(__file__).resolve().parent.parent
DATA = REPOSITORY / "data"
WHERE = "the sample pages in `data/pages`, which are our own and say less than real ones"


def figures() -> Scorecard:
    """The figures on our own pages and controls, with the glossary as it is."""
    spans = read_gold(DATA / "gold" / "pages-gold.jsonl")
    traps = read_traps(DATA / "gold" / "pages-traps.jsonl")
    names = sorted({item.file for item in (*spans, *traps)})
    pages = {name: (DATA / "pages" / name).read_bytes().decode("utf-8") for name in names}
    clean = {path.name: path.read_bytes().decode("utf-8") for path in sorted((DATA / "controls").glob("*.txt"))}
    return measured(pages, spans, traps, clean, load())


def readme(card: Scorecard) -> str:
    """The README with the short form between its markers."""
    content = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    block = short_form(card)
    marked = r"(<!-- scorecard -->\n).*?(<!-- end of scorecard -->)"
    return re.sub(marked, lambda match: f"{match[1]}{block}{match[2]}", content, flags=re.DOTALL)


if __name__ == "__main__":
    card = figures()
    (REPOSITORY / "docs" / "scorecard.md").write_text(as_markdown(card, WHERE), encoding="utf-8", newline="\n")
    (REPOSITORY / "README.md").write_text(readme(card), encoding="utf-8", newline="\n")
