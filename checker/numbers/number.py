"""A number in a text, and how figures are written in both languages."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["count", "share", "points", "ratio", "ordinal"]
Weight = Literal["strong", "weak", "none"]
"""strong: missing on the other side is a fault; weak: only where another number stands in its place; none: it can meet
a number of the other side, but is not asked for (small numbers, single numerals, multiples, decades, identifiers)."""


class Number(NamedTuple):
    """A number in a text. Shares and percentage points are parts of one (5 % is 1/20).

    ``step`` is what one unit of the last digit written is worth; ``others`` holds further values that would be as right
    (another unit, a unit shared with a neighbour); ``rough`` says that the text calls it about, nearly or over so
    much, ``open`` that it is the lower end ("thirty-odd"). ``reach`` is how far above it, or below where it is negative,
    what it stands for may be: "more than a third", "nearly a quarter".
    """

    start: int
    end: int
    value: Decimal
    kind: Kind = "count"
    weight: Weight = "strong"
    step: Decimal = Decimal(1)
    rough: bool = False
    open: bool = False
    others: tuple[Decimal, ...] = ()
    reach: Decimal = Decimal(0)


LONGEST = 24  # digits: longer ones are no number anybody reads
FIGURE = r"(?:\d(?:\d{0,2}(?:,\d{3})+|\d*))(?:\.\d+)?"
NARROW = dict(
    zip(
        "０１２３４５６７８９％．，：∶～－–−壹贰叁肆伍陆柒捌玖拾佰仟弍叄",
        "0123456789%.,::~---一二三四五六七八九十百千二三",
        strict=True,
    )
)
"""Full-width figures and marks and formal numerals, and the plain ones."""


@lru_cache(maxsize=8192)
def exact(digits: str) -> Decimal:
    """The value of a figure with or without commas."""
    return Decimal(digits.replace(",", ""))


@lru_cache(maxsize=8192)
def step_of(digits: str) -> Decimal:
    """What one unit of the last digit of a figure is worth."""
    return Decimal(1).scaleb(-len(digits.partition(".")[2]))


def zeros(number: int) -> int:
    """How many zeros a whole number ends with; 0 has none."""
    text = str(number)
    return len(text) - len(text.rstrip("0")) if number else 0


def is_latin(char: str) -> bool:
    """Whether a string is a Latin letter without accents (or several of them)."""
    return char.isascii() and char.isalpha()


def is_full_hour(hour: str, minutes: str) -> bool:
    """Whether two figures with a colon between them are a time of day without minutes: 14:00."""
    return minutes == "00" and hour.isdigit() and int(hour) <= 24
