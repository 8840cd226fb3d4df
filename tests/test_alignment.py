"""Alignment: how many sentences of a pair of our own find the right paragraph, and what bad input says."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from checker.alignment import latin_anchors
from checker.bitext import Link, SourceText
from checker.document import Document
from checker.languages import language_of
from checker.page import Page
from checker.readers.sources import PairingError, both, line_pairs
from checker.refused_pairs import refusal
from checker.spotting.spotter import Spotter
from glossary import load
from tests.bilingual_pair import Pair, make_pair

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def spotter() -> Spotter:
    """A spotter with the curated glossary."""
    return Spotter(load())


def links_of(pair: Pair, spotter: Spotter) -> tuple[Link, ...]:
    """The links of a pair."""
    page = Page(Document("page", pair.english, source=SourceText("source", pair.chinese)), spotter)
    assert page.parallel is not None
    return page.parallel.links


def right_share(pair: Pair, links: tuple[Link, ...]) -> float:
    """The share of the Chinese sentences that are linked to their paragraph and no other; to none when it is missing."""
    translated = {paragraph for _, _, paragraph in pair.english_sentences}
    right = 0
    for start, _, paragraph in pair.chinese_sentences:
        link = next(link for link in links if link.source_start <= start < link.source_end)
        there = {number for a, b, number in pair.english_sentences if link.start < b and a < link.end}
        right += there == ({paragraph} if paragraph in translated else set())
    return right / len(pair.chinese_sentences)


@pytest.mark.parametrize(("missing", "least"), [(0.0, 0.99), (0.1, 0.95)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sentences_find_their_paragraph(spotter: Spotter, missing: float, least: float, seed: int) -> None:
    """99 % with complete texts, 95 % with a tenth of the paragraphs missing on each side, of 300 sentences and more."""
    pair = make_pair(125, missing, seed)
    assert min(len(pair.english_sentences), len(pair.chinese_sentences)) >= 300
    assert right_share(pair, links_of(pair, spotter)) >= least


def test_every_sentence_is_in_one_link(spotter: Spotter) -> None:
    """Links are in order on both sides, do not overlap, and leave nothing out."""
    pair = make_pair(60, 0.1, 4)
    links = links_of(pair, spotter)
    for before, after in itertools.pairwise(links):
        assert before.end <= after.start
        assert before.source_end <= after.source_start
    covered = "".join(pair.chinese[link.source_start : link.source_end] for link in links)
    assert covered.replace("\n", "") == pair.chinese.replace("\n", "")


@pytest.mark.parametrize("different", [20, 2_000])
def test_latin_words_of_both_sides(different: int) -> None:
    """Each word of two characters and more is found in the English wherever it stands, few of them or many."""
    names = [f"{'x' if number % 3 else ''}A{number}b" for number in range(different)]
    english = (
        " ".join(f"12{name}-{name.lower()}é{name}, {number}ab" for number, name in enumerate(names)) + "0" * 100_000
    )
    here, there = latin_anchors(english, "。".join(names))
    wanted = {name.lower() for name in names}
    words = re.finditer("[A-Za-z][A-Za-z0-9]+", english)
    assert sorted(here) == [(m.start(), ("latin", m[0].lower())) for m in words if m[0].lower() in wanted]
    assert len(here) == 3 * len(there) == 3 * different


@pytest.mark.parametrize(
    ("english", "chinese", "reason"),
    [
        ("全县有医院十二家。", "The county has 12 hospitals.", "swapped"),
        ("The county has 12 hospitals.", "Der Kreis hat zwölf Krankenhäuser.", "source-not-chinese"),
        ("The county has 12 hospitals.", "この県には病院が十二あります。とてもいいところです。", "source-not-chinese"),
        ("The county has 12 hospitals.", " \n", "source-empty"),
        ("", "全县有医院十二家。", "translation-empty"),
        ("全县有医院十二家。", "全县有医院十二家。", "translation-chinese"),
    ],
)
def test_sides_that_cannot_be_checked(english: str, chinese: str, reason: str) -> None:
    """Swapped sides, another language and an empty side are told apart."""
    found = refusal(english, chinese)
    assert found is not None
    assert found[0] == reason


OTHERS = {
    "German": "Die Stadt hat die Reform fortgesetzt, und die Ärzte werden von der Kasse bezahlt. Das ist nicht neu: Es wurde "
    "mit dem Plan eingeführt und durch das Amt geprüft. Auch die Kreise sind dabei.",
    "French": "La ville poursuit la réforme et les médecins sont payés par la caisse. Cette réforme, qui est dans le plan, "
    "est en place pour les patients avec une aide des communes.",
    "Spanish": "La ciudad sigue con la reforma de los hospitales y las clínicas. Una de las medidas del plan es que los "
    "pacientes pagan por una tarjeta como los demás.",
    "Japanese": "この県には病院が十二あります。診療所と病院の連携を強化します。",
    "Korean": "이 현에는 병원이 열두 개 있습니다.",
    "in Cyrillic letters": "В уезде двенадцать больниц.",
}
CHINESE = "全县有12家医院，实行按病种付费。"


@pytest.mark.parametrize("language", OTHERS)
def test_a_side_in_another_language(language: str) -> None:
    """What a side is instead of English or Chinese is said by name, whichever side it is."""
    text = OTHERS[language]
    assert refusal(text, CHINESE) == ("translation-not-english", f"the translation is {language}, not English")
    reason, message = refusal("The county has 12 hospitals.", text, "page.zh.txt") or ("", "")
    assert (reason, message) == ("source-not-chinese", f"its source page.zh.txt is {language}, not Chinese")


@pytest.mark.parametrize("language", OTHERS)
def test_a_quotation_makes_no_language(language: str) -> None:
    """A page of English that quotes a passage of another language is English, and few words are not sure of any."""
    english = make_pair(12).english
    assert language_of(english) == "English"
    assert language_of(f"{english}\n{OTHERS[language]}\n{english}") == "English"
    assert language_of("Deutsche Gesellschaft für Innere Medizin, Médecins sans frontières") is None


@pytest.mark.parametrize("path", sorted(REPOSITORY.glob("data/*/*.txt")), ids=lambda path: path.name)
def test_our_pages_are_what_they_are(path: Path) -> None:
    """No page of ours, with all its names and damages, is taken for another language."""
    assert language_of(path.read_text(encoding="utf-8")) == (None if path.name.endswith(".zh.txt") else "English")


def test_a_source_of_another_text() -> None:
    """Two texts full of figures that share next to none are not held against each other; few figures prove nothing."""
    ours, strangers = make_pair(20, seed=1), make_pair(20, seed=2)
    reason, message = refusal(ours.english, strangers.chinese, "zh/a.txt") or ("", "")
    assert reason == "source-unrelated"
    assert message.startswith("its source zh/a.txt seems to be of another text: they share ")
    assert refusal(ours.english, ours.chinese) is None
    left = make_pair(40, 0.4, 1)
    assert refusal(left.english, left.chinese) is None
    assert refusal("The county has 12 hospitals and 96 clinics.", "全县有35家医院，诊所81家。") is None


def test_sides_that_can_be_checked() -> None:
    """A pair is not refused for a few words of the other language; two empty texts are no error."""
    assert refusal("The county 清河县 has 12 hospitals.", "清河县有12家医院，实行DRG付费。") is None
    assert refusal("", "") is None


def test_line_by_line() -> None:
    """Lines are paired as they stand; counts that differ are an error that gives both."""
    links = line_pairs("one\n\n two \n", "一\r\n\r\n二\r\n")
    assert [(link.start, link.end, link.source_start, link.source_end) for link in links] == [
        (0, 3, 0, 1),
        (6, 9, 5, 6),
    ]
    with pytest.raises(PairingError, match="2 lines and the Chinese 1"):
        line_pairs("one\ntwo\n", "一\n")
    with pytest.raises(PairingError, match="3 lines and the Chinese 2; line 2 is empty in only one"):
        line_pairs("one\n\ntwo\n", "一\n二\n")


def test_a_file_that_holds_both() -> None:
    """Cells and lines of the other language are blanked, offsets stay; a table gives pairs."""
    table = Document("both.tsv", "全县有12家医院。\tThe county has 12 hospitals.\n医联体\tmedical consortium\n")
    document = both(table)
    assert document.source is not None
    assert len(document.text) == len(document.source.text) == len(table.text)
    assert document.source.pairs is not None
    assert [document.text[link.start : link.end] for link in document.source.pairs] == [
        "The county has 12 hospitals.",
        "medical consortium",
    ]
    lines = both(Document("both.txt", "全县有12家医院。\nThe county has 12 hospitals.\n"))
    assert lines.source is not None
    assert lines.source.pairs is None
    assert lines.text.strip() == "The county has 12 hospitals."
    turns = both(Document("both.txt", "全县有12家医院。\nThe county has 12 hospitals.\n" * 2))
    assert turns.source is not None
    assert turns.source.pairs is not None
    assert len(turns.source.pairs) == 2


@pytest.mark.parametrize("sign", ["1", "a", "1a", "A1 ", "-", "，"])
def test_signs_without_end_beside_latin_words(sign: str) -> None:
    """However many of a sign stand in the English, the Latin words of the Chinese are found behind them, at once."""
    english = f"{sign * 200_000} DRG payment began."
    ours, theirs = latin_anchors(english, "DRG付费开始。")
    assert [(english[start : start + 3], key) for start, key in ours] == [("DRG", ("latin", "drg"))]
    assert [key for _, key in theirs] == [("latin", "drg")]


def test_numbers_of_items_are_no_sentences(spotter: Spotter) -> None:
    """ "1." and "**II." belong to what they number, so that a paragraph left out beside them is seen."""
    english = (
        "The fund paid 100 yuan a day in 2023.\n\n**II. Schedule**\n\n"
        "1. Strengthen leadership. The pilot starts on July 1, 2023, and runs for two years."
    )
    chinese = "2023年基金每天支付100元。\n\n**二、进度**\n\n1. 加强领导。试点自2023年7月1日起，为期两年。"
    page = Page(Document("page", english, source=SourceText("source", chinese)), spotter)
    assert page.parallel is not None
    assert [(english[link.start : link.end], link.is_gap) for link in page.parallel.links] == [
        ("The fund paid 100 yuan a day in 2023.", False), ("**II. Schedule**", False),
        ("1. Strengthen leadership.", False), ("The pilot starts on July 1, 2023, and runs for two years.", False),
    ]  # fmt: skip
