"""Dates and document numbers in Chinese and English text, and which of a pair do not agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from checker.months import MONTHS
from checker.scanning import exchanged, figures_at, matches_at, matches_from


class Date(NamedTuple):
    """A date or a part of one, at ``start..end`` (code points); a part that is not given is None."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None


class DocumentNumber(NamedTuple):
    """The year and number of an official document: 国办发〔2021〕43号, "No. 43 [2021]"."""

    start: int
    end: int
    year: int | None
    number: int


_WIDE = dict(zip("０１２３４５６７８９號－—–", "0123456789号---", strict=True))
_HAN_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "Ｏ": "0"}
_HAN_DAYS = {
    f"{tens}{ones}" if tens or ones else "": number
    for number, (tens, ones) in enumerate(
        [("", ""), *(("", one) for one in "一二三四五六七八九"), *(("十", one) for one in ["", *"一二三四五六七八九"]),
         *(("二十", one) for one in ["", *"一二三四五六七八九"]), ("三十", ""), ("三十", "一")]
    )
}  # fmt: skip
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_AND = r"\s?(?:至|到|、|和|及|与|與|-|~|～)\s?"
_OF_DAY = rf"(?:\s?[日号]|(?=(?:{_AND}(?:\d{{1,2}}月)?\d{{1,2}}){{1,4}}\s?[日号]))"  # 17、21及22日, 3月5至4月2日
_EVENT = "(?:特大|重大)?(?:强降雨|暴雨|洪[水涝灾]|地震|爆炸|火灾|事故|事件|讲话|疫情|大促)"
_CHINESE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[一二][零〇○一二三四五六七八九]{{3}})\s?[财学]?年(?!代|级)"
    rf"(?:\s?(?P<month>{_DAY})\s?月(?:\s?(?P<day>{_DAY}){_OF_DAY})?)?"
    rf"|(?<!\d)(?P<month2>{_DAY})\s?月(?:\s?(?P<day2>{_DAY}){_OF_DAY}|(?=[份底初中末起以至到的,，、。]))"
    rf"|(?<![\d.])(?P<month4>1[0-2]|[1-9])(?:\s?月(?!龄)|(?={_AND}(?:1[0-2]|[1-9])\s?月(?!龄)))"
    r"|(?P<iso>(?:19|20)\d\d)[-/.](?P<month3>\d{1,2})[-/.](?P<day3>\d{1,2})(?!\d)"
    rf"|(?<![\d.])(?P<day4>\d{{1,2}})(?:\s?日(?![均元常本龄圆])|(?=(?:{_AND}\d{{1,2}}){{1,4}}\s?日(?![均元常本龄圆])))"
    rf"|(?<![\d.])(?P<month5>1[0-2]|[1-9])[.·](?P<day5>3[01]|[12]\d|[1-9])(?=[”\"’」]?{_EVENT})"  # 7.19洪灾
    r"|(?P<from>(?:19|20)\d\d)(?=\s?(?:-|至|到|~|～|/)\s?(?:19|20)\d\d\s?年)"
)
_MONTH_NUMBER = {name.lower()[:length]: n for n, name in enumerate(MONTHS, 1) for length in (3, len(name))} | {
    "sept": 9
}
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
_ENGLISH = re.compile(
    rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?(?:percent|%|million|billion|\.\d|,\d{{3}}(?!\d)))"
    r"(?:\s?[-–—]\s?(?P<until>\d{1,2})(?!\d|%|\.\d))?"
    rf"(?:(?:,?\s+|,)(?P<year>(?:19|20)\d\d)\b)?"
    rf"|(?<![\d:.])(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})\b(?:,?\s+(?P<year2>(?:19|20)\d\d)\b)?"
    rf"|(?<![\d:.])(?P<day5>\d{{1,2}})(?:st|nd|rd|th)?(?=\s?(?:[-–—]|and|to)\s?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b)"
    rf"|\b(?P<month3>{_MONTH})(?:,?\s+(?:of\s+)?(?P<year3>(?:19|20)\d\d)\b)?(?![\w])"
    r"|\b(?P<iso>(?:19|20)\d\d)[-/.](?P<month4>\d{1,2})[-/.](?P<day4>\d{1,2})\b"
    r"|(?<![\d.,$¥-])(?P<year5>(?:19|20)\d\d)(?![\d%]|[.,]\d|\s?(?:percent|million|billion|yuan|people|beds))"
)
# A figure or numeral with what makes it a date behind it: the pattern itself would be tried at every one.
_BEGINNING = re.compile(
    r"[\d一二三四五六七八九十](?=[\d零〇○一二三四五六七八九十]{0,3}\s?[财学年月日/.至到、和及与與~～-])"
)
_MARKED = re.compile("[年月日]")
_MONTH_BEGINNINGS = BytesAhoCorasick([month[:3].encode() for month in MONTHS])
_MONTH_WORD = re.compile("[A-Z][a-z]+")
_IS_OF_DATE = re.compile(r"[12][09]\d\d|\d\d?(?!\d)(?=(?:st|nd|rd|th)?\s*(?:[-–—]|and|to|of|[JFMASOND]))")
_CHINESE_NUMBER = re.compile(r"[〔\[（(【﹝]\s?((?:19|20)\d\d)\s?[〕\]）)】﹞]\s?第?\s?(\d{1,4})\s?号")
_ENGLISH_NUMBER = re.compile(
    r"[〔\[（(]\s?((?:19|20)\d\d)\s?[〕\])）]\s?(?:No\.?|Nos\.?|Number|#)?\s?(\d{1,4})\b"
    r"|n(?<!\wn)(?:o\.?|umber)\s?(\d{1,4}),?\s?(?:[〔\[（(]\s?((?:19|20)\d\d)\s?[〕\])）]|(?:of|in)\s((?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"(?:[〔\[（(]|n(?<!\wn)(?:o\.?|umber))\s?\Z", re.IGNORECASE)
_ENDS_BEFORE_NUMBER = frozenset("〔[（(.oOrR")
_LONE_NUMBER = re.compile(r"No(?<!\wNo)\.?\s?(\d{1,4})\b")


def chinese_dates(text: str) -> list[Date]:
    """The dates of a Chinese text, in order."""
    found = []
    for match in _chinese_matches(exchanged(text, _WIDE)):
        year = match["year"] or match["iso"] or match["from"]
        month = match["month"] or match["month2"] or match["month3"] or match["month4"] or match["month5"]
        day = match["day"] or match["day2"] or match["day3"] or match["day4"] or match["day5"]
        made = Date(*match.span(), _year(year), _small(month), _small(day))
        if (made.month or 1) <= 12 and (made.day or 1) <= 31:
            found.append(made)
    return found


@lru_cache(maxsize=1)  # the dates of a page are looked for, and left out of its numbers
def _chinese_matches(text: str) -> list[re.Match[str]]:
    return list(matches_at(_CHINESE, _BEGINNING, text))


def english_dates(text: str) -> list[Date]:
    """The dates of an English text, in order; a lone year counts, a lone month only with a capital."""
    found = []
    for match in _english_matches(text):
        if (
            match["month3"] == "May"
            and not match["year3"]
            and not _IN_MAY.search(text, max(0, match.start() - 12), match.start())
        ):
            continue
        if (
            match["month3"] in ("March", "Mar")
            and match.start()
            and not match["year3"]
            and text[match.end() : match.end() + 3] == " of"
        ):
            continue
        if (match["year5"] or match["month3"]) and text[max(0, match.start() - 7) : match.start()].lower() == "before ":
            continue  # "before 2024" may say 2023年底前, "before December" 11月底前
        year = match["year"] or match["year2"] or match["year3"] or match["iso"] or match["year5"]
        name = match["month"] or match["month2"] or match["month3"]
        month = _MONTH_NUMBER[name.lower().rstrip(".")] if name else int(match["month4"]) if match["month4"] else None
        days = [int(match[name]) for name in ("day", "day2", "day4", "day5", "until") if match[name]]
        if (month or 1) <= 12 and max(days, default=1) <= 31:
            date = Date(*match.span(), int(year) if year else None, month)
            found += [date._replace(day=day) for day in days] or [date]
    return found


@lru_cache(maxsize=1)
def _english_matches(text: str) -> list[re.Match[str]]:
    # Only at figures and months: the pattern itself would be tried at every character.
    starts = [start for start, end in figures_at(text) if end - start in (1, 2, 4) and _IS_OF_DATE.match(text, start)]
    for _, start, _ in _MONTH_BEGINNINGS.find_matches_as_indexes(text.encode("ascii", "replace")):
        word = _MONTH_WORD.match(text, start)
        if word is not None and word.group().lower() in _MONTH_NUMBER:
            starts.append(start)
    return list(matches_from(_ENGLISH, sorted(starts), text))


_IN_MAY = re.compile(r"\b(?:in|of|between|since|by|until|from|to|last|next|early|late|mid|end)[\s-]+$", re.IGNORECASE)


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    value = int("".join(_HAN_DIGITS.get(char, char) for char in digits))
    return value if 1900 <= value <= 2099 else None


def _small(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) if digits.isdecimal() else _HAN_DAYS.get(digits)


def chinese_document_numbers(text: str) -> list[DocumentNumber]:
    """The document numbers of a Chinese text, in order."""
    return [
        DocumentNumber(*match.span(), int(match[1]), int(match[2]))
        for match in _CHINESE_NUMBER.finditer(exchanged(text, _WIDE))
    ]


def english_document_numbers(text: str) -> list[DocumentNumber]:
    """The document numbers of an English text in any of the usual styles, in order; a lone "No. 43" has no year."""
    found = [DocumentNumber(*m.span(), int(m[1] or m[4] or m[5]), int(m[2] or m[3])) for m in _english_numbers(text)]
    taken = {offset for number in found for offset in range(number.start, number.end)}
    lone = [match for match in _LONE_NUMBER.finditer(text) if match.start() not in taken]
    found += [DocumentNumber(*match.span(), None, int(match[1])) for match in lone]
    return sorted(found, key=lambda item: item.start)


@lru_cache(maxsize=1)
def _english_numbers(text: str) -> list[re.Match[str]]:
    before = [
        _BEFORE_NUMBER.search(text, max(0, start - len("number ")), start)
        for start, _ in figures_at(text)
        if text[max(0, start - 2) : start].rstrip()[-1:] in _ENDS_BEFORE_NUMBER
    ]
    return list(matches_from(_ENGLISH_NUMBER, [found.start() for found in before if found], text))


def without_chinese_dates(text: str) -> str:
    """A Chinese text with the digits of its dates and document numbers blanked, offsets kept."""
    spans = [match.span() for match in _CHINESE_NUMBER.finditer(text)]
    return blanked(text, spans + [match.span() for match in _chinese_matches(text)])


def without_english_dates(text: str) -> str:
    """An English text with the digits of its dates and document numbers blanked, offsets kept; a lone year stays."""
    spans = [m.span() for m in _english_numbers(text)]
    spans += [m.span() for m in _english_matches(text) if not m["year5"]]
    if not text.isascii():
        spans += [m.span() for m in _CHINESE_NUMBER.finditer(text)]
        spans += [m.span() for m in (matches_at(_CHINESE, _BEGINNING, text) if _MARKED.search(text) else ())]
    return blanked(text, spans)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with a null character for each of those in ``spans``; of two that overlap the first counts."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if start >= last:
            parts += [text[last:start], "\0" * (end - start)]
            last = end
    return "".join([*parts, text[last:]])


def date_mismatches(source: Sequence[Date], target: Sequence[Date]) -> list[tuple[Date, Date]]:
    """Pairs of a Chinese date and the English one that stands for it with another year, month or day.

    Only where a part of the Chinese date is nowhere in the English and the English has such a part that is nowhere in
    the Chinese.
    """
    found: dict[tuple[int, int], tuple[Date, Date]] = {}
    for part in ("year", "month", "day"):
        wanted = {getattr(date, part) for date in source} - {None}
        given = {getattr(date, part) for date in target} - {None}
        lacking = [date for date in source if getattr(date, part) in wanted - given]
        extra = [date for date in target if getattr(date, part) in given - wanted]
        for date in lacking:
            rival = _closest(date, [other for other in extra if _same_but(date, other, part)], part)
            if rival is not None:
                extra.remove(rival)
                found.setdefault((rival.start, rival.end), (date, rival))
    if not found:
        found.update({(rival.start, rival.end): (date, rival) for date, rival in _one_apart(source, target)})
    return [found[key] for key in sorted(found) if not _touch(*found[key])]


def _touch(date: Date, other: Date) -> bool:
    """Whether one of two dates ends where the other begins: 6月底前 is "before July 1", 自7月1日起 "after June 30"."""
    return any(
        first.month
        and second.day == 1
        and second.month == first.month % 12 + 1
        and (first.day is None or first.day > 27)
        for first, second in ((date, other), (other, date))
    )


def _one_apart(source: Sequence[Date], target: Sequence[Date]) -> list[tuple[Date, Date]]:
    """The one Chinese date with a month that no English one agrees with, and the one English date that is left for it."""
    left, lacking = [date for date in target if date.month], []
    if sum(1 for date in source if date.month) != len(left) or any(
        date.day and not date.month for date in (*source, *target)
    ):
        return []
    for date in sorted((date for date in source if date.month), key=lambda date: date[2:].count(None)):
        same = [other for other in left if all(_same_but(date, other, part) for part in ("", "year"))]
        if same:
            left.remove(min(same, key=lambda other: date[2:] != other[2:]))
        else:
            lacking.append(date)
    return [(lacking[0], left[0])] if len(lacking) == 1 and lacking[0].year in (None, left[0].year) else []


def _same_but(date: Date, other: Date, part: str) -> bool:
    """Whether two dates may be one: what both give besides ``part`` is the same."""
    return all(
        getattr(date, name) == getattr(other, name)
        for name in ("year", "month", "day")
        if name != part and getattr(date, name) is not None and getattr(other, name) is not None
    )


def _closest(date: Date, rivals: list[Date], part: str) -> Date | None:
    return min(rivals, key=lambda other: abs(getattr(other, part) - getattr(date, part)), default=None)


def document_number_mismatches(
    source: Sequence[DocumentNumber], target: Sequence[DocumentNumber]
) -> list[tuple[DocumentNumber, DocumentNumber]]:
    """Pairs of a Chinese document number and the English one in its place that differs in year or number."""
    left = [other for other in target if not any(_agree(number, other) for number in source)]
    found = []
    for number in source:
        if left and not any(_agree(number, other) for other in target):
            rival = min(left, key=lambda other: (other.number != number.number, other.year != number.year, other.start))
            left.remove(rival)
            found.append((number, rival))
    return found


def _agree(number: DocumentNumber, other: DocumentNumber) -> bool:
    return number.number == other.number and other.year in (None, number.year)
