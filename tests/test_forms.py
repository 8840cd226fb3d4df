"""Inflection and spelling: what is generated, what is not."""

from __future__ import annotations

import pytest

from glossary.forms import (
    british_share,
    inflect_like,
    inflected,
    plural,
    respell,
    spellings,
    verb_forms,
    with_articles,
)


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [("county", "counties"), ("diagnosis", "diagnoses"), ("midwife", "midwives"), ("clinic", "clinics"), ("process", "processes"),
     ("child", "children"), ("day", "days"), ("index", "indexes"), ("branch", "branches"), ("physics", "physics")],
)  # fmt: skip
def test_plurals(noun: str, wanted: str) -> None:
    """Regular and irregular plurals of the field's nouns."""
    assert plural(noun) == wanted


def test_the_head_noun_is_inflected() -> None:
    """The word before the first preposition takes the plural, else the last word."""
    forms = dict(inflected("center for disease control and prevention", "noun"))
    assert "centers for disease control and prevention" in forms
    assert [form for form, _ in inflected("medical consortium", "noun")] == [
        "medical consortium", "medical consortiums", "medical consortia",
    ]  # fmt: skip
    assert inflected("health care", "noun") == [("health care", "")]
    assert inflected("West China Hospital", "name") == [("West China Hospital", "")]


def test_verbs_inflect_their_first_word() -> None:
    """Regular, doubling and irregular verbs."""
    assert verb_forms("sink")[1:] == ("sinks", "sank", "sunk", "sinking")
    assert verb_forms("carry")[1:] == ("carries", "carried", "carrying")
    assert verb_forms("refer")[1:] == ("refers", "referred", "referring")
    assert ("sinking resources", "ing") in inflected("sink resources", "verb")


def test_spellings_cover_both_sides_of_the_atlantic() -> None:
    """American, British, open, closed and & are generated from one stored form."""
    assert "standardised training programme" in spellings("standardized training program")
    assert "standardized training program" in spellings("standardised training programme")
    assert {"healthcare center", "health care center", "healthcare centre"} <= set(spellings("healthcare center"))
    assert "multi disciplinary team" in spellings("multidisciplinary team")
    assert "diagnosis & treatment" in spellings("diagnosis and treatment")


@pytest.mark.parametrize(
    "pair", [("hospital", "hospitality"), ("public", "publication"), ("size", "sise"), ("prize", "prise")]
)
def test_nothing_else_is_merged(pair: tuple[str, str]) -> None:
    """Words that only look alike stay apart."""
    assert pair[1] not in spellings(pair[0])
    assert pair[1] not in [form for form, _ in inflected(pair[0], "noun")]


def test_suggestions_take_number_and_spelling() -> None:
    """A suggestion is inflected as the quote was and respelt for the page."""
    assert inflect_like("tertiary Grade A hospital", "noun", "plural") == "tertiary Grade A hospitals"
    assert inflect_like("center of excellence", "noun", "plural") == "centers of excellence"
    assert inflect_like("people living in extreme poverty", "noun", "plural") == "people living in extreme poverty"
    assert inflect_like("turning patients away", "noun", "plural") == "turning patients away"
    assert inflect_like("drug distribution", "noun", "plural") == "drug distribution"
    assert inflect_like("county meeting", "noun", "plural") == "county meetings"
    assert inflect_like("channel experts to villages", "verb", "ing") == "channeling experts to villages"
    assert respell("Standardized residency program", "gb") == "Standardised residency programme"
    assert respell("Standardized residency program", "us") == "Standardized residency program"
    assert british_share({"centre": 1, "programme": 1, "organized": 1}) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a institution", "an institution"),
        ("an medical alliance", "a medical alliance"),
        ("an hospital", "a hospital"),
        ("an union", "a union"),
        ("a hour", "an hour"),
        ("a MRI scan of an DRG group", "an MRI scan of a DRG group"),
    ],
)
def test_articles(text: str, wanted: str) -> None:
    """An article goes by how the next word sounds, letters of an abbreviation by their names."""
    assert with_articles(text) == wanted
