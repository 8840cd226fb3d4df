"""Many pages spotted in one go: the forms that can stand in any of them are worked out once for all."""

from __future__ import annotations

from collections.abc import Sequence

from checker.page import Page
from glossary.templates import TextWords


def spot_together(pages: Sequence[Page]) -> None:
    """Give each page its hits. What it finds is what each page would find by itself; all share one spotter."""
    if not pages:
        return
    words = set[str]().union(*(page.text_words.words for page in pages))
    finder = pages[0].spotter.finder(TextWords(*(page.words.tokens for page in pages), words=words))
    for page in pages:
        page.__dict__["hits"] = finder.hits(page.folded, page.text)
