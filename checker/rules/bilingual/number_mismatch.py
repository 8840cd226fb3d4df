"""# number-mismatch (BIL702)

## What it does
Compares the figures of each sentence with those of its Chinese: 万, 亿 and 万亿, 百分之, 成, ranges that share a unit,
fractions, percentage points, units. A figure that is off by a power of ten comes with the right one. What is said of a
figure is compared too: a limit turned round (不低于 as "no more than"), a rise told as a fall, the two ends of a change
exchanged (由A提高到B as "from B to A"), and another unit or currency (亩 as "hectares", 元 as "$").

## Why it matters
亿 is a hundred million, and no other tool counts in it: 1.2亿元 becomes "1.2 billion yuan", ten times too much.

## Wrong
共留用结余资金1.2亿元。 The hospitals retained 1.2 billion yuan.

## Right
共留用结余资金1.2亿元。 The hospitals retained 120 million yuan.

## Limits
Only where the two sentences surely belong together; a figure that stands in a neighbouring sentence counts as there,
unless this one has a figure that is off from it by a power of ten.
Rounding is allowed. Not asked for: single numerals (二级, 三甲), whole numbers below ten, multiples (3倍), and, unless
another figure stands in their place, durations, small numbers in characters and a full 100 %. ``--numbers all`` asks
for all of them. A rise told as a fall is information only, for survival rises where deaths fall. What is said of a
figure is not compared in sentences with more than 40. Dates and document numbers are date-mismatch (BIL709).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.script import han_count
from glossary.lazy_pattern import lazy

if TYPE_CHECKING:
    from checker.numbers import Contradiction, Mismatch
    from checker.parallel import Segment

_COUNTER = lazy(
    "人次|个月|个|平方公里|平方米|公里|公斤|千克|毫升|小时|分钟|港元|美元|[人名位元块家项种岁次台张所条米里亩吨户件份间座支批期款类场例起笔天年]"
)
_YUAN = lazy("(?<![美港欧])元$")
_DOLLARS = lazy(r"(?:US\$|\$|USD)\s?")
_FIGURE = lazy(r"\d[\d.,]*(?: (?:thousand|million|billion))?")
_ABROAD = lazy("加拿大|美国|澳大利亚|澳洲|新西兰|新加坡|香港|台湾")  # where 元 may be dollars


def check(page: Page) -> Iterator[Finding]:
    """One finding for each figure of the source that its sentence does not have."""
    from checker.numbers import agree, contradictions, mismatches
    from checker.parallel import within

    everything = page.options.numbers == "all"
    for segment in page.segments:
        parallel, link = segment.parallel, segment.link
        wanted, nearby = segment.numbers, segment.nearby
        given = [number for number in nearby if link.start <= number.start < link.end]
        told = set()
        for said in contradictions(parallel.source.text, wanted, page.text, given):
            is_yuan = said.fault == "unit" and _YUAN.search(parallel.source.text, *said.chinese)
            if is_yuan and _ABROAD.search(parallel.source.text, *segment.source):
                continue
            told.add(said.source)
            yield _contradicted(page, segment, said)
        there = {(number.kind, number.value) for number in given}
        if all(
            (number.kind, number.value) in there or (number.weight == "none" and not everything) for number in wanted
        ):
            continue
        elsewhere = [
            number
            for number in within(parallel.source_numbers, *segment.source_around)
            if not link.source_start <= number.start < link.source_end
        ]
        given = [
            number._replace(weight="none") if any(agree(other, number) for other in elsewhere) else number
            for number in given
        ]
        for item in mismatches(wanted, given, nearby, everything):
            if item.source not in told and not _is_left_in_chinese(page, segment, item):
                yield _finding(page, segment, item)


def _is_left_in_chinese(page: Page, segment: Segment, item: Mismatch) -> bool:
    """Whether the English has the figure as the Chinese writes it, "2367.8万": chinese-in-english finds that."""
    written = segment.parallel.source.text[item.source.start : item.source.end]
    return bool(han_count(written)) and page.text.find(written, segment.link.start, segment.link.end) >= 0


def _finding(page: Page, segment: Segment, item: Mismatch) -> Finding:
    from checker.numbers import dollar_sign

    source = (item.source.start, item.source.end)
    text = segment.parallel.source.text
    counter = _COUNTER.match(text, source[1])
    chinese = text[slice(*source)].strip() + (counter.group() if counter else "")  # 12起
    if item.target is None:
        # A lone numeral says little without its neighbours: 周二, 下一步.
        around = f" ({text[max(0, source[0] - 1) : source[1] + 2].strip()})" if item.source.weight == "none" else ""
        return page.finding(
            (RULE.code, RULE.name, "omission", "Accuracy / omission"),
            [(segment.link.start, segment.link.end)],
            f"{chinese} of the source{around} is missing here.",
            "warning",
            "medium",
            zh=chinese,
            source=source,
        )
    place, right = (item.target.start, item.target.end), item.right
    if right and counter and counter.group() == "元" and (sign := dollar_sign(page.text, place[0])):
        place, right = (sign, place[1]), f"{right} yuan"
    quote = page.text[slice(*place)]
    message = {
        "power-of-ten": f"“{quote}” is off by a power of ten: the source has {chinese}",
        "points": f"“{quote}” stands for {chinese}: percent and percentage points are not the same",
    }.get(item.fault, f"“{quote}” stands where the source has {chinese}")
    return page.finding(
        RULE.label,
        [place],
        message + (f"; write “{right}”." if right else "."),
        "warning" if item.fault == "points" else "error",
        "high" if item.fault == "power-of-ten" else "medium",
        suggestion=right,
        zh=chinese,
        source=source,
    )


def _contradicted(page: Page, segment: Segment, said: Contradiction) -> Finding:
    quote = " ".join(page.text[slice(*said.place)].split())
    chinese = "".join(segment.parallel.source.text[slice(*said.chinese)].split())
    right = None
    if said.fault == "unit" and _YUAN.search(chinese) and (dollars := _DOLLARS.match(quote)):
        right = f"{quote[dollars.end() :]} yuan"
    elif said.fault == "unit" and chinese.endswith("亩") and (figure := _FIGURE.match(quote)):
        right = f"{figure.group()} mu"
    what = {
        "bound": "turns the limit round",
        "direction": "takes a rise for a fall or a fall for a rise",
        "order": "exchanges the two ends of the change",
        "unit": "is in another unit",
        "figure": "is another figure",
    }[said.fault]
    return page.finding(
        RULE.label,
        [said.place],
        f"“{quote}” {what}: the source has {chinese}" + (f"; write “{right}”." if right else "."),
        # survival rises where deaths fall
        "error" if right and right.endswith("yuan") else "info" if said.fault == "direction" else "warning",
        "medium",
        suggestion=right,
        zh=chinese,
        source=said.chinese,
    )


RULE = Rule("BIL702", "number-mismatch", "number", "Accuracy / mistranslation", "error", "high", check, __doc__ or "")
