"""Folding: one code point to one, blanks collapsed, the way back exact."""

from __future__ import annotations

import opencc
from hypothesis import given
from hypothesis import strategies as st

from glossary.folding import FoldedText, fold, fold_characters

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from(" \t\n-—’“”­\u200bＡ。體衞İß"), max_size=60)


def test_folds_case_width_quotes_dashes_and_script() -> None:
    """The foldings that DESIGN lists."""
    assert fold("Close‑Knit  ＭＥＤＩＣＡＬ\u00a0“Body”") == 'close knit medical "body"'
    assert fold("醫聯體 衞生") == "医联体 卫生"
    assert fold("health\u00adcare") == "healthcare"
    assert fold("İstanbul") == "istanbul"


@given(TEXT)
def test_characters_fold_one_to_one(text: str) -> None:
    """Length never changes while characters are folded, and folding twice changes nothing."""
    folded = fold_characters(text)
    assert len(folded) == len(text)
    assert fold_characters(folded) == folded


@given(TEXT)
def test_every_folded_character_leads_back(text: str) -> None:
    """The character at a mapped offset folds to the folded character, for one block and for two."""
    middle = len(text) // 2
    for blocks in ([(0, len(text))], [(0, middle), (middle, len(text))]):
        folded = FoldedText(text, blocks)
        for offset, char in enumerate(folded.text):
            if char != "\n":
                assert fold_characters(text[folded.start(offset)]) == char
                assert folded.find(folded.start(offset)) == offset


def test_runs_of_blanks_collapse_across_lines() -> None:
    """A term broken over a line or spaced twice is one string, and its span covers what was there."""
    text = "the medical -\n  consortium"
    folded = FoldedText(text, [(0, len(text))])
    place = folded.text.index("medical consortium")
    assert text[folded.start(place) : folded.end(place + len("medical consortium"))] == "medical -\n  consortium"


def test_the_script_table_is_what_opencc_says() -> None:
    """Every character of the shipped table folds as OpenCC's single-character tables do together."""
    converters = [opencc.OpenCC(name) for name in ("t2s", "hk2s", "tw2s")]

    def simplified(char: str) -> str:
        for _ in range(3):
            for converter in converters:
                made = converter.convert(char)
                char = made if len(made) == 1 else char
        return char

    common = [chr(code) for code in range(0x4E00, 0xA000)]
    assert [char for char in common if fold_characters(char) != simplified(char)] == []
