"""Looking a term up: in either script, by sound, in English, misspelt."""

from __future__ import annotations

from itertools import pairwise

import pytest

from glossary.concept import ChineseForm, Concept, Rendering
from glossary.search import english_forms, pinyin, search

CONSORTIUM = Concept(
    "medical-consortium",
    "organisation",
    "医联体",
    "medical consortium",
    zh_variants=(ChineseForm("医疗联合体"),),
    admitted=("medical alliance",),
    wrong=(Rendering("medical association", ("page",)), Rendering("doctor (union|group)", ("anywhere",))),
)
COMMUNITY = Concept("county-community", "organisation", "县域医共体", "compact county medical community")
TIERED = Concept("tiered-care", "delivery", "分级诊疗", "tiered diagnosis and treatment", admitted=("tiered care",))
DRUGS = Concept("national-reimbursement-drug-list", "drugs", "国家医保目录", "National Reimbursement Drug List")
CONCEPTS = [CONSORTIUM, COMMUNITY, TIERED, DRUGS]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("医联体", CONSORTIUM),
        ("醫聯體", CONSORTIUM),
        ("联合体", CONSORTIUM),
        ("分级诊疗制度", TIERED),
        ("醫共體", COMMUNITY),
        ("yilianti", CONSORTIUM),
        ("yī lián tǐ", CONSORTIUM),
        ("fenji zhenliao", TIERED),
        ("Medical Consortium", CONSORTIUM),
        ("medical consortum", CONSORTIUM),
        ("medical association", CONSORTIUM),
        ("tierd care", TIERED),
        ("reimbursment drug list", DRUGS),
    ],
)
def test_the_first_hit(query: str, expected: Concept) -> None:
    """However a term is typed, its concept comes first."""
    assert search(CONCEPTS, query)[0].concept is expected


def test_exact_answers_come_before_near_ones() -> None:
    """An equal form scores 100, everything else less, best first."""
    hits = search(CONCEPTS, "medical consortium")
    assert hits[0].score == 100
    assert all(first.score >= second.score for first, second in pairwise(hits))
    assert all(hit.score < 100 for hit in hits[1:])


@pytest.mark.parametrize("query", ["", "  ", "steam engine", "蒸汽机", "zz"])
def test_nothing_near(query: str) -> None:
    """What resembles nothing finds nothing."""
    assert search(CONCEPTS, query) == []


def test_limit() -> None:
    """No more hits are given than asked for."""
    assert len(search(CONCEPTS, "medical", limit=1)) <= 1


def test_templates_are_not_shown_as_forms() -> None:
    """A wrong form with alternatives is a template, not words that anybody typed."""
    assert english_forms(CONSORTIUM) == ("medical consortium", "medical alliance", "medical association")


def test_pinyin() -> None:
    """Syllables come apart, with tone marks."""
    assert pinyin("医联体") == "yī lián tǐ"
