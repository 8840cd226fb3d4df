"""``yigai check`` over many pages: processes, the report while pages come, the journal, Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TextIO, cast, get_args

from checker.batch.containers import Fields
from checker.batch.intake import Intake
from checker.batch.journal import Journal, Rows
from checker.batch.merging import Merging
from checker.batch.processes import Limits, Workers, WorkersError
from checker.batch.raw_page import RawPage, read_page
from checker.batch.run import Done, Duplicates, Run
from checker.batch.seen import Seen
from checker.batch.worker import CheckerWork, Task, Work
from checker.cli.overwriting import refuse_overwriting
from checker.cli.progress import Bar
from checker.config import ConfigError, one_of
from checker.document import Document
from checker.finding import SEVERITIES, CheckError, Finding, Result
from checker.readers import Reading
from checker.readers.walk import Listing
from checker.reports import NEED_TEXT
from checker.reports.streamed import FORMATS as STREAMED
from checker.reports.streamed import streamed
from checker.reports.visible import visible
from glossary.atomic import replacing_text

if TYPE_CHECKING:
    from checker.acceptance.run import Acceptance
    from checker.config import Configuration, Settings
    from checker.pipeline import Checker

INTERRUPTED = 130
"""The exit code of a run that Ctrl-C has stopped."""

LEAST_MEMORY = 64
"""Megabytes of a process that ordinary pages want; with far fewer it could not even say that it has too few."""

_Key = tuple[str, str | None]


class BatchOptions(NamedTuple):
    """What the command line says of a run over many pages. ``memory`` is in megabytes, 0 for no limit."""

    jobs: int | None = None
    resume: str | None = None
    seconds: float = 60.0
    memory: int = 2048
    duplicates: Duplicates = "near"
    fields: Fields = Fields()


def batch_options(
    jobs: int | None,
    resume: str | None,
    seconds: float | None,
    memory: int | None,
    duplicates: str | None,
    fields: Fields,
) -> BatchOptions:
    """What is given, and else the defaults. Raises ConfigError."""
    word = one_of(duplicates or "near", get_args(Duplicates), "value of duplicates:")
    if memory and memory < LEAST_MEMORY:
        raise ConfigError(
            f"memory-limit must be at least {LEAST_MEMORY}, in megabytes, or 0 for no limit, not {memory}"
        )
    plain = BatchOptions()
    return BatchOptions(
        jobs,
        resume,
        seconds or plain.seconds,
        plain.memory if memory is None else memory,
        cast(Duplicates, word),
        fields,
    )


class Asked(NamedTuple):
    """What else is asked of the run, as of `checker.cli.check`; ``sources`` as of `checker.readers.sources.paired_files`."""

    config: Configuration
    given: Mapping[str, object]
    settings: Settings
    reading: Reading
    output: str | None
    stdin: BinaryIO
    stdin_name: str
    report: bool = True
    sources: Mapping[str, str] = {}


class Started(NamedTuple):
    """A run over pages that has been set up, and what its pages come from."""

    run: Run
    intake: Intake
    bar: Bar

    def outcomes(self) -> Iterator[Done]:
        """Each page with its outcome, in order, as the bar shows. Raises ConfigError, OSError."""
        try:
            with contextlib.closing(self.run.outcomes(self.intake)) as outcomes:
                for done in outcomes:
                    yield done
                    if done.page is not None:
                        self.bar.page(done.page.position, done.resumed)
        except WorkersError as problem:
            raise ConfigError(str(problem)) from problem


@contextlib.contextmanager
def started(
    checker: Checker,
    listing: Listing,
    asked: Asked,
    options: BatchOptions,
    accepted: Acceptance | None,
    journal_of: Callable[[Seen], Rows | None],
    work: Callable[..., Work],
    *more: object,
) -> Iterator[Started]:
    """A run over the pages of a listing with its processes and its bar; inside, Ctrl-C stops the run.

    ``journal_of`` opens what is known of pages already; ``work`` is what the processes do, `CheckerWork` or a kind of
    it, with ``more`` as its further arguments.
    """
    jobs = _processors() if not options.jobs else options.jobs
    arguments = (asked.settings.glossary, checker.glossary.signature, checker.options, asked.reading, *more)
    limits = Limits(options.seconds, options.memory * 1024 * 1024 or None)

    def task_of(page: RawPage) -> Task:
        chosen = checker.options_of(page.path)
        checker.rules_of(chosen)  # so that the summary knows which rules ran
        return Task(page, chosen, None if accepted is None else accepted.entries_of(page.path))

    with contextlib.ExitStack() as stack:
        seen = Seen()
        stack.callback(seen.close)
        intake = Intake(listing, seen.times, options.fields, asked.stdin, asked.stdin_name, asked.sources)
        journal = journal_of(seen)
        if journal is not None:
            stack.callback(journal.close)
        bar = Bar(intake.size)
        stack.callback(bar.close)
        stop = stack.enter_context(_interrupts())
        workers = Workers(jobs, limits, work, arguments)
        yield Started(Run(workers, task_of, seen, journal, options.duplicates, jobs, stop.is_set), intake, bar)


def run_batch(
    checker: Checker, listing: Listing, asked: Asked, options: BatchOptions, accepted: Acceptance | None
) -> tuple[Result, int]:
    """Check the pages of a listing and report them; returns the result and the exit code, `INTERRUPTED` where it is.

    The result of a format that is written while pages come holds findings only where nothing is reported. Raises
    ConfigError, OSError.
    """
    refuse_overwriting(listing.entries, asked.output, options.resume)

    def journal_of(seen: Seen) -> Journal | None:
        return Journal(options.resume, _signature(checker, asked, options), seen) if options.resume else None

    texts = asked.settings.format in NEED_TEXT and asked.report
    merging = Merging(checker, accepted)
    with (
        contextlib.ExitStack() as stack,
        started(checker, listing, asked, options, accepted, journal_of, CheckerWork, texts) as begun,
    ):
        collected = _Collected(asked, begun.bar)
        collected.begin(stack)
        for done in begun.outcomes():
            collected.part(done, merging.part(done))
        begun.bar.close()
        result = collected.end(merging.end(begun.intake.skipped, begun.run.stopped))
    if begun.run.stopped:
        further = f"; go on with --resume {options.resume}" if options.resume else ""
        print(visible(f"yigai: stopped after {merging.pages:,} pages{further}"), file=sys.stderr)
    return result, INTERRUPTED if begun.run.stopped else collected.exit_code


class _Collected:
    """The report of a run, and what it leads to."""

    def __init__(self, asked: Asked, bar: Bar) -> None:
        self._asked = asked
        self._bar = bar
        self._streams = asked.settings.format in STREAMED and asked.report
        self._parts: list[Result] = []
        self._texts: dict[_Key, Document] = {}
        self._lowest: dict[str, int] = {}
        self._failed = self._bad = False

    @property
    def exit_code(self) -> int:
        """0, 1 or 2 as of what has come so far."""
        return 2 if self._failed else int(self._bad)

    def begin(self, stack: contextlib.ExitStack) -> None:
        """Open the report, if it is written while pages come."""
        if self._streams:
            output = self._asked.output
            stream: TextIO = sys.stdout
            if output is not None:
                stream = stack.enter_context(replacing_text(Path(output), "backslashreplace"))
            self._stream = stream
            self._report = streamed(self._asked.settings.format, stream)

    def part(self, done: Done, result: Result) -> None:
        """Take the result of a page."""
        self._failed = self._failed or bool(result.errors)
        self._bad = self._bad or any(map(self._fails, result.findings))
        self._bar.clear()
        for error in result.errors:
            if self._asked.settings.format != "text" or self._asked.output is not None or not self._asked.report:
                print(visible(f"yigai: {_place(error)}: {error.message}"), file=sys.stderr)
        texts = {(text.path, text.record): text for text in done.outcome.texts}

        def text_of(path: str, record: str | None) -> Document | None:
            if not texts and done.resumed and not done.repeats and done.page is not None:
                read = read_page(done.page, self._asked.reading)
                texts.update({(item.path, item.record): item for item in read if isinstance(item, Document)})
            return texts.get((path, record))

        if self._streams:
            self._report.part(result, text_of)
            self._stream.flush()
            return
        self._parts.append(result)
        if self._asked.report and self._asked.settings.format in NEED_TEXT:
            for report in result.documents:
                text = text_of(report.path, report.record)
                if text is not None:
                    self._texts[report.path, report.record] = text

    def end(self, last: Result) -> Result:
        """Finish the report."""
        self._bad = self._bad or any(map(self._fails, last.findings))
        if self._streams:
            self._report.end(last)
            return last
        parts = [*self._parts, last]
        whole = Result(
            tuple(item for part in parts for item in part.documents),
            tuple(item for part in parts for item in part.findings),
            tuple(item for part in parts for item in part.errors),
            last.summary,
            {key: links for part in parts for key, links in part.links.items()},
        )
        if self._asked.report:
            from checker.cli.check import write_report

            write_report(whole, self._asked.settings.format, self._asked.output, self._text_of)
        return whole

    def _text_of(self, path: str, record: str | None) -> Document | None:
        return self._texts.get((path, record))

    def _fails(self, finding: Finding) -> bool:
        if finding.path not in self._lowest:
            if len(self._lowest) > 1000:  # of a folder with many pages
                self._lowest.clear()
            settings = self._asked.config.settings(self._asked.given, finding.path)
            self._lowest[finding.path] = SEVERITIES.index(settings.fail_on)
        return SEVERITIES.index(finding.severity) >= self._lowest[finding.path]


def _place(error: CheckError) -> str:
    return f"{error.path} [{error.record}]" if error.record else error.path


def _signature(checker: Checker, asked: Asked, options: BatchOptions) -> dict[str, str]:
    return {**checker.signature, "reading": repr(asked.reading), "fields": repr(options.fields)}


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second one is as always."""
    event = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(number: int, frame: object) -> None:
        event.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)
