"""# name-not-rendered (BIL708)

## What it does
Finds names of people, places and institutions in the source, and reports those whose English is run together
("XuJianping", "PuyanCounty"), that are one letter off ("Xu Jianpin") or the pinyin of other characters ("Xu Jinbo"), or
that the English text nowhere gives.

## Why it matters
A name run together cannot be searched for; a name left out takes away who said or did it.

## Wrong
副局长许建平表示，… : XuJianping, deputy director of the bureau, said …

## Right
副局长许建平表示，… : Xu Jianping, deputy director of the bureau, said …

## Limits
People are found beside a title or before a verb of saying, places and institutions from lists. Any order and spacing of
the pinyin and any reading of its characters will do. Names that are spelt otherwise are reported of people with the right
surname and no hyphen, where no name of the source is spelt so: with one letter wrong, or, of the only person of this
surname on either side, with other pinyin (not what Taiwan or families abroad write); and of listed places with one letter
wrong, two of long names. A name that is not there at all is information of low confidence: English often writes "the
director".
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ahocorasick_rs import AhoCorasick

from checker.finding import Finding
from checker.page import Page
from checker.pinyin import is_pinyin
from checker.rules.rule import Rule
from glossary import Glossary
from glossary.folding import fold
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.parallel import Segment


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
_SAYS = "说|表示|介绍|告诉|指出|认为|强调|坦言|透露|出席|主持|致辞|讲话|作报告|告诉记者"
_NO_NAME = (
    "(?!解释|明确|连夜|查看|单独|时任|和他|和她|向(?:记者|媒体|大家|他们))"  # what else stands before a verb of saying
)
_GIVEN = "[\u4e00-\u9fff]{1,2}?(?<![也还则均都已又等])"  # 发言人陆慷也在20日强调
_PERSON = lazy(
    rf"(?:(?P<office>{_OFFICES})|{_PEOPLE}){_NO_NAME}([{_SURNAMES}]{_GIVEN})"
    rf"(?={_SAYS}|[，。、；：（）)]|(?(office)[也还]?[在从向对]|(?!)))"
    rf"|(?<=[，。、；：“”\s]){_NO_NAME}([{_SURNAMES}]{_GIVEN})(?={_SAYS})"
)
_JOINED = lazy(r"[A-Z](?<!\w[A-Z])[a-z]+[A-Z][a-z]+\b")
_FULL_NAME = lazy(r"\b([A-Z][a-z]+)\s([A-Z][a-z]{2,})\b(?![-’']\w\w)")
_WORD = lazy(r"\b[A-Z][a-z]{4,14}\b")
LONG = 7  # letters of the name of a place of which two may be wrong
_REST = lazy(r"\s[A-Z][a-z]+\b")
_MINISTRIES = ("Department", "Minister", "Secretary")
_GENERICS = {
    "Province": "省", "City": "市", "County": "县", "District": "区", "Town": "镇", "Township": "乡", "Village": "村",
    "Prefecture": "州", "Hospital": "医院", "Street": "街道",
}  # fmt: skip


def check(page: Page) -> Iterator[Finding]:
    """One finding for each joined name, and for each name that is not there."""
    if page.parallel is None:
        return
    latin = {word for word in page.words.counts if word.isascii()}
    missing: set[str] = set()
    has_joined = _JOINED.search(page.text) is not None
    source = page.parallel.folded_source
    hints = _hints().find_matches_as_indexes(source, overlapping=True)  # in order of their ends
    ends = [end for _, _, end in hints]
    last = [0, *itertools.accumulate([start + 1 for _, start, _ in hints], max)]
    for segment in page.segments:
        joined = list(_JOINED.finditer(page.text, segment.link.start, segment.link.end)) if has_joined else []
        if not joined and last[bisect.bisect_right(ends, segment.source[1])] <= segment.source[0]:
            continue
        chinese = source[slice(*segment.source)]
        people = [(m.start(m.lastindex or 0), m[m.lastindex or 0]) for m in _PERSON.finditer(chinese)]
        for match in joined:
            yield from _run_together(page, segment, match, chinese, [name for _, name in people])
        for place, name in people:
            alone = sum(other[0] == name[0] for _, other in people) == 1
            wrong = _misspelt(page, segment, name, alone)
            if wrong is not None:
                yield _wrong(page, wrong, segment.link.source_start + place, name)
            elif name not in missing and not _is_given(name, latin):
                missing.add(name)
                yield _missing(page, segment, segment.link.source_start + place, name, None)
    yield from _listed(page)


def _run_together(
    page: Page, segment: Segment, match: re.Match[str], chinese: str, people: list[str]
) -> Iterator[Finding]:
    first, second = re.findall("[A-Z][a-z]+", match.group())
    name = next((name for name in people if match.group().lower() in _spellings(name)), None)
    if name is None and second in _GENERICS:
        for generic in re.finditer(_GENERICS[second], chinese):
            before = chinese[max(0, generic.start() - 4) : generic.start()]
            name = next((n for size in (2, 3, 1, 4) if (n := before[-size:]) and first.lower() in _readings(n)), None)
            if name is not None:
                name += _GENERICS[second]
                break
    if name is None:
        return
    place = chinese.index(name) + segment.link.source_start
    yield page.finding(
        RULE.label,
        [match.span()],
        f"“{match.group()}” is {name} run together; write “{first} {second}”.",
        "warning",
        "high",
        suggestion=f"{first} {second}",
        zh=name,
        source=(place, place + len(name)),
    )


def _misspelt(page: Page, segment: Segment, name: str, alone: bool) -> tuple[int, int, str] | None:
    """Where the English beside a name has it spelt wrong, and how it is spelt.

    One letter is wrong, or, where both sides have one person of this surname (``alone``: the Chinese), all of the
    given name is the pinyin of something else.
    """
    from pypinyin import lazy_pinyin

    surnames, wanted = _readings(name[0]), _readings(name[1:])
    named = _FULL_NAME.finditer(page.text, segment.link.start, segment.link.end)
    matches = [match for match in named if match[1].lower() in surnames]
    usual = "".join(lazy_pinyin(name[1:].replace("长", "常")))
    for match in matches:
        given = match[2].lower()
        if given in wanted:
            continue
        near = [spelt for spelt in sorted(wanted) if len(spelt) > 3 and _is_one_letter_off(spelt, given)]
        right = usual if usual in near else next(iter(near), None)
        end = match.end()
        if right is None and alone and len(matches) == 1 and is_pinyin(given):
            right = usual
            rest = _REST.match(page.text, end)
            if rest and given + rest[0][1:].lower() in wanted:
                continue
            if rest and is_pinyin(rest[0][1:].lower()):
                end = rest.end()
        if right is not None and not _is_anybody(segment.parallel.folded_source, match[1].lower(), given):
            return match.start(), end, f"{match[1]} {right.capitalize()}"
    return None


def _is_one_letter_off(right: str, given: str) -> bool:
    start = next((n for n, (a, b) in enumerate(zip(right, given, strict=False)) if a != b), min(len(right), len(given)))
    rest, other = right[start:], given[start:]
    return rest[1:] in (other[1:], other) or rest == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def _is_anybody(source: str, surname: str, given: str) -> bool:
    """Whether any characters of the source may be read as this name."""
    return any(
        surname in _readings(source[n])
        and (given in _readings(source[n + 1 : n + 2]) or given in _readings(source[n + 1 : n + 3]))
        for n in range(len(source) - 1)
        if "\u4e00" <= source[n] <= "\u9fff"
    )


def _wrong(page: Page, wrong: tuple[int, int, str], place: int, name: str) -> Finding:
    start, end, right = wrong
    return page.finding(
        RULE.label,
        [(start, end)],
        f"“{' '.join(page.text[start:end].split())}” is {name}; write “{right}”.",
        "warning",
        "medium",
        suggestion=right,
        zh=name,
        source=(place, place + len(name)),
    )


@cache
def _hints() -> AhoCorasick:
    """Finds what stands beside the name of a person: a test that costs less."""
    return AhoCorasick(f"{_OFFICES}|{_PEOPLE}|{_SAYS}".split("|"))


@lru_cache(maxsize=2)
def _names(glossary: Glossary) -> tuple[list[dict[str, Any]], AhoCorasick]:
    """The listed places and institutions, and what finds them."""
    rows = [*glossary.names["places"], *glossary.names["institutions"]]
    return rows, AhoCorasick([row["zh"] for row in rows])


def _listed(page: Page) -> Iterator[Finding]:
    """The listed places and institutions of the source that the text nowhere names."""
    assert page.parallel is not None
    source, text = page.parallel.folded_source, page.folded.text
    found = page.segments
    rows, finder = _names(page.spotter.glossary)
    first: dict[int, int] = {}
    for number, place, end in finder.find_matches_as_indexes(source, overlapping=True):
        if not source.startswith("门", end):  # 卫生部门 is no ministry
            first.setdefault(number, place)
    for number, place in sorted(first.items()):
        row = rows[number]
        known = [row["en"], *row.get("admitted", ()), *row.get("abbreviations", ()), *row.get("wrong", ())]
        known += [row["en"].replace("ü", "u"), *_of_a_ministry(row["en"])]
        if any(fold(name) in text for name in known):
            continue
        segment = next((s for s in found if s.link.source_start <= place < s.link.source_end), None)
        if segment is None:
            continue
        near = _near(page, segment, row["en"]) if row in page.spotter.glossary.names["places"] else None
        if near is not None:
            yield _wrong(page, (*near, row["en"]), place, row["zh"])
        else:
            yield _missing(page, segment, place, row["zh"], row["en"])


def _near(page: Page, segment: Segment, name: str) -> tuple[int, int] | None:
    """Where the English has a word that is one or two letters from the name of a place, and no other place."""
    from rapidfuzz.distance import DamerauLevenshtein

    most = 1 if len(name) < LONG else 2
    for match in _WORD.finditer(page.text, segment.link.start, segment.link.end):
        word = match[0]
        if word[0] != name[0] or abs(len(word) - len(name)) > 1:
            continue  # "Cheng Du"
        if DamerauLevenshtein.distance(word, name, score_cutoff=most) <= most:
            rows = page.spotter.glossary.names["places"]
            if not any(word in (row["en"], *row.get("admitted", ())) for row in rows):
                return match.span()
    return None


def _of_a_ministry(name: str) -> list[str]:
    """What else a ministry or who heads it is called, that of another country too: "Health Secretary"."""
    kind, _, subject = name.partition(" of ")
    if kind != "Ministry":
        return []
    return [f"{word} of {subject}" for word in _MINISTRIES] + [
        f"{subject} {word}" for word in ("Ministry", *_MINISTRIES)
    ]


def _missing(page: Page, segment: Segment, place: int, name: str, right: str | None) -> Finding:
    return page.finding(
        RULE.label,
        [(segment.link.start, segment.link.end)],
        f"{name} of the source is nowhere named" + (f"; it is “{right}”." if right else "."),
        "info",
        "low",
        suggestion=right,
        zh=name,
        source=(place, place + len(name)),
    )


def _is_given(name: str, latin: set[str]) -> bool:
    """Whether the text has any spelling of a name: the surname as a word, or the whole run together."""
    return not latin.isdisjoint(_readings(name[0])) or not latin.isdisjoint(_spellings(name))


def _spellings(name: str) -> set[str]:
    return {a + b for s, g in ((name[0], name[1:]),) for a in _readings(s) for b in _readings(g)} | {
        b + a for a in _readings(name[0]) for b in _readings(name[1:])
    }


@lru_cache(maxsize=4096)
def _readings(characters: str) -> set[str]:
    """The pinyin of some characters in every reading, run together, without tones."""
    from pypinyin import Style, pinyin

    syllables = pinyin(characters, style=Style.NORMAL, heteronym=True, errors="ignore")
    spelt = (
        [item.replace("v", vowel) for vowel in ("v", "u", "ü", "yu") for item in row]  # 吕: passports have Lyu
        for row in syllables
    )
    return {"".join(parts) for parts in itertools.islice(itertools.product(*spelt), 200)}


RULE = Rule("BIL708", "name-not-rendered", "name", "Accuracy / mistranslation", "warning", "high", check, __doc__ or "")
