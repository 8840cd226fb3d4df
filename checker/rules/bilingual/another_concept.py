"""# rendering-of-another-concept (BIL703)

## What it does
Reports a good name of one thing where the Chinese beside it names another thing that the glossary keeps apart from it.

## Why it matters
电子病历 (what a hospital keeps of a patient) and 电子健康档案 (what a lifetime leaves) are two records; the sentence reads
well and is wrong.

## Wrong
电子病历 … : The electronic health records cover nine hospitals.

## Right
电子病历 … : The electronic medical records cover nine hospitals.

## Limits
Only for concepts whose entries name each other as distinct, in sentences that surely belong together, where nothing in
the English names the concept of the source and nothing in the source the concept of the English. A wider term for a
narrower one is left alone, and so is a short form that may stand for both (医保).
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.finding import Finding
from checker.page import Page
from checker.rules.fitting import capitals_like
from checker.rules.renderings import sources_of
from checker.rules.rule import Rule
from checker.rules.segments import named_concepts
from checker.spotting.mentions import Candidate, Mention
from glossary.concept import Concept
from glossary.folding import fold_characters
from glossary.forms import inflect_like


def check(page: Page) -> Iterator[Finding]:
    """One finding for each name that belongs to another concept."""
    from checker.parallel import within

    found = page.segments
    named = named_concepts(page)
    for segment, here in zip(found, named, strict=True):
        unnamed = [term for term in segment.terms if len(term.concepts) == 1 and term.concepts[0] not in here]
        if not unnamed:
            continue
        there = {concept for term in segment.parallel.terms_of(segment.link) for concept in term.concepts}
        others: dict[str, tuple[Mention, Candidate]] = {}  # the first mention of each concept
        for mention in within(page.mentions, segment.link.start, segment.link.end):
            candidate = mention.only
            if candidate is None or candidate.concept.pos == "verb":
                continue
            if candidate.approved and candidate.status != "short":
                others.setdefault(candidate.concept.id, (mention, candidate))
        for term in unnamed:
            wanted = page.spotter.glossary.concept(term.concepts[0])
            if wanted is None or not wanted.enforced:
                continue
            for mention, candidate in others.values():
                if candidate.concept.id in there or not _kept_apart(wanted, candidate.concept):
                    continue
                if _may_be_short_for(segment.parallel.written(term), candidate.concept):
                    continue
                quote = page.text[mention.start : mention.end]
                right = inflect_like(wanted.preferred, wanted.pos, candidate.inflection, wanted.plural)
                right = capitals_like(quote, right)
                yield page.finding(
                    RULE.label,
                    [(mention.start, mention.end)],
                    f"“{' '.join(quote.split())}” is {candidate.concept.zh}, but the source has {wanted.zh}; "
                    f"write “{right}”.",
                    "warning",
                    "medium",
                    suggestion=right,
                    concept=wanted.id,
                    zh=wanted.zh,
                    status="wrong",
                    why=f"the name of {candidate.concept.zh}",
                    sources=sources_of(wanted),
                    source=(term.start, term.end),
                )
                break


def _kept_apart(wanted: Concept, other: Concept) -> bool:
    if wanted.broader == other.id:
        return False
    return other.id in wanted.distinct_from or wanted.id in other.distinct_from


def _may_be_short_for(written: str, other: Concept) -> bool:
    """Whether a form is made of the first character of each word of the other's name: 医保 may be 医疗保障 too."""
    return len(other.zh) == 2 * len(written) and fold_characters(other.zh)[::2] == written


RULE = Rule(
    "BIL703",
    "rendering-of-another-concept",
    "terminology",
    "Terminology / wrong term",
    "warning",
    "medium",
    check,
    __doc__ or "",
)
