"""The kind of rule that reports mentions: one finding for each concept and name, with its places and what to write."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from checker.finding import Confidence, Finding, Severity, SourceReference
from checker.page import Page, once_a_page
from checker.rules.rule import Rule
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import KINDS, Concept, Source
from glossary.folding import fold
from glossary.forms import inflect_like, respell
from glossary.layers import Glossary
from glossary.lazy_pattern import lazy
from glossary.templates import Slot, fill, is_template, parse

MAX_SOURCES = 2
MAX_ADMITTED = 3
_LEADING = lazy(
    r"(?i)(?:in|into|on|at|from|of|to|within|by|with|through|under|for|as|among|during|amid) +(?:(?:the|a|an) +)?(?=\w)"
)
_TRAILING = lazy(r"(?i) +(?:of|in|on|at|for|to|by|with|and|from)(?: +(?:the|a|an))?$")
PHRASES = "phrases"  # the subject field of set phrases, whose literal renderings are calques


def reported(mention: Mention) -> tuple[Candidate, ...]:
    """The readings of a mention that deserve a finding of their own; empty when any reading is approved."""
    if any(candidate.approved for candidate in mention.candidates):
        return ()
    found = [candidate for candidate in mention.candidates if candidate.reported]
    return tuple(c for c in found if not any(_is_part(c.concept, other.concept) for other in found))


def _is_part(concept: Concept, other: Concept) -> bool:
    return concept.zh != other.zh and concept.zh in other.zh


def is_calque(candidate: Candidate) -> bool:
    """Whether a reading is a set phrase taken literally."""
    return candidate.concept.field == PHRASES


def rendering_findings(page: Page, rule: Rule, statuses: tuple[str, ...], calque: bool) -> Iterator[Finding]:
    """One finding for each wrong name of each concept among the mentions of ``statuses``."""
    groups: dict[tuple[object, ...], list[tuple[Mention, tuple[Candidate, ...]]]] = {}
    for mention, candidates in _reported_on(page):
        first = candidates[0]
        if first.status in statuses and is_calque(first) == calque:
            key = (tuple(sorted(c.concept.id for c in candidates)), first.base)
            groups.setdefault(key, []).append((mention, candidates))
    for group in groups.values():
        yield _finding(page, rule, group)


@once_a_page  # four rules look at them
def _reported_on(page: Page) -> list[tuple[Mention, tuple[Candidate, ...]]]:
    """The mentions of a page that deserve a finding, with the readings that do."""
    return [(m, candidates) for m in page.mentions if not m.repeated and (candidates := reported(m))]


def _finding(page: Page, rule: Rule, group: list[tuple[Mention, tuple[Candidate, ...]]]) -> Finding:
    mention, candidates = group[0]
    first = candidates[0]
    quote = page.text[mention.start : mention.end]
    seen = quote
    if quote[1:].islower() and page.text[max(0, mention.start - 2) : mention.start - 1].islower():
        seen = quote.lower()  # a single capital inside a sentence is that of a name, such as Medicare
    suggestions = list(dict.fromkeys(suggestion(page, candidate, seen) for candidate in candidates))
    if first.concept.pos == "noun":
        group = [(_at_fault(page, m, suggestions), found) for m, found in group]
        mention = group[0][0]
        quote = page.text[mention.start : mention.end]
    open_ended = not _TRAILING.search(quote) and any(map(_TRAILING.search, suggestions))
    if open_ended:  # the form took in what it is said of: only a person can tell what follows
        suggestions = [f"{text} …" if _TRAILING.search(text) else text for text in suggestions]
    sourced = next(((m, c) for m, found in group for c in found if c.sourced), None)
    evidence = page.parallel.evidence(sourced[0].start, sourced[1].concept.id) if page.parallel and sourced else None
    severity, confidence = _weight(first, evidence is not None)
    chinese = " or ".join(dict.fromkeys(candidate.concept.zh for candidate in candidates))
    why = first.rendering.why if first.rendering else None
    return page.finding(
        rule.label,
        [(m.start, m.end) for m, _ in group],
        _message(first.status, " ".join(quote.split()), chinese, suggestions),
        severity,
        confidence,
        suggestion=suggestions[0] if len(suggestions) == 1 and not open_ended else None,
        concept=first.concept.id,
        zh=first.concept.zh,
        status=first.status,
        why=why,
        admitted=_admitted(first),
        sources=sources_of(first.concept),
        source=(evidence.start, evidence.end) if evidence else None,
    )


def _at_fault(page: Page, mention: Mention, suggestions: list[str]) -> Mention:
    """The place of a noun without the prepositions around it that only told the form from others, and stay."""
    start, end = mention.start, mention.end
    quote = page.text[start:end]
    if (leading := _LEADING.match(quote)) and not any(map(_LEADING.match, suggestions)):
        start += leading.end()
    if (trailing := _TRAILING.search(quote)) and not any(map(_TRAILING.search, suggestions)):
        end -= len(trailing[0])
    return mention._replace(start=start, end=end)


def _admitted(candidate: Candidate) -> tuple[str, ...]:
    """What may stand instead of the suggestion; none of it fits where the advice is no name of the concept."""
    concept = candidate.concept
    advice = candidate.rendering and candidate.rendering.write
    if advice and advice not in (concept.preferred, *concept.admitted):
        return ()
    return tuple(form for form in concept.admitted if form != advice and not is_template(form))[:MAX_ADMITTED]


def _message(status: str, quote: str, chinese: str, suggestions: list[str]) -> str:
    seen = {
        "wrong": f"“{quote}” is a wrong rendering of {chinese}",
        "deprecated": f"“{quote}” is a deprecated rendering of {chinese}",
        "pattern": f"“{quote}” looks like a literal rendering of {chinese}",
    }[status]
    return f"{seen}; write {' or '.join(f'“{text}”' for text in suggestions)}."


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
    concept, rendering = candidate.concept, candidate.rendering
    text = concept.preferred
    pos = concept.pos
    if rendering and rendering.write:
        text, pos = rendering.write, rendering.pos or concept.pos
        if candidate.bases and "{" in text:
            slots = parse(rendering.en)
            text = fill(text, slots, _written(page.spotter.glossary, slots, candidate))
    plurals = concept.plural if text == concept.preferred else ()
    text = inflect_like(text, pos, candidate.inflection, plurals)
    text = text if concept.pos == "name" else respell(text, page.spelling)
    return capitals_like(quote, text)


@lru_cache(maxsize=1 << 10)
def _members(glossary: Glossary, key: str) -> tuple[dict[str, str], str]:
    """The members of a class as written, by folded form, and their part of speech."""
    morpheme = glossary.morpheme(key)
    return {fold(member): member for member in reversed(morpheme.members)}, morpheme.pos


def _written(glossary: Glossary, slots: tuple[Slot, ...], candidate: Candidate) -> Iterator[str]:
    """What to write for each slot: the members as the glossary writes them, inflected as they stand in the text."""
    for slot, base, inflection in zip(slots, candidate.bases, candidate.inflections, strict=True):
        if slot.kind != "class":
            yield base
            continue
        members, pos = _members(glossary, slot.values[0])
        yield inflect_like(members.get(base, base), pos, inflection)


def capitals_like(quote: str, text: str) -> str:
    """``text`` with the capitals of ``quote``: all of them, one a word, or one at the start."""
    words = [word for word in quote.replace("-", " ").split() if len(word) > 3]
    if quote.isupper() and len(quote) > 5:
        return text.upper()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        small = {"and", "of", "the", "for", "in", "to", "by", "with", "on", "at", "a", "an", "or"}
        made = [word if word in small else word[:1].upper() + word[1:] for word in text.split(" ")]
        made[0] = made[0][:1].upper() + made[0][1:]
        return " ".join(made)
    return text[:1].upper() + text[1:] if quote[:1].isupper() else text


@lru_cache(maxsize=1 << 12)
def sources_of(concept: Concept) -> tuple[SourceReference, ...]:
    """Up to two sources of a concept: authorities first, those that show the preferred form before others."""
    wanted = concept.preferred.lower()

    def order(source: Source) -> tuple[bool, bool, int]:
        rank = KINDS.index(source.kind) if source.kind in KINDS else len(KINDS)
        return rank >= KINDS.index("other"), wanted not in (source.rendering or "").lower(), rank

    chosen = sorted(concept.sources, key=order)[:MAX_SOURCES]
    return tuple(SourceReference(s.title, s.url, s.publisher, s.year) for s in chosen)
