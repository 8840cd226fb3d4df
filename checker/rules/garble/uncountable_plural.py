"""# uncountable-plural (GAR313)

## What it does
Reports the plural of a noun that has none: "equipments", "informations", "medical staffs".

## Why it matters
Chinese nouns do not show number, and neither the translator nor the machine knew that the English one has no plural.

## Wrong
The clinic bought new equipments and trained its medical staffs.

## Right
The clinic bought new equipment and trained its medical staff.

## Limits
Forms that may be verbs (staffs, conducts, progresses) are reported only after an adjective or a word that must have a
noun. "Researches" and "trainings" are in use and left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose
from glossary.lazy_pattern import lazy

_NO_PLURAL = {
    "advices": "advice", "assistances": "assistance", "baggages": "baggage", "clothings": "clothing",
    "equipments": "equipment", "feedbacks": "feedback", "furnitures": "furniture", "guidances": "guidance",
    "hardwares": "hardware", "homeworks": "homework", "houseworks": "housework", "informations": "information",
    "knowledges": "knowledge", "legislations": "legislation", "luggages": "luggage", "personnels": "personnel",
    "publicities": "publicity", "sceneries": "scenery", "softwares": "software", "supervisions": "supervision",
    "wisdoms": "wisdom", "expertises": "expertise", "stationeries": "stationery", "healthcares": "health care",
    "governances": "governance", "nursings": "nursing", "popularizations": "popularization",
}  # fmt: skip
_VERBS_TOO = {"staffs": "staff", "conducts": "conduct", "progresses": "progress", "evidences": "evidence"}
_FORMS = _NO_PLURAL.keys() | _VERBS_TOO.keys()
_ADJECTIVE = lazy(r"[a-z]{2,}(?:al|ic|ive|ary|ous|ful)$")
_NOUNS = frozenset(
    "hospital capital journal trial official professional individual manual clinic public academic council executive "
    "initiative representative relative secretary library dispensary".split()
)  # end as adjectives do: "the hospital conducts"
_BEFORE_NOUN = frozenset("all many these those various several other few their our its some most of new great".split())


def check(page: Page) -> Iterator[Finding]:
    """One finding for each noun, with all its places."""
    if page.text_words.words.isdisjoint(_FORMS):
        return
    found: dict[str, list[Place]] = {}
    tokens = page.words.tokens
    for number in page.words.numbers(_FORMS):
        word, previous = tokens[number], tokens[number - 1] if number else ""
        if word in _VERBS_TOO and not (
            previous in _BEFORE_NOUN or (_ADJECTIVE.match(previous) and previous not in _NOUNS)
        ):
            continue
        place = page.words.place(number)
        if page.text[slice(*place)].islower() and in_new_prose(page, place):
            found.setdefault(word, []).append(place)
    for word, places in found.items():
        instead = _NO_PLURAL.get(word) or _VERBS_TOO[word]
        yield page.finding(
            RULE.label,
            places,
            f"“{word}”: the noun has no plural; write “{instead}”.",
            "warning",
            "high",
            suggestion=instead,
        )


RULE = Rule(
    "GAR313",
    "uncountable-plural",
    "grammar",
    "Linguistic conventions / grammar",
    "warning",
    "high",
    check,
    __doc__ or "",
)
