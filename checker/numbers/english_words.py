"""The numbers that an English text gives in words, fractions among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ahocorasick_rs import BytesAhoCorasick

from checker.numbers.number import LONGEST, Kind, Number, zeros
from checker.scanning import LATIN_LETTERS, keeping

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
POWERS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth".split(),
        1,
    )
} | {word[:-1] + "ieth": value for word, value in _TENS.items()}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000} | {
    word: value for word, value in _ORDINALS.items() if value > 10
}  # fmt: skip
_BELOW = "|".join(sorted([*_SMALL, *_TENS], key=len, reverse=True))
_POWER = "|".join(POWERS)
_AND = r"(?<=(?:dred|sand|lion)[\s-])and\s+"
PERCENT = r"(?P<percent>\s?(?:%|‰)|[\s-](?:percentage[\s-]points?|percent(?:age)?|per[\s-]cent|pp|per[\s-]mille|basis[\s-]points?|bps)\b)?"
_WORDS = re.compile(
    rf"(?P<half>half\s+an?\s+(?P<halved>{_POWER}|dozen))\b"
    rf"|(?P<words>\b(?:an?\s+(?=(?:{_POWER}|dozen)\b))?(?:{_BELOW}|(?<=a\s)(?:{_POWER})|(?<=a\s)dozen)\b"
    rf"(?:(?:\s+and\s+a\s+half)\b|[\s-]+(?:{_AND})?(?:{_BELOW}|{_POWER}|dozen)\b)*"
    rf"(?:[\s-]+(?:{_AND})?(?P<last>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b(?!s))?)"
    + PERCENT
    + r"(?P<decades>\s+(?:decades?|centur(?:y|ies))\b)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?P<top>{_BELOW}|an?|(?:last|final)(?=\sthird\sof\b)|\d+)[\s-]+(?P<bottom>{'|'.join(sorted(_PARTS, key=len, reverse=True))})s?\b"
    rf"|\b(?P<some>{_BELOW})\s+(?:(?:person|people|patient|woman|man|child|adult)s?\s+)?(?:in|out\s+of)(?:\s+every)?\s+"
    rf"(?P<all>{_BELOW})\b"
    r"|\b(?P<half>half|halv(?:ed?|ing))\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?P<a>\d(?<![\d/.]\d)\d{0,2})/(?P<b>\d{1,3})(?![\d/])")
_SHARED = re.compile(
    rf"\s+(?:to|or|and)\s+(?:{_BELOW})(?:[\s-](?:{_BELOW}))?[\s-](?P<power>{_POWER})\b", re.IGNORECASE
)  # two to three million
_LETTERS = keeping(LATIN_LETTERS)
_ARTICLE = re.compile(r"(?<![A-Za-z])(?:half\s+)?(?:an?|last|final|\d+)[\s-]+$", re.IGNORECASE)
_SPOKEN = BytesAhoCorasick(
    [
        f" {word} ".encode()
        for word in {*_SMALL, *_TENS, *_ORDINALS, *_PARTS, *POWERS, "dozen", "halve", "halved", "halving"}
        | {f"{part}s" for part in _PARTS}
    ]
)
_ROUGH = re.compile(
    r"(?:over|more than|nearly|almost|about|around|some|roughly|approximately|exceed(?:ed|ing)?|at least|up to|under|"
    r"less than|close to|beyond|above|below|surpass(?:ed|ing)?|topp(?:ed|ing)|an estimated|reach(?:ed|ing)?|fewer than)"
    r"\s+(?:the\s+)?(?:rmb|cny|us|hk)?[$¥￥]?\s?$"
)
_MORE = re.compile(
    r"\b(?:over|more than|above|beyond|exceed(?:ed|ing|s)?|surpass(?:ed|ing|es)?|topp(?:ed|ing)|tops|at least|upwards of|"
    r"no (?:less|fewer) than)\s+$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:nearly|almost|close to|under|less than|fewer than|below|approach(?:ed|ing|es)?|not quite|up to|at most|"
    r"no more than|short of)\s+$",
    re.IGNORECASE,
)
# How whatever it finds ends: a test that costs less.
_MAY_BE_ROUGH = tuple(
    "over than nearly almost about around some roughly approximately exceed exceeded exceeding least to under beyond "
    "above below surpass surpassed surpassing topped topping estimated reach reached reaching the rmb cny us hk "
    "$ ¥ ￥".split()
)
_BEFORE = 30  # characters: "approximately the RMB "


def is_rough(text: str, start: int) -> bool:
    """Whether words before the number at ``start`` say that it is about, over or under so much."""
    before = text[max(0, start - _BEFORE) : start].lower()
    return before.rstrip().endswith(_MAY_BE_ROUGH) and bool(_ROUGH.search(before))


def in_percent(percent: str, value: Decimal, step: Decimal) -> tuple[Kind, Decimal, Decimal]:
    """``(kind, value, step)`` of a number before the words that `PERCENT` found."""
    word = percent.strip(" -").lower().replace("-", " ")
    if word.startswith(("percentage point", "pp")):
        return "points", value / 100, step / 100
    if word.startswith(("basis", "bps")):
        return "points", value / 10000, step / 10000
    base = 1000 if word in ("‰", "per mille") else 100
    return "share", value / base, step / base


def word_numbers(text: str) -> Iterator[Number]:
    """The numbers in words, the fractions and the ordinals of an English text, each kind in order."""
    # Only at words that can be part of a number: the patterns themselves would be tried at every character.
    letters = b" %b " % text.encode("ascii", "replace").lower().translate(_LETTERS)
    spoken = [(start, end - 2) for _, start, end in _SPOKEN.find_matches_as_indexes(letters, overlapping=True)]
    yield from _in_words(text, spoken)
    yield from _fractions(text, spoken)
    for start, end in spoken:
        ordinal = _ORDINALS.get(text[start:end].lower())
        if ordinal is not None:
            yield Number(start, end, Decimal(ordinal), "ordinal", "strong" if ordinal >= 10 else "none")


def _in_words(text: str, spoken: list[tuple[int, int]]) -> Iterator[Number]:
    for match in _matches(_WORDS, text, spoken):
        start, end = match.span()
        if match["half"]:
            value = Decimal(POWERS.get(match["halved"].lower(), 12)) / 2
            yield Number(start, end, value, step=value)
            continue
        spoken_value = _words_value(re.findall("[a-z]+", match["words"].lower()))
        if spoken_value is None or (match["last"] and spoken_value < 20):  # one third
            continue
        kind: Kind = "count"
        value, step = spoken_value, Decimal(1)
        if match["percent"]:
            kind, value, step = in_percent(match["percent"], value, step)
        if match["decades"]:
            value *= 100 if "cent" in match["decades"] else 10
        if match["last"]:
            kind = "ordinal"
        strong = kind != "count" or (value >= 10 and not match["decades"])
        rough = is_rough(text, start)
        if rough and kind == "count":
            step = Decimal(10 ** zeros(int(value)))  # "more than a million"
        others: tuple[Decimal, ...] = ()
        if text.startswith("-", end) and text[end - 8 : end + 5].lower() == " hundred-year":
            others = (Decimal(100),)  # two hundred-year plans
        elif kind == "count" and value < 100 and (shared := _SHARED.match(text, end)):
            others = (value * POWERS[shared["power"].lower()],)
        yield Number(start, end, value, kind, "strong" if strong else "none", step, rough, others=others)


def _fractions(text: str, spoken: list[tuple[int, int]]) -> Iterator[Number]:
    for match in _matches(_FRACTION, text, spoken):
        start, end = match.span()
        if match["half"]:
            half = Decimal(1) / 2
            yield Number(start, end, half, "share", "none", others=(Decimal(6), half), reach=_reach(text, start, half))
            continue
        if match["some"]:  # nine in ten
            top, whole = _below_hundred(match["some"]), _below_hundred(match["all"])
            if top >= whole:
                continue
        else:
            top, whole = _below_hundred(match["top"]), _PARTS[match["bottom"].lower()]
        value = Decimal(top) / whole
        step = Decimal(1) / (50 if is_rough(text, start) else 100)
        yield Number(start, end, value, "share", "none", step, True, reach=_reach(text, start, value))
    for match in _SLASHED.finditer(text) if "/" in text else ():
        if int(match["b"]):
            yield Number(*match.span(), Decimal(match["a"]) / Decimal(match["b"]), "share", "none")


def _reach(text: str, start: int, value: Decimal) -> Decimal:
    """How far above the fraction at ``start`` the share may be that it is said for, or below where negative."""
    reach = min(value / 5, Decimal(1) / 10)
    if _MORE.search(text, max(0, start - _BEFORE), start):
        return reach
    return -reach if _LESS.search(text, max(0, start - _BEFORE), start) else Decimal(0)


def _below_hundred(word: str) -> int:
    """The value of a word or figure; of an article 1."""
    word = word.lower()
    return int(word) if word.isdigit() else _SMALL.get(word, _TENS.get(word, 1))


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
    total = section = power = Decimal(0)
    for word in words:
        if word in _SMALL:
            section += _SMALL[word]
        elif word in _TENS:
            section += _TENS[word]
        elif word in _ORDINALS:
            section += _ORDINALS[word]
        elif word == "half":
            section += Decimal(1) / 2 if section or not power else power / 2  # a million and a half
        elif word == "dozen":
            section = (section or Decimal(1)) * 12
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word in POWERS:
            power = Decimal(POWERS[word])
            total, section = total + (section or Decimal(1)) * power, Decimal(0)
        elif word not in ("a", "an", "and"):
            return None
    return total + section
