"""Templates: parsing, limits, expansion along the words of a text."""

from __future__ import annotations

import pytest

from glossary.templates import (
    TemplateError,
    TextWords,
    advised_in,
    count_expansions,
    fill,
    literal_expansions,
    parse,
    parts,
)
from tests.tiny import tiny_glossary


@pytest.mark.parametrize(
    "bad", ["{a", "(a|(b|c))", "a]b", "[]", "{ }", "x (a|b", "(a=|b)", "(=a|b)", "(a=b=c|d)", "a b=c", "{a=b}"]
)
def test_what_cannot_be_read_is_refused(bad: str) -> None:
    """Unbalanced, nested and empty parts raise TemplateError."""
    with pytest.raises(TemplateError):
        parse(bad)


def test_literal_templates_expand() -> None:
    """Alternatives and optional parts multiply, blanks are tidied."""
    assert literal_expansions("[the] sinking of (quality|good) resources") == [
        "the sinking of quality resources", "the sinking of good resources",
        "sinking of quality resources", "sinking of good resources",
    ]  # fmt: skip


def test_expansions_are_counted_without_being_made() -> None:
    """The size of a pattern is the product of its parts."""
    slots = parse("{a} [the] (x|y) {b}")
    assert count_expansions(slots, {"a": 10, "b": 20}) == 10 * 2 * 2 * 20


def test_fill_puts_the_matched_members_back() -> None:
    """A `write` template takes what the pattern's classes stood for."""
    slots = parse("{基层.primary} {@institution}")
    made = fill("primary-level {@institution}", slots, ["grass root", "TCM hospital"])
    assert made == "primary-level TCM hospital"
    slots = parse("(needs|trust) of [all] the masses {到家.home}")
    assert parts(slots) == 3
    assert (
        fill("{1} of the public {3}", slots, ["trust", "of", "all", "the masses", "at home"])
        == "trust of the public at home"
    )


def test_fill_says_no_word_twice_and_adds_no_mark() -> None:
    """What a slot doubles is said once; a mark that closes the form stays in the text and out of the advice."""
    slots = parse("a prize of [the] award (.|,|yearly)")
    assert fill("prize of the {1} award {2}", slots, ["a prize of", "the", "award", ","]) == "prize of the award"
    assert fill("award, {2}", slots, ["a prize of", "", "award", "yearly"]) == "award, yearly"
    assert fill("the award.", slots, ["a prize of", "", "award", "."]) == "the award."


def test_the_parts_of_a_string_are_found_again() -> None:
    """A string of a template without classes is taken apart into what its slots stood for."""
    assert advised_in("(Hall=office|Bureau) (of|for=about) work", "hall for work") == ("office", "about", "work")
    assert advised_in("[the] Health (Bureau|Hall) work", "health hall work") == ("", "Health", "Hall", "work")
    with pytest.raises(ValueError, match="no string of"):
        advised_in("a (b|c)", "a d")


def test_only_expansions_that_stand_in_the_text_are_made() -> None:
    """A pattern yields exactly the strings whose words are neighbours in the text, inflected at the head only."""
    from checker.spotting.spotter import Spotter

    spotter = Spotter(tiny_glossary())
    found = spotter.index.surfaces(
        TextWords.of("the linked bodies of medicine and a medical union body; bodies linked")
    )
    derived = {surface for surface, rows in found.items() if any(expansion for _, expansion in rows)}
    assert derived == {"linked bodies of medicine", "medical union body"}
