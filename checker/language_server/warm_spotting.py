"""Hits in one state of a text after another: only what the edit may have brought is looked up in the glossary.

A finder made for more words than a text has finds the same in it. So the forms that could stand in the last state are
kept, and those are added that could stand around what has changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.page import Page
from checker.spotting.index import Surfaces
from checker.spotting.spotter import Finder, Spotter
from glossary.templates import TextWords

REACH = 60  # words on each side of an edit; no form is longer
_EDITS = 200  # after which what is kept is made anew, for it only grows


class WarmSpotting:
    """What is kept of the last state of one text."""

    def __init__(self) -> None:
        self._spotter: Spotter | None = None
        self._tokens: Sequence[str] = ()
        self._surfaces: Surfaces = {}
        self._finder: Finder | None = None
        self._left = 0

    def spot(self, page: Page) -> None:
        """Give a page its hits: those it would find by itself."""
        tokens = page.words.tokens
        window = self._changed(tokens) if self._spotter is page.spotter and self._left else None
        if window is None:
            self._spotter, self._left = page.spotter, _EDITS
            self._surfaces = page.spotter.index.surfaces(page.text_words)
            self._finder = None
        else:
            self._left -= 1
            added = page.spotter.index.surfaces(TextWords(window)) if window else {}
            if added.keys() - self._surfaces.keys():
                self._surfaces = added | self._surfaces
                self._finder = None
        self._tokens = tokens
        if self._finder is None:
            self._finder = Finder(page.spotter.readings, self._surfaces)
        page.__dict__["hits"] = self._finder.hits(page.folded, page.text)

    def _changed(self, tokens: Sequence[str]) -> Sequence[str] | None:
        """The words around what has changed, none where nothing has; None where most of the text has."""
        old = self._tokens
        shorter = min(len(old), len(tokens))
        first = next((number for number in range(shorter) if old[number] != tokens[number]), shorter)
        if first == len(old) == len(tokens):
            return ()
        last = next((n for n in range(shorter - first) if old[-1 - n] != tokens[-1 - n]), shorter - first)
        window = tokens[max(0, first - REACH) : len(tokens) - last + REACH]
        return window if len(window) <= len(tokens) // 2 + REACH else None
