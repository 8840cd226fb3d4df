"""# deictic (GAR311)

## What it does
Reports "our province", "our city", "our county" and the like on a page that elsewhere calls the place by its name, and
"our country" on a page that names China.

## Why it matters
我省 and 我市 are how a Chinese paper or office calls its own place. The reader of the English does not live there.

## Wrong
Yunnan Province opened forty clinics this year, and hospitals in our province sent staff.

## Right
Yunnan Province opened forty clinics this year, and hospitals in the province sent staff.

## Limits
Only where a Chinese place is named. A warning in press reports, information elsewhere: a government may speak of its own
province in its own papers. Quoted speech is left alone, and so are answers to questions, a transcript and a page that speaks of
itself as "I".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.pinyin import SURNAMES
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

_UNIT = lazy(r"our (province|city|county|prefecture|district|township|town|autonomous region|country|nation)\b")
_FIRST_PERSON = frozenset(("i", "my", "me"))
_PRESS = frozenset(("reporter", "reporters", "correspondent", "correspondents", "journalist", "newspaper"))
_SPEAKER = lazy(
    r"(?m)^[^\S\n]*(?:(?:Q|A|Ask|Question|Answer|Reporter|Journalist|Host|Moderator)|([A-Z][a-z]+) [A-Z][a-z]+)\s?[:：]\s?\w[^\n]{40}"
)
_TRANSCRIPT = 2  # paragraphs that open with who speaks
_NO_NAME = "(?:The|This|That|Each|Every|Our|Another|Whole|One) "
_OPEN, _CLOSE = "“「『", "”」』"


def check(page: Page) -> Iterator[Finding]:
    """One finding for each unit, with all its places."""
    text = page.folded.text
    if "our" not in page.text_words.words:
        return
    found: dict[str, list[Place]] = {}
    for start in anchors(text, "our "):
        match = _UNIT.match(text, start)
        if match is None or text[start - 1 : start].isalpha():
            continue
        place = page.folded.start(start), page.folded.end(match.end())
        if in_new_prose(page, place) and not _is_quoted(page, place[0]):
            found.setdefault(match[1], []).append(place)
    if (
        not found
        or _is_transcript(page)
        or not page.spotter.index.names_a_place(page.text_words)
        or not _FIRST_PERSON.isdisjoint(page.text_words.words)
    ):
        return
    press = not _PRESS.isdisjoint(page.text_words.words)
    for unit, places in found.items():
        if _is_named(page, unit) or (press and page.subject == "health-reform"):
            instead = "China" if unit in ("country", "nation") else f"the {unit}"
            yield page.finding(
                RULE.label,
                places,
                f"“our {unit}” speaks from inside the source; write “{instead}” or the name of the place.",
                "warning" if press else "info",
                "medium",
                suggestion=instead,
            )


def _is_transcript(page: Page) -> bool:
    """Whether paragraphs open with who speaks: a question, an answer, the name of a Chinese person."""
    surnames = [match[1] for match in _SPEAKER.finditer(page.text)]
    return sum(name is None or name.lower() in SURNAMES for name in surnames) >= _TRANSCRIPT


def _is_named(page: Page, unit: str) -> bool:
    """Whether the page names a place of this kind: "Yunnan Province", "Lanjiang City", "Provincial"."""
    if unit in ("country", "nation"):
        return "china" in page.text_words.words
    adjective = {"province": "Provincial", "city": "Municipal", "county": "County"}.get(unit, unit.title())
    named = rf"\b(?!{_NO_NAME})[A-Z][a-z]{{2,}} (?:{unit.title()}|{unit}|{adjective})\b"
    return re.search(named, page.text) is not None


def _is_quoted(page: Page, offset: int) -> bool:
    """Whether a quotation is open at ``offset``."""
    block = page.block_at(offset)
    before = page.text[max(block[0] if block else 0, offset - 1000) : offset]
    opened = sum(map(before.count, _OPEN)) - sum(map(before.count, _CLOSE))
    return opened > 0 or before.count('"') % 2 == 1


RULE = Rule("GAR311", "deictic", "calque", "Accuracy / mistranslation", "warning", "medium", check, __doc__ or "")
