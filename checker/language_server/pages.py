"""The pages that are open, checked by the one pipeline, so that an editor shows what ``yigai check`` reports.

A `Pages` belongs to one thread: neither a Checker nor a Page may be used by two.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from checker.acceptance.file import AcceptanceError
from checker.acceptance.sifting import without_accepted
from checker.config import ConfigError, Configuration
from checker.document import Document
from checker.finding import CheckError, Finding
from checker.fixing import KINDS
from checker.language_server.accepted import AcceptedFiles
from checker.language_server.buffers import Buffer, Buffers
from checker.language_server.renderings import RenderingIndex
from checker.language_server.settings import ConfigurationFiles, Given, layer_states
from checker.language_server.warm_spotting import WarmSpotting
from checker.page import Page
from checker.pipeline import Checker, refused
from checker.readers import SUFFIXES, Reading
from checker.readers.detection import format_of
from checker.readers.walk import read_content
from glossary import Glossary, GlossaryError

CheckerFor = Callable[[Configuration, Mapping[str, object]], Checker]

_LANGUAGES = {"plaintext": "text", "text": "text", "markdown": "markdown", "html": "html"}
_KEPT = 3  # problems of a glossary that are told at once


class CheckedPage(NamedTuple):
    """One state of a page with what was found. ``page`` is None where it could not be read: ``error`` says why."""

    buffer: Buffer
    checker: Checker
    page: Page | None
    findings: tuple[Finding, ...] = ()
    error: CheckError | None = None


class Pages:
    """Checks pages. ``checker_for`` makes the checker of a configuration; ``given`` are the editor's settings.

    What cannot be used is put into ``complaints``, once until it changes; the last settings that could be used go on.
    """

    def __init__(self, buffers: Buffers, checker_for: CheckerFor) -> None:
        self.given = Given({})
        self.complaints: list[str] = []
        self._accepted = AcceptedFiles(buffers)
        self._checker_for = checker_for
        self._configurations = ConfigurationFiles()
        self._checkers: dict[Path | None, tuple[object, Checker]] = {}
        self._good: dict[Path | None, Checker] = {}  # by folder
        self._checked: dict[str, CheckedPage] = {}
        self._warm: dict[str, WarmSpotting] = {}
        self._indexes: dict[str, RenderingIndex] = {}
        self._told: dict[str, str] = {}

    def forget(self) -> None:
        """Load everything anew: a file of the glossary has changed."""
        self._checkers.clear()
        self._indexes.clear()
        self._checked.clear()

    def close(self, uri: str) -> None:
        """Forget a page."""
        self._checked.pop(uri, None)
        self._warm.pop(uri, None)

    def checked(self, buffer: Buffer, anew: bool = False) -> CheckedPage | None:
        """A page checked, with the findings of ``yigai check``; None where the text is no page or nothing can check it.

        ``anew`` where settings or accepted findings may have changed since.
        """
        kept = self._checked.get(buffer.uri)
        if kept is not None and kept.buffer == buffer and not anew:
            return kept
        made = self._check(buffer, self._warm.setdefault(buffer.uri, WarmSpotting()))
        if made is not None:
            self._checked[buffer.uri] = made
        return made

    def trial(self, buffer: Buffer) -> CheckedPage | None:
        """As `checked`, but nothing is remembered: for a text that nobody has written yet."""
        return self._check(buffer, WarmSpotting())

    def _check(self, buffer: Buffer, warm: WarmSpotting) -> CheckedPage | None:
        read = _read(buffer)
        checker = None if read is None else self.checker(buffer.path)
        if read is None or checker is None:
            return None
        if isinstance(read, Document) and (error := refused(read)) is not None:
            read = error
        if isinstance(read, CheckError):
            return CheckedPage(buffer, checker, None, error=read)
        page = checker.page(read)
        warm.spot(page)
        return CheckedPage(buffer, checker, page, tuple(self._findings(buffer.path, page, checker)))

    def findings(self, buffer: Buffer, document: Document, checker: Checker) -> list[Finding]:
        """What is found in another state of a page, and not accepted."""
        return self._findings(buffer.path, checker.page(document), checker)

    def _findings(self, path: Path | None, page: Page, checker: Checker) -> list[Finding]:
        try:
            accepted = self._accepted.counts(path)
            self._told.pop("accepted", None)
        except AcceptanceError as problem:
            accepted = {}
            self._complain("accepted", str(problem))
        sifted = checker.checked(page, accepted).sifted
        left = [*without_accepted(sifted.shown, accepted), *sifted.notes]
        return sorted(left, key=lambda finding: (finding.start, finding.end, finding.rule))

    @property
    def accepted(self) -> AcceptedFiles:
        """The files of accepted findings."""
        return self._accepted

    def configuration(self, path: Path | None) -> Configuration:
        """What the closest configuration file says for a page. Raises ConfigError."""
        return self._configurations.closest(Path.cwd() if path is None else path.parent)

    def checker(self, path: Path | None) -> Checker | None:
        """The checker of a page, or the last one that could be used in its place, or None."""
        folder = None if path is None else path.parent
        try:
            config = self.configuration(path)
            layers = config.settings(self.given.values).glossary
            state = config, self.given.key, layer_states(layers)
            kept = self._checkers.get(config.path)
            if kept is None or kept[0] != state:
                kept = self._checkers[config.path] = state, self._checker_for(config, self.given.values)
            self._told.pop(str(folder), None)
            self._good[folder] = kept[1]
            return kept[1]
        except (ConfigError, GlossaryError, OSError) as problem:
            self._complain(str(folder), _words(problem))
        return self._good.get(folder) or self._plain()

    def _plain(self) -> Checker | None:
        """A checker without any settings; None where not even the curated glossary can be used."""
        if None not in self._good:
            try:
                self._good[None] = self._checker_for(Configuration(), {})
            except (ConfigError, GlossaryError, OSError):
                return None
        return self._good[None]

    def index(self, glossary: Glossary) -> RenderingIndex:
        """The index of a glossary's Chinese, by characters and by sound."""
        if glossary.signature not in self._indexes:
            self._indexes[glossary.signature] = RenderingIndex(glossary.concepts)
        return self._indexes[glossary.signature]

    def _complain(self, about: str, message: str) -> None:
        if self._told.get(about) != message:
            self._told[about] = message
            self.complaints.append(message)


def _words(problem: Exception) -> str:
    if isinstance(problem, GlossaryError):
        more = len(problem.problems) - _KEPT
        first = "; ".join(f"{item.file}:{item.line}:{item.column}: {item.message}" for item in problem.problems[:_KEPT])
        return f"the glossary cannot be used: {first}{f'; and {more} more' if more > 0 else ''}"
    if isinstance(problem, OSError):
        name = f"{problem.filename}: " if problem.filename else ""
        return f"{name}{problem.strerror or problem}"
    return str(problem)


def _read(buffer: Buffer) -> Document | CheckError | None:
    """The document of a buffer as its file would be read; None where its text is not the text that is checked."""
    marked = buffer.text.startswith("\ufeff")  # a second mark, which is text: the reader takes one away
    content = (marked * "\ufeff" + buffer.text).encode("utf-8", "replace")
    suffix = os.path.splitext(buffer.name)[1].lower()
    if buffer.path is not None and suffix and suffix in SUFFIXES:
        kind: str | None = format_of(buffer.name, content)
    else:
        kind = _LANGUAGES.get(buffer.language)
    if kind not in KINDS:
        return None
    return next(read_content(buffer.name, content, Reading(kind)), None)


def reread(buffer: Buffer, text: str) -> Document | None:
    """The document of a buffer with another text; None where it is not read as that text."""
    made = _read(buffer.with_text(text))
    return made if isinstance(made, Document) and made.text == text else None
