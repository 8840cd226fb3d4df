"""# verb-pattern (GAR310)

## What it does
Reports "promote" (or "advance", "push forward", "accelerate") with an object and an infinitive: "promote hospitals to
improve". On pages about health reform it notes "support" in the same pattern.

## Why it matters
The pattern is that of 推动 and 促进, which take a clause; English "promote" does not, and a person who is promoted to do
something has got a better post.

## Wrong
The province will promote public hospitals to shift from expansion to quality.

## Right
The province will encourage public hospitals to shift from expansion to quality.

## Limits
Objects are nouns for bodies, groups and services, in the plural or collective; the infinitive must follow within eight words
without a comma. "Support hospitals to do" is established in British public-sector English and is noted as information
only.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.surroundings import FUNCTION_WORDS, in_new_prose
from glossary.forms import inflect_like
from glossary.lazy_pattern import lazy

_VERBS = {
    stem: lazy(rf"{stem}(?:e|es|ed|ing|s)? (?=((?:[a-z']+ ){{1,9}}?)to ([a-z]+))")
    for stem in ("promot", "advanc", "accelerat", "support")
}
_FORMS = {stem: frozenset(f"{stem}{ending}" for ending in ("", "e", "es", "ed", "ing", "s")) for stem in _VERBS}
_ENDINGS = ("ing", "ed", "s")
_AGENTS = frozenset(
    "agencies areas authorities bodies bureaus capital centers centres cities clinics colleges communities community "
    "companies consortiums consortia counties country department departments districts doctors economy "
    "enterprises experts facilities families forces funds government governments groups hospital hospitals industries "
    "industry institutes institution institutions insurers localities manufacturers masses medicine members nurses "
    "organisations organizations parties people personnel physicians professionals provinces providers reform regions "
    "residents resources schools sector sectors service services society specialists staff system systems talents teams "
    "technology towns townships undertaking units universities villages workers".split()
)
_NOT_VERBS = FUNCTION_WORDS | frozenset("better further".split())
_NOUNS_TOO = frozenset(
    "people patients residents hospitals counties villages care health quality villages townships students children "
    "others primary rural urban grassroots community foreign domestic overseas international local higher lower greater larger smaller".split()
)
_NOUN = lazy(r"(?:tion|ment|ing|ity|[^u]s)$")
_STOPS = frozenset(
    "from and or that which who when while if by than due up according access related in linking connecting extending "
    "moving sending".split()
)


def check(page: Page) -> Iterator[Finding]:
    """One finding for each verb."""
    text = page.folded.text
    for verb, pattern in _VERBS.items():
        if page.text_words.words.isdisjoint(_FORMS[verb]) or (verb == "support" and page.subject != "health-reform"):
            continue
        for match in pattern.finditer(text):
            between, infinitive = match[1].split(), match[2]
            if match[0].startswith("advanced") and between[0] != "the":
                continue  # advanced facilities
            if between[0] == "for":
                continue  # the noun: support for the clinics
            head = between[max(between.index("of") - 1, 0)] if "of" in between else between[-1]
            if head not in _AGENTS or between[-1] not in _AGENTS or not _STOPS.isdisjoint(between):
                continue
            if infinitive in _NOT_VERBS and infinitive not in ("better", "further", "be", "do", "have"):
                continue
            if infinitive in _NOUNS_TOO or _NOUN.search(infinitive):
                continue
            start = page.folded.start(match.start())
            if (start and page.text[start - 1].isalpha()) or text[match.start() - 1 : match.start()].isalpha():
                continue
            place = start, page.folded.end(match.end(2))
            last = page.text[page.folded.start(match.end(1) - 1 - len(between[-1]))]
            if page.text[start].isupper() and last.isupper() and page.text[page.folded.start(match.start(2))].islower():
                continue  # a title, and behind it what it is for
            if in_new_prose(page, place):
                yield _finding(page, place, verb)


def _finding(page: Page, place: tuple[int, int], verb: str) -> Finding:
    quote = " ".join(page.text[slice(*place)].split())
    word, _, rest = quote.partition(" ")
    form = next((form for form in _ENDINGS if word.lower().endswith(form)), "")
    instead = inflect_like("help" if verb == "support" else "encourage", "verb", form)
    if word[0].isupper():
        instead = instead.capitalize()
    return page.finding(
        RULE.label,
        [place],
        f"“{word}” does not take an object and an infinitive; write “{instead}”.",
        "info" if verb == "support" else "warning",
        "medium" if verb == "support" else "high",
        suggestion=f"{instead} {rest}",
    )


RULE = Rule(
    "GAR310", "verb-pattern", "grammar", "Linguistic conventions / grammar", "warning", "high", check, __doc__ or ""
)
