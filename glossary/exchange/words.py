"""The words of other term bases for a status, a part of speech, a kind of term, a language, a region; lenient."""

from __future__ import annotations

import re
from collections import Counter

_NOT_LETTER = re.compile(r"[\W_]+")
_STATUSES = {
    "preferred": (
        "preferred preferredterm approved recommended standard standardized standardised standardizedterm main mainterm "
        "correct valid use usethis mandatory validated released final 首选 推荐 规范 正式 标准 优先"
    ),
    "admitted": (
        "admitted admittedterm acceptable accepted alternative alternate allowed permitted permittedterm synonym variant "
        "provisional new draft proposed nonstandardized nonstandardised unconfirmed inprocess workingterm legalterm "
        "regulatedterm 可用 允许 许用 同义 备选"
    ),
    "deprecated": (
        "deprecated deprecatedterm superseded supersededterm obsolete obsoleteterm outdated outofdate archaic historical "
        "legacy old notrecommended notpreferred nonpreferred discouraged 废弃 旧称 过时 不推荐"
    ),
    "wrong": (
        "forbidden prohibited notallowed banned blacklisted rejected wrong incorrect donotuse dontuse nottobeused avoid "
        "unapproved notapproved negative negativeterm 禁用 禁止 错误 误译"
    ),
}  # fmt: skip
STATUS_OF = {word: status for status, words in _STATUSES.items() for word in words.split()}
_POS = {
    "noun": "noun n substantive commonnoun nounphrase 名词",
    "verb": "verb v verbphrase 动词",
    "adjective": "adjective adj a adjectivephrase 形容词",
    "phrase": "phrase other phraseologicalunit setphrase collocation sentence adverb adv expression 短语 词组",
    "name": "name propernoun propername pn proper organization organisation 专名 专有名词",
}
_POS_OF = {word: pos for pos, words in _POS.items() for word in words.split()}
_KINDS = {
    "abbreviation": "abbreviation acronym initialism abbreviatedform abbr 缩写 简称",
    "short": "shortform short shortterm",
    "phrase": "phrase phraseologicalunit setphrase",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_REGIONS = {
    "hk": "hk hongkong 香港 mo macau macao 澳门 澳門",
    "tw": "tw taiwan 台湾 台灣 臺灣",
}
_REGION_OF = {word: region for region, words in _REGIONS.items() for word in words.split()}
LANGUAGES = {None: "zh-CN", "hk": "zh-HK", "tw": "zh-TW"}
"""The code of Chinese by region, as it is written."""

HAN = re.compile(r"[\u3400-\u9fff]")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_STANDARD = re.compile(r"(?:preferred|admitted|superseded|deprecated)Term-admn-sts")
_CHINESE = re.compile(r"zh|chi|zho|cmn|chinese|中文|汉语|漢語|简体|繁体|繁體")
_ENGLISH = re.compile(r"en|eng|english|英文|英语|英語")


def squeezed(word: str) -> str:
    """A word in lower case without anything but letters and digits."""
    return _NOT_LETTER.sub("", word.lower())


def status_of(word: str) -> str | None:
    """The status that a word stands for, None for a word that is not known."""
    plain = squeezed(word)
    return STATUS_OF.get(plain) or STATUS_OF.get(plain.removesuffix("admnsts").removesuffix("term"))


def noted_status(word: str, understood: Counter[str]) -> str | None:
    """As `status_of`; what is neither a standard's word nor ours is counted with what it was taken for."""
    status = status_of(word)
    if status != word and not _STANDARD.fullmatch(word):
        understood[f"status {word!r} as {status or 'none: it is not known'}"] += 1
    return status


def pos_of(word: str) -> str | None:
    """The part of speech that a word stands for."""
    return _POS_OF.get(squeezed(word))


def kind_of(word: str) -> str | None:
    """ "abbreviation", "short" or "phrase" for a kind of term, None for any other."""
    return _KIND_OF.get(squeezed(word))


def region_of(word: str) -> str | None:
    """ "hk" or "tw" for a region or the code of a language, None for any other."""
    parts = [part for part in re.split(r"[\W_]+", word.lower()) if part]
    return next((found for part in (*parts, squeezed(word)) if (found := _REGION_OF.get(part))), None)


def language_of(code: str) -> str | None:
    """ "zh" or "en" for the code or name of a language, None for any other."""
    first = re.split(r"[\W_]+", code.strip().lower())[0]
    if _CHINESE.fullmatch(first):
        return "zh"
    return "en" if _ENGLISH.fullmatch(first) else None
