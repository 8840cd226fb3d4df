"""Checks that are remembered for a while, in memory only: bounded in number, size and time, each behind a token."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from checker.finding import Finding
from checker.server.bench import Outcome, Submission
from checker.server.decisions import Decision
from checker.server.settings import LIMITS, Limits

_FINDING, _PLACE = 1500, 500  # bytes, measured, with what is decided on it


@dataclass(eq=False)
class Check:
    """One check with what was decided on its findings, by their number from 1."""

    token: str
    submission: Submission
    outcome: Outcome
    pasted: bool
    used: float
    decisions: dict[int, Decision] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def numbered(self) -> list[tuple[int, Finding]]:
        """The findings with their numbers."""
        return list(enumerate(self.outcome.result.findings, 1))

    @cached_property
    def size(self) -> int:
        """Bytes of memory that it holds, about: its files twice, as sent and as read, and what was found."""
        files = len(self.submission.content) + len(self.submission.source or b"")
        findings = self.outcome.result.findings
        return 2 * files + sum(_FINDING + _PLACE * len(finding.also) for finding in findings)


class Checks:
    """The checks that are remembered. ``now`` gives the time in seconds."""

    def __init__(self, limits: Limits = LIMITS, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._checks: dict[str, Check] = {}  # the one that was used last at the end
        self._lock = threading.Lock()

    def add(self, submission: Submission, outcome: Outcome, pasted: bool) -> Check:
        """Remember a check; older ones are forgotten where there are too many."""
        check = Check(secrets.token_urlsafe(24), submission, outcome, pasted, self._now())
        with self._lock:
            self._checks[check.token] = check
            self._tidy()
        return check

    def get(self, token: str) -> Check | None:
        """The check of a token; None when there is none, or it is forgotten."""
        with self._lock:
            self._tidy()
            check = self._checks.pop(token, None)
            if check is not None:
                check.used = self._now()
                self._checks[token] = check
            return check

    def forget(self, token: str) -> None:
        """Forget a check now."""
        with self._lock:
            self._checks.pop(token, None)

    def tidy(self) -> None:
        """Forget what nobody has looked at for a while."""
        with self._lock:
            self._tidy()

    def _tidy(self) -> None:
        oldest = self._now() - self._limits.idle
        size = sum(check.size for check in self._checks.values())
        for token, check in list(self._checks.items()):
            too_many = len(self._checks) > self._limits.checks or size > self._limits.remembered
            if check.used >= oldest and not (too_many and len(self._checks) > 1):
                break
            size -= check.size
            del self._checks[token]
