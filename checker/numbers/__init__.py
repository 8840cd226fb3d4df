"""Numbers in Chinese and English text: exact values with their places, and which numbers of a pair do not agree.

Dates and document numbers are in `checker.dates`; their digits are left out here. Offsets are code points into the
text given, end exclusive. What is checked and what is not follows measurements on professional translations: see
`Weight`.
"""

from checker.numbers.agreement import Mismatch, agree, english_figure, lacking, mismatches
from checker.numbers.chinese import chinese_numbers
from checker.numbers.chinese_numerals import chinese_value
from checker.numbers.english import english_numbers
from checker.numbers.number import Number, Weight
from checker.numbers.relations import Contradiction, contradictions, dollar_sign

__all__ = [
    "Contradiction",
    "Mismatch",
    "Number",
    "Weight",
    "agree",
    "chinese_numbers",
    "chinese_value",
    "contradictions",
    "dollar_sign",
    "english_figure",
    "english_numbers",
    "lacking",
    "mismatches",
]
