"""What is known of one place of a page: the mention, its concept, the guards, and why it is or is not reported."""

from __future__ import annotations

from checker.document import Document, without_unseen
from checker.finding import Finding, Place
from checker.page import Page
from checker.pipeline import Checker
from checker.rules.cited import is_cited
from checker.rules.consistency.several_names import name_families, settled_name
from checker.spotting.mentions import Candidate
from checker.spotting.spotter import Hit
from glossary.concept import Concept


def explain(document: Document, offset: int, checker: Checker) -> list[str]:
    """Lines that say what stands at ``offset`` (code points) and why it is reported or silent."""
    page = checker.page(document)
    lines = [_page_line(page)]
    findings = [f for f in checker.findings(page) if any(start <= offset < end for start, end in f.places)]
    offset = page.in_text(offset)
    if page.is_repeated(offset, offset + 1):
        lines.append("This passage repeats earlier text of the page and is not checked again.")
    for finding in findings:
        lines.append(f"{finding.rule} {finding.name} ({finding.severity}, {finding.confidence}): {finding.message}")
    mention = next((m for m in page.mentions if m.start <= offset < m.end), None)
    if mention is not None:
        for candidate in mention.candidates:
            lines += _candidate_lines(page, (mention.start, mention.end), candidate, findings)
        return lines
    folded = page.folded
    passed_over = [hit for hit in page.hits if folded.start(hit.start) <= offset < folded.end(hit.end)]
    for hit in passed_over:
        lines += _hit_lines(page, hit)
    if len(lines) == 1:
        lines.append("The glossary knows nothing that stands here.")
    return lines


def _page_line(page: Page) -> str:
    about = "health reform" if page.subject == "health-reform" else "something else than health reform"
    return f"The page is about {about}; its date is {page.date or 'not given'}."


def _quote(page: Page, start: int, end: int) -> str:
    return " ".join(without_unseen(page.text[start:end]).split())


def _candidate_lines(page: Page, place: Place, candidate: Candidate, findings: list[Finding]) -> list[str]:
    quote, concept = _quote(page, *place), candidate.concept
    lines = [f"“{quote}” is {_standing(candidate)} of {concept.zh} ({concept.id}); preferred: {concept.preferred}."]
    if concept.status != "approved":
        lines.append(f"The concept is {concept.status}: it is never reported.")
    if concept.valid_from or concept.valid_until:
        lines.append(_validity(concept, page.date))
    if candidate.rendering and candidate.rendering.why:
        lines.append(f"Why: {candidate.rendering.why}.")
    families = name_families(page).get(concept, {})
    if len(families) > 1:
        best = settled_name(concept, families)
        if not any(candidate.approved for _, candidate in families[best]):
            best = concept.preferred
        names = ", ".join(f"“{name}” {len(places)}×" for name, places in families.items())
        lines.append(f"The page has {len(families)} names for it: {names}; the one to settle on is “{best}”.")
    if candidate.approved and not findings:
        lines.append("Silent: this is good English for the concept.")
    if candidate.reported and not findings and is_cited(page.text, place):
        lines.append("Silent: the text speaks of the words and says what they stand for.")
    if not candidate.approved and not candidate.reported:
        lines.append("Silent: the words look literal, but none of them is a rendering that good English avoids.")
    return lines


def _standing(candidate: Candidate) -> str:
    return {
        "preferred": "the preferred rendering",
        "admitted": "an admitted rendering",
        "abbreviation": "an abbreviation",
        "short": "a short form",
        "wrong": "a wrong rendering",
        "deprecated": "a deprecated rendering",
        "pattern": "like a literal rendering",
    }[candidate.status]


def _validity(concept: Concept, date: str | None) -> str:
    span = f"{concept.valid_from or 'the beginning'} to {concept.valid_until or 'now'}"
    if date is None:
        return f"The body had this name from {span}; the page gives no date to compare."
    return f"The body had this name from {span}: {'right' if concept.valid_on(date) else 'not right'} for {date}."


def _hit_lines(page: Page, hit: Hit) -> list[str]:
    quote = _quote(page, page.folded.start(hit.start), page.folded.end(hit.end))
    lines = []
    for candidate in hit.candidates:
        if candidate.status == "ignore":
            lines.append(f"“{quote}” is exempt: it means something else than {candidate.concept.zh}.")
            continue
        reasons = []
        if not candidate.concept.enforced:
            reasons.append(f"the concept is {candidate.concept.status}, {candidate.concept.strictness}")
        rendering = candidate.rendering
        if rendering and "source" in rendering.trigger:
            reasons.append("only the Chinese can tell, and none was given")
        if rendering and "page" in rendering.trigger and page.subject != "health-reform":
            reasons.append("the page is not about health reform")
        if rendering and ("near" in rendering.trigger or rendering.unless):
            reasons.append("its guards look at the sentence, and they do not hold or an exception stands there")
        reason = "; ".join(reasons) or "a longer or better form covers it"
        lines.append(f"“{quote}” could be {candidate.concept.zh} ({candidate.concept.id}), but is silent: {reason}.")
    return lines
