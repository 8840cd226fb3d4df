"""A page analysed once: words and their places, furniture found by its signs, pages spotted together, hostile text."""

from __future__ import annotations

import bisect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.blocks import sentences, text_blocks
from checker.document import Document
from checker.finding import as_object
from checker.furniture import _kind, _suspects
from checker.lines import text_lines
from checker.options import Options
from checker.pipeline import Checker
from checker.script import han_count, han_marks, han_runs
from checker.site_phrases import NOTICE_HINTS
from checker.words import Words, words_beside
from glossary import Glossary, load
from glossary.folding import FoldedText
from glossary.templates import WORD

PIECES = st.sampled_from(
    [
        "the county",
        "hospital's",
        "DRG付费",
        "a\u200bb",
        "  ",
        " ",
        "\n",
        "\n\n",
        "_x_",
        "3.5",
        "“",
        "”. ",
        "No. ",
        "É",
        "。",
        "-",
    ]
)
TEXT = st.lists(PIECES, max_size=25).map("".join)
FIELDS = st.sampled_from(
    "Home/About us/News/Source:/Source: Daily/[Print]/Close/English/中文/Updated: 2021-05-04/Tel: 123/Office telephone: 5/"
    "Copyright 2020/All rights reserved/The clinic opened in May/10:30 Editor: Li/Log in to post a comment/2. Reform/"
    "Skip to content/Today is 2020-8-28/Original title: New/Time: 2020-08-28 10:00/Power by CN/Posted on 2020-08-28 9 views/"
    "County Hospital Logo/Share to: WeChat/Buy now at a discount today, free".split("/")
)
BARS = st.sampled_from([" | ", "  ", "\t", " > ", " ", ", ", "\u3000", "][", " · "])


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """The curated glossary."""
    return load()


@given(TEXT)
def test_words_stand_where_a_plain_search_finds_them(text: str) -> None:
    """Tokens, places and numbers agree with what a search over the folded text says."""
    blocks = text_blocks(text, text_lines(text))
    folded = FoldedText(text, blocks)
    words = Words(folded, blocks)
    found = [(m.group(), folded.start(m.start()), folded.end(m.end())) for m in WORD.finditer(folded.text)]
    assert words.tokens == [word for word, _, _ in found]
    assert [words.place(number) for number in range(len(words))] == [(start, end) for _, start, end in found]
    starts = [start for _, start, _ in found]
    for offset in range(len(text) + 1):
        assert words.number_at(offset) == bisect.bisect_left(starts, offset)


@given(TEXT)
def test_sentences_of_all_blocks_are_those_of_each(text: str) -> None:
    """One pass over a text cuts as a pass over each block does."""
    blocks = text_blocks(text, text_lines(text))
    assert sentences(text, blocks) == [sentence for block in blocks for sentence in sentences(text, [block])]


@given(st.lists(FIELDS, min_size=1, max_size=4), BARS, st.booleans())
def test_every_line_of_furniture_is_suspected(fields: list[str], bar: str, small: bool) -> None:
    """No line that is furniture by itself is passed over because of how it begins."""
    line = bar.join(fields).strip()
    text = f"A title\n\n{line.lower() if small else line}\nThe hospital opened."
    lines = text_lines(text)
    words = set(Words(FoldedText(text, lines), lines).tokens)
    written = [text[slice(*span)] for span in lines]
    suspects, hints = _suspects(lines, written, han_runs(text), words)
    kinds = [_kind(line, any(hint in line.lower() for hint in NOTICE_HINTS)) for line in written]
    assert [number for number, kind in enumerate(kinds) if kind and number not in suspects] == []
    assert set(hints) == {hint for hint in NOTICE_HINTS if hint in text.lower()}


def test_bodies_of_several_levels_are_one_name(glossary: Glossary) -> None:
    """The summary counts the commission of a county and that of a city as one name, as the rules do; a wrong one apart."""
    said = (
        "The County Health Commission met.",
        "The Municipal Health Commission and the Health and Health Commission met.",
    )
    result = Checker(glossary).check([Document(str(number), text) for number, text in enumerate(said)])
    (concept,) = [concept for concept in result.summary.concepts if concept.zh == "卫生健康委员会"]
    assert sorted(concept.renderings.values()) == [1, 2]
    assert concept.renderings["county health commission"] == 2


def test_only_names_of_a_thing_are_names_in_use(glossary: Glossary) -> None:
    """The summary does not have what is told by other words than a concept's; number is no other name."""
    said = (
        "The medical consortia met. The medical consortium of the county grew; each medical union got a medical service.",
        "The village offers bath aid and meal assistance. Its medical services have short boards.",
    )
    documents = [Document(str(number), text) for number, text in enumerate(said)]
    result = Checker(glossary, Options(subject="health-reform")).check(documents)
    in_use = {concept.zh: concept.renderings for concept in result.summary.concepts}
    assert in_use["医联体"] == {"medical consortium": 1, "medical union": 1}
    assert in_use["医疗服务"] == {"medical services": 2}
    assert in_use["老年助餐服务"] == {"meal assistance": 1}
    assert {finding.quote for finding in result.findings} >= {"bath aid", "short boards"}


def test_pages_spotted_together_are_checked_as_each_alone(glossary: Glossary) -> None:
    """What stands on one page changes nothing on another."""
    texts = [
        "The county set up a grading treatment system and a medical union. The medical consortium of Shanxi opened.",
        "Doctors sink to the grassroots. The IT department met; it was late.",
        "Nothing of the kind stands here.",
    ]
    documents = [Document(f"{number}.txt", text) for number, text in enumerate(texts)]
    checker = Checker(glossary)
    alone = [finding for document in documents for finding in checker.check([document]).findings]
    assert list(map(as_object, checker.check(documents).findings)) == list(map(as_object, alone))


@given(TEXT, st.integers(0, 60), st.integers(1, 30))
def test_the_words_beside_a_place_need_not_be_counted(text: str, start: int, length: int) -> None:
    """What stands around a place gives the same words beside it as all words of the text do."""
    start = min(start, len(text))
    end = min(start + length, len(text))
    blocks = text_blocks(text, text_lines(text))
    beside = words_beside(text, start, end)
    assert beside in (None, Words(FoldedText(text, blocks), blocks).beside(start, end))


@pytest.mark.parametrize(
    "piece", ["a", "的", "(", '"', "1.", "\u3000", "Aa", "a,", ". ", "health ", "&amp;", "<b>", "\u200b", "No.\n"]
)
def test_one_string_over_and_over(piece: str, glossary: Glossary) -> None:
    """Whatever is found in such a text lies in it, and each place is reported once."""
    text = piece * 300
    findings = Checker(glossary).check([Document("page", text)]).findings
    for finding in findings:
        assert all(0 <= start < end <= len(text) for start, end in finding.places)
        assert len(set(finding.places)) == len(finding.places)
    assert len({(finding.rule, finding.start, finding.message) for finding in findings}) == len(findings)


@given(TEXT, st.lists(st.integers(0, 60), max_size=6), st.booleans())
def test_words_of_many_spans(text: str, places: list[int], in_order: bool) -> None:
    """The words of many spans are those of each, wherever these begin and end and whatever their order."""
    blocks = text_blocks(text, text_lines(text))
    words = Words(FoldedText(text, blocks), blocks)
    offsets = [min(place, len(text)) for place in (sorted(places) if in_order else places)]
    spans = [(min(pair), max(pair)) for pair in zip(offsets[::2], offsets[1::2], strict=False)]
    assert words.between_each(spans) == [words.between(*span) for span in spans]


@given(st.text(st.sampled_from("a中䶵\u4dc0豈㐀\u9fff\uffff\U00020000\ud800。")))
def test_marks_of_chinese_characters(text: str) -> None:
    """Each character is marked as Chinese where it counts as such."""
    assert list(han_marks(text)) == [han_count(char) for char in text]
