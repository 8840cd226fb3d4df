"""# saying-that (GAR326)

## What it does
Reports "introduce" and "express" with a clause: "introduced that the fund pays", "expressed that it is glad".

## Why it matters
介绍 and 表示 tell what somebody says and are followed by it. In English one introduces a friend or a law and expresses a
wish, but says that something is so.

## Wrong
The director introduced that the county has built ten clinics.

## Right
The director said that the county has built ten clinics.

## Limits
On pages about health reform. The clause must show itself by its first word, behind "introduce" by a name too. A person, a
body or a comma stands before "introduce", for in "a law was introduced that the public liked" the clause is about the law;
before "express" neither a form of "be" nor what is expressed ("the hope expressed that it will last").
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.months import MONTHS
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, opens_sentence, word_before
from glossary.lazy_pattern import lazy

_SAY = {"introduce": "say", "introduces": "says", "introduced": "said", "introducing": "saying"}
_SAY |= {"express": "say", "expresses": "says", "expressed": "said", "expressing": "saying"}
_INTRODUCE = frozenset(verb for verb in _SAY if verb.startswith("introduc"))
_CLAUSE = lazy(rf"\b({'|'.join(_SAY)}) that(?=,? (\w+) (\w+))")
_OPENS = frozenset("the a an all our my we they he she it there since as after this these".split())
_IN = frozenset("recent addition order terms view".split())
_TIMES = frozenset("same following previous next day week month year evening morning afternoon night moment".split())
_NO_CLAUSE = frozenset(
    (*map(str.lower, MONTHS), *(f"{day}day" for day in "mon tues wednes thurs fri satur sun".split()))
)
_NOT_BEFORE = frozenset(
    "be been being is are was were concern concerns doubt doubts fear fears hope hopes wish wishes view views opinion "
    "opinions idea ideas belief beliefs worry worries regret surprise".split()
)
_SPEAKERS = frozenset(
    "director president dean secretary chairman minister spokesperson spokesman spokeswoman official reporter leader head "
    "commission bureau department committee office center hospital administration region province city county".split()
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each verb."""
    if page.subject != "health-reform" or page.text_words.words.isdisjoint(_SAY):
        return
    for match in _CLAUSE.finditer(page.folded.text):
        verb, first, second = match.groups()
        capital = page.text[page.folded.start(match.start(2))].isupper()
        named = verb in _INTRODUCE and capital and first not in _NO_CLAUSE
        opens = (first in _OPENS and second not in _TIMES) or (first == "in" and second in _IN)
        if not (opens or named) or not _is_said(page, verb, match.start()):
            continue
        place = page.folded.start(match.start()), page.folded.end(match.end())
        if in_new_prose(page, place):
            thing = "a thing is introduced" if verb in _INTRODUCE else "a wish is expressed"
            said = f"{_SAY[verb]} that"
            message = f"“{verb} that”: {thing}, not a clause; write “{said}”."
            yield page.finding(RULE.label, [place], message, "warning", "high", suggestion=said)


def _is_said(page: Page, verb: str, start: int) -> bool:
    """Whether somebody says what follows the verb at ``start`` in the folded text."""
    if verb in _INTRODUCE:
        return _has_speaker(page, start)
    return word_before(page.folded.text, start - 1) not in _NOT_BEFORE


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
