"""What a workbench is started with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from checker.options import Options


class Limits(NamedTuple):
    """Sizes in bytes, times in seconds."""

    upload: int = 8 * 1024**2
    """Of all that one form sends."""
    receiving: int = 96 * 1024**2
    """Of all that the forms at work together have sent; more is turned away."""
    head: float = 20.0
    """That somebody may take to ask for something, or to ask again."""
    body: float = 120.0
    """That somebody may take to send a form, or to receive an answer."""
    crowd: int = 300
    """Connections from which on those that ask for nothing are closed at once."""
    work: float = 30.0
    """That one piece of work may take."""
    lint: float = 120.0
    """That the lint of a proposal may take, which reads the whole glossary and is slow when it does so first."""
    waiting: int = 40
    """Pieces of work that wait for a process; more are turned away."""
    queue: float = 60.0
    """That a piece of work waits for a process."""
    memory: int = 1536 * 1024**2
    """Of address space that a process may take beyond what it has at its start."""
    checks: int = 200
    """Checks that are remembered."""
    remembered: int = 256 * 1024**2
    """Of the memory that they take, about."""
    idle: float = 3600.0
    """After which a check that nobody looks at is forgotten."""


LIMITS = Limits()


class Settings(NamedTuple):
    """``layers`` are laid over the glossary, ``options`` preset a check, ``author`` signs comments in files.

    ``hosts`` are the names under which the workbench may be called, besides addresses of numbers. ``store`` is the
    file of many pages; ``tree`` the folder of entries that proposals are made against, None for the installed one;
    ``write`` says whether they may be written there. ``workers`` is the number of processes that check.
    """

    layers: tuple[str, ...] = ()
    options: Options = Options()
    author: str = "Terminology check"
    hosts: frozenset[str] = frozenset({"localhost"})
    store: Path | None = None
    tree: Path | None = None
    write: bool = False
    workers: int = 2
    limits: Limits = LIMITS
