"""# joined-name (SPC502)

## What it does
Reports a Chinese name that has lost the blank between family and given name ("ShenJi"), two names run together, a given
name with a capital inside ("Wu ZhongHao"), and pinyin with a capital for each syllable that ends as offices do
("WeiJianWei"), which is no name but an abbreviation that was not translated.

## Why it matters
The reader takes the joined name for one word, and no search for the person finds it. The abbreviation says nothing to
anybody who does not read Chinese.

## Wrong
According to LuShanwen, director of the county health commission, two clinics opened.

## Right
According to Lu Shanwen, director of the county health commission, two clinics opened.

## Limits
Two strings of pinyin with a capital each, the first of them a family name or one standing before, standing once or twice
on the page. Brands built that way look the same and are told apart only when they come back more often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.pinyin import SURNAMES, is_pinyin
from checker.rules.rule import Rule
from checker.rules.shape import inner_capitals
from checker.rules.surroundings import in_new_prose, is_hyphenated
from glossary.lazy_pattern import lazy

MOST = 2  # times: what comes back more often is a brand

_SECOND = lazy(r"[A-Z][a-z]{1,12}(?![\w.(@/])")
_FIRST = lazy(r"(?:^|[\s(（“\"])([A-Z][a-z]{1,12})$")
_NAME_BEFORE = lazy(r"\b([A-Z][a-z]{1,8}) $")
_NAME_AFTER = lazy(r" [A-Z][a-z]{1,12}\b")
_OFFICE = lazy(r"(?:[A-Z][a-z]{1,5}){2,4}(?:Wei|Ju|Ting|Ban|Bu|Yuan|Hui)(?![\w.(@/])")
_SYLLABLE = lazy(r"[A-Z][a-z]+")
_OFFICES = {
    "WeiJianWei": "Health Commission",
    "WeiJiWei": "Health and Family Planning Commission",
    "WeiShengJu": "Health Bureau",
    "WeiShengTing": "Department of Health",
    "YiBaoJu": "Healthcare Security Bureau",
    "FaGaiWei": "Development and Reform Commission",
    "RenSheJu": "Human Resources and Social Security Bureau",
    "RenSheTing": "Department of Human Resources and Social Security",
    "CaiZhengJu": "Finance Bureau",
    "CaiZhengTing": "Department of Finance",
    "GuoWuYuan": "State Council",
}


def check(page: Page) -> Iterator[Finding]:
    """One finding for each name, and for each abbreviation with all its places."""
    text = page.text
    times: Counter[str] = Counter()
    found: dict[str, tuple[Place, int]] = {}
    offices: dict[str, list[Place]] = {}
    for capital in inner_capitals(page):
        opening = _FIRST.search(text, max(0, capital - 14), capital)
        if opening is None or not is_pinyin(opening[1].lower()):
            continue
        match = _SECOND.match(text, capital)
        if match is None:
            office = _OFFICE.match(text, opening.start(1))
            if office and _is_office(office.group(), opening[1]):
                offices.setdefault(office.group(), []).append(office.span())
        elif is_pinyin(match.group().lower()):
            name = opening[1] + match.group()
            times[name] += 1
            found.setdefault(name, ((opening.start(1), match.end()), match.start()))
    for name, (place, capital) in found.items():
        if times[name] <= MOST and in_new_prose(page, place) and not is_hyphenated(page, place):
            yield from _finding(page, place, text[place[0] : capital], text[capital : place[1]])
    for name, places in offices.items():
        new = [place for place in places if in_new_prose(page, place) and not is_hyphenated(page, place)]
        if new:
            meant = _OFFICES.get(name)
            advice = f"write “{meant}”" if meant else "translate it"
            message = f"“{name}” is a Chinese abbreviation in pinyin that was not translated; {advice}."
            yield page.finding(RULE.label, new, message, "warning", "medium", suggestion=meant)


def _is_office(name: str, first: str) -> bool:
    """Whether pinyin with these capitals is an abbreviation; what begins as a family name may be a person."""
    known = name in _OFFICES or first.lower() not in SURNAMES
    return known and all(is_pinyin(part.lower()) for part in _SYLLABLE.findall(name))


def _finding(page: Page, place: Place, first: str, second: str) -> Iterator[Finding]:
    before = _NAME_BEFORE.search(page.text, max(0, place[0] - 12), place[0])
    given = before is not None and before[1] != "An" and before[1].lower() in SURNAMES
    two = bool(given and second.lower() in SURNAMES and _NAME_AFTER.match(page.text, place[1]))
    if not given and first.lower() not in SURNAMES:
        return
    written, what = f"{first} {second}", "a blank is missing in the name"
    if two:
        written, what = f"{first}, {second}", "two names run together"
    elif given:
        written, what = f"{first}{second.lower()}", "a capital inside a given name"
    yield page.finding(
        RULE.label,
        [place],
        f"“{first}{second}”: {what}; write “{written}”.",
        "warning",
        "medium",
        suggestion=written,
        fixes=() if two else (Fix(*place, written),),
    )


RULE = Rule(
    "SPC502", "joined-name", "spacing", "Linguistic conventions / spelling", "warning", "medium", check, __doc__ or ""
)
