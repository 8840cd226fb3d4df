"""The numbers of a Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from checker.dates import blanked, without_chinese_dates
from checker.numbers.chinese_numerals import DIGITS, HAN, chinese_value
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
from checker.scanning import exchanged, matches_at, matches_from
from glossary.folding import simplified

_SPACED = re.compile(
    "[ \u00a0\u2009\u202f](?<=\\d.)(?<!\\d{4}.)(?<![:.表图件第骤]\\d.)(?<![:.表图件第骤]\\d\\d.)(?=\\d{3}(?!\\d))"
)  # 12 500: the thousands of statistics
_PARTS_OF = {"%": 100, "厘": 100, "‰": 1000}  # interest in Hong Kong: 0.75厘 is 0.75 %
_SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "兆": 10**12,
}  # fmt: skip
_HAN = f"[{HAN}]"
_FIGURE = re.compile(FIGURE)
_BEGINNING = re.compile(rf"[\d{HAN}]")
_SCALE = "(?:[十百千万]亿|[十百千]万|兆(?![A-Za-z瓦焦赫欧帕伏安字比位])|[十百千万亿])"  # 兆瓦: megawatts
_COUNTERS = (
    "个名人位元块家项种岁次台张所条米里亩吨倍户件份间座支批期款类场例天日周月年小分秒平立斤公千克毫升度厘组对双套辆艘架"
    "部篇字页本册棵株头只匹口床多余几层"
)
_SUFFIX = r"(?P<suffix>\s?%|‰|\s?个?百分点|\s?个?基本?点|成(?![员立为果功本交长人份效都就绩分套熟因])[一二三四五六七八九半]?|厘(?![米升定清])|倍)?"
# What stands below a 万 or 亿 written in figures: 1亿5千万, 3万零500, 2万3456; not 10万65岁以上老人.
_PIECE = (
    rf"{_SCALE}零?(?>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+(?=[多余来几]?{_SCALE})"
    rf"|(?![.,\d])(?=[多余来几]?{_SCALE}|(?!\s?(?:[多余来几]?[岁周年月日时点级型期号例:%‰]"
    r"|(?:至|到|[~-])\s?\d+\s?[岁周年月日时点级%‰]|个?百分点))))"
)
_BELOW = re.compile(rf"{_SCALE}零?\d")
_PIECES = re.compile(rf"({_SCALE})(零?)([\d.,]+)")
_CHINESE = re.compile(
    rf"(?P<part>百分之|千分之|万分之|(?P<denominator>{_HAN}+|\d+)分之)?"
    rf"(?:(?P<figure>{FIGURE})(?P<below>(?<![.]\d)(?<![.]\d\d)(?:{_PIECE})+)?"
    rf"|(?P<han>{_HAN}+)(?:点(?P<decimals>[零〇一二三四五六七八九]+))?)"
    rf"\s?(?:个(?=[多余]?亿(?![元级])))?(?P<more>[多余来几])?(?P<scale>{_SCALE})?(?P<more2>[多余])?(?:(?<=[多余])(?P<beyond>[万亿]))?"
    + _SUFFIX
)
_ORDINAL = re.compile(
    rf"第(?P<a>{_HAN}+|\d+)|(?P<b>十[一二三四五])五(?=[”\"』」’]?(?:规划|时期|期间|计划|末|以来|开局|收官|国民))"
    rf"|[“「‘\"](?P<c>十[一二三四五])五[”」’\"]|(?P<d>{_HAN}{{1,3}})(?:届|大(?=报告|精神|以来|代表|召开|提出))"
)
_ORDINAL_BEGINNING = re.compile(
    rf"[第“「‘\"{HAN}](?=(?<=第)[\d{HAN}]|(?<=[“「‘\"])十|(?<=[{HAN}])(?:[{HAN}]{{0,2}}[届大]|[一二三四五]五))"
)
_RATIO = re.compile(r"(\d(?<![\d:.]\d)\d*(?:\.\d+)?)\s?(?::|比)\s?(\d+(?:\.\d+)?)(?![\d:])")
_CLOCK = re.compile(
    rf"(?<![\d.:{HAN}])(\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})\s?[时点]\s?"
    r"(?:([0-5]?\d|零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)\s?分(?![钟之])|半)"
)  # 7时50分, 七点半; not 九点五分, which are so many points
_HOUR = re.compile(rf"(?<![\d.:{HAN}])(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})\s?\Z")
_HOUR_MARK = re.compile(r"[时点](?=\s?[\d零二三四五十半])")
_SECONDS = re.compile(rf"秒(?<=\d秒)(?=\d{{2,3}}(?!\d|\s?[{_COUNTERS}十百千万亿%.]))")  # 57秒79: 57.79 seconds
_PHRASE = re.compile(rf"(?<=退)一万步|180度的?大?转|(?:{_HAN}{{1,3}}|\d{{1,3}})分之一(?=决赛)")
_PHRASES = ("退一万步", "180度", "分之一决赛")
_JOIN = re.compile(r"\s?(?:至|到|-|~|—|、|和|或|及|与|,)\s?")
_ROUGH = re.compile(r"(?:近|逾|超|超过|约|大约|不足|将近|接近|达到?|突破|至少|不少于|多达)$")
_ROUGH_ENDS = frozenset("近逾超过约足达到破少于")
_ROUGH_MARKS = frozenset("左上以")  # with which begins what tells it behind a number
_ROUGH_AFTER = re.compile(r"\s?(?:元|人|个|名|家)?(?:左右|上下|以上|以下|以内)")
_CALL = re.compile("急救|救护|接到?报?警|报警|指挥|调度")  # 120急救中心: "the ambulance service"
_ADVERB = re.compile("千万[不别要勿莫记]|百万富|亿万|万千|千千万万")
_ALL_PROVINCES = re.compile(r"3[124]\s?个?省")  # "the Chinese mainland"
_QUOTED = re.compile("[“「『‘《][^”」』’》]{0,8}$")
_QUOTES = frozenset("“「『‘《")
_UNQUOTED = re.compile("[^“「『‘《]{0,8}[”」』’》]")

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
# Of so much for each 亩 or 斤 what a hectare or a kilogram comes to.
_RATES = {"亩": (Decimal(15),), "斤": (Decimal(2),)}
_RATE_BEFORE = re.compile(r"(?:[每一](?P<each>[亩斤])|(?P<of>亩)[产均])[^，。；：\d]{0,8}$")
_RATE_AFTER = re.compile(r"[^\d，。；：]{0,2}[/每一](?P<each>[亩斤])")
SEVERAL = re.compile(r"[一二两三四五六七八九]{2}")  # 两三年: "two or three years"
_UNIT = re.compile("|".join(sorted(_CONVERSIONS, key=len, reverse=True)))
_KILO = frozenset("瓦伏卡焦赫帕克米")  # 110千伏: "110 kV"
_UNIT_BEGINNINGS = frozenset(unit[0] for unit in _CONVERSIONS)
_DURATION_BEGINNINGS = frozenset("年个月天日小分周岁号楼路室栋时点")
_DURATION = re.compile(r"年|个?月|天|日|小时|分钟|周|岁以|号|楼|路|室|栋|时|点")


def chinese_numbers(text: str) -> list[Number]:
    """The numbers of a Chinese text, in order, dates and document numbers left out."""
    text = _SECONDS.sub(".", _SPACED.sub(",", exchanged(simplified(text), NARROW)))
    text = without_chinese_dates(text)
    if any(phrase in text for phrase in _PHRASES):
        text = blanked(text, [match.span() for match in _PHRASE.finditer(text)])
    found: list[Number] = []
    for match in matches_at(_ORDINAL, _ORDINAL_BEGINNING, text):
        value = chinese_value(next(group for group in match.groups() if group))
        if value is not None:
            # 十四五 is the 14th plan; small ordinals are words of the language.
            found.append(Number(*match.span(), Decimal(value), "ordinal", "weak" if value >= 10 else "none"))
    for match in _RATIO.finditer(text):
        if max(len(match[1]), len(match[2])) > LONGEST:
            continue
        first, second = exact(match[1]), exact(match[2])
        if is_full_hour(match[1], match[2]):
            weight: Weight = "strong" if 12 < first < 24 else "weak"  # noon and the hours before it are told by words
            found.append(Number(*match.span(), first, "ratio", weight, others=(first, second)))
        elif second:
            found.append(Number(*match.span(), first / second, "ratio", "weak", others=(first, second)))
    for match in matches_from(_CLOCK, _hours(text), text):
        hour, minutes = (Decimal(chinese_value(part) or 0) for part in (match[1], match[2] or "30"))
        asked: Weight = "none" if not match[2] else "strong" if match[2].isdecimal() else "weak"
        found.append(Number(*match.span(), hour / (minutes or 1), "ratio", asked, others=(hour, minutes)))
    masked = blanked(text, [(number.start, number.end) for number in found])
    plain = [
        number for match in matches_at(_CHINESE, _BEGINNING, masked) if (number := _number(masked, match)) is not None
    ]
    found += _sharing(masked, plain)
    return sorted(found, key=lambda number: number.start)


def _hours(text: str) -> Iterator[int]:
    """Where the hour of what may be a time of day begins: `_CLOCK` itself would be tried at every character."""
    for mark in _HOUR_MARK.finditer(text):
        if hour := _HOUR.search(text, max(0, mark.start() - 4), mark.start()):
            yield hour.start()


def _number(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    part, denominator, figure, below, han, decimals, more, scale, more2, beyond, suffix = match.groups()
    if end - start > LONGEST and max(map(len, filter(None, (figure, han, decimals, denominator, below)))) > LONGEST:
        return None
    open_ = bool(more or more2)
    size = _size(figure, below, han, decimals, scale, beyond, open_)
    if size is None:
        return None
    value, step = size
    rough = (
        open_
        or (text[start - 1 : start] in _ROUGH_ENDS and bool(_ROUGH.search(text, max(0, start - 4), start)))
        or (not _ROUGH_MARKS.isdisjoint(text[end : end + 3]) and bool(_ROUGH_AFTER.match(text, end)))
    )
    if part:
        return _of_parts(match, value, step, rough, open_)
    suffix = (suffix or "").strip()
    if suffix == "厘" and han:
        return None  # 一分一厘: the smallest sum there is
    if suffix in _PARTS_OF:
        base = _PARTS_OF[suffix]
        weight: Weight = "strong" if value % base or not value else "weak"  # 增长200%: tripled
        spoken = (value,) if base == 1000 else ()
        return Number(start, end, value / base, "share", weight, step / base, rough, open_, spoken)
    if suffix.endswith("百分点"):
        asked: Weight = "weak" if value == 1 else "strong"  # "a percentage point"
        return Number(start, end, value / 100, "points", asked, step / 100, rough)
    if suffix.endswith(("基点", "基本点")):
        return Number(start, end, value / 10000, "points", "strong", step / 10000, rough, others=(value,))  # "17 pips"
    if suffix.startswith("成"):
        if value >= 10:
            return None
        extra = {"": 0, "半": 5}.get(suffix[1:], DIGITS.get(suffix[1:], 0))
        share = value / 10 + Decimal(extra) / 100
        tenths = Decimal(1) / (100 if extra else 10)
        return Number(start, end, share, "share", "weak" if rough else "strong", tenths, rough, open_)
    is_sure = figure or (decimals and scale) or (len(han) > 1 and not SEVERAL.search(han))
    is_sure = is_sure or (rough and not open_ and han in "百千万亿")  # 近亿元
    weight = _weight(text, match, value) if is_sure and suffix != "倍" else "none"
    unit = _UNIT.match(text, end) if text[end : end + 1] in _UNIT_BEGINNINGS else None
    others = _converted(value, unit.group()) if unit else ()
    if scale == "千" and text[end : end + 1] in _KILO:
        others += (value / 1000,)
    if not _RATES.keys().isdisjoint(text[max(0, start - 12) : end + 4]):
        others += tuple(value * factor for factor in rates(text, start, end))
    if 12 < value <= 24 and text[end : end + 1] in ("时", "点"):
        others = (value - 12,)  # 22时: 10 p.m.
    return Number(start, end, value, "count", weight, step, rough, open_, others)


def rates(text: str, start: int, end: int) -> tuple[Decimal, ...]:
    """What a number that is told for each 亩 or 斤 (亩产1.2吨, 2.5元/斤) is to be multiplied by for other units."""
    before = _RATE_BEFORE.search(text, max(0, start - 12), start)
    if before:
        return _RATES[before["each"] or before["of"]]
    after = _RATE_AFTER.match(text, end)
    return _RATES[after["each"]] if after else ()


@lru_cache(maxsize=8192)
def _converted(value: Decimal, unit: str) -> tuple[Decimal, ...]:
    """What a quantity in some unit may be given as besides."""
    return tuple(value * factor for factor in _CONVERSIONS[unit])


@lru_cache(maxsize=8192)
def _size(
    figure: str | None,
    below: str | None,
    han: str,
    decimals: str | None,
    scale: str | None,
    beyond: str | None,
    is_open: bool,
) -> tuple[Decimal, Decimal] | None:
    """The value of the figure or numeral with its 万 or 亿, and what its last digit is worth."""
    if figure:
        if below:
            return _in_pieces(figure, below, (scale or "") + (beyond or ""))
        digits = figure.replace(",", "")
        value, step = exact(digits), step_of(digits)
        if is_open and digits.endswith("0") and "." not in digits:
            step *= 10  # 20多: two dozen
        for more in (scale, beyond):  # 3万多亿
            if more:
                value, step = value * _SCALES[more], step * _SCALES[more]
        return value, step
    number = chinese_value(han)
    if number is None:
        return None
    value, step = Decimal(number), Decimal(10 ** zeros(number))
    if decimals:
        tail = "".join(str(DIGITS[char]) for char in decimals)
        value, step = value + Decimal(f"0.{tail}"), Decimal(1).scaleb(-len(tail))
    if scale:
        value, step = value * _SCALES[scale], step * _SCALES[scale]
    if is_open:
        step = Decimal(10 ** zeros(int(value)))
    return value, step


def _in_pieces(figure: str, below: str, scale: str) -> tuple[Decimal, Decimal] | None:
    """What 3亿2000万, 1亿5千万 or 2万3456 come to, and what the last digit is worth; None where no such figure is read."""
    pieces = _PIECES.findall(below)
    scales = [Decimal(_SCALES[piece[0]]) for piece in pieces] + [Decimal(_SCALES.get(scale, 1))]
    last = pieces[-1][2]
    if not scale and len(last) == 1 and not pieces[-1][1] and scales[-2] >= 100:
        scales[-1] = scales[-2] / 10  # 3万5 is 35,000
    shared = next((10**power for power in (8, 4) if scales[-1] >= 10**power), 1)  # 2千5百万, 2万5千亿
    for place in range(len(scales) - 2, -1, -1):
        if scales[place] < scales[place + 1]:
            scales[place] *= shared
    total, least = Decimal(0), Decimal(0)
    for digits, worth in reversed(list(zip([figure, *[piece[2] for piece in pieces]], scales, strict=True))):
        if total >= worth or worth <= least:
            return None
        total, least = total + exact(digits) * worth, worth
    return total, step_of(last) * scales[-1]


def _of_parts(match: re.Match[str], value: Decimal, step: Decimal, rough: bool, is_open: bool) -> Number | None:
    """A share said as 百分之五 or 三分之一."""
    denominator = match["denominator"]
    if denominator:
        divisor = chinese_value(denominator)
        base = divisor if divisor is not None else int(denominator)
        step = Decimal(0)
    else:
        base = {"百": 100, "千": 1000, "万": 10000}[match["part"][0]]
        step = step / base
    if not base:
        return None
    weight: Weight = "weak" if value == base else "strong"
    spoken = (value,) if base >= 1000 else ()  # "9.5 per 100,000"
    return Number(*match.span(), value / base, "share", weight, step, rough, is_open, spoken)


def _weight(text: str, match: re.Match[str], value: Decimal) -> Weight:
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    figure, han, decimals, scale = match.group("figure", "han", "decimals", "scale")
    if before in (".", "·") or after in ("半", "折") or text.startswith(("世纪", "年代"), end):
        return "none"
    quoted = not _QUOTES.isdisjoint(text[max(0, start - 8) : start])
    if quoted and _QUOTED.search(text, max(0, start - 8), start) and _UNQUOTED.match(text, end):
        return "none"  # “两个一百年”, “3060”: the name of something
    scaled = scale is not None and (scale in "万亿" or len(scale) > 1)
    if figure:
        if is_latin(before) or (is_latin(text[start - 2 : start - 1]) and before in ("-", "·")):
            return "none"
        if is_latin(after) and not re.match(r"\s?(?:km|kg|mm|cm|ml|mg|kW|[gmtL])(?![A-Za-z])", text[end : end + 5]):
            return "none"
        if before == "米" and text[start - 2 : start - 1].isdigit():
            return "none"  # 1米75
        if after == "岁" and match.group("more") and not value % 10:
            return "weak"  # 30多岁: "in her thirties"
        if (after == "后" and len(figure) == 2) or (after == "·" and text[end + 1 : end + 2].isdigit()):
            return "none"  # 90后: who were born then; 12·9
        is_code = (
            (len(figure) >= 7 and not (after and after in "人名例次元"))
            or figure.startswith("0")
            or before in ("第", "备")
        )
        if figure.isdigit() and is_code and not scaled:
            return "none"
        if figure in ("110", "119", "120") and _CALL.match(text, end):
            return "none"
        if (value < 10 and "." not in figure and not scaled) or (
            figure[0] == "3" and _ALL_PROVINCES.match(text, start)
        ):
            return "none"
        return "weak" if after in _DURATION_BEGINNINGS and _DURATION.match(text, end) else "strong"
    if _ADVERB.match(text, start):
        return "none"
    if value < 10 and not decimals:
        return "strong" if scaled and value >= 10**4 else "none"
    if not after or (after not in _COUNTERS and han[-1] not in "万亿"):
        return "none"
    if before and before in "几数上成" and han[0] in "十百千万亿":
        return "none"
    return "weak" if value < 100 or _DURATION.match(text, end) or han[0] in "百千万亿" else "strong"


def _sharing(text: str, numbers: list[Number]) -> list[Number]:
    """The numbers of ranges and lists in the unit that stands only after the last one: 2000至3000亿, 5-8%."""
    made = list(numbers)
    unit: tuple[Kind, Decimal] | None = None  # what the last of a row is counted in
    for place in range(len(made) - 2, -1, -1):
        first, second = made[place], made[place + 1]
        end = first.end + (second.kind == "points" and text.startswith("个", first.end))  # 1.1个和0.2个百分点
        between = _JOIN.fullmatch(text, end, second.start) if second.start - end <= 4 else None
        if between is None or first.kind != "count" or not _FIGURE.fullmatch(text[first.start : first.end].rstrip()):
            unit = None
            continue
        figure = _FIGURE.match(text, second.start, second.end)
        mantissa = exact(figure.group()) if figure else Decimal(0)
        if not mantissa or (figure is not None and _BELOW.match(text, figure.end(), second.end)):
            unit = None
            continue
        kind, factor = unit = unit or (second.kind, second.value / mantissa)
        if kind == "count" and factor == 1:
            if second.weight == "none" and second.value >= 10:  # 80、90后
                made[place] = first._replace(weight="none")
            unit = None
            continue
        is_list = between.group().strip() in ("、", "和", "及", "与", ",") and end == first.end
        shared = first.value * factor
        if is_list or (kind == "count" and first.value >= mantissa * 10):  # 1.2、3.4亿元 may mean either
            made[place] = first._replace(others=(*first.others, shared), weight="weak")
        else:
            made[place] = first._replace(value=shared, kind=kind, step=first.step * factor,
                                   weight=second.weight, others=(first.value,))  # fmt: skip
    return made
