"""# several-names (CON201)

## What it does
Reports a concept that goes under two or more names on one page, and says which name to settle on.

## Why it matters
A reader takes two names for two things. Machine translation renders one Chinese term now this way, now that.

## Wrong
The county's medical consortium has nine members. The medical alliance opened a shared pharmacy.

## Right
The county's medical consortium has nine members. The consortium opened a shared pharmacy.

## Limits
Spelling, number, abbreviations and words that may come or go are no other name. Passages that repeat earlier text,
headings in quotation marks and titles between 《》 do not count. The name to settle on is chosen by its standing in the
glossary, never by a majority of calques. A name that another rule reports is not reported again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from checker.finding import Finding, Related
from checker.page import Page, once_a_page
from checker.rules.renderings import capitals_like, reported, sources_of
from checker.rules.rule import Rule
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import Concept
from glossary.folding import fold
from glossary.forms import inflect_like

# Words that name a level or a kind and leave the name what it is.
_KINDS = frozenset(
    {
        "national",
        "provincial",
        "municipal",
        "city",
        "district",
        "county",
        "county level",
        "township",
        "local",
        "regional",
        "public",
        "general",
    }
)
_QUOTED = {'"': '"', "“": "”", "《": "》", "'": "'"}
STANDING = {"preferred": 0, "abbreviation": 0, "admitted": 1, "deprecated": 3, "wrong": 4, "pattern": 5}


def check(page: Page) -> Iterator[Finding]:
    """One finding for each less good name of each concept with several."""
    for concept, families in name_families(page).items():
        if len(families) < 2 or not concept.enforced:
            continue
        best = settled_name(concept, families)
        for name, places in families.items():
            if name != best:
                finding = _finding(page, concept, families, best, places)
                if finding:
                    yield finding


@once_a_page  # a rule and the figures of the page look at them
def name_families(page: Page) -> dict[Concept, dict[str, list[tuple[Mention, Candidate]]]]:
    """The names each concept has on a page: concept -> family -> its mentions, in order of first place."""
    elsewhere = {m.only.concept.id for m in page.mentions if m.only}
    made: dict[Concept, dict[str, list[tuple[Mention, Candidate]]]] = defaultdict(dict)
    for mention in page.mentions:
        if mention.repeated or is_quoted(page.text, mention):
            continue
        candidate = mention.only
        if candidate is None:
            known = [c for c in mention.candidates if c.concept.id in elsewhere]
            candidate = known[0] if len(known) == 1 else None
        if candidate is not None and candidate.status != "short" and not only_names_a_kind(candidate):
            family = family_of(candidate)
            made[candidate.concept].setdefault(family, []).append((mention, candidate))
    return made


def only_names_a_kind(candidate: Candidate) -> bool:
    """Whether a derived form in good English only names a kind of the concept: "tertiary public hospital"."""
    rendering = candidate.rendering
    return rendering is not None and candidate.marked == 0 and "{@" in rendering.en


def family_of(candidate: Candidate) -> str:
    """What remains of a name when the words that may come or go are taken out; abbreviations join the full name."""
    concept = candidate.concept
    return without_optional(concept, fold(concept.preferred) if candidate.status == "abbreviation" else candidate.base)


@lru_cache(maxsize=1 << 12)
def without_optional(concept: Concept, base: str) -> str:
    """A folded name without the words that may come or go; itself where nothing would be left."""
    for word in sorted({*map(fold, concept.optional), *_KINDS}, key=len, reverse=True):
        base = f" {base} ".replace(f" {word} ", " ").strip() or base
    return base


def settled_name(concept: Concept, families: dict[str, list[tuple[Mention, Candidate]]]) -> str:
    """The family to settle on: by standing in the glossary, then frequency among approved names."""

    def order(name: str) -> tuple[int, int]:
        places = families[name]
        standing = min(STANDING[candidate.status] for _, candidate in places)
        return standing, -len(places) if standing <= 1 else 0

    return min(families, key=order)


def _finding(
    page: Page,
    concept: Concept,
    families: dict[str, list[tuple[Mention, Candidate]]],
    best: str,
    places: list[tuple[Mention, Candidate]],
) -> Finding | None:
    unreported = [(mention, candidate) for mention, candidate in places if not reported(mention)]
    if not unreported:
        return None
    (mention, candidate), (first, settled) = unreported[0], families[best][0]
    good = settled.approved
    name = concept.stored(settled.base) if good and settled.status != "abbreviation" else concept.preferred
    doubtful = any(c.status in ("deprecated", "wrong") or c.marked for _, c in unreported)
    quote = page.text[mention.start : mention.end]
    name = capitals_like(quote, inflect_like(name, concept.pos, candidate.inflection, concept.plural))
    return page.finding(
        RULE.label,
        [(m.start, m.end) for m, _ in unreported],
        f"“{' '.join(quote.split())}” and “{name}” ({len(families[best])}×) both stand for {concept.zh}; settle on one.",
        "warning" if doubtful else "info",
        "low" if any(c.status == "pattern" and not c.marked for _, c in unreported) else "medium",
        suggestion=name,
        concept=concept.id,
        zh=concept.zh,
        status=candidate.status,
        sources=sources_of(concept),
        related=(Related(first.start, first.end, "the name to settle on"),) if good else (),
    )


def is_quoted(text: str, mention: Mention) -> bool:
    """Whether a mention stands between quotation or title marks."""
    before, after = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
    return bool(before) and _QUOTED.get(before) == after


RULE = Rule(
    "CON201",
    "several-names",
    "inconsistency",
    "Terminology / inconsistent use of terminology",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
