"""Pages checked by several processes, their outcomes in the order of the pages and the same for any number of them.

Workers are given some pages at a time. They first read them and say by what each is known; in the order of the pages it
is then decided which repeat earlier ones, and only the others are checked. When one of the pages ends its worker, each
is given again by itself, so that the fault costs one page alone.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from checker.batch.journal import PageKeys, Rows
from checker.batch.outcome import Outcome, Row, reports_from_json, reports_to_json
from checker.batch.processes import Workers
from checker.batch.raw_page import RawPage
from checker.batch.seen import Seen, Twin
from checker.batch.signatures import Signature
from checker.batch.worker import Checked, Failed, Idle, Read, Task
from checker.finding import CheckError, DocumentReport

Duplicates = Literal["near", "exact", "all"]
"""Which pages are not checked again: near and exact duplicates, exact ones, or all pages are checked."""

WINDOW = 96
"""How many pages may be at work or wait for an earlier one, for each process."""

WINDOW_BYTES = 64 * 1024 * 1024

TOGETHER = 32
"""How many pages a worker is given at a time."""

TOGETHER_BYTES = 300_000

_WAIT = 0.25  # seconds after which is looked whether to stop


class Done(NamedTuple):
    """A page that is done with. ``page`` is None for what was no page to its container.

    ``repeats`` are the reports of the page that it repeats, under its own name; then the outcome holds no more than
    errors. ``resumed`` says that a former run has checked it. ``key`` is that of the journal, empty without one.
    """

    page: RawPage | None
    outcome: Outcome
    repeats: tuple[DocumentReport, ...] = ()
    resumed: bool = False
    key: str = ""
    signature: Signature | None = None


@dataclass(eq=False)
class _Slot:
    """A page on its way."""

    number: int
    page: RawPage | None
    task: Task | None = None
    key: str = ""
    signature: Signature | None = None
    known: bool = False  # the signature is
    decided: bool = False
    given: bool = False  # to a worker
    by_itself: bool = False  # as it was among some that failed together
    twin: Twin | None = None
    stored: Outcome | None = None
    outcome: Outcome | None = None
    from_journal: bool = False


@dataclass(eq=False)
class _Some:
    """Pages that one worker was given."""

    slots: list[_Slot]
    read: int = 0
    told: bool = False  # which of them to check


class Run:
    """One run over pages. ``task_of`` says with what a page is checked; ``stop`` is asked now and then."""

    def __init__(
        self,
        workers: Workers,
        task_of: Callable[[RawPage], Task],
        seen: Seen,
        journal: Rows | None = None,
        duplicates: Duplicates = "near",
        jobs: int = 1,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._workers = workers
        self._task_of = task_of
        self._seen = seen
        self._journal = journal
        self._duplicates = duplicates
        self._jobs = jobs
        self._most = WINDOW * jobs
        self._stop = stop
        self._slots: deque[_Slot] = deque()
        self._bytes = 0
        self._number = 0
        self._keys = PageKeys()
        self.stopped = False

    def outcomes(self, pages: Iterable[RawPage | CheckError]) -> Generator[Done, None, None]:
        """Each page with its outcome, in order. Raises WorkersError; OSError when the journal cannot be written."""
        coming = iter(pages)
        more = True
        try:
            while more or self._slots:
                if self._stop():
                    self.stopped = True
                    return
                while more and not self._is_full():
                    more = self._take(coming)
                self._decide()
                self._tell()
                self._give()
                while self._slots and (done := self._finished(self._slots[0])) is not None:
                    self._slots.popleft()
                    self._bytes -= done.page.size if done.page is not None else 0
                    yield done
                if self._slots and (not more or self._is_full()):
                    self._hear(_WAIT)
        finally:
            self._workers.close()

    def _is_full(self) -> bool:
        return len(self._slots) >= self._most or self._bytes >= WINDOW_BYTES

    def _take(self, coming: Iterator[RawPage | CheckError]) -> bool:
        """Take one page in; False when there are no more."""
        item = next(coming, None)
        if item is None:
            return False
        slot = _Slot(self._number, item if isinstance(item, RawPage) else None)
        self._number += 1
        if isinstance(item, CheckError):
            slot.outcome, slot.decided = Outcome(errors=(item,)), True
        else:
            self._bytes += item.size
            slot.task = task = self._task_of(item)
            if self._journal is not None:
                slot.key = self._keys.of(item, task.options, task.accepted)
                row = self._journal.row(slot.key)
                if row is not None:
                    slot.signature, slot.stored = row.signature, row.outcome
                    slot.known = slot.from_journal = True
        self._slots.append(slot)
        return True

    def _decide(self) -> None:
        """In order, up to the first page that has not been read: does it repeat an earlier one?"""
        for slot in self._slots:
            if slot.decided:
                continue
            if slot.outcome is None and not slot.known:
                return
            slot.decided = True
            if slot.outcome is not None:
                continue
            if slot.signature is not None and self._duplicates != "all":
                slot.twin = self._seen.twin(slot.signature, self._duplicates == "near")
            if slot.twin is None:
                if slot.signature is not None:
                    assert slot.page is not None
                    self._seen.add(slot.number, slot.page.path, slot.page.record, slot.signature)
                slot.outcome = slot.stored
                slot.from_journal = slot.stored is not None

    def _tell(self) -> None:
        """Tell the workers whose pages have all been decided on which of them to check."""
        for worker in self._workers.at_work():
            some = worker.work
            assert isinstance(some, _Some)
            if not some.told and some.read == len(some.slots) and all(slot.decided for slot in some.slots):
                some.told = True
                wanted = [n for n, slot in enumerate(some.slots) if slot.twin is None and slot.outcome is None]
                self._workers.go(worker, wanted)

    def _give(self) -> None:
        """Give pages that nobody works on to idle workers, in order."""
        if not self._workers.can_take():
            return
        waiting = deque(
            slot
            for slot in self._slots
            if slot.outcome is None and not slot.given and slot.twin is None and (slot.decided or not slot.known)
        )
        self._workers.want(len(waiting))
        most = min(TOGETHER, math.ceil(len(waiting) / self._jobs))
        while waiting and (worker := self._workers.idle()) is not None:
            some = [waiting.popleft()]
            size = _size(some[0])
            while waiting and not some[0].by_itself and not waiting[0].by_itself and len(some) < most:
                size += _size(waiting[0])
                if size > TOGETHER_BYTES:
                    break
                some.append(waiting.popleft())
            for slot in some:
                slot.given = True
            self._workers.give(worker, _Some(some), [slot.task for slot in some if slot.task is not None])

    def _hear(self, wait: float) -> None:
        for worker, message in self._workers.messages(wait):
            some = worker.work
            assert isinstance(some, _Some)
            if isinstance(message, Read):
                slot = some.slots[message.number]
                if not slot.known:
                    slot.signature, slot.known = message.signature, True
            elif isinstance(message, Checked):
                some.slots[message.number].outcome = message.outcome
            elif isinstance(message, Failed):
                self._failed(some, message)
            if isinstance(message, Read) or (isinstance(message, Failed) and message.number is not None):
                some.read += 1
                if some.read == len(some.slots):
                    self._workers.wait(worker)
            if isinstance(message, Idle) or (isinstance(message, Failed) and message.last):
                worker.work = None

    def _failed(self, some: _Some, message: Failed) -> None:
        """Give pages that failed together again one by one; a page by itself has failed."""
        left = [slot for slot in some.slots if slot.outcome is None and slot.twin is None]
        if message.number is not None:
            left = [some.slots[message.number]]
        if len(left) > 1:
            for slot in left:
                slot.given, slot.by_itself = False, True
            return
        for slot in left:
            assert slot.page is not None
            error = CheckError(slot.page.path, slot.page.record, message.reason, message.message)
            slot.outcome = Outcome(errors=(error,))

    def _finished(self, slot: _Slot) -> Done | None:
        """The page at the head of the line, if it is done with."""
        done: Done | None = None
        if slot.twin is not None:
            done = self._repeated(slot, slot.twin)
        elif slot.outcome is not None:
            done = Done(slot.page, slot.outcome, (), slot.from_journal, slot.key, slot.signature)
            if slot.signature is not None:
                self._seen.keep(slot.number, reports_to_json(slot.outcome))
        if done is not None and self._journal is not None and slot.page is not None and not slot.from_journal:
            self._journal.add(Row(slot.key, slot.signature, slot.outcome))
        return done

    def _repeated(self, slot: _Slot, twin: Twin) -> Done | None:
        """What is said of a page that repeats another; None when it must be checked after all, for that one failed."""
        page = slot.page
        assert page is not None
        path, record, kept = self._seen.page(twin.number)
        reports, said = reports_from_json(kept)
        if not reports and not twin.exact:
            slot.twin, slot.given = None, False
            return None
        other = f"{path} [{record}]" if record else path
        errors = tuple(
            CheckError(page.path, page.record, reason, f"the page repeats {other}, of which: {message}")
            for reason, message in said
        )
        repeats = []
        for report in reports:
            inner = (report.record or "").removeprefix(record or "").removeprefix(": ")
            own = ": ".join(filter(None, (page.record, inner))) or None
            first = (path, report.record)
            reasons = (f"repeats {path} [{report.record}]" if report.record else f"repeats {path}", *report.reasons)
            repeats.append(report._replace(path=page.path, record=own, reasons=reasons, duplicate_of=first))
        return Done(page, Outcome(errors=errors), tuple(repeats), slot.from_journal, slot.key, slot.signature)


def _size(slot: _Slot) -> int:
    return slot.page.size if slot.page is not None else 0
