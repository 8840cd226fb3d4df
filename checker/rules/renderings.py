"""The kind of rule that reports mentions: one finding for each concept and name, with its places and what to write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from checker.document import without_unseen
from checker.finding import Confidence, Finding, Place, Severity, SourceReference
from checker.page import Page, once_a_page
from checker.rules.advice import advised, by_folded, filled_in
from checker.rules.cited import is_cited
from checker.rules.fitting import capitals_like, has_own_capital, taking_in
from checker.rules.meanings import Meaning, meanings
from checker.rules.rule import Rule
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import KINDS, Concept, Source
from glossary.forms import article_like, begins_with_a_vowel, head_noun, inflect_like, respell, with_articles
from glossary.layers import Glossary
from glossary.lazy_pattern import lazy
from glossary.templates import CLOSING, is_template

MAX_SOURCES = 2
MAX_ADMITTED = 3
_EDGE = 40  # characters that hold prepositions and articles at the edge of a name
_LONG = 200  # characters: a quote of more has a gap in it
_ARTICLE = lazy(r"(?:\ban?|(?<!\w )\bAn?) \Z")  # no Grade A
_LEADING = lazy(
    r"(?i)(?:in|into|on|at|from|of|to|within|by|with|through|under|for|as|among|during|amid) +(?:(?:the|a|an) +)?(?=\w)"
)
_TRAILING = lazy(r"(?i) +(?:of|in|on|at|for|to|by|with|and|from)(?: +(?:the|a|an))?$")
_NAMED = lazy(r"[\u3400-\u9fff“”…、·]{2,}+(?! (?:as|taken|character|adds)\b)")
_COMPOUND = lazy(r"(?i)(?<=\w[-\u2010\u2011])(?:related|concerned)\b")  # tourism-related departments
_LEVELS = frozenset(["provincial", "municipal", "county", "district", "city", "prefectural"])
_PLACED = lazy(r"(?i)provinc|municipal|count(?:y|ies)|district|cit(?:y|ies)|township|prefect|region|nation|urban|rural")
_COUNTED = frozenset(
    "agency area bed body card center clinic code company department doctor document drug employee employer enterprise"
    " expert fund group hospital institution item list machine manufacturer nurse officer organization patient"
    " person pharmacist pharmacy physician place platform point post practitioner product recipient record room service"
    " specialist station team unit ward worker".split()
)  # heads of names that take the number of a form that lists its own plurals: "(station|stations)"
# as `plural` makes them, whose rules are not loaded for so few words
_PLURALS = frozenset(["people", *(f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in _COUNTED)])
_ENDS = "".join(CLOSING)
_SEEN = {
    "wrong": "is a wrong rendering of",
    "deprecated": "is a deprecated rendering of",
    "pattern": "looks like a literal rendering of",
}


def rendering_findings(page: Page, rule: Rule, kind: str) -> Iterator[Finding]:
    """One finding for each wrong name of each concept among the mentions of a ``kind`` (`Meaning.kind`)."""
    for group in _reported_on(page)[kind].values():
        found = _finding(page, rule, group)
        seen = " ".join((found.quote if found.shown is None else found.shown).lower().split())
        if found.suggestion is None or found.suggestion.lower() != seen:
            yield found


@once_a_page  # four rules look at them
def _reported_on(page: Page) -> dict[str, dict[tuple[object, ...], list[tuple[Mention, Meaning]]]]:
    """The mentions of a page that deserve a finding, by its kind and by the wrong name of the concept."""
    groups: dict[str, dict[tuple[object, ...], list[tuple[Mention, Meaning]]]] = defaultdict(dict)
    for found in meanings(page):
        mention, meant = found
        if not meant.kind or mention.repeated or is_cited(page.text, (mention.start, mention.end)):
            continue
        if not _COMPOUND.match(page.text, mention.start):
            groups[meant.kind].setdefault(meant.group, []).append(found)
    return groups


def _finding(page: Page, rule: Rule, group: list[tuple[Mention, Meaning]]) -> Finding:
    start, end, *_ = group[0][0]
    candidates = group[0][1].reported
    first = candidates[0]
    quote = page.text[start:end].rstrip(_ENDS)
    if len(quote) > _LONG:
        quote = " ".join(without_unseen(quote).split())[:_LONG]
    seen = quote[0].lower() + quote[1:] if has_own_capital(page.text, start, end, quote) else quote
    before = _ARTICLE.search(page.text, max(0, start - 4), start) if len(group) == 1 else None
    written = tuple([_instead(page, candidate) for candidate in candidates])
    advice = _advice(candidates, written, quote, seen, before[0] if before else "")
    places = [_at_fault(page.text, mention.start, mention.end, advice) for mention, _ in group]
    if advice.suggestion:
        places = [taking_in(page.text, *place, advice.suggestion) for place in places]
    evidence = None
    if page.parallel is not None:
        evidence = next(
            (
                page.parallel.evidence(place[0], candidate.concept.id)
                for place, (_, meant) in zip(places, group, strict=True)
                for candidate in meant.reported
                if candidate.sourced
            ),
            None,
        )
    severity, confidence = _weight(first, evidence is not None)
    zh = _chinese(first)
    return page.finding(
        rule.label,
        places,
        advice.message,
        severity,
        confidence,
        suggestion=advice.suggestion,
        concept=first.concept.id,
        zh=zh,
        status=first.status,
        why=first.rendering.why if first.rendering else None,
        admitted=_admitted(first),
        sources=sources_of(first.concept) if zh in first.concept.chinese else (),
        source=(evidence.start, evidence.end) if evidence else None,
    )


class _Advice(NamedTuple):
    """What a finding says; ``leads`` and ``trails`` tell whether prepositions around the quote are part of the fault.

    ``article`` is the length of the article before the quote where that has to change too.
    """

    message: str
    suggestion: str | None
    leads: bool
    trails: bool
    article: int = 0


@lru_cache(maxsize=1 << 13)
def _advice(
    candidates: tuple[Candidate, ...], written: tuple[str, ...], quote: str, seen: str, article: str
) -> _Advice:
    """What to say of readings with ``written`` to write instead of a ``quote``, whose capitals count as in ``seen``.

    ``article`` is an "a " or "an " before it, "" where none is or where the quote has other places too.
    """
    suggestions = list(dict.fromkeys([capitals_like(seen, text.rstrip(",; ")) for text in written]))
    is_noun = candidates[0].concept.pos == "noun"
    leads = not is_noun or any(map(_leading, suggestions))
    trails = not is_noun or any(map(_trailing, suggestions))
    first, last = _core(quote, leads, trails)
    shared = quote[last - _trailing(quote[first:last]) : last]
    if shared and all(text.lower().endswith(shared.lower()) for text in suggestions):  # it is no part of the fault
        suggestions, trails = [text[: -len(shared)] for text in suggestions], False
        first, last = _core(quote, leads, trails)
    quote = quote[first:last]
    open_ended = not _trailing(quote) and any(map(_trailing, suggestions))
    if open_ended:  # the form took in what it is said of: only a person can tell what follows
        suggestions = [f"{text} …" if _trailing(text) else text for text in suggestions]
    only = suggestions[0] if len(suggestions) == 1 and not open_ended else None
    if only is None or first or begins_with_a_vowel(quote) == begins_with_a_vowel(only):
        article = ""
    elif article:
        quote, only = f"{article}{quote}", f"{article_like(article, only)} {only}"
        suggestions = [only]
    return _Advice(_message(candidates, " ".join(quote.split()), suggestions), only, leads, trails, len(article))


def _at_fault(text: str, start: int, end: int, advice: _Advice) -> Place:
    """The place of a name without the edges that only told the form from others, and stay."""
    first, last = _core(text[start:end], advice.leads, advice.trails)
    return start + first - advice.article, start + last


def _core(quote: str, leads: bool, trails: bool) -> tuple[int, int]:
    """Where a name begins and ends in a quote, without marks behind it and without prepositions that are no part of it."""
    kept = quote.rstrip(_ENDS)
    if not trails:
        kept = kept[: len(kept) - _trailing(kept)].rstrip(_ENDS)
    if kept.count("“") > kept.count("”") and quote.startswith("”", len(kept)):
        kept += "”"
    return 0 if leads else _leading(kept), len(kept)


def _leading(text: str) -> int:
    """The length of the prepositions and articles that a text begins with."""
    return _leading_in(text[:_EDGE])


def _trailing(text: str) -> int:
    """The length of the prepositions and articles that a text ends with, with the blanks before them."""
    return _trailing_in(text[-_EDGE:])


@lru_cache(maxsize=1 << 13)
def _leading_in(text: str) -> int:
    found = _LEADING.match(text)
    return found.end() if found else 0


@lru_cache(maxsize=1 << 13)
def _trailing_in(text: str) -> int:
    found = _TRAILING.search(text)
    return len(found[0]) if found else 0


def _member(glossary: Glossary, key: str, base: str, inflection: str) -> str:
    """A member of a class as the glossary writes it, inflected as it stands in the text."""
    morpheme = glossary.morpheme(key)
    return inflect_like(by_folded(morpheme.members, morpheme.members).get(base, base), morpheme.pos, inflection)


@lru_cache(maxsize=1 << 12)
def _admitted(candidate: Candidate) -> tuple[str, ...]:
    """What may stand instead of the suggestion; none of it fits where the advice is no name of the concept."""
    if not _is_name(candidate):
        return ()
    advice = advised(candidate)
    forms = candidate.concept.admitted
    return tuple([form for form in forms if form != advice and not is_template(form)])[:MAX_ADMITTED]


def _is_name(candidate: Candidate) -> bool:
    """Whether what to write is a name of the concept."""
    advice, concept = advised(candidate), candidate.concept
    return not advice or advice in (concept.preferred, *concept.admitted)


@lru_cache(maxsize=1 << 12)
def _chinese(candidate: Candidate) -> str:
    """The Chinese that a form renders: the concept's, or what its reason begins with.

    That is a variant of it, or another word where something else is to be written than a name of the concept.
    """
    concept, why = candidate.concept, candidate.rendering.why if candidate.rendering else None
    found = _NAMED.match(why) if why else None
    named = found[0].strip("…") if found else ""
    if named in concept.zh or (_is_name(candidate) and named not in concept.chinese):
        return concept.zh
    return named


def _message(candidates: tuple[Candidate, ...], quote: str, suggestions: list[str]) -> str:
    chinese = " or ".join(dict.fromkeys(map(_chinese, candidates)))
    return f"“{quote}” {_SEEN[candidates[0].status]} {chinese}; write {' or '.join([f'“{text}”' for text in suggestions])}."


def _weight(candidate: Candidate, sourced: bool) -> tuple[Severity, Confidence]:
    if candidate.concept.strictness == "prefer":
        return "info", "medium"
    if sourced:  # the Chinese stands beside it; a deprecated name is right, but out of use
        return "warning" if candidate.status == "deprecated" else "error", "high"
    triggers = candidate.rendering.trigger if candidate.rendering else ()
    if candidate.status == "wrong":
        if "source" in triggers or triggers == ("anywhere",):
            return "error", "high"
        return "warning", "high" if "near" in triggers else "medium"
    return "warning", "medium"


def suggestion(page: Page, candidate: Candidate, quote: str) -> str:
    """What to write instead, in the quote's number and capitals and the page's spelling."""
    return capitals_like(quote, _instead(page, candidate))


def _instead(page: Page, candidate: Candidate) -> str:
    rendering = candidate.rendering
    filled = None
    if rendering and rendering.write and "{" in rendering.write:
        member = partial(_member, page.spotter.glossary)
        filled = with_articles(filled_in(candidate, rendering.en, rendering.write, member))
    american, british = _spelt(candidate, filled)
    return british if british != american and page.spelling == "gb" else american


@lru_cache(maxsize=1 << 12)
def _spelt(candidate: Candidate, filled: str | None) -> tuple[str, str]:
    """What to write instead of a reading in its number, in American and in British spelling.

    ``filled`` is what its rendering says to write, where that has slots.
    """
    concept, rendering = candidate.concept, candidate.rendering
    text = concept.preferred
    pos = concept.pos
    if rendering and rendering.write:
        text, pos = filled or rendering.write, rendering.pos or concept.pos
    plurals = concept.plural if text == concept.preferred else ()
    inflection = candidate.inflection
    several = head_noun(candidate.base) in _PLURALS and head_noun(text.lower()) in _COUNTED and " and " not in text
    if several and pos in ("noun", "phrase"):
        pos, inflection = "noun", "plural"
    text = inflect_like(text, pos, inflection, plurals)
    level, *named = candidate.base.split(" ")  # whose body it is, which many names leave open
    of_a_level = named and level in _LEVELS and concept.pos in ("noun", "name")
    if of_a_level and not any(map(_PLACED.search, (named[0], text))):
        text = f"{level} {text}"
    return text, text if concept.pos == "name" else respell(text, "gb")


@lru_cache(maxsize=1 << 12)
def sources_of(concept: Concept) -> tuple[SourceReference, ...]:
    """Up to two sources of a concept: authorities first, those that show the preferred form before others."""
    wanted = concept.preferred.lower()

    def order(source: Source) -> tuple[bool, bool, int]:
        rank = KINDS.index(source.kind) if source.kind in KINDS else len(KINDS)
        return rank >= KINDS.index("other"), wanted not in (source.rendering or "").lower(), rank

    chosen = sorted(concept.sources, key=order)[:MAX_SOURCES]
    return tuple(SourceReference(s.title, s.url, s.publisher, s.year) for s in chosen)
