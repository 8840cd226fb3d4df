"""# doubled-word (GAR302)

## What it does
Reports a word, or a phrase of up to five words, that stands twice in a row, a phrase of up to twelve words that stands
three times and more in a row, and brackets that say again what stands before them (cable ties (cable ties)).

## Why it matters
Either two Chinese words fell into one English word (急诊急救: "emergency emergency"), or a hand or a program doubled a
small word. In titles and names a program set a line twice. A machine that says the same words again and again was
caught in a loop, and the rest of its sentence is lost.

## Wrong
The county opened an emergency emergency center.

## Right
The county opened an emergency and first-aid center.

## Limits
Phrases with commas and the like between their copies count from six copies on. Pairs that English allows (had had, that
that), words said twice for effect (very, very much; bye bye), names (Jing Jing, Wagga Wagga) and numbers are left
alone; of words with capitals, common ones of six letters and more count. A doubled article, preposition or pronoun comes
with a repair; of other words only a person can tell what the second one should be.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.known_words import is_common, is_known
from checker.page import Page
from checker.rules.echoes import Echo, echoes
from checker.rules.loops import MANY, Loop, in_loop, loops, repeated_runs
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, NEAR, in_new_prose
from glossary.lazy_pattern import lazy

_ALLOWED = frozenset(
    "had that very so no really too much many far long big ha he hee ho bye yes now there well same never more is do "
    "did what who tut knock hush dear old poor blah la da di ding dong tick tock chop bang beep sh ok in on out up "
    "quick night round again please oh ah hear hot you her less her little please sorry please half please ping".split()
)
_MENDED = frozenset("the a an of to and for with by from at as or it its their our his this these be are was were will "
                    "has have can if not we they which when while".split())  # fmt: skip
_JOINING = frozenset("and or but by after than as a an".split())
_RELATIVES = frozenset("who whom whoever that which what whatever those".split())
_YOU = lazy(r"(?i)\byou(?:r|rs|rself|rselves)?\b")
RELATIVE = 4  # words from one of these to the verb of its clause: "patients who need care need care near home"
LONGEST_PHRASE = 5  # words
SHORTEST_OF_TWO = 4  # letters of each of two doubled words
SHORTEST_NAMED = 6  # letters of a doubled word with capitals: shorter ones are names, Chinese ones above all


def check(page: Page) -> Iterator[Finding]:
    """One finding for each doubled word."""
    words, tokens = page.words, page.words.tokens
    yield from _long_phrases(page)
    yield from _phrases(page)
    for echo in echoes(page):
        if in_new_prose(page, (echo.start, echo.end)):
            yield _echoed(page, echo)
    for loop in loops(page):
        if loop.phrase not in _ALLOWED and in_new_prose(page, (loop.start, loop.end)):
            yield _looped(page, loop)
    for number in itertools.compress(itertools.count(), map(operator.eq, tokens, tokens[1:])):
        word = tokens[number]
        if not _may_be_fault(word) or _is_long(tokens, number):
            continue
        (start, middle), (after, end) = words.place(number), words.place(number + 1)
        if not _stand_alone(page, start, middle, after, end) or not in_new_prose(page, (start, end)):
            continue
        if page.text[after].islower() and (word in _MENDED or not _is_asked(page, start)):
            yield _finding(page, word, (start, end), (middle, end))
        elif page.text[start].isupper() and len(word) >= SHORTEST_NAMED and is_common(word):
            yield _surplus(page, (start, end))


def _phrases(page: Page) -> Iterator[Finding]:
    """Two plain words that stand there twice: "of rural doctors rural doctors"."""
    words, tokens = page.words, page.words.tokens
    for number in itertools.compress(itertools.count(), map(operator.eq, tokens, tokens[2:])):
        phrase = tokens[number : number + 2]
        if phrase != tokens[number + 2 : number + 4]:
            continue
        if phrase[0] in tokens[number + 4 : number + 5] or phrase[1] in tokens[max(0, number - 1) : number]:
            continue  # said three times and more
        if not _is_plain(phrase) or not _RELATIVES.isdisjoint(tokens[max(0, number - RELATIVE) : number]):
            continue
        place = words.start(number), words.place(number + 3)[1]
        written = page.text[slice(*place)].replace("\n", " ").split(" ")
        same = written[:2] == written[2:] and [word.lower() for word in written[:2]] == phrase
        if same and written[1].islower() and in_new_prose(page, place):
            yield _surplus(page, place)


def _long_phrases(page: Page) -> Iterator[Finding]:
    """Three to five words that stand there twice, in mid-sentence: "the plan of the county of the county"."""
    text, words, tokens = page.text, page.words, page.words.tokens
    for period in range(3, LONGEST_PHRASE + 1):
        done = 0
        for number in _said_again(page, period):
            phrase = tokens[number : number + period]
            if number < done or phrase != tokens[number + period : number + 2 * period]:
                continue
            done = number + 2 * period
            if phrase[-1] in _JOINING or phrase[0] in _JOINING or not _RELATIVES.isdisjoint(phrase):
                continue  # "more useful and more useful and", "call a spoon a spoon"
            if "of" in (phrase[0], phrase[-1]):
                continue  # "the rest of the rest of"; what is said of itself is a matter of its own
            place = words.start(number), words.place(number + 2 * period - 1)[1]
            copies = text[slice(*place)].split(" ")
            plain = copies[:period] == copies[period:] and all(map(str.isalpha, copies))
            long = any(
                len(word) >= SHORTEST_OF_TWO and word not in FUNCTION_WORDS and is_known(word) for word in phrase
            )
            if plain and long and not in_loop(page, place) and text[place[0]].islower() and in_new_prose(page, place):
                yield _surplus(page, place)


def _said_again(page: Page, period: int) -> Iterator[int]:
    """The numbers of the words that stand there again after so many words, three and more, where phrases come back."""
    tokens = page.words.tokens
    for begin, end in repeated_runs(page):
        last = end - 2  # where a phrase of three words may begin
        again = map(operator.eq, tokens[begin:last], tokens[begin + period : last + period])
        yield from itertools.compress(range(begin, last), again)


def _is_plain(phrase: list[str]) -> bool:
    """Whether both words are known ones with a meaning of their own."""
    long = min(map(len, phrase)) >= SHORTEST_OF_TWO
    return long and FUNCTION_WORDS.isdisjoint(phrase) and all(map(is_known, phrase))


def _may_be_fault(word: str) -> bool:
    """Whether a word may not stand twice in a row."""
    return word not in _ALLOWED and len(word) > 1 and word.isalpha() and word.isascii()


def _is_long(tokens: list[str], number: int) -> bool:
    """Whether the word stands there three times and more: said for effect, or no language."""
    return tokens[max(0, number - 1) : number + 3].count(tokens[number]) > 2


def _stand_alone(page: Page, start: int, middle: int, after: int, end: int) -> bool:
    """Whether both words are plain words of one block with one blank or line break between them."""
    text = page.text
    gap = text[middle:after]
    if (gap != " " and not (gap[:1] in "\r\n" and gap.isspace())) or page.block_at(start) != page.block_at(after):
        return False
    if not text[after + 1 : end].islower() or not text[start + 1 : middle].islower():
        return False
    before, behind = text[max(0, start - 1) : start], text[end : end + 2]
    return (
        not (before and before in "-_./$&@\\+'’")
        and not (behind[:1] and behind[0] in "-_/(@$'’")
        and (behind[:1] not in (".", ":") or not behind[1:].strip())
    )


def _is_asked(page: Page, offset: int) -> bool:
    """Whether somebody is asked there, as in speech, which doubles words for effect: "Are you all right right now?"."""
    start, end = page.sentence_at(offset)
    near = max(start, offset - NEAR), min(end, offset + NEAR)  # without full stops a sentence may be as long as a page
    return page.text[end - 1] == "?" and _YOU.search(page.text, *near) is not None


def _finding(page: Page, word: str, place: Place, surplus: Place) -> Finding:
    quote = " ".join(page.text[place[0] : place[1]].split())
    if word in _MENDED:
        return page.finding(
            RULE.label,
            [place],
            f"“{quote}” stands twice in a row; write it once.",
            "warning",
            "high",
            suggestion=quote.split()[0],
            fixes=(Fix(*surplus, ""),),
        )
    message = f"“{quote}”: two different Chinese words were probably translated by the same English word."
    return page.finding(RULE.label, [place], message, "error", "high")


def _echoed(page: Page, echo: Echo) -> Finding:
    said = page.text[echo.start : echo.middle]
    message = f"“{page.text[echo.start : echo.end]}”: the brackets say again what stands before them; take them out."
    place, fixes = (echo.start, echo.end), (Fix(echo.middle, echo.end, ""),)
    return page.finding(RULE.label, [place], message, "warning", "high", suggestion=said, fixes=fixes)


def _looped(page: Page, loop: Loop) -> Finding:
    many = loop.times >= MANY
    message = (
        f"“{loop.phrase}” stands {loop.times} times in a row: the translation ran into a loop; translate it again."
    )
    place = loop.start, loop.end
    return page.finding(RULE.label, [place], message, "error" if many else "warning", "high" if many else "medium")


def _surplus(page: Page, place: Place) -> Finding:
    quote = " ".join(page.text[slice(*place)].split())
    return page.finding(
        RULE.label, [place], f"“{quote}” stands twice in a row; one of them is too many.", "warning", "medium"
    )


RULE = Rule("GAR302", "doubled-word", "garbled", "Accuracy / mistranslation", "error", "high", check, __doc__ or "")
