"""One process that checks pages: it reads a page, says by what it is known, and checks it when it is told to."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import NamedTuple, Protocol

from checker.batch.outcome import Outcome
from checker.batch.raw_page import RawPage, read_page
from checker.batch.signatures import Signature, signature_of
from checker.document import Document
from checker.finding import CheckError
from checker.options import Options
from checker.page import Page
from checker.pipeline import Checker, refused
from checker.readers import Reading
from checker.together import spot_together
from glossary import Glossary

SILENCE = 0.1
"""How many seconds a worker keeps what it has to say, so that it says more at once."""

GRACE = 10
"""How many seconds after its time a worker ends itself whose parent is gone."""


class Task(NamedTuple):
    """A page with what it is checked with; ``accepted`` as of `Checker.checked`."""

    page: RawPage
    options: Options
    accepted: Mapping[tuple[str, str], int] | None = None


class Ready(NamedTuple):
    """A worker can take pages."""


class Read(NamedTuple):
    """A page of those given has been read; when all have been, the worker waits to be told which to check."""

    number: int
    signature: Signature | None


class Failed(NamedTuple):
    """A page could not be checked, or (``number`` is None) one of those given; ``last`` says that the worker ends."""

    number: int | None
    reason: str
    message: str
    last: bool = False


class Checked(NamedTuple):
    """A page has been checked."""

    number: int
    outcome: Outcome


class Idle(NamedTuple):
    """The worker is done with all that it was given."""


Message = Ready | Read | Failed | Checked | Idle
Documents = Sequence[Document | CheckError]


class Work(Protocol):
    """What a worker does with pages, in two steps."""

    def read(self, task: Task) -> Documents:
        """The documents of a page."""

    def check(self, tasks: Sequence[tuple[Task, Documents]]) -> Iterator[Outcome]:
        """Check pages, in order."""


class CheckerWork:
    """Pages read and checked with a glossary of ``layers``, which must have the ``signature`` that the parent's has.

    ``texts`` says that the documents are wanted too.
    """

    def __init__(
        self, layers: tuple[str, ...], signature: str, options: Options, reading: Reading, texts: bool
    ) -> None:
        from glossary import load

        glossary = load(*layers)
        if glossary.signature != signature:
            raise RuntimeError("the glossary has been changed during the run")
        self._begin(glossary, options, reading, texts)

    def _begin(self, glossary: Glossary, options: Options, reading: Reading, texts: bool) -> None:
        self._checker = Checker(glossary, options, lambda path: self._options)
        self._options = options
        self._reading = reading
        self._texts = texts

    @classmethod
    def shipped(cls, glossary: Glossary, options: Options, reading: Reading, texts: bool) -> CheckerWork:
        """With a glossary that came from another machine."""
        made = cls.__new__(cls)
        made._begin(glossary, options, reading, texts)
        return made

    def read(self, task: Task) -> Documents:
        """As of `Work`."""
        return list(read_page(task.page, self._reading))

    def check(self, tasks: Sequence[tuple[Task, Documents]]) -> Iterator[Outcome]:
        """As of `Work`. What can be found in all pages is looked for in one go, which takes a fraction of the time."""
        pages = [self._pages(task, documents) for task, documents in tasks]
        spot_together([page for good, _ in pages for page in good])
        for (task, _), (good, errors) in zip(tasks, pages, strict=True):
            checked = tuple(self._checker.checked(page, task.accepted) for page in good)
            yield Outcome(checked, tuple(errors), tuple(page.document for page in good) if self._texts else ())

    def _pages(self, task: Task, documents: Documents) -> tuple[list[Page], list[CheckError]]:
        self._options = task.options
        good: list[Page] = []
        errors: list[CheckError] = []
        for item in documents:
            error = item if isinstance(item, CheckError) else refused(item)
            if error is not None:
                errors.append(error)
            elif isinstance(item, Document):
                good.append(self._checker.page(item))
        return good, errors


def serve(
    connection: Connection, make: Callable[..., Work], arguments: tuple[object, ...], seconds: float, memory: int | None
) -> None:
    """Take pages from ``connection`` until it is closed; ``memory`` is a limit in bytes beyond what is used at first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    try:
        work = make(*arguments)
    except Exception as problem:
        connection.send([Failed(None, "start", str(problem), last=True)])
        return
    if memory is not None:
        limit_memory(memory)
    parent = _Parent(connection, min(SILENCE, seconds / 10))
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        parent.tell(Ready(), now=True)
        while True:
            tasks: list[Task] = connection.recv()
            try:
                _serve_some(connection, parent, work, tasks, seconds)
            except MemoryError:
                parent.tell(Failed(None, "memory", "the page takes more memory than a page may", last=True), now=True)
                return
            parent.tell(Idle(), now=True)


class _Parent:
    """Whom a worker tells what came of pages, some at a time, though not ``silence`` seconds later than it might."""

    def __init__(self, connection: Connection, silence: float) -> None:
        self._connection = connection
        self._silence = silence
        self._last = 0.0
        self._messages: list[Message] = []

    def tell(self, message: Message, now: bool = False) -> None:
        """Send a message, at once or with the next ones. Raises OSError."""
        self._messages.append(message)
        if now or time.monotonic() - self._last > self._silence:
            self.tell_all()

    def tell_all(self) -> None:
        """Send what has not been sent yet. Raises OSError."""
        if self._messages:
            self._connection.send(self._messages)
            self._messages = []
        self._last = time.monotonic()


def _serve_some(connection: Connection, parent: _Parent, work: Work, tasks: list[Task], seconds: float) -> None:
    read: dict[int, Documents] = {}
    parent.tell_all()
    for number, task in enumerate(tasks):
        _alarm(seconds)
        try:
            documents = work.read(task)
            good = [item for item in documents if isinstance(item, Document)]
            answer: Message = Read(number, signature_of(good, task.options))
            read[number] = documents
        except MemoryError:
            raise
        except Exception as problem:
            answer = Failed(number, "crashed", f"reading the page failed: {_where(problem)}")
        _alarm(0)  # whoever is slow to take the answer is no fault of the page
        parent.tell(answer)
    parent.tell_all()
    wanted: list[int] = connection.recv()
    if not wanted:
        return
    _alarm(seconds)
    outcomes = work.check([(tasks[number], read[number]) for number in wanted])
    for number in wanted:
        try:
            answer = Checked(number, next(outcomes))
        except MemoryError:
            raise
        except Exception as problem:
            # What comes after it in the same go is lost with it; the parent gives it again.
            _alarm(0)
            parent.tell(Failed(None, "crashed", f"checking the page failed: {_where(problem)}"))
            break
        _alarm(0)
        parent.tell(answer)
        _alarm(seconds)
    _alarm(0)


def _where(problem: Exception) -> str:
    """The kind of a failure and the line of code it comes from; what it says may be anything."""
    step = problem.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    at = f" at {os.path.basename(step.tb_frame.f_code.co_filename)}:{step.tb_lineno}" if step else ""
    return f"{type(problem).__name__}{at}"


def _alarm(seconds: float) -> None:
    """End this process some time after the parent would have; 0 takes it back."""
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(seconds) + GRACE if seconds else 0)


def limit_memory(more: int) -> None:
    """Let this process take ``more`` bytes of address space beyond what it has, where the system can see to that."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as stream:
        now = int(stream.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + more
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
