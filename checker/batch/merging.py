"""Pages that are done with, put together in the parent: what is accepted is taken out, the summary is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.batch.run import Done
from checker.bitext import Link
from checker.finding import DocumentReport, Finding, Result, Summary
from checker.pipeline import Checker
from checker.tally import Tally

if TYPE_CHECKING:
    from checker.acceptance.run import Acceptance

NOTHING = Summary(0, 0, 0, {}, {}, (), (), {})
"""The summary of a part of a run."""


class Merging:
    """The sum of a run. ``accepted`` is what is left out, None for nothing."""

    def __init__(self, checker: Checker, accepted: Acceptance | None = None) -> None:
        self._checker = checker
        self._accepted = accepted
        self._tally = Tally(checker.glossary)
        self._errors = 0
        self.pages = 0
        self.duplicates = 0

    def part(self, done: Done) -> Result:
        """The result of one page. Its summary is empty; pages must come in order."""
        documents: list[DocumentReport] = []
        findings: list[Finding] = []
        links: dict[tuple[str, str | None], tuple[Link, ...]] = {}
        for item in done.outcome.checked:
            found = list(item.sifted.shown)
            if self._accepted is not None:
                found = self._accepted.sift_entries(item.report.path, item.sifted)
            self._tally.add(item.report, found, item.statuses, item.alone)
            documents.append(item.report)
            findings += found
            if item.links:
                links[item.report.path, item.report.record] = item.links
        self._errors += len(done.outcome.errors)
        self.duplicates += bool(done.repeats)
        self.pages += 1
        return Result((*documents, *done.repeats), tuple(findings), done.outcome.errors, NOTHING, links)

    def end(self, skipped: int, stopped: bool = False) -> Result:
        """What belongs to no page: findings on the files of what is accepted, and the summary."""
        notes: list[Finding] = []
        if self._accepted is not None and not stopped:  # what was not checked may look as if it had lapsed
            notes = self._accepted.notes()
            self._tally.add_findings(notes)
        accepted = self._accepted.accepted if self._accepted is not None else 0
        summary = self._checker.summary(self._tally, self._errors, skipped, accepted)
        summary = summary._replace(duplicates=self.duplicates)
        if stopped:
            note = f"the run was stopped after {self.pages} pages: the rest was not checked"
            summary = summary._replace(unchecked=(note, *summary.unchecked))
        return Result((), tuple(notes), (), summary, {})
