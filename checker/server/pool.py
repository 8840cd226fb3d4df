"""Processes that check: each has its own glossary and checker, does one piece of work at a time, and has a time limit."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from checker.batch.worker import limit_memory
from checker.server import faults
from checker.server.bench import Bench, WorkError
from checker.server.settings import Settings

_START = 300.0  # seconds until a process must have its glossary; compiling one takes some
_TRIES = 5  # failures to start in a row, after which no more is tried

TIMEOUT, CRASHED, BUSY = "timeout", "crashed", "busy"
"""Reasons of a WorkError that the pool itself gives."""


class Pool:
    """``settings.workers`` processes. Use it in one event loop, between `start` and `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._limits = settings.limits
        self._context = multiprocessing.get_context("spawn")
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="worker")
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._failures = 0
        self._closed = False

    def start(self) -> None:
        """Start the processes; work that comes before they are ready waits."""
        for _ in range(self._settings.workers):
            self._start_one()

    def _start_one(self) -> None:
        task = asyncio.get_running_loop().create_task(self._started())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _started(self) -> None:
        worker: _Worker | None = None
        loop = asyncio.get_running_loop()
        try:
            worker = _Worker(self._context, self._settings, self._limits.memory)
            self._all.add(worker)
            await loop.run_in_executor(self._threads, worker.answer, _START)
        except (WorkError, OSError, RuntimeError) as problem:
            if worker is not None:
                worker.end()
                self._all.discard(worker)
            await self._try_again(problem)
            return
        self._failures = 0
        self._free.put_nowait(worker)

    async def _try_again(self, problem: Exception) -> None:
        self._failures += 1
        if self._closed:
            return
        if self._failures < _TRIES:
            await asyncio.sleep(2**self._failures)
            self._start_one()
        else:
            print(f"yigai: no process to check in could be started: {problem}", file=sys.stderr, flush=True)

    async def run(self, name: str, *arguments: object, seconds: float | None = None) -> Any:
        """What the method ``name`` of a `Bench` returns; arguments and answer must be picklable.

        It may take ``seconds``, by default as long as any piece of work.
        Raises WorkError: whatever the bench says, or one of the reasons above.
        """
        if self._failures >= _TRIES and not self._all:
            raise WorkError(CRASHED)
        if self._waiting >= self._limits.waiting:
            raise WorkError(BUSY)
        self._waiting += 1
        try:
            worker = await asyncio.wait_for(self._free.get(), self._limits.queue)
        except TimeoutError:
            raise WorkError(BUSY) from None
        finally:
            self._waiting -= 1
        loop = asyncio.get_running_loop()
        call = loop.run_in_executor(self._threads, worker.call, name, arguments, seconds or self._limits.work)
        try:
            # A browser that goes away does not leave a process behind that still works and is taken for free.
            return await asyncio.shield(call)
        finally:
            call.add_done_callback(lambda done: self._give_back(worker, done))

    def _give_back(self, worker: _Worker, done: asyncio.Future[Any]) -> None:
        if not done.cancelled():
            done.exception()  # whoever asked may be gone
        if worker.alive:
            self._free.put_nowait(worker)
            return
        self._all.discard(worker)
        if not self._closed:
            self._start_one()

    async def close(self) -> None:
        """End the processes, whatever they are at."""
        self._closed = True
        for worker in self._all:
            worker.end()
        for task in list(self._starting):
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Worker:
    """One process and the way to it. Used by one thread at a time."""

    def __init__(self, context: Any, settings: Settings, memory: int) -> None:
        here, there = context.Pipe()
        self._connection: Connection = here
        self._process: BaseProcess = context.Process(target=_serve, args=(there, settings, memory), daemon=True)
        self._process.start()
        there.close()
        self._ending = threading.Lock()  # whoever waits for an answer may find the process ended by somebody else
        self.alive = True

    def call(self, name: str, arguments: tuple[object, ...], seconds: float) -> Any:
        """Let it work; raises WorkError, and is then no longer alive if the process had to be ended."""
        try:
            self._connection.send((name, arguments))
        except OSError:
            self.end()
            raise WorkError(CRASHED) from None
        return self.answer(seconds)

    def answer(self, seconds: float) -> Any:
        """What the process says within so many seconds."""
        try:
            if not self._connection.poll(seconds):
                self.end()
                raise WorkError(TIMEOUT)
            good, value = self._connection.recv()
        except (EOFError, OSError):
            self.end()
            raise WorkError(CRASHED) from None
        if not good:
            raise value
        return value

    def end(self) -> None:
        """End the process."""
        with self._ending:
            if self.alive:
                self.alive = False
                self._process.kill()
                self._process.join(5)
                self._connection.close()


def _serve(connection: Connection, settings: Settings, memory: int) -> None:
    """What a process does until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)  # as the command does
    try:
        bench = Bench(settings)
    except Exception as problem:  # said once by the process that started this one
        connection.send((False, WorkError("failed", f"{type(problem).__name__}: {problem}")))
        return
    limit_memory(memory)
    connection.send((True, None))
    with contextlib.suppress(EOFError, OSError):
        while True:
            name, arguments = connection.recv()
            connection.send(_done(bench, name, arguments))


def _done(bench: Bench, name: str, arguments: tuple[object, ...]) -> tuple[bool, object]:
    try:
        return True, getattr(bench, name)(*arguments)
    except WorkError as problem:
        return False, problem
    except Exception as problem:  # whatever a hostile file does: the next piece of work is done all the same
        faults.say(problem)
        return False, WorkError("failed")
