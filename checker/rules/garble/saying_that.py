"""# saying-that (GAR326)

## What it does
Reports "introduce", "express" and "put forward" with a clause: "introduced that the fund pays", "expressed that it is
glad".

## Why it matters
介绍, 表示 and 提出 tell what somebody says and are followed by it. In English one introduces a friend or a law, expresses a
wish and puts forward a plan, but says that something is so.

## Wrong
The director introduced that the county has built ten clinics.

## Right
The director said that the county has built ten clinics.

## Limits
The clause must show itself by its first word or a name, and behind "introduce" a person, a body or a comma must stand
before the verb: in "a law was introduced that the public liked" the clause is about the law.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, opens_sentence, word_before
from glossary.lazy_pattern import lazy

_SAY = {
    "say": ("introduce", "express"),
    "says": ("introduces", "expresses", "puts forward"),
    "said": ("introduced", "expressed", "put forward"),
    "saying": ("introducing", "expressing", "putting forward"),
}
_INSTEAD = {verb: said for said, verbs in _SAY.items() for verb in verbs}
_ANY = frozenset(verb.split()[-1] for verb in _INSTEAD)
_CLAUSE = lazy(rf"\b({'|'.join(_INSTEAD)}) that(?=,? (\w+) (\w+))")
_OPENS = frozenset("the a an all our my we they he she it there since as after this these".split())
_IN = frozenset("recent addition order terms view".split())
_SPEAKERS = frozenset(
    "director president dean secretary chairman minister spokesperson spokesman spokeswoman official reporter leader head "
    "commission bureau department committee office center hospital administration region province city county".split()
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each verb."""
    text = page.folded.text
    for match in () if page.text_words.words.isdisjoint(_ANY) else _CLAUSE.finditer(text):
        verb, first, second = match.groups()
        opens = first in _OPENS or (first == "in" and second in _IN)
        if not opens and not page.text[page.folded.start(match.start(2))].isupper():
            continue
        if verb.startswith("introduc") and not _has_speaker(page, match.start()):
            continue
        place = page.folded.start(match.start()), page.folded.end(match.end())
        if in_new_prose(page, place):
            said = f"{_INSTEAD[verb]} that"
            message = f"“{verb} that”: a thing is introduced, a wish expressed, a plan put forward; write “{said}”."
            yield page.finding(RULE.label, [place], message, "warning", "high", suggestion=said)


def _has_speaker(page: Page, start: int) -> bool:
    """Whether a person or a body, or a comma behind one, stands before ``start`` in the folded text."""
    text = page.folded.text
    if text[start - 2 : start] == ", ":
        return True
    last = word_before(text, start - 1)
    if not last or last in _SPEAKERS:
        return bool(last)
    place = page.folded.start(start - 1 - len(last))
    return page.text[place].isupper() and not opens_sentence(page, place)


RULE = Rule(
    "GAR326",
    "saying-that",
    "calque",
    "Accuracy / mistranslation",
    "warning",
    "high",
    check,
    __doc__ or "",
)
