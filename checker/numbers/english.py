"""The numbers of an English text: figures here, numbers in words in `checker.numbers.english_words`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from checker.bitext import Span
from checker.dates import without_english_dates
from checker.numbers.english_words import PERCENT, POWERS, in_percent, is_rough, word_numbers
from checker.numbers.number import (
    FIGURE,
    LONGEST,
    NARROW,
    Kind,
    Number,
    Weight,
    exact,
    is_full_hour,
    is_latin,
    step_of,
    zeros,
)
from checker.scanning import exchanged, figures_at, matches_from

_SHORT = {
    "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9,
    "tn": 10**12, "trn": 10**12, "kb": 1000, "kilobases": 1000,
}  # fmt: skip
_ENGLISH = re.compile(
    rf"(?P<figure>{FIGURE})"
    rf"(?:(?:\+(?=\s))?(?P<power>(?:[\s-]?(?i:{'|'.join(POWERS)})\b){{1,3}})"
    r"|\s?(?P<short>kb|kilobases|mn|mln|mio|bn|bln|trn|tn|[kKmMbB])\b|(?P<suffix>st|nd|rd|th)\b)?" + PERCENT
)
_FIGURE = re.compile(FIGURE)
_RATIO = re.compile(r"(\d(?<![\d:.]\d)\d*(?:\.\d+)?)(?:\s?:\s?|[\s-](?:to|in|out of)[\s-])(\d+(?:\.\d+)?)(?![\d:])")
_JOIN = re.compile(r"(?:\s?[-–—~/,]\s?|\s*,?\s+(?:to|and|or|through)\s+|,\s+)", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\d)(?<!,\d{3}) (?=\d{3}(?![\dA-Z]))")
_CLOCK = re.compile(
    r"(?<![\d.:,])(?P<hour>[01]?\d|2[0-4])(?:\.|(?<=\d\d))(?P<minutes>[0-5]\d)\s?(?P<mark>[AaPp]\.?[Mm]\b|noon\b|GMT\b|UTC\b|hours\b)"
)
_TIME = re.compile(r"(?:[01]?\d|2[0-4]):\s?[0-5]\d")
_CURRENCY = re.compile(r"(?:RMB|CNY|USD|HKD|HK|US)\s?$")
_MONEY = re.compile(r"(?:[$¥￥£€]|RMB|CNY|USD|HKD)\s?$")
_PER_MILLE = re.compile(r"(?<=\bper )1,?000\b(?![.,]?\d)")  # ‰ has no such figure
_SPAN_OF_YEARS = re.compile(r"(?<!\d)(19|20)\d\d[-–/]$")
_DASHES = frozenset("-–/")
_PLURAL = re.compile(r"['’]?s\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


def english_numbers(text: str) -> list[Number]:
    """The numbers of an English text, in order, dates and document numbers left out."""
    text = exchanged(text.replace("\u00a0", " "), NARROW)
    gaps = [end for (_, end), follows in itertools.pairwise(figures_at(text)) if follows[0] - end == 1]
    if spaced := [end for end in gaps if _SPACED.match(text, end)]:
        text = ",".join(text[start + 1 : end] for start, end in itertools.pairwise([-1, *spaced, len(text)]))
    text = without_english_dates(text)
    places = figures_at(text)
    found: list[Number] = []
    told: set[int] = set()  # the offsets of times of day, whose figures are asked for as times
    for match in matches_from(_RATIO, [start for start, _ in places], text):
        if max(len(match[1]), len(match[2])) > LONGEST:
            continue
        first, second = exact(match[1]), exact(match[2])
        if is_full_hour(match[1], match[2]):
            found.append(Number(*match.span(), first, "ratio", "strong", others=(first, second)))
        elif second and (":" in match.group() or first < second):
            found.append(Number(*match.span(), first / second, "ratio", "strong", others=(first, second)))
        if _TIME.fullmatch(match.group()):
            told.update(range(*match.span()))
    clocks = [start for start, end in places if end - start == 4 or (end - start < 3 and text[end : end + 1] == ".")]
    for match in matches_from(_CLOCK, clocks, text):
        pair = (Decimal(match["hour"]), Decimal(match["minutes"]))
        weight: Weight = "none" if match["mark"] == "hours" else "strong"  # 1200 hours may be so many
        found.append(Number(*match.span(), pair[0] / (pair[1] or 1), "ratio", weight, others=pair))
        told.update(range(*match.span()))
    figures = [_figure(text, match) for match in _figures(text, places) if len(match["figure"]) <= LONGEST]
    if told:
        figures = [number._replace(weight="none") if number.start in told else number for number in figures]
    found += _sharing(text, figures)
    found += word_numbers(text)
    return sorted(found, key=lambda number: (number.start, number.end))


def _figures(text: str, places: Sequence[Span]) -> Iterator[re.Match[str]]:
    """What ``_ENGLISH.finditer(text)`` gives; the digits of the text stand at ``places``."""
    last = 0
    for start, end in places:
        last = max(start, last)
        while last < end and (match := _ENGLISH.match(text, last)) is not None:  # 1,2345 is cut in two
            yield match
            last = match.end()


def _figure(text: str, match: re.Match[str]) -> Number:
    start, end = match.span()
    figure, power, short, suffix, percent = match.groups()
    rough = is_rough(text, start) or "+" in text[match.end("figure") : end + 1]
    if text[start - 1 : start] == "." and figure.isdecimal() and text[max(0, start - 2)] in ". ($=<>":
        start, figure = start - 1, f"0.{figure}"  # .08
    size = _size(figure, power, short, percent, rough)
    if suffix:
        return Number(start, end, size.value, "ordinal", "strong")
    is_asked = size.kind != "count" or not (
        size.is_small or is_latin(text[end : end + 1]) or _is_in_name(text, start) or _PER_MILLE.match(text, start)
    )
    weight: Weight = "strong" if is_asked else "none"
    others, reach = size.others, Decimal(0)
    if figure[-1] == "0" and _PLURAL.match(text, end):
        if len(figure) == 2:
            reach = Decimal(10)  # in their 50s
        elif _YEAR.fullmatch(figure):
            others = (size.value % 100,)  # in the 1980s
    elif (
        len(figure) == 2
        and text[start - 1 : start] in _DASHES
        and (years := _SPAN_OF_YEARS.search(text, max(0, start - 6), start))
    ):
        others = (Decimal(years[1] + figure),)  # 2019–20
    return Number(start, end, size.value, size.kind, weight, size.step, rough, False, others, reach)


class _Size(NamedTuple):
    """What a figure with the words behind it comes to; ``is_small`` where it is not asked for: below ten, or a year."""

    value: Decimal
    kind: Kind
    step: Decimal
    others: tuple[Decimal, ...]
    is_small: bool


@lru_cache(maxsize=8192)
def _size(figure: str, power: str | None, short: str | None, percent: str | None, rough: bool) -> _Size:
    digits = figure.replace(",", "")
    value, step = exact(digits), step_of(digits)
    others: tuple[Decimal, ...] = ()
    if power:
        for word in power.lower().replace("-", " ").split():
            value, step = value * POWERS[word], step * POWERS[word]
    elif short:
        factor = _SHORT[short.lower()]
        others = (value,)  # 5m may be metres
        value, step = value * factor, step * factor
    if rough and "." not in digits:
        step *= 10 ** zeros(int(digits))
    is_small = not power and ((value < 10 and "." not in digits) or _YEAR.fullmatch(figure) is not None)
    kind, value, step = in_percent(percent, value, step) if percent else ("count", value, step)
    return _Size(value, kind, step, others, is_small)


def _is_in_name(text: str, start: int) -> bool:
    """Whether the figure at ``start`` is a part of a name or a character's: A4, COVID-19, &#39;."""
    last = text[start - 1 : start]
    if not (is_latin(last) or last in ("-", ".", "#")):
        return False
    before = text[max(0, start - 2) : start]
    if last == "#":
        return before[:1] == "&"
    named = is_latin(last) or is_latin(before[:1]) or before[:1].isdigit()
    return named and not _CURRENCY.search(text, max(0, start - 4), start)


def _sharing(text: str, numbers: list[Number]) -> list[Number]:
    """Ranges and lists whose unit stands only after the last: "5 to 8 percent", "200-300 billion"."""
    made = list(numbers)
    for place in range(len(made) - 2, -1, -1):
        first, second = made[place], made[place + 1]
        between = second.start - first.end
        if first.kind != "count" or between > 12 or not _JOIN.fullmatch(text, first.end, second.start):
            continue
        figure = _FIGURE.match(text, second.start, second.end)
        if figure is None or not _FIGURE.fullmatch(text, first.start, first.end):
            continue
        mantissa = exact(figure.group())
        if second.kind != "count" and (
            "," in text[first.start : first.end]
            or _YEAR.fullmatch(text, first.start, first.end)
            or _MONEY.search(text, max(0, first.start - 4), first.start)
        ):
            continue  # "by 827,000, or 5.7 percent"
        if second.kind != "count" and mantissa:
            factor = second.value / mantissa
            made[place] = first._replace(value=first.value * factor, kind=second.kind, step=first.step * factor,
                                   others=(first.value,), weight="strong")  # fmt: skip
        elif mantissa and second.value != mantissa:
            factor = second.value / mantissa
            shared = first.value * factor
            made[place] = first._replace(value=shared, step=first.step * factor, others=(first.value,), weight="strong")
    return made
