"""The quick looks for marks by the shape of a page: what they pass over, a look at every mark would pass over too."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

import pytest

from checker.document import Document
from checker.page import Page
from checker.rules import marks, missing_spaces
from checker.rules.shape import END, shape
from checker.rules.spacing import inner_space, mismatched_marks, missing_space, space_before_punctuation
from checker.spotting.spotter import Spotter
from glossary import load

RULES = (missing_space, inner_space, mismatched_marks, space_before_punctuation)
WORDS = "the hospital of county Health plan services in a I café 医院 x2 2016 5 '' — ’s # = ½ ² patients Over (DRG) [3]".split()
MARKS = [*'""""""“”“”()()()[],,;..:-/$', "\u2018", "。", "（"]
BLANKS = [" "] * 17 + ["  ", "\n\n", "\r\n", *"\n\n\t\u00a0\u3000\r\u2028\x0b\u200b"]


@cache
def spotter() -> Spotter:
    """One spotter for all pages."""
    return Spotter(load())


def texts() -> Iterator[str]:
    """Words, marks and blanks of all kinds in any order, in some texts only the usual blanks."""
    chance = random.Random(7)
    for _ in range(400):
        blanks = chance.choice((BLANKS, [" ", " ", " ", "\n"]))
        share = chance.random() / 2
        pieces: list[str] = []
        for _ in range(chance.randint(5, 120)):
            pieces.append(chance.choice(MARKS if chance.random() < share else WORDS))
            pieces.append(chance.choice(blanks) if chance.random() < 0.8 else "")
        yield "".join(pieces)


def found(text: str) -> list[object]:
    """What the rules about marks find in a text."""
    page = Page(Document("page", text), spotter())
    return [finding for rule in RULES for finding in rule.check(page)]


def test_passes_over_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mark and every block looked at gives the same findings as the candidates alone."""
    quick = {text: found(text) for text in texts()}
    assert sum(map(bool, quick.values())) > 100

    def every(signs: str) -> object:
        return lambda page: [place for place, char in enumerate(page.text) if char in signs]

    for module in (marks, missing_spaces, inner_space, space_before_punctuation):
        for name, signs in (("opening_marks", "(“"), ("closing_marks", ")”,;"), ("stops", ".")):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, every(signs))
    for text, findings in quick.items():
        blocks = range(len(Page(Document("page", text), spotter()).blocks))
        monkeypatch.setattr(marks, "_with_any", lambda _, blocks=blocks: list(blocks))
        monkeypatch.setattr(marks, "_BESIDE_CODE", re.compile("(?!)"))
        assert found(text) == findings, text


def test_finds_every_mixed_pair() -> None:
    """What the classes of quotation marks rule out is no mixed pair."""
    pairs = {text: list(marks.mixed_pairs(Page(Document("page", text), spotter()))) for text in texts()}
    assert sum(map(bool, pairs.values())) > 10
    for text, found_pairs in pairs.items():
        expected, place = [], 0
        while match := marks._MIXED.search(text, place):
            parts = marks._parts_quotations(text, *match.span())
            expected += [] if parts else [match.span()]
            place = match.start() + 1 if parts else match.end()
        assert found_pairs == expected, text


@pytest.mark.parametrize(
    "text", ["The fund (a) ends. “Yes”", "Stra\u00dfe \u3000医 \ud800 \x01 ? \x93", "", "\r\n\x85"]
)
def test_has_a_class_for_each_character(text: str) -> None:
    """A shape is as long as its text and one longer, and END stands behind each block and nowhere else."""
    page = Page(Document("page", text), spotter())
    made = shape(page)
    ends = {end for _, end in page.blocks} | {len(text)}
    assert len(made.classes) == len(made.outline) == len(text) + 1
    assert {place for place, char in enumerate(made.classes) if char == END} == ends
