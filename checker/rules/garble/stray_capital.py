"""# stray-capital (GAR306)

## What it does
Reports a capital in mid-sentence on a word that is no name: a function word ("and better To meet", "on August 23 The
clinic"), or another word that the page otherwise writes small.

## Why it matters
Machines translate a sentence in segments and begin each with a capital. Where the segments meet, the syntax is broken
too: words are missing or stand in the wrong order.

## Wrong
The hospitals shall cut waiting times and better To meet the needs of patients.

## Right
The hospitals shall cut waiting times and better meet the needs of patients.

## Limits
Titles and names (a capitalised word next to it, or one it is tied to by "of", "the" and the like), quotations,
headings, sentences in which two words of five have capitals, and words after "see", "section" and the like are left
alone, and so is what follows a label of up to three words at the beginning of a line. Words other than function words
must be used in small letters on the same page, or be a verb that opens a clause; on pages about health reform a word that the
page has only once counts too, unless it may be a name by its ending and by what follows. A noun behind an article (the
Company) is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.known_words import is_common
from checker.letter_case import case_counts
from checker.months import DAY
from checker.page import Page, once_a_page
from checker.rules.clause_verbs import POLICY_ADVERBS, is_policy_verb
from checker.rules.rule import Rule
from checker.rules.surroundings import (
    FUNCTION_WORDS,
    capital_share,
    in_new_prose,
    months,
    opens_sentence,
    sentence_capitals,
    word_after,
    word_before,
)
from glossary.lazy_pattern import lazy

MOST_CAPITALS = 0.4  # of a sentence's longer words
LABEL_WORDS = 3

_CAPITAL = lazy(r"(?<=[^\W\dA-Z_][ \xa0]|[,;][ \xa0])[A-Z][a-z]*(?![\w'’.&/(@:-])")
_DATED = lazy(rf" {DAY}(?:st|nd|rd|th)?(?:, (?:19|20)\d\d)? ([A-Z][a-z]*) (?=[a-z])")
_ETC = lazy(r"Etc(?<=[a-z,] Etc)(?=\.[ ,;)]|\.?$)")
_LETTERS = lazy(r"[^\W\d_]+")
_ENTITY = lazy(r"&#?\w+; $")
_COMPOUND = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NO_NAME = lazy(  # endings of words that are hardly ever names
    r"..(?:ed|ing|ly|[ai]tes?|ify|i[sz]e|ions?|ments?|ness|[^e]ity|[ai]ve|ous|ful|less|[ae]nce|[ai]ble|hood|ship|ers|ings)$"
)
_OF_A_NATION = lazy(r"(?:ish|ese|ian|[cm]an|ern|ench|utch|reek|wiss)$")
_BEHIND_NAME = lazy(r"(?:s|ed|ly)$")  # a verb or an adverb
_AMBIGUOUS = frozenset("a i may an he she you your our we do so can will us don who".split())
_NAMED_AFTER = frozenset(
    "section chapter see entitled titled called named part article appendix figure table column page option menu button "
    "field key tab press click choose select type enter entry item question say says said mean means read reads write".split()
)
_ABSTRACT = frozenset(
    (
        "added value,competing interests,conflict of interest,conflicts of interest,data availability,data collection,"
        "data extraction,data sharing,data sources,data synthesis,ethics approval,main findings,main outcome measures,"
        "main results,policy implications,study design,study setting,trial registration"
    ).split(",")
)  # the labels of an abstract set as one paragraph
_TITLE_LINKS = ("of", "and", "for", "or")
_LINKS = frozenset("of and the for in to on at with by a an &".split())
_DETERMINERS = frozenset("the a an this that these those our its his her their my your each every any some no".split())
_OBJECT = frozenset("the a an its their all each this these".split())
_NAMES = frozenset(
    "china january february march april june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday internet web state party government committee commission ministry department bureau council "
    "congress province city county district hospital university college center centre office north south east west "
    "northern southern eastern western god earth bible grade class level table figure section article annex part chapter "
    "phase stage step type group team unit area zone road street avenue building floor room block line".split()
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each stray capital."""
    text = page.text
    for etc in _ETC.finditer(text):
        if in_new_prose(page, etc.span()):
            yield _finding(page, etc.span(), "high")
    for place in _behind_dates(page):
        if in_new_prose(page, place):
            yield _finding(page, place, "high")
    for start in sentence_capitals(page):
        match = _CAPITAL.match(text, start)
        if match is None:
            continue
        word, place = match.group().lower(), match.span()
        function = word in FUNCTION_WORDS
        if word in _AMBIGUOUS or word in _NAMES or not (function or is_common(word)):
            continue
        previous = word_before(text, start - 1) if text[start - 2].islower() else ""
        if (previous[:1].isupper() and previous.isalpha()) or (word == "it" and previous in _DETERMINERS):
            continue  # part of a name; the It girl
        if function:
            if _goes_on(page, place[1], one=word in _DETERMINERS) and _is_stray(page, place):
                yield _finding(page, place, "high")
        elif _is_plain(page, word, place, previous.lower()) and _is_stray(page, place):
            yield _finding(page, place, "medium")


def _behind_dates(page: Page) -> Iterator[Place]:
    """Function words with a capital right behind a day of a month."""
    for _, end in months(page):
        match = _DATED.match(page.text, end)
        if match and (match[1].lower() in FUNCTION_WORDS or match[1] == "According"):
            yield match.span(1)


def _is_stray(page: Page, place: Place) -> bool:
    """Whether the place is in prose, in mid-sentence, and no part of a title or name."""
    before = _words_before(page.text, place[0])
    if _ENTITY.search(page.text, max(0, place[0] - 10), place[0]):
        return False  # the semicolon is no mark of the sentence
    if not before or len(before[-1]) == 1 or before[-1].lower() in _NAMED_AFTER or _in_title(before):
        return False
    if not in_new_prose(page, place) or opens_sentence(page, place[0]) or _after_label(page, place[0]):
        return False
    return capital_share(page, place[0]) < MOST_CAPITALS


def _after_label(page: Page, offset: int) -> bool:
    """Whether only a number or the label of an abstract stands before: "1, The study", "Local setting The study"."""
    start = page.sentence_at(offset)[0]
    label = page.text[start:offset].split(None, LABEL_WORDS)
    if len(label) > LABEL_WORDS or not (label[0][0].isupper() or label[0][0].isdecimal()):
        return False
    return page.text[:start].rstrip(" \t")[-1:] in ("", "\n", "\r") or " ".join(label).lower() in _ABSTRACT


def _words_before(text: str, offset: int) -> list[str]:
    return _COMPOUND.findall(text[max(0, offset - 60) : offset])


def _in_title(before: list[str]) -> bool:
    """Whether a capitalised word can be reached backwards through links."""
    for word in reversed(before[-4:]):
        if word[0].isupper():
            return True
        if word not in _LINKS:
            return False
    return False


def _goes_on(page: Page, end: int, one: bool) -> bool:
    """Whether small words follow; after an article even the second one, since titles begin with articles."""
    following = _LETTERS.findall(page.text[end : end + 60])[: 2 if one else 1]
    return bool(following) and all(word[0].islower() for word in following)


@once_a_page
def _counted(page: Page) -> dict[str, tuple[int, int]]:
    """The ``case_counts`` of the words asked about so far: each takes a look at the whole text."""
    return {}


def _is_plain(page: Page, word: str, place: Place, previous: str) -> bool:
    """Whether a word is a verb that opens a clause, or one that the page writes small everywhere else.

    ``previous`` is the folded word before it, "" where a comma parts them.
    """
    # on a page about health reform names are Chinese ones, and English words are no names
    known = page.subject == "health-reform"
    joined = previous in ("", "and", "for", "with", "or")
    opens = word in POLICY_ADVERBS or is_policy_verb(word)
    if not (known or joined or opens):
        return False
    following = word_after(page.text, place[1] + 1)
    ends = page.text[place[1] : place[1] + 1] in (",", ".", ";")
    figure = opens and page.text[place[1] + 1 : place[1] + 2].isdigit() and is_policy_verb(word)
    behind = place[1] + 1 + len(following)
    titled = (
        following in _TITLE_LINKS and word_after(page.text, behind + 1)[:1].isupper()
    )  # Chiefs of Medicine, Mom and Dad
    if titled or not (following.islower() or ends or figure):
        return False
    if previous in _DETERMINERS and word.endswith("ing"):
        return False  # the Serving the People campaign
    if opens and (word in POLICY_ADVERBS or not previous or following in _OBJECT):
        return True
    if previous in _DETERMINERS:
        return False  # "the Company": a term with a meaning of its own
    if not (joined or known) or (ends and (not known or previous in FUNCTION_WORDS)):
        return False
    counted = _counted(page)
    if word not in counted:
        counted[word] = case_counts(page.text, word, page.words.counts[word])
    small, capital = counted[word]
    return capital <= 1 and (
        small > 1 or (known and (small > 0 or (joined and not ends and not _may_be_name(word, following))))
    )


def _may_be_name(word: str, following: str) -> bool:
    """Whether a word may be the name of a person, a firm or a nation, by its ending and by what follows."""
    if _NO_NAME.search(word):
        return False
    return bool(following in FUNCTION_WORDS or _OF_A_NATION.search(word) or _BEHIND_NAME.search(following))


def _finding(page: Page, place: Place, confidence: str) -> Finding:
    quote = page.text[place[0] : place[1]]
    return page.finding(
        RULE.label,
        [place],
        f"“{quote}” has a capital in mid-sentence: two segments were translated apart and joined here.",
        "warning",
        "high" if confidence == "high" else "medium",
        suggestion=None if quote == "It" else quote.lower(),  # a sentence of its own more often than not
    )


RULE = Rule(
    "GAR306", "stray-capital", "garbled", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
