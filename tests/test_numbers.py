"""Numbers, dates and document numbers: constructed pairs, half of them corrupted, and single values."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from checker.dates import (
    chinese_dates,
    chinese_document_numbers,
    date_mismatches,
    document_number_mismatches,
    english_dates,
    english_document_numbers,
)
from checker.numbers import chinese_numbers, chinese_value, english_figure, english_numbers, mismatches

CASES = Path(__file__).parent / "cases" / "bilingual" / "numbers.yaml"
PAIRS: list[dict[str, str]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))


def faults(zh: str, en: str) -> list[tuple[str, str | None]]:
    """What is said of a pair: the English words at fault ("" for a missing number) and what to write."""
    found = [
        (en[item.target.start : item.target.end] if item.target else "", item.right)
        for item in mismatches(chinese_numbers(zh), english_numbers(en))
    ]
    found += [(en[d.start : d.end], None) for _, d in date_mismatches(chinese_dates(zh), english_dates(en))]
    numbers = document_number_mismatches(chinese_document_numbers(zh), english_document_numbers(en))
    return found + [(en[number.start : number.end], None) for _, number in numbers]


def test_there_are_enough_pairs() -> None:
    """At least two hundred pairs, half of them right."""
    assert 2 * len(PAIRS) >= 200


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["zh"])
def test_a_right_pair_is_silent(pair: dict[str, str]) -> None:
    """A translation with the right figures is not accused."""
    assert faults(pair["zh"], pair["en"]) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["zh"])
def test_a_corrupted_pair_is_found(pair: dict[str, str]) -> None:
    """A wrong figure is found at its place, with the right one where it is known."""
    found = faults(pair["zh"], pair["bad"])
    assert pair["quote"].lower() in [quote.lower() for quote, _ in found]
    if "write" in pair:
        assert (pair["quote"], pair["write"]) in found


@pytest.mark.parametrize(
    ("han", "value"),
    [
        ("十", 10), ("二十", 20), ("一百零八", 108), ("三百五", 350), ("两万三千", 23000), ("一亿二千万", 120_000_000),
        ("三万亿", 3 * 10**12), ("二〇二一", 2021), ("廿五", 25), ("一千零一", 1001), ("四千五百六十七万", 45_670_000),
    ],
)  # fmt: skip
def test_chinese_numerals(han: str, value: int) -> None:
    """Numerals in characters have the value people read them with."""
    assert chinese_value(han) == value


@pytest.mark.parametrize(
    ("value", "figure"),
    [(1_245_500_000_000, "1.2455 trillion"), (13000, "13,000"), (38_600_000, "38.6 million"), (5 * 10**9, "5 billion")],
)
def test_figures_to_write(value: int, figure: str) -> None:
    """A figure is offered as English writes it."""
    assert english_figure(Decimal(value)) == figure
