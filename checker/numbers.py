"""Numbers in Chinese and English text: exact values with their places, and which numbers of a pair do not agree.

Dates and document numbers are in `checker.dates`; their digits are left out here. Offsets are code points into the
text given, end exclusive. What is checked and what is not follows measurements on professional translations: see
`Weight`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from checker.dates import without_chinese_dates, without_english_dates
from glossary.folding import simplified

Kind = Literal["count", "share", "points", "ratio", "ordinal"]
Weight = Literal["strong", "weak", "none"]
"""strong: missing on the other side is a fault; weak: only where another number stands in its place; none: it can meet
a number of the other side, but is not asked for (small numbers, single numerals, multiples, decades, identifiers)."""
Fault = Literal["power-of-ten", "different", "points", "missing"]


class Number(NamedTuple):
    """A number in a text. Shares and percentage points are parts of one (5 % is 1/20).

    ``step`` is what one unit of the last digit written is worth; ``others`` holds further values that would be as right
    (another unit, a unit shared with a neighbour); ``rough`` says that the text calls it about, nearly or over so
    much, ``open`` that it is the lower end ("thirty-odd").
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


class Mismatch(NamedTuple):
    """A number of the source that its translation does not have. ``target`` stands in its place, None where none does;
    ``right`` is the figure to write there, None where only a person can tell."""

    source: Number
    target: Number | None
    fault: Fault
    right: str | None


# -- Chinese -----------------------------------------------------------------------------------------------------------

_NARROW = str.maketrans(
    "０１２３４５６７８９％．，：∶～－—–−壹贰叁肆伍陆柒捌玖拾佰仟弍叄",
    "0123456789%.,::~-—--一二三四五六七八九十百千二三",
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PARTS_OF = {"%": 100, "厘": 100, "‰": 1000}  # interest in Hong Kong: 0.75厘 is 0.75 %
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "兆": 10**12,
}  # fmt: skip
_HAN = "[零〇○一二两三四五六七八九十百千万亿廿卅]"
LONGEST = 24  # digits: longer ones are no number anybody reads
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = "(?:[十百千万]亿|[十百千]万|兆|[十百千万亿])"
_COUNTERS = (
    "个名人位元块家项种岁次台张所条米里亩吨倍户件份间座支批期款类场例天日周月年小分秒平立斤公千克毫升度厘组对双套辆艘架"
    "部篇字页本册棵株头只匹口床多余几层"
)
_SUFFIX = r"(?P<suffix>\s?%|‰|\s?个?百分点|\s?个?基点|成(?![员立为果功本交长人份效都就绩分套熟因])[一二三四五六七八九半]?|厘(?![米升定清])|倍)?"
_CHINESE = re.compile(
    rf"(?P<part>百分之|千分之|万分之|(?P<denominator>{_HAN}+|\d+)分之)?"
    rf"(?:(?P<figure>{_FIGURE})(?:亿(?P<below>\d+(?:\.\d+)?)(?=万))?"
    rf"|(?P<han>{_HAN}+)(?:点(?P<decimals>[零〇一二三四五六七八九]+))?)"
    rf"\s?(?P<more>[多余来几])?(?P<scale>{_SCALE})?(?P<more2>[多余])?(?:(?<=[多余])(?P<beyond>[万亿]))?" + _SUFFIX
)
_ORDINAL = re.compile(
    rf"第(?P<a>{_HAN}+|\d+)|(?P<b>十[一二三四五])五(?=[”\"』」’]?(?:规划|时期|期间|计划|末|以来|开局|收官|国民))"
    rf"|[“「‘\"](?P<c>十[一二三四五])五[”」’\"]|(?P<d>{_HAN}{{1,3}})(?:届|大(?=报告|精神|以来|代表|召开|提出))"
)
_RATIO = re.compile(r"(?<![\d:.])(\d+(?:\.\d+)?)\s?(?::|比)\s?(\d+(?:\.\d+)?)(?![\d:])")
_JOIN = re.compile(r"\s?(?:至|到|-|~|—|、|和|或|及|与|,)\s?")
_ROUGH = re.compile(r"(?:近|逾|超|超过|约|大约|不足|将近|接近|达到?|突破|至少|不少于|多达)$")
_ROUGH_AFTER = re.compile(r"\s?(?:元|人|个|名|家)?(?:左右|上下|以上|以下|以内)")
_ALL_PROVINCES = re.compile(r"3[124]\s?个?省")  # "the Chinese mainland"
_QUOTED = re.compile("[“「『‘《][^”」』’》]{0,8}$")
_UNQUOTED = re.compile("[^“「『‘《]{0,8}[”」』’》]")
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")

# What else a quantity in this unit may be given as: the first unit's figure times these.
_CONVERSIONS = {
    unit: tuple(Decimal(top) / Decimal(bottom or 1) for top, _, bottom in (item.partition("/") for item in row.split()))
    for unit, row in {
        "亩": "1/15 10000/15 0.1647 1/1500",
        "公里": "1000 0.62137 2",
        "千米": "1000 0.62137",
        "里": "0.5 500",
        "公斤": "1000 0.001 2.2046 2",
        "千克": "1000 0.001 2.2046",
        "斤": "0.5 500 0.0005 1.1023",
        "克": "0.001",
        "吨": "1000",
        "公顷": "15 10000 2.4711 0.01",
        "平方公里": "100 0.3861",
        "平方米": "0.0001 10.7639",
        "米": "0.001 3.28084",
        "厘米": "0.01 10",
        "毫米": "0.1",
        "小时": "1/24 60",
        "分钟": "1/60",
        "个月": "1/12",
        "年": "12",
        "天": "1/7 1/30 24",
        "角": "0.1",
        "千瓦": "0.001 1000",
    }.items()
}
_UNIT = re.compile("|".join(sorted(_CONVERSIONS, key=len, reverse=True)))
_DURATION = re.compile(r"年|个?月|天|日|小时|分钟|周|岁以|号|楼|路|室|栋|时|点")


def chinese_numbers(text: str) -> list[Number]:
    """The numbers of a Chinese text, in order, dates and document numbers left out."""
    text = without_chinese_dates(simplified(text).translate(_NARROW))
    found: list[Number] = []
    taken: list[tuple[int, int]] = []
    for match in _ORDINAL.finditer(text):
        value = chinese_value(next(group for group in match.groups() if group))
        if value is not None:
            # 十四五 is the 14th plan; small ordinals are words of the language.
            found.append(Number(*match.span(), Decimal(value), "ordinal", "weak" if value >= 10 else "none"))
            taken.append(match.span())
    for match in _RATIO.finditer(text):
        if max(len(match[1]), len(match[2])) > LONGEST:
            continue
        first, second = _exact(match[1]), _exact(match[2])
        if second:
            found.append(Number(*match.span(), first / second, "ratio", "weak", others=(first, second)))
            taken.append(match.span())
    masked = _masked(text, taken)
    plain = [number for match in _CHINESE.finditer(masked) if (number := _chinese(masked, match)) is not None]
    found += _sharing(masked, plain)
    return sorted(found, key=lambda number: number.start)


def _chinese(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if max(len(match[name] or "") for name in ("figure", "han", "decimals", "denominator", "below")) > LONGEST:
        return None
    part, suffix, scale = match["part"], (match["suffix"] or "").strip(), match["scale"]
    open_ = bool(match["more"] or match["more2"])
    if match["figure"]:
        digits = match["figure"].replace(",", "")
        value, step = _exact(digits), _step(digits)
        if match["below"]:  # 3亿2000万
            value, step = value * 10**4 + _exact(match["below"]), _step(match["below"])
        for unit_of in (scale, match["beyond"]):  # 3万多亿
            if unit_of:
                value, step = value * _SCALES[unit_of], step * _SCALES[unit_of]
    else:
        number = chinese_value(match["han"])
        if number is None:
            return None
        value, step = Decimal(number), Decimal(10 ** _zeros(number))
        if match["decimals"]:
            tail = "".join(str(_DIGITS[char]) for char in match["decimals"])
            value, step = value + Decimal(f"0.{tail}"), Decimal(1).scaleb(-len(tail))
        if scale:
            value, step = value * _SCALES[scale], step * _SCALES[scale]
        if open_:
            step = Decimal(10 ** _zeros(int(value)))
    rough = open_ or bool(_ROUGH.search(text, max(0, start - 4), start)) or bool(_ROUGH_AFTER.match(text, end))
    if part:
        base = {"百": 100, "千": 1000, "万": 10000}.get(part[0]) if part[1:] == "分之" else None
        if base is None or match["denominator"]:
            divisor = chinese_value(match["denominator"] or "")
            base = divisor if divisor is not None else int(match["denominator"] or 0)
        if not base:
            return None
        weight: Weight = "weak" if value == base else "strong"
        step = step / base if part[0] in "百千万" and not match["denominator"] else Decimal(0)
        spoken = (value,) if base >= 1000 else ()  # "9.5 per 100,000"
        return Number(start, end, value / base, "share", weight, step, rough, open_, spoken)
    if suffix in _PARTS_OF:
        base = _PARTS_OF[suffix]
        weight = "weak" if value == base else "strong"
        spoken = (value,) if base == 1000 else ()
        return Number(start, end, value / base, "share", weight, step / base, rough, open_, spoken)
    if suffix.endswith("百分点"):
        return Number(start, end, value / 100, "points", "strong", step / 100, rough)
    if suffix.endswith("基点"):
        return Number(start, end, value / 10000, "points", "strong", step / 10000, rough)
    if suffix.startswith("成"):
        extra = {"": 0, "半": 5}.get(suffix[1:], _DIGITS.get(suffix[1:], 0))
        share = value / 10 + Decimal(extra) / 100
        tenths = Decimal(1) / (100 if extra else 10)
        return (
            Number(start, end, share, "share", "weak" if rough else "strong", tenths, rough, open_)
            if value < 10
            else None
        )
    weight = _chinese_weight(text, match, value)
    unit = _UNIT.match(text, end)
    others = tuple(value * factor for factor in _CONVERSIONS[unit.group()]) if unit else ()
    return Number(start, end, value, "count", weight, step, rough, open_, others)


def _chinese_weight(text: str, match: re.Match[str], value: Decimal) -> Weight:
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if match["suffix"] == "倍" or before == "." or (after == "半"):
        return "none"
    if _QUOTED.search(text, max(0, start - 8), start) and _UNQUOTED.match(text, end):
        return "none"  # “两个一百年”, “3060”: the name of something
    scaled = match["scale"] in ("万", "亿") or len(match["scale"] or "") > 1
    if match["figure"]:
        if _is_latin(before) or (_is_latin(text[start - 2 : start - 1]) and before in ("-", "·")):
            return "none"
        if _is_latin(after) and not re.match(r"\s?(?:km|kg|mm|cm|ml|mg|kW|[gmtL])(?![A-Za-z])", text[end : end + 5]):
            return "none"
        digits = match["figure"]
        if digits.isdigit() and (len(digits) >= 7 or digits.startswith("0") or before in ("第", "备")) and not scaled:
            return "none"
        if (value < 10 and "." not in digits and not scaled) or _ALL_PROVINCES.match(text, start):
            return "none"
        return "weak" if _DURATION.match(text, end) else "strong"
    han = match["han"]
    if len(han) < 2 or (value < 10 and not match["decimals"]):
        return "strong" if scaled and value >= 10**4 and len(han) >= 2 else "none"
    if (han[-1] in "万亿" and len(han) == 1) or not after or (after not in _COUNTERS and han[-1] not in "万亿"):
        return "none"
    if before and before in "几数上成十百千":
        return "none"
    return "weak" if value < 100 or _DURATION.match(text, end) or han[0] in "百千万亿" else "strong"


def _sharing(text: str, numbers: list[Number]) -> list[Number]:
    """The numbers of ranges and lists in the unit that stands only after the last one: 2000至3000亿, 5-8%."""
    made = list(numbers)
    unit: tuple[Kind, Decimal] | None = None  # what the last of a row is counted in
    for place in range(len(made) - 2, -1, -1):
        first, second = made[place], made[place + 1]
        between = text[first.end : second.start]
        figure = re.match(_FIGURE, text[second.start : second.end])
        own = re.fullmatch(_FIGURE, text[first.start : first.end])
        mantissa = _exact(figure.group()) if figure and own and first.kind == "count" else Decimal(0)
        if not mantissa or len(between) > 4 or not _JOIN.fullmatch(between):
            unit = None
            continue
        kind, factor = unit = unit or (second.kind, second.value / mantissa)
        if kind == "count" and factor == 1:
            unit = None
            continue
        is_list = between.strip() in ("、", "和", "及", "与", ",")
        shared = first.value * factor
        if is_list or (kind == "count" and first.value >= mantissa * 10):  # 1.2、3.4亿元 may mean either
            made[place] = first._replace(others=(*first.others, shared), weight="weak")
        else:
            made[place] = first._replace(value=shared, kind=kind, step=first.step * factor,
                                   weight=second.weight, others=(first.value,))  # fmt: skip
    return made


@lru_cache(maxsize=4096)
def chinese_value(han: str) -> int | None:
    """The value of a numeral in Chinese characters; also of digits one by one (二〇二一); None when it is none."""
    if not han or len(han) > LONGEST:
        return None
    if han.isdecimal() and han.isascii():
        return int(han)
    han = han.replace("廿", "二十").replace("卅", "三十")
    if len(han) > 1 and all(char in _DIGITS for char in han):
        return int("".join(str(_DIGITS[char]) for char in han))
    total = section = digit = 0
    last = 10**9
    for char in han:
        if char in _DIGITS:
            digit = _DIGITS[char]
            if char in "零〇○":
                last = 10**9
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit, last = 0, _UNITS[char]
        elif char in "万亿":
            factor = 10**4 if char == "万" else 10**8
            section += digit
            if char == "亿":
                total, section = (total + (section or (0 if total else 1))) * factor, 0
            else:
                total, section = total + (section or 1) * factor, 0
            digit, last = 0, factor
        else:
            return None
    if digit and last < 10**9 and last >= 100 and han[-2:-1] in ("百", "千", "万", "亿"):
        digit *= last // 10  # 三百五 is 350
    return total + section + digit


# -- English -----------------------------------------------------------------------------------------------------------

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {
    "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9,
    "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth".split(),
        1,
    )
} | {word[:-1] + "ieth": value for word, value in _TENS.items()}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100, "thousandth": 1000}  # fmt: skip
_BELOW = "|".join(sorted([*_SMALL, *_TENS], key=len, reverse=True))
_POWER = "|".join(_POWERS)
_PERCENT = r"(?P<percent>\s?(?:%|‰)|[\s-](?:percentage[\s-]points?|percent(?:age)?|per[\s-]cent|pp|per[\s-]mille|basis[\s-]points?|bps)\b)?"
_ENGLISH = re.compile(
    rf"(?P<figure>{_FIGURE})"
    rf"(?:(?P<power>(?:[\s-]?(?i:{_POWER})\b){{1,3}})|\s?(?P<short>mn|mln|mio|bn|bln|trn|tn|[kKmMbB])\b|(?P<suffix>st|nd|rd|th)\b)?"
    + _PERCENT
)
_WORDS = re.compile(
    rf"(?P<half>half\s+an?\s+(?P<halved>{_POWER}|dozen))\b"
    rf"|(?P<words>\b(?:an?\s+(?=(?:{_POWER}|dozen)\b))?(?:{_BELOW}|(?<=a\s)(?:{_POWER})|(?<=a\s)dozen)\b"
    rf"(?:(?:\s+and\s+a\s+half)\b|[\s-]+(?:and\s+)?(?:{_BELOW}|{_POWER}|dozen)\b)*"
    rf"(?:[\s-]+(?:and\s+)?(?P<last>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b(?!s))?)"
    + _PERCENT
    + r"(?P<decades>\s+(?:decades?|centur(?:y|ies))\b)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?P<top>{_BELOW}|an?|\d+)[\s-]+(?P<bottom>{'|'.join(sorted(_PARTS, key=len, reverse=True))})s?\b"
    rf"|\b(?P<some>{_BELOW})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<all>{_BELOW})\b"
    r"|\b(?P<half>half)\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d/.])(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\d/])")
_LETTERS = re.compile("[A-Za-z]+")
_ARTICLE = re.compile(r"(?<![A-Za-z])(?:half\s+)?(?:an?|\d+)[\s-]+$", re.IGNORECASE)
_SPOKEN = frozenset({*_SMALL, *_TENS, *_ORDINALS, *_PARTS, *_POWERS, "dozen"} | {f"{part}s" for part in _PARTS})
_ENGLISH_RATIO = re.compile(r"(?<![\d:.])(\d+(?:\.\d+)?)(?:\s?:\s?|[\s-](?:to|in|out of)[\s-])(\d+(?:\.\d+)?)(?![\d:])")
_ENGLISH_JOIN = re.compile(r"(?:\s?[-–—~/,]\s?|\s*,?\s+(?:to|and|or|through)\s+|,\s+)", re.IGNORECASE)
_ENGLISH_ROUGH = re.compile(
    r"(?:over|more than|nearly|almost|about|around|some|roughly|approximately|exceed(?:ed|ing)?|at least|up to|under|"
    r"less than|close to|beyond|above|below|surpass(?:ed|ing)?|topp(?:ed|ing)|an estimated|reach(?:ed|ing)?|fewer than)"
    r"\s+(?:the\s+)?(?:RMB|CNY|US|HK)?[$¥￥]?\s?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def english_numbers(text: str) -> list[Number]:
    """The numbers of an English text, in order, dates and document numbers left out."""
    text = without_english_dates(_SPACED.sub(",", text.replace("\u00a0", " ").translate(_NARROW)))
    found: list[Number] = []
    ratios = [match.span() for match in _ENGLISH_RATIO.finditer(text)]
    for start, end in ratios:
        match = _ENGLISH_RATIO.match(text, start)
        if match is None or max(len(match[1]), len(match[2])) > LONGEST:
            continue
        first, second = _exact(match[1]), _exact(match[2])
        if second and (match.group().replace(" ", "").count(":") or first < second):
            found.append(Number(start, end, first / second, "ratio", "strong", others=(first, second)))
    figures = [_figure(text, match) for match in _ENGLISH.finditer(text) if len(match["figure"]) <= LONGEST]
    found += _english_sharing(text, figures)
    found += _word_numbers(text)
    return sorted(found, key=lambda number: (number.start, number.end))


def _figure(text: str, match: re.Match[str]) -> Number:
    digits = match["figure"].replace(",", "")
    start, end = match.span()
    value, step = _exact(digits), _step(digits)
    rough = bool(_ENGLISH_ROUGH.search(text, max(0, start - 30), start)) or text[end : end + 1] == "+"
    others: tuple[Decimal, ...] = ()
    if match["power"]:
        for word in re.findall("[a-z]+", match["power"].lower()):
            value, step = value * _POWERS[word], step * _POWERS[word]
    elif match["short"]:
        factor = _SHORT[match["short"].lower()]
        others = (value,)  # 5m may be metres
        value, step = value * factor, step * factor
    if rough and "." not in digits:
        step *= 10 ** _zeros(int(digits))
    kind, value, step = _with_percent(match["percent"], value, step)
    if match["suffix"]:
        return Number(start, end, value, "ordinal", "strong")
    before = text[max(0, start - 2) : start]
    weight: Weight = "strong"
    named = _is_latin(before[-1:]) or (before[-1:] in ("-", ".") and (_is_latin(before[:1]) or before[:1].isdigit()))
    if re.search(r"(?:RMB|CNY|USD|HKD|HK|US)\s?$", text[max(0, start - 4) : start]):
        named = False
    glued = _is_latin(text[end : end + 1]) and kind == "count"
    if (kind == "count" and (named or glued or (value < 10 and "." not in digits and not match["power"]))) or (
        kind == "count" and _YEAR.fullmatch(match["figure"]) and not match["power"]
    ):
        weight = "none"
    return Number(start, end, value, kind, weight, step, rough, others=others)


def _with_percent(percent: str | None, value: Decimal, step: Decimal) -> tuple[Kind, Decimal, Decimal]:
    word = (percent or "").strip(" -").lower().replace("-", " ")
    if not word:
        return "count", value, step
    if word.startswith(("percentage point", "pp")):
        return "points", value / 100, step / 100
    if word.startswith(("basis", "bps")):
        return "points", value / 10000, step / 10000
    base = 1000 if word in ("‰", "per mille") else 100
    return "share", value / base, step / base


def _english_sharing(text: str, numbers: list[Number]) -> list[Number]:
    """Ranges and lists whose unit stands only after the last: "5 to 8 percent", "200-300 billion"."""
    made = list(numbers)
    for place in range(len(made) - 2, -1, -1):
        first, second = made[place], made[place + 1]
        between = text[first.end : second.start]
        if first.kind != "count" or len(between) > 12 or not _ENGLISH_JOIN.fullmatch(between):
            continue
        figure = re.match(_FIGURE, text[second.start : second.end])
        if figure is None or not re.fullmatch(_FIGURE, text[first.start : first.end]):
            continue
        mantissa = _exact(figure.group().replace(",", ""))
        if second.kind != "count" and mantissa:
            factor = second.value / mantissa
            made[place] = first._replace(value=first.value * factor, kind=second.kind, step=first.step * factor,
                                   others=(first.value,), weight="strong")  # fmt: skip
        elif mantissa and second.value != mantissa:
            factor = second.value / mantissa
            shared = first.value * factor
            made[place] = first._replace(value=shared, step=first.step * factor, others=(first.value,), weight="strong")
    return made


def _word_numbers(text: str) -> Iterator[Number]:
    # Only at words that can be part of a number: the patterns themselves would be tried at every character.
    spoken = [match.span() for match in _LETTERS.finditer(text) if match.group().lower() in _SPOKEN]
    for match in _matches(_WORDS, text, spoken):
        start, end = match.span()
        if match["half"]:
            value = Decimal(_POWERS.get(match["halved"].lower(), 12)) / 2
            yield Number(start, end, value, step=value)
            continue
        words = re.findall("[a-z]+", match["words"].lower())
        spoken_value = _words_value(words)
        if spoken_value is None:
            continue
        kind, value, step = _with_percent(match["percent"], spoken_value, Decimal(1))
        if match["decades"]:
            value *= 100 if "cent" in match["decades"] else 10
        if match["last"]:
            kind = "ordinal"
        rough = bool(_ENGLISH_ROUGH.search(text, max(0, start - 30), start))
        strong = kind != "count" or (value >= 10 and not match["decades"])
        yield Number(start, end, value, kind, "strong" if strong else "none", step, rough)
    for match in [*_matches(_FRACTION, text, spoken), *_SLASHED.finditer(text)]:
        if match.re is _SLASHED:
            if int(match["b"]):
                yield Number(*match.span(), Decimal(match["a"]) / Decimal(match["b"]), "share", "none")
        elif match["half"]:
            yield Number(*match.span(), Decimal(1) / 2, "share", "none", others=(Decimal(6), Decimal(1) / 2))
        elif match["some"]:  # nine in ten
            some, whole = (
                _SMALL.get(word, _TENS.get(word, 0)) for word in (match["some"].lower(), match["all"].lower())
            )
            if some < whole:
                yield Number(*match.span(), Decimal(some) / whole, "share", "none", Decimal(1) / 100, True)
        else:
            top = match["top"].lower()
            number = int(top) if top.isdigit() else _SMALL.get(top, _TENS.get(top, 1))
            yield Number(*match.span(), Decimal(number) / _PARTS[match["bottom"].lower()], "share", "none",
                         Decimal(1) / 100, True)  # fmt: skip
    for start, end in spoken:
        ordinal = _ORDINALS.get(text[start:end].lower())
        if ordinal is not None:
            yield Number(start, end, Decimal(ordinal), "ordinal", "strong" if ordinal >= 10 else "none")


def _matches(pattern: re.Pattern[str], text: str, spoken: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches that begin at one of the words ``spoken``, or at "a" or "half a" before it."""
    last = 0
    for start, _ in spoken:
        before = _ARTICLE.search(text, max(0, start - 12), start)
        for place in ([before.start()] if before else []) + [start]:
            if place >= last and (match := pattern.match(text, place)):
                yield match
                last = match.end()
                break


def _words_value(words: list[str]) -> Decimal | None:
    if len(words) > LONGEST:
        return None
    total = section = Decimal(0)
    for number, word in enumerate(words):
        if word in _SMALL:
            section += _SMALL[word]
        elif word in _TENS:
            section += _TENS[word]
        elif word in _ORDINALS:
            section += _ORDINALS[word]
        elif word == "half":
            section += Decimal(1) / 2
        elif word == "dozen":
            section = (section or Decimal(1)) * 12
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word in _POWERS:
            total, section = total + (section or Decimal(1)) * _POWERS[word], Decimal(0)
        elif word not in ("a", "an", "and"):
            return None
        if word == "half" and number == len(words) - 1:
            break
    return total + section


# -- both --------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _exact(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


@lru_cache(maxsize=8192)
def _step(digits: str) -> Decimal:
    return Decimal(1).scaleb(-len(digits.partition(".")[2]))


def _zeros(number: int) -> int:
    text = str(number)
    return len(text) - len(text.rstrip("0")) if number else 0


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if start >= last:
            parts += [text[last:start], "\0" * (end - start)]
            last = end
    return "".join([*parts, text[last:]])


def mismatches(
    source: Sequence[Number], target: Sequence[Number], nearby: Sequence[Number] = (), everything: bool = False
) -> list[Mismatch]:
    """The numbers of a Chinese segment that its English segment does not have.

    ``nearby`` holds the numbers of the English round the segment, in which a number counts as met but never as wrong.
    ``everything`` also asks for the numbers whose weight is "none".
    """
    left = [number for number in target if number.weight == "strong"]
    missing: list[Number] = []
    points: list[Mismatch] = []
    unlike: list[Number] = []
    for number in source:
        same = next((other for other in left if other.kind == number.kind and other.value == number.value), None)
        if same is not None:
            left.remove(same)
        else:
            unlike.append(number)
    for number in unlike:
        equal = next((other for other in left if agree(number, other)), None)
        if equal is not None:
            left.remove(equal)
        elif (number.weight != "none" or everything) and not any(agree(number, other) for other in (*target, *nearby)):
            missing.append(number)
    found: list[Mismatch] = []
    for number in list(missing):
        mixed = next(
            (t for t in left if {t.kind, number.kind} == {"share", "points"} and t.value == number.value), None
        )
        if mixed is not None:
            points.append(Mismatch(number, mixed, "points", english_figure(number.value, number.kind)))
            missing.remove(number)
            left.remove(mixed)
    for number in list(missing):
        shifted = next((other for other in left if _is_shifted(number, other)), None)
        if shifted is not None:
            found.append(Mismatch(number, shifted, "power-of-ten", english_figure(number.value, number.kind)))
            missing.remove(number)
            left.remove(shifted)
    for number in missing:
        rivals = [other for other in left if _comparable(number, other)]
        if rivals:
            rival = min(rivals, key=lambda other: _distance(number, other))
            left.remove(rival)
            right = None if number.kind == "ratio" else english_figure(number.value, number.kind)
            found.append(Mismatch(number, rival, "different", right))
        elif number.weight == "strong" or (everything and number.weight == "none"):
            found.append(Mismatch(number, None, "missing", None))
    return sorted([*points, *found], key=lambda item: item.source.start)


def agree(source: Number, target: Number) -> bool:
    """Whether an English number is what a Chinese one says, rounded as English writers round."""
    if source.kind == target.kind != "ratio" and source.value == target.value:
        return True
    if source.kind == target.kind or (
        "ordinal" in (source.kind, target.kind) and "count" in (source.kind, target.kind)
    ):
        if source.kind == "ratio" and len(source.others) == len(target.others) == 2:
            return source.value == target.value or _clock(source.others) == _clock(target.others)
        if _close(source, target, source.value, target.value):
            return True
        return any(_close(source, target, value, target.value) for value in source.others) or any(
            _close(source, target, source.value, value) for value in target.others
        )
    if source.kind == "share" and target.kind == "count":  # "53 and 67 percent", "one in ten"
        return any(_close(source, target, value, target.value) for value in (source.value * 100, *source.others))
    if source.kind == "share" and target.kind == "ratio":
        return source.value == target.value
    if source.kind == "ratio" and target.kind == "share":
        return source.value == target.value
    if source.kind == "count" and target.kind == "ratio":
        return source.value in target.others
    if source.kind == "count" and target.kind in ("share", "points"):
        return bool(source.others) and target.value in source.others
    return False


def _clock(pair: tuple[Decimal, ...]) -> tuple[Decimal, Decimal]:
    return pair[0] % 12, pair[1]


def _close(source: Number, target: Number, wanted: Decimal, given: Decimal) -> bool:
    if wanted == given:
        return True
    if not wanted or not given:
        return False
    step = source.step * wanted / source.value if source.value else source.step
    if source.open and wanted < given < wanted + step:
        return True
    apart = abs(wanted - given)
    if apart * 100 > 6 * wanted:
        return False
    coarse = target.step * given / target.value if target.value else target.step
    if wanted != source.value and apart * 100 <= wanted:  # after a conversion of units
        return True
    if coarse > step and (apart * 2 <= coarse or ((source.rough or target.rough) and apart < coarse)):
        return True
    return source.rough and target.rough and apart * 2 <= step


def _is_shifted(source: Number, target: Number) -> bool:
    """Whether the two differ by a power of ten and nothing else."""
    if source.kind != target.kind or source.kind in ("ratio", "ordinal") or not target.value or not source.value:
        return False
    for value in (source.value, *(source.others if source.kind == "count" else ())):
        ratio = target.value / value
        for power in (10, 100, 1000, 10**4, 10**5, 10**6, 10**8):
            if ratio == power or ratio * power == 1:
                return True
        if source.step < target.step * 10 and len(str(int(source.value))) > 3:
            for power in (10, 100, 1000, 10**4):
                for factor in (Decimal(power), Decimal(1) / power):
                    if abs(ratio / factor - 1) * 1000 < 2:
                        return True
    return False


def _comparable(source: Number, target: Number) -> bool:
    if source.kind == target.kind:
        return True
    return {source.kind, target.kind} == {"share", "points"}


def _distance(source: Number, target: Number) -> tuple[float, int]:
    if not source.value or not target.value:
        return 99.0, target.start
    ratio = float(target.value / source.value)
    return max(ratio, 1 / ratio), target.start


def english_figure(value: Decimal, kind: Kind = "count") -> str:
    """A value as English writes it: "1.2455 trillion", "12,600", "98.6 percent"."""
    if kind == "share":
        return f"{_plain(value * 100)} percent"
    if kind == "points":
        return f"{_plain(value * 100)} percentage point{'' if value * 100 == 1 else 's'}"
    if kind == "ordinal":
        number = int(value)
        suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{suffix}"
    for word, power in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if value >= power:
            return f"{_plain(value / power)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{float(value):,.6f}".rstrip("0").rstrip(".")
