"""Figures of one page and what they say should be done with it. Definitions stand beside each figure."""

from __future__ import annotations

from collections import Counter, defaultdict

from checker.finding import Finding, Triage
from checker.page import Page
from checker.rules.consistency.several_names import name_counts
from checker.rules.meanings import meanings
from checker.spans import number_at
from glossary.concept import Concept

RESCRAPE_REPEATED = 0.25  # share of the text
RESCRAPE_LINES = 0.20  # share of the lines that hold only a terminator or stripped Chinese
RETRANSLATE_DENSITY = 25.0  # places above info per 1,000 words
RETRANSLATE_WORDS = 150


def page_metrics(page: Page, findings: list[Finding]) -> dict[str, float]:
    """The figures of one page, taken on text that does not repeat.

    accepted_rate, preferred_rate: share of the mentions of enforced concepts under approved / preferred names;
    wrong_density: wrong and derived renderings per 1,000 words; dominant_variant: share of the commonest name, over
    concepts named twice or more; ltcr: mean share of pairs of mentions that agree; concepts_repeated and
    concepts_inconsistent: concepts named twice or more, and those among them with several names; repeated_share: share
    of the characters in repeated passages; orphan_lines, skeleton_lines: lines that hold only a terminator, or only the
    punctuation of stripped Chinese; affected_sentences: share of sentences with a finding above info.
    """
    standing = Counter([meant.standing for mention, meant in meanings(page) if not mention.repeated])
    accepted = standing["preferred"] + standing["admitted"]
    mentions = accepted + standing["wrong"] + standing["unreported"]
    names: dict[Concept, list[int]] = defaultdict(list)
    for (concept, _), count in name_counts(page).items():
        if concept.enforced:
            names[concept].append(count)
    copied = sum([page.words.number_at(end) - page.words.number_at(start) for start, end, _ in page.repeats])
    words = max(1, len(page.words) - copied)
    repeated = [(counts, total) for counts in names.values() if (total := sum(counts)) >= 2]
    pairs = [sum([n * (n - 1) for n in counts]) / (total * (total - 1)) for counts, total in repeated]
    serious = [finding for finding in findings if finding.severity != "info"]
    places = [page.in_text(start) for finding in serious for start, _ in finding.places] if page.blocks else []
    affected = {max(0, number_at(page.sentences, start)) for start in places}
    orphans, skeletons = len(page.damaged.orphans), len(page.damaged.skeletons)
    figures = {
        "mentions": mentions,
        "accepted_rate": _share(accepted, mentions),
        "preferred_rate": _share(standing["preferred"], mentions),
        "wrong_density": round(1000 * standing["wrong"] / words, 2),
        "finding_density": round(1000 * sum(finding.count for finding in serious) / words, 2),
        "dominant_variant": _share(sum([max(counts) for counts, _ in repeated]), sum([total for _, total in repeated])),
        "ltcr": round(sum(pairs) / len(pairs), 3) if pairs else 1.0,
        "concepts_repeated": len(repeated),
        "concepts_inconsistent": sum([len(counts) > 1 for counts, _ in repeated]),
        "repeated_share": round(sum(end - start for start, end, _ in page.repeats) / max(1, len(page.text)), 3),
        "orphan_lines": orphans,
        "skeleton_lines": skeletons,
        "damaged_lines": round((orphans + skeletons) / _lines(page), 3) if orphans or skeletons else 0.0,
        "affected_sentences": _share(len(affected), len(page.sentences)) if affected else float(not page.blocks),
    }
    return dict(figures)


def _lines(page: Page) -> int:
    return page.document.position(len(page.document.text))[0] - page.document.begins[0] + 1


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0 if part == whole == 0 else 0.0


CHINESE = "Chinese, not English"
"""The reason given where hardly any rule has looked at a page."""


def triage(metrics: dict[str, float], words: int, findings: list[Finding]) -> tuple[Triage, tuple[str, ...]]:
    """What to do with a page, and why."""
    reasons = []
    if metrics["repeated_share"] >= RESCRAPE_REPEATED:
        reasons.append(f"{metrics['repeated_share']:.0%} of the text repeats earlier text")
    if metrics["damaged_lines"] >= RESCRAPE_LINES:
        count = metrics["orphan_lines"] + metrics["skeleton_lines"]
        reasons.append(f"{count:.0f} lines hold only punctuation")
    if reasons:
        return "re-scrape", tuple(reasons)
    serious = sum(finding.count for finding in findings if finding.severity != "info")
    if words >= RETRANSLATE_WORDS and metrics["finding_density"] >= RETRANSLATE_DENSITY:
        return "retranslate", (f"{metrics['finding_density']:.0f} faults per 1,000 words",)
    if serious:
        return "mend", (f"{serious} fault{'s' if serious > 1 else ''}",)
    return "fine", ()
