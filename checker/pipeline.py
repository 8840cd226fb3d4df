"""The one pipeline that everything calls: documents in, a Result out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from checker.bitext import Link
from checker.condensed import condensed
from checker.document import Document
from checker.finding import (
    CONFIDENCES,
    CheckError,
    DocumentReport,
    Finding,
    Place,
    Result,
    Summary,
)
from checker.metrics import CHINESE, page_metrics, triage
from checker.options import Options
from checker.page import Page
from checker.rules.meanings import meanings
from checker.rules.registry import all_rules, names_rules
from checker.rules.rule import Rule
from checker.spotting.spotter import Spotter
from checker.tally import Statuses, Tally
from checker.together import spot_together
from glossary import Glossary
from glossary.version import VERSION

if TYPE_CHECKING:
    from checker.acceptance.run import Acceptance
    from checker.acceptance.sifting import Sifted

TOGETHER = 600_000  # characters of the pages that are spotted together
HELD = 8  # characters of a file count as one of its page at least, for the file is held in memory too


class Checked(NamedTuple):
    """What checking one document by itself gives; ``alone`` says that it had no Chinese beside it.

    ``statuses`` are those of the renderings that the report counts.
    """

    report: DocumentReport
    statuses: Statuses
    sifted: Sifted
    alone: bool
    links: tuple[Link, ...] = ()


class Checker:
    """Checks documents with one glossary and one set of options; reusable, not thread-safe.

    ``options_of`` gives the options of a path where they are not the same for all.
    """

    def __init__(
        self,
        glossary: Glossary,
        options: Options | None = None,
        options_of: Callable[[str], Options] | None = None,
    ) -> None:
        self.glossary = glossary
        self.options = options or Options()
        self.spotter = Spotter(glossary)
        self.rules = chosen_rules(self.options)
        self._options_of = options_of
        self._rules = {self.options: self.rules}
        self._alone: tuple[tuple[Rule, ...], tuple[Rule, ...]] = (), ()  # rules, and those that need no Chinese

    def options_of(self, path: str) -> Options:
        """The options with which the document of a path is checked."""
        return self.options if self._options_of is None else self._options_of(path)

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """All rules that run on any page: with the checker's own options, and those of the pages met so far."""
        return tuple({rule.code: rule for rules in self._rules.values() for rule in rules}.values())

    def rules_of(self, options: Options) -> tuple[Rule, ...]:
        """The rules that run with these options."""
        if options is self.options:
            return self.rules
        if options not in self._rules:
            self._rules[options] = chosen_rules(options)
        return self._rules[options]

    def page(self, document: Document) -> Page:
        """The document analysed, as the rules see it."""
        return Page(document, self.spotter, self.options_of(document.path), condensed(document))

    def _pages(self, documents: Iterable[Document | CheckError]) -> Iterator[Page | CheckError]:
        """The documents analysed, in order; short ones are spotted together, which takes a fraction of the time."""
        held: list[Page | CheckError] = []
        size = 0
        for document in documents:
            if isinstance(document, CheckError):
                held.append(document)
                continue
            if (error := refused(document)) is not None:
                held.append(error)
                continue
            page = self.page(document)
            held.append(page)
            size += max(len(page.text), len(document.text) // HELD)
            if size > TOGETHER:
                yield from _spotted(held)
                held, size = [], 0
        yield from _spotted(held)

    def findings(self, page: Page) -> list[Finding]:
        """What the chosen rules find on a page at or above the confidence asked for, by place."""
        return self._shown(page, self._found(page))

    def _found(self, page: Page) -> list[Finding]:
        """What the rules find on a page, whatever the confidence."""
        rules = self.rules_of(page.options)
        if page.document.source is None:
            alone = self._alone
            if alone[0] is not rules:
                alone = self._alone = rules, tuple(rule for rule in rules if not rule.needs_source)
            rules = alone[1]
        found = [finding for rule in rules for finding in rule.check(page)]
        return [finding for finding in found if not page.is_left_alone(finding.start)] if page.document.units else found

    def checked(self, page: Page, accepted: Mapping[tuple[str, str], int] | None = None) -> Checked:
        """One page checked by itself.

        ``accepted`` holds how many places are accepted by rule and fingerprint; they do not count against the page, but
        stay among its findings: whoever knows all pages takes them out. None: comments in the page are not heeded.
        """
        from checker.acceptance.sifting import Sifted, sift_comments, without_accepted

        document = page.document
        found = self._found(page)
        shown = self._shown(page, found)
        rules = self.rules_of(page.options)
        heeded = accepted is not None
        sifted = sift_comments(document, page.places, shown, found, rules) if heeded else Sifted(tuple(shown), {})
        left = [*without_accepted(sifted.shown, accepted or {}), *sifted.notes]
        links = page.parallel.links if page.parallel is not None else ()
        return Checked(*self._report(page, left), sifted, document.source is None, links)

    def _shown(self, page: Page, found: list[Finding]) -> list[Finding]:
        wanted = CONFIDENCES[CONFIDENCES.index(page.options.min_confidence) :]
        return sorted(
            one_for_each_cause([finding for finding in found if finding.confidence in wanted]),
            key=lambda finding: (finding.start, finding.end, finding.rule, finding.concept or ""),
        )

    def check(
        self, documents: Iterable[Document | CheckError], skipped: int = 0, accepted: Acceptance | None = None
    ) -> Result:
        """Check documents in the order given; errors met while reading pass through into the result.

        ``skipped`` is the number of files passed over while walking folders, for the summary. What is ``accepted`` is
        left out; what is wrong with its files comes after the findings of all documents.
        """
        reports: list[DocumentReport] = []
        findings: list[Finding] = []
        errors: list[CheckError] = []
        tally = Tally(self.glossary)
        links: dict[tuple[str, str | None], tuple[Link, ...]] = {}
        for page in self._pages(documents):
            if isinstance(page, CheckError):
                errors.append(page)
                continue
            document = page.document
            any_confidence = self._found(page)
            found = self._shown(page, any_confidence)
            if accepted is not None:
                found = accepted.sift(document, page.places, found, any_confidence, self.rules_of(page.options))
            findings += found
            report, statuses = self._report(page, found)
            tally.add(report, found, statuses, document.source is None)
            reports.append(report)
            if page.parallel is not None:
                links[document.path, document.record] = page.parallel.links
            del page  # before the next one is made: it holds many times its text
        if accepted is not None:
            notes = accepted.notes()
            tally.add_findings(notes)
            findings += notes
        summary = self.summary(tally, len(errors), skipped, accepted.accepted if accepted is not None else 0)
        return Result(tuple(reports), tuple(findings), tuple(errors), summary, links)

    def _report(self, page: Page, findings: list[Finding]) -> tuple[DocumentReport, Statuses]:
        metrics = page_metrics(page, findings)
        if page.document.source is not None:
            from checker.parallel_metrics import parallel_metrics

            metrics |= parallel_metrics(page)
        verdict, reasons = triage(metrics, len(page.words), findings)
        if verdict == "fine" and page.document.source is None and not page.is_english:
            reasons = (CHINESE,)
        counted = [
            (meant.counted, meant.only.status)
            for mention, meant in meanings(page)
            if meant.counted and meant.only and not mention.repeated
        ]
        renderings: dict[str, dict[str, int]] = defaultdict(dict)
        statuses: dict[str, dict[str, str]] = defaultdict(dict)
        status_of = dict(counted)
        for (concept_id, name), count in Counter([key for key, _ in counted]).items():
            renderings[concept_id][name] = count
            statuses[concept_id][name] = status_of[concept_id, name]
        report = DocumentReport(
            path=page.document.path,
            record=page.document.record,
            words=len(page.words),
            subject=page.subject,
            date=page.date,
            triage=verdict,
            reasons=reasons,
            metrics=metrics,
            repeats=tuple(
                (*page.in_document(start, end), page.in_document(original, original)[0])
                for start, end, original in page.repeats
            ),
            renderings=dict(sorted(renderings.items())),
        )
        return report, statuses

    def summary(self, tally: Tally, errors: int = 0, skipped: int = 0, accepted: int = 0) -> Summary:
        """The summary of the pages counted, with what this checker was told."""
        run = {rule.code for rule in self.every_rule}
        off = [rule.code for rule in all_rules() if rule.code not in run]
        return tally.summary(errors, skipped, accepted, off, self.signature)

    @property
    def signature(self) -> dict[str, str]:
        """What the findings depend on beside the pages: versions, rules, options."""
        return {
            "version": VERSION,
            "glossary": self.glossary.signature,
            "rules": ",".join(rule.code for rule in self.rules),
            "options": repr(self.options),
        }


def refused(document: Document) -> CheckError | None:
    """Why a document cannot be checked against its source (swapped sides, another language); None when it can."""
    if document.source is None:
        return None
    from checker.refused_pairs import refusal

    path = document.source.path
    found = refusal(document.readable, document.source.text, "" if path == document.path else path)
    if found is None:
        return None
    reason, message = found
    if path == document.path and reason.endswith("-empty"):
        message = (
            f"the file holds no {'Chinese' if reason == 'source-empty' else 'English'}, but is given as its own source"
        )
    return CheckError(document.path, document.record, reason, message)


# Rules that see two synonyms collapsed into one word; what the glossary knows of such a place explains it.
_COLLAPSED = frozenset({"GAR301", "GAR302", "GAR304"})
# What the Chinese beside a page proves, or a concept explains, and the rules that say the same with less.
_PROVED = {
    "BIL704": ("CON201",),
    "BIL706": ("RES",),
    "BIL708": ("SPC",),
    "TRM101": ("TRM106", "SPC502"),
    "TRM106": ("SPC502",),
}


def one_for_each_cause(found: list[Finding]) -> list[Finding]:
    """Findings without those that report again what a collapsed pair of synonyms or the Chinese already tells.

    The finding of the collapsed words stays, with the concept, the Chinese and the sources of the one it replaces.
    """
    codes = {finding.rule for finding in found}
    said_again = [
        (better, weaker)
        for better, weaker in _PROVED.items()
        if better in codes and any(code.startswith(weaker) for code in codes)
    ]
    if not said_again and codes.isdisjoint(_COLLAPSED):
        return found
    known = {finding.places: finding for finding in found if finding.rule.startswith("TRM1") and finding.count == 1}
    kept: list[Finding] = []
    replaced: set[int] = set()
    for better, weaker in said_again:
        proved = [place for finding in found if finding.rule == better for place in finding.places]
        for finding in found:
            if finding.rule.startswith(weaker) and any(_lies_in(place, proved) for place in finding.places):
                replaced.add(id(finding))
    for finding in found:
        if finding.rule in _COLLAPSED:
            for other in known.values():
                if other.start <= finding.start and finding.end <= other.end:
                    replaced.add(id(other))
                    same = (other.start, other.end) == (finding.start, finding.end)
                    finding = finding._replace(
                        concept=other.concept,
                        zh=other.zh,
                        sources=other.sources,
                        suggestion=other.suggestion if same else finding.suggestion,
                    )
        kept.append(finding)
    return [finding for finding in kept if id(finding) not in replaced]


def _spotted(held: list[Page | CheckError]) -> list[Page | CheckError]:
    pages = [page for page in held if isinstance(page, Page)]
    if len(pages) > 1:
        spot_together(pages)
    return held


def _lies_in(place: Place, others: list[Place]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in others)


class UnknownRuleError(ValueError):
    """A selector that names no rule."""


def chosen_rules(options: Options) -> tuple[Rule, ...]:
    """The rules that ``select``, ``ignore`` and ``preview`` leave on. Raises UnknownRuleError."""
    for selector in (*options.select, *options.ignore):
        if not names_rules(selector):
            raise UnknownRuleError(selector)
    return tuple(
        rule
        for rule in all_rules()
        if (not options.select or any(rule.matches(selector) for selector in options.select))
        and not any(rule.matches(selector) for selector in options.ignore)
        and (options.preview or not rule.preview)
    )
