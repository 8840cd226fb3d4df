"""Many texts spotted in one go: the strings that can stand in any of them are worked out once for all."""

from __future__ import annotations

from collections.abc import Sequence

from checker.page import Page
from checker.spotting.spotter import Hit
from glossary.folding import FoldedText
from glossary.templates import TextWords

_GAP = "\n\n"


def spot_together(pages: Sequence[Page]) -> None:
    """Give each page its hits. What it finds is what each page would find by itself; all share one spotter."""
    if not pages:
        return
    text = _GAP.join(page.text for page in pages)
    blocks: list[tuple[int, int]] = []
    starts: list[int] = []  # of the pages, in the folded text
    original = 0
    folded_length = 0
    for page in pages:
        blocks += [(original + start, original + end) for start, end in page.blocks]
        starts.append(folded_length)
        folded_length += len(page.folded.text)
        original += len(page.text) + len(_GAP)
    folded = FoldedText(text, blocks)
    shared: list[list[Hit]] = [[] for _ in pages]
    number = 0
    for hit in pages[0].spotter.hits(folded, TextWords(folded.text), text):
        while number + 1 < len(starts) and starts[number + 1] <= hit.start:
            number += 1
        base = starts[number]
        shared[number].append(Hit(hit.start - base, hit.end - base, hit.candidates))
    for page, hits in zip(pages, shared, strict=True):
        page.__dict__["hits"] = hits
