"""What discovery yields: renderings and terms that a glossary lacks, each with its evidence."""

from __future__ import annotations

from typing import NamedTuple

from checker.phrases.counts import Context

METHODS = {
    "likeness": "English phrases that look like another rendering of a known term",
    "beside": "English that stands beside the Chinese of a known term in place of a known rendering",
    "pairs": "Chinese terms that the glossary lacks, with the English beside them",
    "chinese": "Chinese terms that the glossary lacks",
    "english": "English terms that the glossary lacks",
}
"""The methods in the order in which they are reported, with what each finds."""


class Find(NamedTuple):
    """A rendering or a term that the glossary lacks. ``method`` is one of `METHODS`.

    ``text`` is what was found, ``zh`` and ``english`` what is known of the other language; ``concept`` is the id of the
    known concept it seems to render, else None. ``score`` orders the finds of one method; ``places`` is how often it stands. ``evidence`` are sentences'
    worth of reasons, ``contexts`` places to look at.
    """

    method: str
    text: str
    score: float
    places: int
    pages: int
    contexts: tuple[Context, ...]
    concept: str | None = None
    zh: str | None = None
    english: str | None = None
    evidence: tuple[str, ...] = ()


class Discovered(NamedTuple):
    """The finds of many pages, best first within each method, and what they were found in."""

    english_pages: int
    chinese_pages: int
    pairs: int
    finds: tuple[Find, ...]
