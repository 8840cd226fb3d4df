"""The summary of a run, counted page by page, so that pages may come from anywhere: this process, others, a journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from checker.finding import ConceptSummary, DocumentReport, Finding, Summary
from checker.metrics import CHINESE
from checker.rules.names import WRONG, bare_name, is_settled, without_optional
from glossary import Glossary
from glossary.concept import APPROVED, Concept
from glossary.folding import fold

Statuses = Mapping[str, Mapping[str, str]]
"""Concept id to rendering to its status, for the renderings of one page."""

_Name = tuple[str, bool]


class _Names:
    """What the summary tells of one concept: on how many pages each of its names stands, and how often.

    A name is what `bare_name` leaves of it and whether it is wrong; ``written`` are its forms.
    """

    def __init__(self, concept: Concept) -> None:
        self.concept = concept
        self.pages: Counter[_Name] = Counter()
        self.mentions: Counter[_Name] = Counter()
        self.status: dict[_Name, str] = {}
        self.written: dict[_Name, Counter[str]] = {}

    def add(self, counted: Mapping[str, int], statuses: Mapping[str, str]) -> None:
        """Count the renderings of one page."""
        here = set()
        for rendering, count in counted.items():
            name = bare_name(self.concept, rendering), statuses[rendering] in WRONG
            here.add(name)
            self.mentions[name] += count
            self.written.setdefault(name, Counter())[rendering] += count
            if self.status.get(name) not in APPROVED or statuses[rendering] == "preferred":
                self.status[name] = statuses[rendering]
        self.pages.update(here)

    def shown(self, name: _Name) -> str:
        """The form of a name that stands for all of them: the preferred one, what they have in common, the commonest."""
        concept, forms = self.concept, self.written[name]

        def order(form: str) -> tuple[bool, bool, int, str]:
            folded = fold(form)
            return form != concept.preferred, without_optional(concept, folded) != folded, -forms[form], form

        return min(forms, key=order)

    def in_use(self) -> ConceptSummary:
        """The names with the pages that have them, and which one to settle on."""
        concept = self.concept
        approved = [name for name, status in self.status.items() if status in APPROVED]

        def order(name: _Name) -> tuple[bool, int, _Name]:
            return self.status[name] == "admitted", -self.mentions[name], name

        chosen = approved and not is_settled(concept)
        settle_on = self.shown(min(approved, key=order)) if chosen else concept.preferred
        pages = {self.shown(name): count for name, count in sorted(self.pages.items(), key=lambda i: (-i[1], i[0]))}
        return ConceptSummary(concept.id, concept.zh, pages, settle_on, concept.field)


class Tally:
    """Counts of the pages added so far; the same pages in the same order give the same summary."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._documents = 0
        self._chinese = 0
        self._alone = 0
        self._undated = 0
        self._other = 0
        self._by_rule: Counter[str] = Counter()
        self._triage: Counter[str] = Counter()
        self._names: dict[str, _Names] = {}

    def add(self, report: DocumentReport, findings: Iterable[Finding], statuses: Statuses, alone: bool) -> None:
        """Count a page with its findings; ``alone`` says that it had no Chinese beside it."""
        self._documents += 1
        if CHINESE in report.reasons:
            self._chinese += 1
        else:
            self._alone += alone
            self._undated += report.date is None
            self._other += report.subject == "other" and report.words > 0
        self._triage[report.triage] += 1
        for concept_id, counted in report.renderings.items():
            if concept_id not in self._names:
                concept = self._glossary.concept(concept_id)
                assert concept is not None
                self._names[concept_id] = _Names(concept)
            self._names[concept_id].add(counted, statuses[concept_id])
        self.add_findings(findings)

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Count findings that belong to no page."""
        self._by_rule.update(finding.rule for finding in findings)

    def summary(
        self, errors: int, skipped: int, accepted: int, off: Sequence[str], signature: dict[str, str]
    ) -> Summary:
        """What has been counted; ``off`` are the codes of the rules that ran on no page."""
        return Summary(
            documents=self._documents,
            errors=errors,
            findings=self._by_rule.total(),
            by_rule=dict(sorted(self._by_rule.items())),
            triage=dict(self._triage),
            concepts=tuple(self._names[concept_id].in_use() for concept_id in sorted(self._names)),
            unchecked=self._unchecked(off),
            signature=signature,
            skipped=skipped,
            accepted=accepted,
        )

    def _unchecked(self, off: Sequence[str]) -> tuple[str, ...]:
        notes = []
        pages = self._documents

        def some(count: int, one: str, many: str) -> str:
            return f"{count} of {pages} {'page' if pages == 1 else 'pages'} {one if count == 1 else many}"

        if self._chinese:
            notes.append(f"{some(self._chinese, 'is', 'are')} Chinese: --source checks the English beside it")
        if self._alone:
            which = "" if self._alone == pages else f" for {self._alone} of {pages} pages"
            notes.append(f"no Chinese was given{which}: omissions, numbers and terms that need it were not checked")
        if self._undated:
            notes.append(f"{some(self._undated, 'gives', 'give')} no date: names of bodies were not checked against it")
        if self._other:
            notes.append(f"{some(self._other, 'is', 'are')} not about health reform: forms that need it were left out")
        if off:
            notes.append(f"rules off: {', '.join(off)}")
        return tuple(notes)
