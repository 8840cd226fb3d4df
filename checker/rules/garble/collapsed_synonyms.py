"""# collapsed-synonyms (GAR301)

## What it does
Reports "X and X": one English word, or one phrase of two or three words, on both sides of "and".

## Why it matters
Chinese likes to pair near-synonyms (健全完善, 检查检验). Machine translation often has one English word for both, and
nothing of the pair is left. It is the surest sign of a machine that English alone gives.

## Wrong
The province will improve and improve the referral system.

## Right
The province will establish and improve the referral system.

## Limits
Idioms (again and again), comparatives (more and more), stretches of time and quantities (years and years), names and
verbs repeated for effect (he waited and waited) are left alone, and so is a thing of two kinds (residential care and care
at home). Which pair stood in the Chinese is a guess by the
English and the words near it.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import (
    FUNCTION_WORDS,
    in_new_prose,
    is_hyphenated,
    word_after,
    word_before,
)
from checker.rules.synonym_pairs import SynonymPair, is_paired, likely_pair
from glossary.lazy_pattern import lazy

_IDIOMS = frozenset(
    "again around away back better bigger blah by closer days deeper decades dozens down ever fewer first forever forth "
    "forward further generations greater half harder here higher hours hundreds larger later less longer lots louder "
    "lower many miles millions minutes months more neck never nights no now off on out over pages people plenty rather "
    "round seconds side simply smaller so sometimes soon stronger such then there thereby thousands through time tons "
    "two up weeks worse yards years yes".split()
)
_GOES_ON = frozenset("from that which who whom whose where when it them him her".split())
_IS = frozenset("is are was were has have".split())
_GOVERNS = frozenset("about at by for from in into of on to with".split())
_BODIES = frozenset(
    "academy bureau center centre clinic college commission hospital institute school university".split()
)
_NARROWS = frozenset("with without for in on at under of not to by as".split())
_ELSEWHERE = frozenset("at in outside".split())
_FOR_WHOM = frozenset("by for without".split())
_ADJECTIVE_OF_KIND = lazy(r"(?:[^u]al|[^l]ic|[eu]rn|ary|ate)$")
_KINDS = frozenset("home hospital public rural state urban".split())
_PROCESS = lazy(r"(?:ing|ed|tions?|ments?|[^i]fy|i[sz]e|[ae]nc[ey]|ity)$")
_COMPARATIVE = lazy(r"[^aeiou]er$")
_VERB = lazy(r"(?:ed|[^i]fy|i[sz]e|ate)$")
_ADJECTIVE = lazy(r"(?:[ai]ble|[^u]ous|ful|less)$")
_ADJECTIVES = frozenset(
    "active broad clear common comprehensive deep difficult effective extensive healthy important intensive new positive "
    "proactive rich safe severe strict strong".split()
)
_NO_ADJECTIVES = frozenset("cable constable executable table timetable variable vegetable".split())
_BE = frozenset("be been being was were is are".split())
_LIST_ITEM = lazy(r"(?:ing|ed),$")
_AND = lazy(r" and(?= ([^\W\d_]{1,40}(?:'[a-z]{1,2})?))")
AND = " and "
GLOSSARY_WORD = "health"  # 卫生健康 is a term of its own, which the terminology rules know; some contexts apart
LONGEST_PHRASE = 3  # words
LONGEST = 130  # characters of such a phrase


def check(page: Page) -> Iterator[Finding]:
    """One finding for each pair with the same advice, with all its places."""
    text = page.folded.text
    found: dict[tuple[str, SynonymPair | None], list[Place]] = {}
    for match in _AND.finditer(text):
        start, first = match.start(), match[1]
        before = text[max(0, start - LONGEST) : start]
        if first in FUNCTION_WORDS or first not in before or before.count(" ", before.rfind(first)) >= LONGEST_PHRASE:
            continue
        length = _doubled(text, start, start + len(AND))
        if length is None:
            continue
        begin, end = start - length[0], start + len(AND) + length[1]
        place = page.folded.start(begin), page.folded.end(end)
        if in_new_prose(page, place) and _is_fault(page, begin, start, end, place):
            word = text[begin:start].rstrip(",")
            found.setdefault((word, likely_pair(page, word, place[0])), []).append(place)
    for (_, pair), places in found.items():
        yield _finding(page, pair, places)


def _doubled(text: str, start: int, after: int) -> tuple[int, int] | None:
    """The lengths of what stands doubled before ``start`` and from ``after``; None when nothing does."""
    comma = text[start - 1] == ","
    words = word_before(text, start - comma)
    if not words or words in FUNCTION_WORDS:
        return None
    if word_after(text, after) == words:
        return (len(words) + comma, len(words)) if len(words) >= 3 and words not in _IDIOMS else None
    position = after + len(word_after(text, after))
    for _ in range(LONGEST_PHRASE - 1):
        following = word_after(text, position + 1) if text[position : position + 1] == " " else ""
        if not following:
            return None
        position += 1 + len(following)
        phrase = text[after:position]
        begin = start - len(phrase)
        if (
            not comma
            and begin >= 0
            and text.startswith(phrase, begin)
            and not text[max(0, begin - 1) : begin].isalnum()
        ):
            first, *_, last = phrase.split(" ")
            plain = min(len(first), len(last)) > 2 and FUNCTION_WORDS.isdisjoint((first, last)) and first != "one"
            return (len(phrase), len(phrase)) if plain else None
    return None


def _is_fault(page: Page, begin: int, start: int, end: int, place: Place) -> bool:
    text = page.folded.text
    word = text[begin:start].rstrip(",")
    following = word_after(text, end + 1) if text[end : end + 1] == " " else ""
    halves = (place[0], page.folded.start(start - 1) + 1), (page.folded.start(start + len(AND)), place[1])
    if (
        following in _GOES_ON
        or text[end : end + 1] in ("'", "_")
        or text[end : end + 1].isdecimal()
        or any(is_hyphenated(page, half) for half in halves)
    ):
        return False
    if word_before(text, begin - 1) in ("between", "both") or text.startswith(f"{AND}{word}", end):
        return False
    plural = word.endswith("s") and not word.endswith("ss")
    if " " in word:
        # "old party members and party members in need" are two things, "X Hospital and X Hospital of TCM" too
        described = word_before(text, begin - 1)
        told_apart = word.rpartition(" ")[2] in _BODIES or (plural and described and described not in FUNCTION_WORDS)
        return not (following in _NARROWS and following != "as" and told_apart)
    if following in _IS and _PROCESS.search(word):
        return word_before(text, begin - 1) not in _GOVERNS  # "they pay for parking, and parking is dear"
    quote = page.text[place[0] : place[1]]
    if (
        word in FUNCTION_WORDS
        or (word == GLOSSARY_WORD and not _is_department(text, begin, following))
        or (quote[0].isupper() and quote[-len(word)].isupper() and not _PROCESS.search(word))
    ):
        return False
    pair = likely_pair(page, word, place[0])
    if text[start - 1] == ",":
        return bool(_LIST_ITEM.search(text[max(0, begin - 8) : begin].rstrip()) and _PROCESS.search(word))
    if _COMPARATIVE.search(word) and pair is None:
        return False
    if not following or following in FUNCTION_WORDS:
        # "he waited and waited until dawn", "arguments and arguments with defaults": said for effect, or narrowed
        if following in ("the", "a", "an", "its", "their"):
            return True
        if word.endswith("ed") and word_before(text, begin - 1) in _BE:
            return True  # nothing is done to somebody for effect
        known = bool(_PROCESS.search(word)) or is_paired(page, word)
        narrowed = plural and following in _NARROWS and not (following == "of" and _PROCESS.search(word))
        narrowed = narrowed or _tell_apart(word_before(text, begin - 1), following)
        return known and not _VERB.search(word) and not narrowed
    if following.endswith(("ed", "ing")) and word.endswith("s"):
        return False
    # "file and file system": a plain noun before another noun is a compound, not a pair
    return bool(_PROCESS.search(word)) or _is_adjective(word) or (pair is not None and pair.near)


def _tell_apart(kind: str, following: str) -> bool:
    """Whether words around a pair make two kinds of it: "residential care and care at home", "private … and … for"."""
    if following in _FOR_WHOM:
        return kind in ("private", "public")
    is_kind = kind in _KINDS or (kind != "medical" and _ADJECTIVE_OF_KIND.search(kind) is not None)
    return following in _ELSEWHERE and is_kind


def _is_department(text: str, begin: int, following: str) -> bool:
    """Whether health said twice is the department 卫生健康: in a list, or "of health and health in", with nothing told apart."""
    if not following:
        return text[max(0, begin - 2) : begin] == ", "
    return following in ("in", "of") and word_before(text, begin - 1) in ("of", "for", "the")


def _is_adjective(word: str) -> bool:
    return word in _ADJECTIVES or (_ADJECTIVE.search(word) is not None and word not in _NO_ADJECTIVES)


def _finding(page: Page, pair: SynonymPair | None, places: list[Place]) -> Finding:
    quote = " ".join(page.text[slice(*places[0])].split())
    message = f"“{quote}”: two different Chinese words were probably translated by the same English word"
    if pair is None:
        return page.finding(RULE.label, places, f"{message}; write what each of them means.", "error", "high")
    chinese = "、".join(pair.zh)
    write = pair.write[:1].upper() + pair.write[1:] if quote[0].isupper() else pair.write
    message += f", likely {chinese}; write “{write}”."
    return page.finding(RULE.label, places, message, "error", "high", suggestion=write, zh=chinese)


RULE = Rule(
    "GAR301", "collapsed-synonyms", "garbled", "Accuracy / mistranslation", "error", "high", check, __doc__ or ""
)
