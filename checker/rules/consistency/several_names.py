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
Spelling, number, the order of words, words that may come or go and how far a good name goes on ("prevention",
"prevention and control") make no other name, and abbreviations and set phrases none at all. Passages that repeat earlier
text, headings in quotation marks and titles between 《》 do not count, nor, where the Chinese is given, a name that surely
has other Chinese beside it, or several for one place of it; what the Chinese writes in two forms may have two names. The
name to settle on is chosen by its standing in the glossary, never by a majority of calques. A name that another rule
reports is not reported again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from checker.bitext import Link, SourceTerm
from checker.finding import Finding, Related
from checker.page import Page, once_a_page
from checker.rules.fitting import capitals_like
from checker.rules.meanings import PHRASES, meaning, meanings, reported
from checker.rules.names import are_alike
from checker.rules.renderings import sources_of
from checker.rules.rule import Rule
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import Concept
from glossary.forms import inflect_like

Places = list[tuple[Mention, Candidate]]
_QUOTED = {'"': '"', "“": "”", "《": "》", "'": "'"}
_TITLE = 80  # Chinese characters of a title at most
STANDING = {"preferred": 0, "abbreviation": 0, "admitted": 1, "deprecated": 3, "wrong": 4, "pattern": 5}


def check(page: Page) -> Iterator[Finding]:
    """One finding for each less good name of each concept with several."""
    for concept, families in name_families(page).items():
        if len(families) < 2 or not concept.enforced:
            continue
        best = settled_name(concept, families)
        for name, places in families.items():
            if is_second_name(page, concept, families, name, best):
                finding = _finding(page, concept, families, best, places)
                if finding:
                    yield finding


@once_a_page  # a rule and the figures of the page look at them
def name_families(page: Page) -> dict[Concept, dict[str, Places]]:
    """The names of each concept that has several on a page: concept -> family -> its mentions, by first place."""
    counts = Counter([concept for concept, _ in name_counts(page)])
    several = {concept for concept, count in counts.items() if count > 1 and _has_names(concept)}
    made: dict[Concept, dict[str, Places]] = defaultdict(dict)
    for mention, named in zip(page.mentions, _named(page), strict=True) if several else ():
        if named is not None and named[0] in several:
            candidate = mention.only or _meant_elsewhere(page, mention)
            assert candidate is not None
            made[named[0]].setdefault(named[1], []).append((mention, candidate))
    return {concept: _without_explained(page, concept, families) for concept, families in made.items()}


def _has_names(concept: Concept) -> bool:
    """Whether a concept goes by names: good style varies a set phrase."""
    return concept.field != PHRASES or concept.pos == "name"


def _without_explained(page: Page, concept: Concept, families: dict[str, Places]) -> dict[str, Places]:
    """The names of a concept without those of sentences that have several for one place of the Chinese ("the four
    examinations, looking, listening …"), or for several words of it."""
    parallel = page.parallel
    if parallel is None:
        return families
    names: dict[Link | None, set[str]] = defaultdict(set)
    behind: dict[Link | None, _Behind] = {}
    for name, places in families.items():
        for mention, _ in places:
            names[link := parallel.link_at(mention.start)].add(name)
            if (chinese := _behind(page, concept, mention)) is not None:
                behind[link] = chinese
    explained = {
        link
        for link, chinese in behind.items()
        if len(names[link]) > 1 and (len(chinese.forms) > 1 or chinese.places < len(names[link]))
    }
    left = {
        name: [place for place in places if parallel.link_at(place[0].start) not in explained]
        for name, places in families.items()
    }
    return {name: places for name, places in left.items() if places}


@once_a_page
def name_counts(page: Page) -> Counter[tuple[Concept, str]]:
    """How often a page has each concept under each family of names, by first place."""
    return Counter([named for named in _named(page) if named is not None])


@once_a_page
def _named(page: Page) -> list[tuple[Concept, str] | None]:
    """For each mention of a page the concept and the family of names that it counts for, if any."""
    text = page.text
    made = []
    for mention, meant in meanings(page):
        named = meant.named
        if meant.only is None and (candidate := _meant_elsewhere(page, mention)):
            named = meaning((candidate,)).named
        if named is not None and (mention.repeated or is_quoted(text, mention)):
            named = None
        if named is not None and meant.only is not None and meant.only.status == "abbreviation":
            named = None  # it may be short for any of the names: VBP is volume-based procurement
        if named is not None and _is_other_chinese(page, named[0], mention):
            named = None
        made.append(named)
    return made


def _meant_elsewhere(page: Page, mention: Mention) -> Candidate | None:
    """The one of a mention's readings whose concept the page names elsewhere beyond doubt; None unless there is one."""
    known = [candidate for candidate in mention.candidates if candidate.concept in _beyond_doubt(page)]
    return known[0] if len(known) == 1 else None


@once_a_page
def _beyond_doubt(page: Page) -> set[Concept]:
    return {meant.only.concept for _, meant in meanings(page) if meant.only}


def settled_name(concept: Concept, families: dict[str, Places]) -> str:
    """The family to settle on: by standing in the glossary, then frequency among approved names."""

    def order(name: str) -> tuple[int, int]:
        places = families[name]
        standing = min(STANDING[candidate.status] for _, candidate in places)
        return standing, -len(places) if standing <= 1 else 0

    return min(families, key=order)


def is_second_name(page: Page, concept: Concept, families: dict[str, Places], name: str, best: str) -> bool:
    """Whether one of the families of a concept's names is another name than the best one, for the same Chinese."""
    places, others = families[name], families[best]
    return name != best and not (
        _are_one_name(name, places, best, others) or _are_written_apart(page, concept, places, others)
    )


def _are_one_name(name: str, places: Places, other: str, others: Places) -> bool:
    """Whether two families of good names differ only in the order of their words or in how far they go on."""
    return are_alike(name, other) and all(candidate.approved for row in (places, others) for _, candidate in row)


def _are_written_apart(page: Page, concept: Concept, places: Places, others: Places) -> bool:
    """Whether no form of the Chinese surely stands beside both names: 定点医疗机构 and 定点医药机构."""
    ours, theirs = (
        {chinese.forms for mention, _ in row if (chinese := _behind(page, concept, mention)) and chinese.places}
        for row in (places, others)
    )
    return bool(ours and theirs) and not any(len(forms) == 1 and forms <= other for forms in ours for other in theirs)


class _Behind(NamedTuple):
    """How the Chinese of a sentence writes a concept: in how many places, in which forms, and whether in a title."""

    places: int = 0
    forms: frozenset[str] = frozenset()
    titled: bool = False


def _is_other_chinese(page: Page, concept: Concept, mention: Mention) -> bool:
    """Whether the Chinese beside a name says something else, or has its concept in a title as the English may have."""
    chinese = _behind(page, concept, mention)
    return chinese is not None and (not chinese.places or (chinese.titled and page.text[mention.start].isupper()))


def _behind(page: Page, concept: Concept, mention: Mention) -> _Behind | None:
    """How the Chinese beside a name writes its concept; None where it is not given or not sure."""
    parallel = page.parallel
    link = parallel.link_at(mention.start) if parallel else None
    if parallel is None or link is None or not link.trusted:
        return None
    known = _written(page)
    if (link, concept.id) in known:
        return known[link, concept.id]
    terms = [term for term in parallel.terms_of(link) if concept.id in term.concepts]
    text = parallel.source.text

    def is_in_title(term: SourceTerm) -> bool:
        first = max(link.source_start, term.start - _TITLE)
        return text.rfind("《", first, term.start) > text.rfind("》", first, term.start)

    made = known[link, concept.id] = _Behind(
        len(terms),
        frozenset(map(parallel.written, [term for term in terms if not (term.inner or term.doubtful)] or terms)),
        any(map(is_in_title, terms)),
    )
    return made


@once_a_page
def _written(page: Page) -> dict[tuple[Link, str], _Behind]:
    """How the Chinese of a link writes a concept, as far as that was asked for: a link may have a page of names."""
    return {}


def _finding(
    page: Page,
    concept: Concept,
    families: dict[str, Places],
    best: str,
    places: Places,
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
    opening = text[mention.start - 1 : mention.start]
    return opening in _QUOTED and text[mention.end : mention.end + 1] == _QUOTED[opening]


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
