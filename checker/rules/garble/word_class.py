"""# word-class (GAR309)

## What it does
Reports a word of the wrong class: an adverb before an abstract noun ("extremely enthusiasm"), an adverb joined to a verb
("fully and strengthen the team"), an adjective in -ly that does an adverb's work ("timely summarize", "steadily and
orderly advance").

## Why it matters
Chinese words do not show their class, and the machine chose by the nearest gloss.

## Wrong
Doctors are extremely enthusiasm to patients and timely summarize what they learn.

## Right
Doctors show great enthusiasm for patients and promptly sum up what they learn.

## Limits
Nouns in -tion, -ment, -ness, -ism, -asm and -ship that are no verbs. Adverbs that may stand before any noun (especially,
namely, possibly) are left out. Of the adjectives in -ly only "timely" and "orderly" are looked at, before verbs that
are no nouns.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding, Place
from checker.page import Page
from checker.rules.clause_verbs import is_policy_verb
from checker.rules.rule import Rule
from checker.rules.surroundings import in_new_prose, is_hyphenated, word_after, word_before
from glossary.lazy_pattern import lazy

_ADVERB = lazy(r"ly (?=([^\W\d_]{1,40}(?:'[a-z]{1,2})?))")
_ABSTRACT = ("tion", "ment", "ness", "asm", "ism", "ship")
_NOUN = lazy(r"[a-z]{3,}(?:tion|ment|ness|asm|[a-z]ism|ship)$")
_VERBS_TOO = frozenset(
    "implement document experiment supplement complement comment augment lament torment cement ferment segment fragment "
    "compliment mention question condition position function caution motion station section partition ration commission "
    "auction petition sanction witness harness worship friendship decommission recommission requisition proposition "
    "transition audition apportion proportion portion reposition disillusion vacation stipulation moment element payment business".split()
)
_ADJECTIVES = frozenset(
    "early only family monthly daily weekly yearly quarterly hourly nightly fortnightly friendly likely unlikely elderly "
    "orderly timely untimely costly lovely lonely lively deadly ugly holy silly jolly ghastly ghostly bodily worldly "
    "scholarly fatherly motherly cowardly heavenly kindly sickly supply reply apply assembly anomaly monopoly italy july "
    "rely fly ally rally belly bully jelly poly homily melancholy wholly leisurely stately unruly lowly manly womanly "
    "masterly miserly saintly shapely sprightly steely surly tally multiply comply imply resupply doily lily wily oily "
    "smelly disorderly unfriendly beastly brotherly sisterly neighborly neighbourly courtly earthly princely bimonthly "
    "biweekly biannually annually butterfly sly homely comely unsightly quarterly contumely folly gully billy kelly emily "
    "sally molly polly pearly curly burly pebbly bubbly wobbly crumbly".split()
)
_ANYWHERE = frozenset(
    "namely especially particularly mainly mostly merely simply partly largely primarily chiefly principally "
    "specifically generally usually typically normally probably possibly certainly notably finally firstly secondly "
    "thirdly lastly similarly additionally alternatively currently previously formerly originally actually basically "
    "really nearly exactly precisely purely solely equally exclusively entirely essentially virtually effectively "
    "potentially supposedly allegedly apparently obviously clearly really hardly scarcely barely necessarily "
    "consequently accordingly respectively fairly roughly approximately internally externally locally globally "
    "politically economically socially historically traditionally technically mentally physically often further "
    "conversely subsequently presently ultimately eventually occasionally sometimes frequently commonly rarely "
    "theoretically relatively hopefully sadly surely".split()
)
_TIMELY_VERBS = frozenset(
    "summarize summarise adjust solve resolve handle discover publish disclose correct identify eliminate understand "
    "grasp establish provide inform analyze analyse formulate implement improve optimize optimise rectify announce "
    "coordinate investigate communicate respond notify deploy carry find treat deal pay allocate revise submit".split()
)
_GOVERNED = frozenset("the a an its their all this these each every".split())


def check(page: Page) -> Iterator[Finding]:
    """One finding for each word of the wrong class."""
    text = page.folded.text
    for match in _ADVERB.finditer(text):
        (place, after), following = match.span(), match[1]
        if not (following == "and" or following.endswith(_ABSTRACT) or text[place - 1 : place] in ("e", "r")):
            continue
        adverb = word_before(text, place + 2)
        start = place + 2 - len(adverb)
        if len(adverb) < 5:
            continue
        if adverb in ("timely", "orderly"):
            if following in _TIMELY_VERBS and _is_adverbial(text, start, adverb):
                yield from _finding(page, start, after + len(following), f"“{adverb}” is an adjective")
        elif following == "and":
            yield from _joined(page, start, after, adverb)
        elif _NOUN.match(following) and not {following, following[:-1]} & _VERBS_TOO:
            compound = word_after(text, after + len(following) + 1) in ("specific", "dependent", "based", "related")
            if adverb not in _ADJECTIVES and adverb not in _ANYWHERE and not compound:
                yield from _finding(page, start, after + len(following), "an adverb stands before a noun")


def _is_adverbial(text: str, start: int, adjective: str) -> bool:
    """Whether no article makes the adjective part of a noun phrase."""
    return word_before(text, start - 1) not in (
        "a",
        "an",
        "the",
        "more",
        "most",
        "and" if adjective == "timely" else "",
    )


def _joined(page: Page, start: int, after: int, adverb: str) -> Iterator[Finding]:
    """ "steadily and orderly", "fully and strengthen the": an adverb tied to what is none."""
    text = page.folded.text
    second_at = after + len("and ")
    second = word_after(text, second_at)
    end = second_at + len(second)
    if second == "orderly" and adverb not in _ADJECTIVES:
        yield from _finding(page, start, end, "“orderly” is an adjective")
    elif is_policy_verb(second) and not second.endswith("ing") and word_after(text, end + 1) in _GOVERNED:
        opens = text[max(0, start - 2) : start] in (", ", "; ", ". ") or text[start - 1 : start] in ("\n", "")
        if opens and adverb not in _ADJECTIVES and adverb not in _ANYWHERE:
            yield from _finding(page, start, end, "an adverb is joined to a verb")


def _finding(page: Page, start: int, end: int, what: str) -> Iterator[Finding]:
    place: Place = page.folded.start(start), page.folded.end(end)
    quote = " ".join(page.text[slice(*place)].split())
    if not quote[1:].islower() or "-" in quote or not in_new_prose(page, place) or is_hyphenated(page, place):
        return
    yield page.finding(RULE.label, [place], f"“{quote}”: {what}; recast the phrase.", "warning", "medium")


RULE = Rule(
    "GAR309", "word-class", "grammar", "Linguistic conventions / grammar", "warning", "medium", check, __doc__ or ""
)
