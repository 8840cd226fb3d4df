"""What a text says of a figure: that it is a bound, that something rises or falls by it, that a change begins or ends with
it, what unit it counts. Only what stands right beside a figure is read, and no bound or direction in a clause that
denies anything."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from checker.bitext import Span
from checker.numbers.agreement import agree
from checker.numbers.chinese import SEVERAL, rates
from checker.numbers.number import Number

Fault = Literal["bound", "direction", "order", "unit", "figure"]

MOST = 40  # figures on a side: a sentence with more is a table
_FEW = 12  # characters that Chinese takes to say so before a figure
_NEAR = 48  # characters read before a figure, and behind it to the end of its clause


class Contradiction(NamedTuple):
    """A figure of which the English says something else than the Chinese, with the places of what either says;
    ``source`` is the number of the Chinese."""

    fault: Fault
    place: Span
    chinese: Span
    source: Number


class _Words(NamedTuple):
    """How a language says "more" (a group of that name) and "less" before a figure and behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str] | None
    reach: int  # characters that what stands before takes at most


_MONEY = r"[¥￥$\s]*(?:RMB|CNY|USD)?\s*"
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|some|just|only|a|an|the|further|another|average|present|"
    rf"current|of|by|more than|over)\s+){{0,3}}{_MONEY}"
)
_SAID: tuple[tuple[Fault, _Words, _Words], ...] = (
    (
        "bound",
        _Words(
            re.compile(
                r"(?P<no>不(?:得|应|宜|能|可)?|未|没有?|勿)?(?:(?P<more>超过|[高大多长晚]于|逾|突破|至少|最少)"
                r"|(?P<less>[少低小短早]于|不足|不到|至多|最多|封顶))(?:[了约为有要应]|达到?){0,2}\s?$"
            ),
            re.compile(
                r"\s?[个名人次岁周元张家所项级种件例年月天日台小时分钟万亿平方米%]{0,4}(?:及|或|含|\(含\)|（含）)?"
                r"以(?:(?P<more>上)|(?P<less>[下内]))"
            ),
            _FEW,
        ),
        _Words(
            re.compile(
                r"\b(?P<no>(?:no|not|never)\s+(?:(?:be|fall|drop|go|rise|to)\s+)?)?"
                r"(?:(?P<more>at least|a minimum of|(?:more|higher|greater|larger|longer) than|above|over|exceed(?:ing|s|ed)?"
                r"|in excess of)|(?P<less>at most|a maximum of|(?<!brought )(?<!bring )(?<!came )(?<!come )(?<!went )(?<!gone )"
                r"(?<!pushed )up to"
                r"|(?:less|fewer|lower|smaller|shorter) than|below|under))\s+(?:an?\s+average\s+of\s+|the\s+)?"
                rf"{_MONEY}$",
                re.IGNORECASE,
            ),
            re.compile(
                r"\s?(?:[\w-]+\s+){0,2}?(?:or|and)\s+(?:(?P<more>more|above|over|older|higher|longer|up)"
                r"|(?P<less>less|fewer|below|under|younger|lower|shorter))\b"
            ),
            _NEAR,
        ),
    ),
    (
        "direction",
        _Words(
            re.compile(
                r"(?<!增速)(?<!增幅)(?<!降幅)(?<!负)(?:(?P<more>增长|增加|提高|上升|上涨|提升|上调|增幅)"
                r"|(?P<less>下降|减少|降低|下调|缩短|下滑|降幅|降价|压减))(?:[约近了为]|大约|幅度|达到?){0,2}\s?$"
            ),
            None,
            _FEW,
        ),
        _Words(
            re.compile(
                r"\b(?:(?P<more>up|rose|risen|ris(?:es?|ing)|gr[eo]w[ns]?|growing|growth|increas(?:e[sd]?|ing)"
                r"|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?)|(?P<less>down|f[ea]ll(?:s|en|ing)?|drop(?:s|ped|ping)?"
                r"|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|reduc(?:ed?|es|ing|tion)|cut(?:s|ting)?|shr[aiu]nk))"
                rf"\s+{_ABOUT}$",
                re.IGNORECASE,
            ),
            re.compile(
                r"\s?(?:\w+\s+)?(?:(?P<less>less|lower|fewer|shorter|smaller|below|more slowly|slower)"
                r"|(?P<more>more|higher|longer|above))\b(?!\s+(?:quickly|and))"
            ),
            _NEAR,
        ),
    ),
)
_CLAUSE = re.compile(r"[，。；：！？\n]|[,;:.](?!\d)")
_DENIES = re.compile(
    r"[未没无勿莫禁免防除]|不(?![断同])|非(?!常)|n['’]t\b"
    r"|\b(?i:no(?:thing|body|ne)?|not|never|nor|neither|without|cannot|unless|except|other than|fail\w*|un(?!der|i)\w+"
    r"|avoid\w*|prevent\w*|stop\w*|ke(?:ep|pt)\w*(?=[^,;:]*\sfrom))\b"
)

_FROM = (re.compile(r"[由从自][^，。；、：]{0,12}$"), re.compile(rf"\bfrom\s+{_ABOUT}$", re.IGNORECASE))
_TO = (
    re.compile(r"[^，。；：\d]{0,8}(?:到|至|为)了?\s?(?:约|近|超过)?"),
    re.compile(rf"[A-Za-z' -]{{0,24}}\sto\s+{_ABOUT}", re.IGNORECASE),
)

_UNITS = (  # the dimension, how a unit is written in both languages, how many of the first of its dimension it is
    ("area", "平方米", r"square met(?:er|re)s?|sq m|m2|m²", "1"),
    ("area", "平方公里", r"square kilomet(?:er|re)s?|sq km|km2|km²", "1000000"),
    ("area", "公顷", r"hectares?|ha", "10000"),
    ("area", "亩", r"mu", "666.667"),
    ("area", None, r"acres?", "4046.86"),
    ("length", "米", r"met(?:er|re)s?|m", "1"),
    ("length", "厘米", r"centimet(?:er|re)s?|cm", "0.01"),
    ("length", "毫米", r"millimet(?:er|re)s?|mm", "0.001"),
    ("length", "公里|千米", r"kilomet(?:er|re)s?|km", "1000"),
    ("length", "(?<![千万])里(?![面程])", r"li", "500"),  # 千里黄河: a long river
    ("length", None, r"miles?", "1609.34"),
    ("weight", "克", r"grams?|g", "1"),
    ("weight", "毫克", r"milligrams?|mg", "0.001"),
    ("weight", "微克", r"micrograms?|[µμ]g|mcg", "0.000001"),
    ("weight", "公斤|千克", r"kilograms?|kilos?|kg", "1000"),
    ("weight", "斤", r"jin", "500"),
    ("weight", "吨", r"tons?|tonnes?", "1000000"),
    ("volume", "毫升", r"millilit(?:er|re)s?|m[lL]", "1"),
    ("volume", "升(?![级至到高])", r"lit(?:er|re)s?|L", "1000"),
    ("time", "分钟", r"minutes?|min", "1"),
    ("time", "小时", r"hours?", "60"),
    ("time", "天(?!均)|日(?![均元])", r"days?", "1440"),
    ("time", "周(?![岁年])|个?星期", r"weeks?", "10080"),
    ("time", "个?月", r"months?", "43800"),
    ("time", "个?季度", r"quarters?", "131400"),
    ("time", "年(?![级代度])", r"years?", "525600"),
    ("money", "元", r"yuan|RMB", "1"),
    ("money", "美元", r"U\.?S\.? dollars?|USD", "7"),
    ("money", "港元", r"Hong Kong dollars?|HKD", "0.9"),
    ("money", "欧元", r"euros?", "8"),
)
_UNIT = (
    re.compile(r"\s?(?:" + "|".join(f"(?P<u{n}>{row[1]})" for n, row in enumerate(_UNITS) if row[1]) + ")"),
    re.compile(
        r"[\s-]+(?:(?:consecutive|straight|successive|full|whole|calendar|more|further)\s)?(?:"
        + "|".join(f"(?P<u{n}>{row[2]})" for n, row in enumerate(_UNITS))
        + r")(?![\w²])(?![\s-](?:old|plan))"
    ),
)
_SIGN = re.compile(r"(?<![A-Za-z])(US\$|\$|€|HK\$|[¥￥]|RMB|CNY|USD)\s?$")
_LONGEST_SIGN = 6  # characters, with what stands before it
_CURRENCIES = {
    sign: next(number for number, row in enumerate(_UNITS) if row[1] == currency)
    for currency, signs in (("元", "¥ ￥ RMB CNY"), ("美元", "$ US$ USD"), ("港元", "HK$"), ("欧元", "€"))
    for sign in signs.split()
}


class _Quantity(NamedTuple):
    """A figure with its unit, a row of ``_UNITS``, at ``start..end``; ``size`` is what it comes to in the first unit of the
    dimension."""

    number: Number
    unit: int
    size: Decimal
    end: int
    start: int

    @property
    def dimension(self) -> str:
        return _UNITS[self.unit][0]

    def is_like(self, other: _Quantity) -> bool:
        """Whether both may be one quantity, said in whatever units."""
        return self.dimension == other.dimension and abs(self.size - other.size) * 10 <= self.size

    def contradicts(self, other: _Quantity) -> bool:
        """Whether the units of two that have the same figure make different quantities of them."""
        if self.number.value in other.number.others:  # two hundred-year plans
            return self.unit != other.unit
        return self.dimension == other.dimension and not self.is_like(other)


def contradictions(
    source: str, wanted: Sequence[Number], text: str, given: Sequence[Number]
) -> Iterator[Contradiction]:
    """The figures of a segment of which the English says something else than the Chinese.

    ``wanted`` and ``given`` are the numbers of the segment in order, with offsets into the texts ``source`` and
    ``text``. Of a figure that stands more than once on either side only changes are looked at, and nothing of a segment
    with more than ``MOST`` figures.
    """
    if not wanted or not given or max(len(wanted), len(given)) > MOST:
        return
    yield from _exchanged(source, wanted, text, given)
    quantities = [found for number in wanted if (found := _quantity(source, number, 0))]
    english = [found for number in given if (found := _quantity(text, number, 1))] if quantities else []
    claims = [
        (fault, there, number, said)
        for fault, here, there in _SAID
        for number in wanted
        if (said := _said(here, source, number))
    ]
    asked = dict.fromkeys([*(found.number for found in quantities), *(claim[2] for claim in claims)])
    partners = {number: _met(number, wanted, given) for number in asked}
    counted = {found.number: found for found in english}
    for quantity in quantities:
        number, other = quantity.number, partners[quantity.number]
        rival = counted.get(other) if other else _rival(source, quantity, quantities, english, wanted, given)
        if rival is not None and (not other or quantity.contradicts(rival)):
            place, chinese = (rival.start, rival.end), (quantity.start, quantity.end)
            yield Contradiction("unit" if other else "figure", place, chinese, number)
    for fault, words, number, (more, chinese) in claims:
        other = partners[number]
        if other is None or (other.value != number.value and other.kind == number.kind):
            continue
        answer = _said(words, text, other)
        if answer is None or answer[0] == more:
            continue
        if other in counted and counted[other].dimension == "time" and text[answer[1][0] :][:5].lower() == "over ":
            continue  # in the course of
        yield Contradiction(fault, answer[1], chinese, number)


def _met(number: Number, wanted: Sequence[Number], given: Sequence[Number]) -> Number | None:
    """The one English number that agrees with a Chinese one and with no other."""
    met = list(itertools.islice((other for other in given if agree(number, other)), 2))
    if len(met) != 1 or any(other != number and agree(other, met[0]) for other in wanted):
        return None
    return met[0]


def _said(words: _Words, text: str, number: Number) -> tuple[bool, Span] | None:
    """Whether a text says "more" of a number, and where; None where it says neither or both, or denies anything."""
    start, end = max(0, number.start - _NEAR), number.end
    before = words.before.search(text, max(0, number.start - words.reach), number.start)
    behind = words.behind.match(text, number.end) if words.behind else None
    found = [match for match in (before, behind) if match]
    senses = {(match["more"] is not None) is not bool(match.groupdict().get("no")) for match in found}
    if len(senses) != 1:
        return None
    place = (before.start() if before else number.start, behind.end() if behind else number.end)
    start = max((mark.end() for mark in _CLAUSE.finditer(text, start, place[0])), default=start)
    mark = _CLAUSE.search(text, place[1], place[1] + _NEAR)
    end = mark.start() if mark else place[1] + _NEAR
    if _DENIES.search(text, start, place[0]) or _DENIES.search(text, place[1], end):
        return None
    return senses.pop(), place


def _exchanged(source: str, wanted: Sequence[Number], text: str, given: Sequence[Number]) -> Iterator[Contradiction]:
    """Changes "from B to A" where the Chinese goes from A to B."""
    rows = list(_changes(source, wanted, 0))
    others = list(_changes(text, given, 1)) if rows else []
    for (first, second), (here, there) in itertools.product(rows, others):
        crossed, straight = (agree(second, here), agree(first, there)), (agree(first, here), agree(second, there))
        if not all(crossed) or any(straight):
            continue
        if any(agree(first, start) and agree(second, end) for start, end in others):  # there and back again
            continue
        if not any(agree(start, here) and agree(end, there) for start, end in itertools.combinations(wanted, 2)):
            yield Contradiction("order", (here.start, there.end), (first.start, second.end), first)


def _changes(text: str, numbers: Sequence[Number], language: int) -> Iterator[tuple[Number, Number]]:
    for first, second in itertools.pairwise(number for number in numbers if number.kind != "ratio"):  # 7.2 to 8.6
        if (
            second.start - first.end <= _NEAR
            and _TO[language].fullmatch(text, first.end, second.start)
            and _FROM[language].search(text, max(0, first.start - _NEAR), first.start)
        ):
            yield first, second


def dollar_sign(text: str, start: int) -> int | None:
    """Where the sign of the US dollar stands that belongs to the English figure at ``start``; None where none does."""
    sign = _SIGN.search(text, max(0, start - _LONGEST_SIGN), start)
    return sign.start(1) if sign and _CURRENCIES[sign[1]] == _CURRENCIES["$"] else None


def _quantity(text: str, number: Number, language: int) -> _Quantity | None:
    if number.kind != "count" or number.open:
        return None
    if language == 1 and (sign := _SIGN.search(text, max(0, number.start - _LONGEST_SIGN), number.start)):
        unit = _CURRENCIES[sign[1]]
        return _Quantity(number, unit, number.value * Decimal(_UNITS[unit][3]), number.end, sign.start(1))
    match = _UNIT[language].match(text, number.end)
    if match is None or match.lastgroup is None:
        return None
    if language == 0 and (rates(text, number.start, number.end) or SEVERAL.search(text, number.start, number.end)):
        return None
    unit = int(match.lastgroup[1:])
    return _Quantity(number, unit, number.value * Decimal(_UNITS[unit][3]), match.end(), number.start)


def _rival(
    source: str,
    quantity: _Quantity,
    quantities: Sequence[_Quantity],
    english: Sequence[_Quantity],
    wanted: Sequence[Number],
    given: Sequence[Number],
) -> _Quantity | None:
    """The one English quantity in the unit of one that the English lacks, where it stands for nothing else."""
    number, there = quantity.number, [other for other in english if other.unit == quantity.unit]
    beside = (quantity.end, number.start)
    if any(other.number.start == beside[0] or other.end == beside[1] for other in quantities):
        return None  # 1小时30分钟: "90 minutes"
    if source.startswith("半", quantity.end):
        return None  # 两年半: "2.5 years"
    if len(there) != 1 or sum(other.unit == quantity.unit for other in quantities) != 1:
        return None
    rival = there[0].number
    if min(number.value, rival.value) <= 1 or number.weight == rival.weight == "strong":  # these are asked for anyway
        return None
    if any(agree(number, other) or other.value == number.value for other in given):
        return None
    if any(agree(other, rival) for other in wanted) or any(other.is_like(there[0]) for other in quantities):
        return None
    return there[0]
