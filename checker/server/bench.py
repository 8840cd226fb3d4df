"""The work that is done in a process of its own: reading files of strangers, checking, writing files, lint.

A bench is made once in each process. What goes in and what comes out is plain values, so that they can be sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from checker.bitext import Link, SourceText
from checker.config import ConfigError
from checker.document import Document
from checker.finding import CheckError, Finding, Result
from checker.fixing import Edit
from checker.options import Options
from checker.pipeline import Checker, refused
from checker.readers.archive import RefusedError
from checker.readers.sources import both, line_pairs
from checker.readers.walk import read_content
from checker.server.proposals import Assessed, Proposal, assess
from checker.server.settings import Settings
from checker.tally import Tally
from glossary import load

if TYPE_CHECKING:
    from checker.server.kwic import Concordance

_WARM = "The county hospital joined a medical association in 2021."
_WARM_SOURCE = "2021年，县医院加入了医联体。"


class WorkError(Exception):
    """Work that was not done. ``reason`` is a stable word, ``message`` a sentence in English or nothing."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message

    def __str__(self) -> str:
        """The sentence, or the word where there is none."""
        return self.message or self.reason


class Submission(NamedTuple):
    """What is to be checked: the bytes of a file, whose name tells its format, and those of its Chinese, if any.

    ``lines`` says that the two are translated line by line, ``both`` that the file itself holds both languages.
    """

    name: str
    content: bytes
    options: Options = Options()
    source_name: str = ""
    source: bytes | None = None
    lines: bool = False
    both: bool = False


class Outcome(NamedTuple):
    """The documents of a file, in the order of the reports of ``result``."""

    documents: tuple[Document, ...]
    result: Result


class Bench:
    """One checker with its glossary. Raises GlossaryError or OSError when that cannot be used."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._options = settings.options
        self._checker = Checker(load(*settings.layers), settings.options, lambda path: self._options)
        # What is read when first needed is read now.
        self.check(Submission("warm.txt", _WARM.encode(), Options(), "warm.zh.txt", _WARM_SOURCE.encode()))

    def check(self, submission: Submission) -> Outcome:
        """Read and check a file; comments in it that accept findings are heeded. Raises WorkError."""
        self._options = submission.options
        documents: list[Document] = []
        errors: list[CheckError] = []
        checker = self._checker
        tally = Tally(checker.glossary)
        reports, findings, links = [], [], {}
        for item in _read(submission):
            error = item if isinstance(item, CheckError) else refused(item)
            if error is not None:
                errors.append(error)
                continue
            assert isinstance(item, Document)
            checked = checker.checked(checker.page(item), {})
            found = sorted(
                [*checked.sifted.shown, *checked.sifted.notes], key=lambda one: (one.start, one.end, one.rule)
            )
            tally.add(checked.report, found, checked.statuses, checked.alone)
            documents.append(item)
            reports.append(checked.report)
            findings += found
            if item.source is not None:
                links[item.path, item.record] = checked.links
        summary = checker.summary(tally, len(errors))
        return Outcome(tuple(documents), Result(tuple(reports), tuple(findings), tuple(errors), summary, links))

    def fit(self, content: bytes, document: Document, groups: Sequence[Sequence[Edit]]) -> list[bool]:
        """Which groups of edits a Word file can take: those that stand in runs of text, in no tracked change."""
        from checker.docx_repairs import WordRepairs

        repairs = WordRepairs(content)
        return [all(repairs.may_change(document, edit.start, edit.end) for edit in edits) for edits in groups]

    def corrected_word(self, content: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """The Word file after edits that fit. Raises WorkError."""
        from checker.docx_repairs import WordRepairs

        repairs = WordRepairs(content)
        changed = repairs.changed(document, edits)
        if changed is None:
            raise WorkError("in_markup")
        return repairs.content(changed)

    def annotated(self, content: bytes, document: Document, findings: Sequence[Finding]) -> bytes:
        """The Word or XLIFF file with a comment for each concept found. Raises WorkError."""
        from checker.annotate import annotated
        from checker.annotate.remarks import Signature

        try:
            return annotated(content, document, findings, Signature(self._settings.author))
        except RefusedError as problem:
            raise WorkError("refused", str(problem)) from None

    def links(self, document: Document) -> tuple[Link, ...]:
        """The aligned pairs of a document with its Chinese."""
        self._options = self._settings.options
        parallel = self._checker.page(document).parallel
        return parallel.links if parallel is not None else ()

    def concordance(self, term: str) -> Concordance:
        """Every place of a term in the store that the workbench was started with. Raises WorkError."""
        from checker.server.kwic import concordance

        if self._settings.store is None:
            raise WorkError("refused", "the workbench was not started with --store")
        try:
            return concordance(self._settings.store, self._checker.spotter, term)
        except ConfigError as problem:
            raise WorkError("refused", str(problem)) from None

    def assess(self, proposal: Proposal) -> Assessed:
        """A proposed entry with its patch and what the lint says of it."""
        return assess(self._settings.tree, proposal)

    def write_proposal(self, proposal: Proposal) -> Assessed:
        """The same, and the entry written into the folder that the workbench was started with.

        Raises WorkError, also when somebody has changed the file since it was read. Two must not be written at once.
        """
        from glossary.atomic import write_atomically

        made = self.assess(proposal)
        if self._settings.tree is None or not self._settings.write:
            raise WorkError("refused", "the workbench was not started with --write")
        if not made.faults:
            path = self._settings.tree / proposal.file
            try:
                if path.read_bytes() != made.old.encode("utf-8"):
                    raise WorkError("changed")
                write_atomically(path, made.text)
            except OSError as problem:
                raise WorkError("refused", f"{proposal.file}: {problem.strerror}") from None
        return made


def _read(submission: Submission) -> list[Document | CheckError]:
    """The documents of the file, the Chinese beside the first. Raises WorkError."""
    read = list(read_content(submission.name, submission.content))
    if submission.source is None:
        return [both(item) if submission.both and isinstance(item, Document) else item for item in read]
    if len(read) != 1 or not isinstance(read[0], Document):
        if any(isinstance(item, Document) for item in read):
            raise WorkError("several", "a file that holds several texts cannot be put beside another")
        return read
    theirs = next(read_content(submission.source_name, submission.source), None)
    if not isinstance(theirs, Document):
        return [CheckError(submission.source_name, None, "source", theirs.message)] if theirs else read
    try:
        pairs = line_pairs(read[0].readable, theirs.readable) if submission.lines else None
    except ConfigError as problem:
        return [CheckError(submission.name, None, "lines-differ", str(problem))]
    return [read[0]._replace(source=SourceText(submission.source_name, theirs.readable, pairs))]
