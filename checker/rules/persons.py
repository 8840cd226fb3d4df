"""People whom Chinese names beside a title or a verb of saying, and how pinyin spells them."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from checker.page import Page, once_a_page
from checker.pinyin import is_pinyin
from glossary.lazy_pattern import lazy

MOST = 40  # names of one surname in a sentence: of more nobody can tell which is meant

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄"
    "聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕"
    "屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣"
    "巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_OFFICES = (
    "主任|书记|记者|院长|局长|处长|科长|部长|主席|厅长|教授|护士长|博士|站长|所长|县长|市长|省长|区长|镇长|"
    "校长|秘书长|会长|理事长|董事长|经理|总裁|总监|首席执行官|负责人|发言人|院士|队长|组长|行长|馆长|主编|大使|工程师|政委|律师|法官"
)
_PEOPLE = "医生|医师|护士|委员|职工|村民|居民|患者|药师|研究员|专家|代表"  # 患者安全在 names nobody
_SAYS = "说|表示|介绍|告诉|叮嘱|指出|认为|强调|坦言|透露|出席|主持|致辞|讲话|作报告|告诉记者"
_NO_NAME = (
    "(?!解释|明确|连夜|查看|单独|时任|和他|和她|向(?:记者|媒体|大家|他们))"  # what else stands before a verb of saying
)
_GIVEN = "[\u4e00-\u9fff]{1,2}?(?<![也还则均都已又等])"  # 发言人陆慷也在20日强调
_PERSON = lazy(
    rf"(?:(?P<office>{_OFFICES})|{_PEOPLE}){_NO_NAME}([{_SURNAMES}]{_GIVEN})"
    rf"(?={_SAYS}|[,。、;:()]|(?(office)[也还]?[在从向对]|(?!)))"
    rf"|(?<=[,。、;:\"\s]){_NO_NAME}([{_SURNAMES}]{_GIVEN})(?={_SAYS})"
)
_LISTED = lazy(rf"、([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[、,。;)])")  # 记者丁一、王二
_FULL_NAME = lazy(r"\b([A-Z][a-z]+)\s([A-Z][a-z]{2,})\b(?![-’']\w\w)")
_REST = lazy(r"\s[A-Z][a-z]+\b")
_NAME = lazy(rf"(?=([{_SURNAMES}](?:[\u4e00-\u9fff](?={_SAYS})|[\u4e00-\u9fff]{{1,2}})))")


class Person(NamedTuple):
    """A name and where it stands in the text that was asked for.

    ``alone``: nobody else there has the surname; ``listed``: it goes on a list of people and may be no person after all.
    """

    start: int
    name: str
    alone: bool
    listed: bool


class Misspelt(NamedTuple):
    """Where the English has a name spelt wrong, and how it is spelt."""

    start: int
    end: int
    right: str


@cache
def hints() -> AhoCorasick:
    """Finds what stands beside the name of a person: a test that costs less than ``people_in``."""
    return AhoCorasick(f"{_OFFICES}|{_PEOPLE}|{_SAYS}".split("|"))


def people_in(chinese: str) -> list[Person]:
    """The people of a Chinese text, each name once, in order."""
    first: dict[str, tuple[int, bool]] = {}
    for match in _PERSON.finditer(chinese):
        named: re.Match[str] | None = match
        while named is not None:
            place = named.lastindex or 0
            start, listed = first.get(named[place], (named.start(place), True))
            first[named[place]] = start, listed and named is not match
            named = _LISTED.match(chinese, named.end())
    surnames = Counter(name[0] for name in first)
    return [Person(start, name, surnames[name[0]] == 1, listed) for name, (start, listed) in first.items()]


def full_names(text: str, start: int, end: int) -> dict[str, list[re.Match[str]]]:
    """What may be full names in a part of an English text, by surname in small letters."""
    found: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _FULL_NAME.finditer(text, start, end):
        found[match[1].lower()].append(match)
    return found


def misspelt(page: Page, person: Person, named: dict[str, list[re.Match[str]]]) -> Misspelt | None:
    """The first of the English names beside a person that has the name spelt wrong.

    One letter is wrong, or, where both sides have one person of this surname, all of the given name is the pinyin of
    something else.
    """
    from pypinyin import lazy_pinyin

    surname, characters = person.name[0], person.name[1:]
    wanted = readings(characters)
    matches = [match for spelt in readings(surname) for match in named.get(spelt, ())]
    if len(matches) > MOST:
        return None
    usual = "".join(lazy_pinyin(characters.replace("长", "常"))) if matches else ""
    for match in sorted(matches, key=re.Match.start):
        given = match[2].lower()
        if given in wanted:
            continue
        near = [spelt for spelt in sorted(wanted) if len(spelt) > 3 and _is_one_letter_off(spelt, given)]
        right = usual if usual in near else next(iter(near), None)
        end = match.end()
        if right is None and person.alone and len(matches) == 1 and is_pinyin(given):
            right = usual
            rest = _REST.match(page.text, end)
            if rest and given + rest[0][1:].lower() in wanted:
                continue
            if rest and is_pinyin(rest[0][1:].lower()):
                end = rest.end()
        if right is not None and (match[1].lower(), given) not in anybody(page):
            return Misspelt(match.start(), end, f"{match[1]} {right.capitalize()}")
    return None


@once_a_page
def anybody(page: Page) -> set[tuple[str, str]]:
    """The surnames and given names as which characters of the source side by side may be read."""
    assert page.parallel is not None
    source = page.parallel.folded_source
    names = {name for _, name in names_in(source, (0, len(source)))}
    return {
        (surname, given)
        for name in names
        for surname in readings(name[0])
        for characters in {name[1], name[1:]}
        for given in readings(characters)
    }


def names_in(source: str, span: tuple[int, int]) -> Iterator[tuple[int, str]]:
    """What may be names of people in a part of the source, a surname and one or two characters, with their offsets."""
    for match in _NAME.finditer(source, *span):
        yield match.start(), match[1]


def _is_one_letter_off(right: str, given: str) -> bool:
    start = next((n for n, (a, b) in enumerate(zip(right, given, strict=False)) if a != b), min(len(right), len(given)))
    rest, other = right[start:], given[start:]
    return rest[1:] in (other[1:], other) or rest == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def is_given(name: str, latin: set[str]) -> bool:
    """Whether the text has any spelling of a name: the surname as a word, or the whole run together."""
    return not latin.isdisjoint(readings(name[0])) or not latin.isdisjoint(spellings(name))


def spellings(name: str) -> set[str]:
    """A name run together in every reading, the surname first or last."""
    return {a + b for s, g in ((name[0], name[1:]),) for a in readings(s) for b in readings(g)} | {
        b + a for a in readings(name[0]) for b in readings(name[1:])
    }


@lru_cache(maxsize=4096)
def readings(characters: str) -> set[str]:
    """The pinyin of some characters in every reading, run together, without tones."""
    from pypinyin import Style, pinyin

    syllables = pinyin(characters, style=Style.NORMAL, heteronym=True, errors="ignore")
    spelt = (
        [item.replace("v", vowel) for vowel in ("v", "u", "ü", "yu") for item in row]  # 吕: passports have Lyu
        for row in syllables
    )
    return {"".join(parts) for parts in itertools.islice(itertools.product(*spelt), 200)}
