"""The worker processes of a run: started when there is work, watched while they do it, ended when they take too long."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import connection as connections
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from checker.batch.worker import Failed, Idle, Message, Ready, Task, Work, serve

START = 300.0
"""How many seconds a worker may take to load the glossary."""


class WorkersError(Exception):
    """Worker processes cannot be started at all."""


class Limits(NamedTuple):
    """What one page may take: seconds for reading and again for checking, and bytes of memory (None: no limit)."""

    seconds: float = 60.0
    memory: int | None = 2 * 1024**3


class Worker:
    """One process. ``work`` is whatever the caller has it at work on; None while it is idle."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.work: object = None
        self.ready = False
        self.deadline: float | None = time.monotonic() + START


class Workers:
    """Up to ``jobs`` processes, each with what ``make(*arguments)`` makes in it; both must be picklable."""

    def __init__(self, jobs: int, limits: Limits, make: Callable[..., Work], arguments: tuple[object, ...]) -> None:
        self._context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
        self._jobs = jobs
        self._limits = limits
        self._make = make
        self._arguments = arguments
        self._workers: list[Worker] = []

    def want(self, count: int) -> None:
        """Start workers, as many as there may be, for so many pieces of work beside those that are done now."""
        while len(self._workers) < min(self._jobs, len(self.at_work()) + count):
            self._start()

    def can_take(self) -> bool:
        """Whether there is an idle worker, or one may be started."""
        return len(self._workers) < self._jobs or self.idle() is not None

    def idle(self) -> Worker | None:
        """A worker without work; None when all are at work or not ready yet."""
        return next((worker for worker in self._workers if worker.ready and worker.work is None), None)

    def _start(self) -> None:
        here, there = self._context.Pipe()
        arguments = (there, self._make, self._arguments, self._limits.seconds, self._limits.memory)
        process = self._context.Process(target=serve, args=arguments, daemon=True)
        with _deaf():
            process.start()
        there.close()
        self._workers.append(Worker(process, here))

    def at_work(self) -> list[Worker]:
        """The workers that have been given pages."""
        return [worker for worker in self._workers if worker.work is not None]

    def give(self, worker: Worker, work: object, tasks: list[Task]) -> None:
        """Let an idle worker read pages."""
        worker.work = work
        self._send(worker, tasks)

    def go(self, worker: Worker, wanted: list[int]) -> None:
        """Tell a worker that has read its pages which of them to check."""
        self._send(worker, wanted)

    def _send(self, worker: Worker, message: object) -> None:
        worker.deadline = time.monotonic() + self._limits.seconds
        with contextlib.suppress(OSError):  # it has died; `messages` will tell
            worker.connection.send(message)

    def wait(self, worker: Worker) -> None:
        """Let a worker that has read its pages take its time: others are waited for."""
        worker.deadline = None

    def messages(self, wait: float) -> Iterator[tuple[Worker, Message]]:
        """What the workers have to say, within ``wait`` seconds; a worker that died or took too long has failed."""
        by_connection: dict[Any, Worker] = {worker.connection: worker for worker in self._workers}
        for connection in connections.wait(list(by_connection), wait) if by_connection else ():
            worker = by_connection[connection]
            try:
                messages: list[Message] = worker.connection.recv()
            except (EOFError, OSError):
                messages = [self._died(worker)]  # raises where it has never been ready
            for message in messages:
                self._take_note(worker, message)
                if not isinstance(message, Ready):
                    yield worker, message
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline is not None and worker.deadline < now]:
            if not worker.ready:
                self.close()
                raise WorkersError(f"a worker process has not started within {START:.0f} seconds")
            self._end(worker)
            yield (
                worker,
                Failed(None, "timeout", f"the page takes more than {self._limits.seconds:g} seconds", last=True),
            )

    def _take_note(self, worker: Worker, message: Message) -> None:
        if isinstance(message, Failed) and not worker.ready:
            self.close()
            raise WorkersError(f"a worker process could not be started: {message.message}")
        worker.deadline = time.monotonic() + self._limits.seconds  # each page has its own time
        if isinstance(message, Ready | Idle):
            worker.ready, worker.deadline = True, None
        if isinstance(message, Failed) and message.last:
            self._end(worker)

    def _died(self, worker: Worker) -> Failed:
        worker.process.join(5)
        code = worker.process.exitcode
        if not worker.ready:
            self.close()
            raise WorkersError(f"a worker process could not be started (exit code {code})")
        how = f"exit code {code}" if code is None or code >= 0 else f"signal {-code}"
        return Failed(None, "crashed", f"checking the page ended the process ({how})", last=True)

    def _end(self, worker: Worker) -> None:
        worker.connection.close()
        worker.process.kill()
        worker.process.join()
        self._workers.remove(worker)

    def close(self) -> None:
        """End all workers, whatever they are at."""
        for worker in list(self._workers):
            self._end(worker)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """What is started in here does not hear Ctrl-C, from its first moment on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
