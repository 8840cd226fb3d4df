"""# chinese-in-english (RES402)

## What it does
Reports Chinese characters left in an English text, with the English of what is a term of the glossary. Licence numbers and site lines (ICP备, 公网安备, 许可证) are page
furniture and told apart: they are noted together, as information.

## Why it matters
What was not translated says nothing to the reader. A licence line is no loss, but it does not belong to the text.

## Wrong
The township health center treats 常见病 without referral.

## Right
The township health center treats common diseases without referral.

## Limits
A gloss is left alone: Chinese in brackets, in quotation marks or in a title after its English, or right after a name or
a quoted title. Where two other pieces were left in Chinese, words in quotation marks without their English and words
glued to an English one count as left, too.
Texts that are a quarter Chinese or more count as Chinese or bilingual and are not looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache

from checker.finding import Finding, Place
from checker.page import Page
from checker.pinyin import is_pinyin
from checker.rules.persons import readings
from checker.rules.renderings import MAX_ADMITTED, sources_of
from checker.rules.rule import Rule
from checker.script import HAN
from checker.spans import number_at
from glossary import Concept, Glossary
from glossary.folding import fold_characters
from glossary.lazy_pattern import lazy

_LICENCE = lazy(r"ICP\s?备|公?网安备|备\s?\d{5}|许可证[:：]|备案[序号]?[号:：]")
_SITE_LINE = lazy(
    r"ICP|[公网]?安备|备\s?\d|备案|许可证|版权|举报|责任编辑|编辑[:：]|来源[:：]|作者[:：]|打印|关闭|分享|返回|上一[篇页]"
    r"|下一[篇页]|主办|承办"
    r"|技术支持|标识码|联系我们|友情链接|首页|邮箱|邮编|电话|地址[:：]|微信|微博|客户端|扫一扫|点击|浏览|阅读[:：]"
)
_SITE_SHARE = 0.4  # of the letters of a line: a lower share of Chinese is an English line with a word left in it
_GO_ON = lazy(rf"(?:[{HAN}0-9、，：；。·—《》〈〉“”（）()%.,:;-]|(?<=[{HAN}])[A-Z]{{2,6}}(?=[{HAN}]))*[{HAN}]")
_GLOSS_AFTER = lazy(r"(?:[(（\[［《「『【]\s?|[“‘]|(?<![\w,.;:!?%)])[\"'](?!\s))(?:[A-Za-z][\w\s.,;-]{0,40})?$")
_BEHIND_TITLE = lazy(r"[‘“'\"][A-Z][\w’'-]*(?: [\w,()’'-]+){2,}[’”'\"]\s?$")
_TITLE = 200  # characters
_MEANT = lazy(
    r"\b(?i:characters?|words?|terms?|phrase|saying|called|written|known as|chinese|means|meaning|or)[,:]?\s*$"
)
_GLOSSED = lazy(r"\s?[(（][A-Za-z]")
_NAME_BEFORE = lazy(r"\b[A-Z][\w'’-]*\s?$")
_BEFORE_IN_ADDRESS = ("/", ".", "'", "@", "`", "#")
_AFTER_IN_ADDRESS = lazy(r"[/'@`]|\.\w")
_WORD_BEFORE = lazy(r"(?<![\w-])([A-Z][A-Za-z]+)(?:['’]s)?$")
_LONGEST = 30  # characters of a word
_QUOTED_ALONE = lazy(
    r"(?:(?<![\w)）”’\"'])|\b(?:the|a|an|of|in|to|and|for|with|as|by|on|are|is|this|that|these))\s[“‘\"](?:[a-z]{3,})?$"
)
CERTAIN = 2  # pieces that cannot be glosses, from which on those that may be are none
GLOSS = 12  # characters: a longer run in brackets is a sentence left over
NAME = 4


def check(page: Page) -> Iterator[Finding]:
    """One finding for each different piece of untranslated text, and one for all licence and site lines."""
    if not page.han or not page.is_english:
        return
    licences: list[Place] = []
    pieces: list[tuple[Place, bool]] = []
    rest: dict[str, list[Place]] = {}
    for line, runs in _lines(page):
        if page.is_furniture(line[0]) or page.is_repeated(*line):
            continue
        if _is_site_line(page.text[slice(*line)], runs):
            licences.append((runs[0][0], line[1]))
            continue
        for place in _pieces(page.text, line, runs):
            pieces.append((place, _is_gloss(page.text, *place)))
    untranslated = sum(not gloss for _, gloss in pieces) >= CERTAIN
    for place, gloss in pieces:
        if not gloss or (untranslated and _is_left(page.text, *place)):
            rest.setdefault(page.text[slice(*place)], []).append(place)
    for quote, places in rest.items():
        yield _finding(page, quote, places)
    if licences:
        yield page.finding(
            (RULE.code, RULE.name, "furniture", "Design and markup"),
            licences,
            "A licence or site line in Chinese belongs to the site, not to the text.",
            "info",
            "high",
        )


def _finding(page: Page, quote: str, places: list[Place]) -> Finding:
    message = f"“{quote[:40]}” was left in Chinese"
    concept = _terms(page.spotter.glossary).get(fold_characters(quote))
    if concept is None:
        return page.finding(RULE.label, places, f"{message}.", "warning", "high")
    return page.finding(
        RULE.label,
        places,
        f"{message}; write “{concept.preferred}”.",
        "warning",
        "high",
        suggestion=concept.preferred,
        concept=concept.id,
        zh=concept.zh,
        why="it was left in Chinese",
        admitted=concept.admitted[:MAX_ADMITTED],
        sources=sources_of(concept),
    )


@lru_cache(maxsize=2)
def _terms(glossary: Glossary) -> dict[str, Concept]:
    """The concept of each Chinese term that names one only: its main form, and what is no longer than that."""
    found: dict[str, Concept | None] = {}
    for concept in glossary.concepts:
        for written in {fold_characters(zh) for zh in concept.chinese if len(zh) <= len(concept.zh)}:
            found[written] = None if written in found else concept
    return {written: concept for written, concept in found.items() if concept is not None and concept.enforced}


def _lines(page: Page) -> Iterator[tuple[Place, list[Place]]]:
    """The lines with Chinese in them, each with its runs of it."""
    for number, runs in itertools.groupby(page.han, lambda run: number_at(page.lines, run[0])):
        yield page.lines[number], list(runs)


def _is_site_line(line: str, runs: list[Place]) -> bool:
    chinese = sum(end - start for start, end in runs)
    mostly = chinese >= _SITE_SHARE * sum(map(str.isalpha, line))
    return _LICENCE.search(line) is not None or (mostly and _SITE_LINE.search(line) is not None)


def _pieces(text: str, line: Place, runs: list[Place]) -> Iterator[Place]:
    """The pieces of Chinese in a line, each with the marks and figures inside it."""
    position = line[0]
    for start, _ in runs:
        if start >= position:
            match = _GO_ON.match(text, start, line[1])
            assert match is not None
            position = match.end()
            yield start, position


def _is_gloss(text: str, start: int, end: int) -> bool:
    """Whether Chinese is given on purpose beside its English: in brackets or quotes, or after a name."""
    before = text[max(0, start - 60) : start]
    if before[-1:] in _BEFORE_IN_ADDRESS or _AFTER_IN_ADDRESS.match(text, end) or _GLOSSED.match(text, end, end + 3):
        return True
    if _BEHIND_TITLE.search(text, max(0, start - _TITLE), start):
        return True
    if _GLOSS_AFTER.search(before) or _MEANT.search(before):
        return end - start <= GLOSS or "(" in before[-2:] or "（" in before[-2:]
    return end - start <= NAME and _NAME_BEFORE.search(before) is not None


def _is_left(text: str, start: int, end: int) -> bool:
    """Whether what looks like a gloss is none where other Chinese was left: in quotes without English, or behind a word."""
    if word := _WORD_BEFORE.search(text, max(0, start - _LONGEST), start):
        name = word[1].lower()
        return not (is_pinyin(name) and any(name.endswith(tuple(readings(text[n]))) for n in (start, end - 1)))  # 张伟
    return (
        _QUOTED_ALONE.search(text, max(0, start - 60), start) is not None
        and _GLOSSED.match(text, end + 1, end + 4) is None
    )


RULE = Rule(
    "RES402",
    "chinese-in-english",
    "residue",
    "Accuracy / untranslated text",
    "warning",
    "high",
    check,
    __doc__ or "",
)
