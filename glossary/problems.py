"""Mistakes in glossary files, each with its place, a frame and what was expected."""

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake. ``line`` and ``column`` are 1-based; ``frame`` is the line at fault with a caret under it."""

    file: str
    line: int
    column: int
    message: str
    frame: str = ""

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}:{self.column}: {self.message}"
        return f"{head}\n{self.frame}" if self.frame else head


class GlossaryError(Exception):
    """The glossary cannot be used; ``problems`` lists every mistake found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def frame(lines: Sequence[str], line: int, column: int) -> str:
    """The 1-based ``line`` of the ``lines`` of a text with a caret under ``column``, cut to a readable width."""
    if not 1 <= line <= len(lines):
        return ""
    shown = lines[line - 1]
    start = max(0, column - 50)
    number = f"{line:>5} | "
    return f"{number}{shown[start : start + 100]}\n{' ' * (len(number) + column - 1 - start)}^"
