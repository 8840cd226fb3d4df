"""The server itself: what the editor sends, which thread works on it, and what is sent back."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from checker.acceptance.file import AcceptanceError
from checker.config import ConfigError
from checker.finding import Finding
from checker.language_server.buffers import Buffer, Buffers
from checker.language_server.diagnostics import diagnostics, of_error
from checker.language_server.glossary_files import SUFFIXES, GlossaryFiles, Lint, StaleError, terms_folder
from checker.language_server.pages import CheckedPage, CheckerFor, Pages
from checker.language_server.settings import given_settings
from glossary.version import VERSION

PAGE_DELAY = 0.05
"""Seconds without a key pressed after which a page is checked."""
TREE_DELAY = 0.3
"""Seconds after that in which a file of a glossary is looked at by itself; then it is linted with all the others."""

Made = TypeVar("Made")


class Delays:
    """Work that is put off while somebody types, one piece under each key; what fails is told to ``failed``. Belongs to one event loop."""

    def __init__(self, failed: Callable[[Exception], None]) -> None:
        self._failed = failed
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def put(self, key: str, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work in so many seconds, in place of what waits or runs under the same key."""
        self.drop(key)
        self._tasks[key] = asyncio.ensure_future(self._later(seconds, work))

    def drop(self, key: str) -> None:
        """Forget the work under a key."""
        task = self._tasks.pop(key, None)
        if task is not None:
            task.cancel()

    def drop_all(self) -> None:
        """Forget all work."""
        for key in [*self._tasks]:
            self.drop(key)

    async def _later(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as problem:  # one text that cannot be worked on does not end the server
            self._failed(problem)


class Server(LanguageServer):
    """Holds what is open and what was found in it. Pages are worked on in one thread, the glossary's files in another."""

    def __init__(self, checker_for: CheckerFor) -> None:
        super().__init__("yigai", VERSION, types.TextDocumentSyncKind.Incremental)
        self.buffers = Buffers()
        self.pages = Pages(self.buffers, checker_for)
        self.files = GlossaryFiles(self.buffers)
        self.roots: tuple[Path, ...] = ()
        self.initial: object = None  # the settings that the editor started with
        self.linted: dict[str, tuple[Buffer, list[Finding]]] = {}
        self.delays = Delays(self.failed)
        self._for_pages = ThreadPoolExecutor(1, "pages")
        self._for_files = ThreadPoolExecutor(1, "glossary")

    # -- work in the threads -----------------------------------------------------------------------------------

    async def on_pages(self, work: Callable[[], Made]) -> Made:
        """Do something in the thread of the pages, then tell what could not be used."""
        made = await asyncio.get_running_loop().run_in_executor(self._for_pages, work)
        while self.pages.complaints:
            self.say(self.pages.complaints.pop(0))
        return made

    async def on_files(self, work: Callable[[], Made]) -> Made:
        """Do something in the thread of the glossary's files."""
        return await asyncio.get_running_loop().run_in_executor(self._for_files, work)

    async def checked(self, uri: str) -> CheckedPage | None:
        """The page of an address as it stands now, checked; None for what is no page."""
        buffer = self.buffers.get(uri)
        return None if buffer is None or is_yaml(buffer) else await self.on_pages(lambda: self.pages.checked(buffer))

    # -- findings ----------------------------------------------------------------------------------------------

    def look(self, buffer: Buffer, delay: bool = True, anew: bool = False) -> None:
        """Check or lint a text soon; ``anew`` even where it stands as it stood."""
        if not is_yaml(buffer):
            self.delays.put(buffer.uri, PAGE_DELAY if delay else 0.0, lambda: self._check(buffer, anew))
        else:
            self.delays.put(buffer.uri, PAGE_DELAY if delay else 0.0, lambda: self._lint(buffer))

    def look_at_all(self) -> None:
        """Check and lint everything that is open again."""
        trees = set()
        for buffer in self.buffers:
            tree = terms_folder(buffer.path) if buffer.path is not None and is_yaml(buffer) else None
            if tree is None or tree not in trees:
                self.look(buffer, delay=False, anew=True)
                trees.add(tree)

    async def _check(self, buffer: Buffer, anew: bool) -> None:
        found = await self.on_pages(lambda: self.pages.checked(buffer, anew))
        if self.buffers.get(buffer.uri) is not buffer:
            return
        if found is None:
            self._publish(buffer, [])
        elif found.error is not None:
            self._publish(buffer, [of_error(found.error)])
        else:
            self._publish(buffer, diagnostics(found.findings, buffer.lines, buffer.uri))

    async def _lint(self, buffer: Buffer) -> None:
        """The file by itself, then what the fast rules find in the tree, then all."""
        terms = await self.on_pages(lambda: self.terms_of(buffer))
        if terms is None:
            self._publish(buffer, [])
            return

        def stale() -> bool:
            return self.buffers.get(buffer.uri) is not buffer

        try:
            self._show_file(buffer, await self.on_pages(lambda: self.files.first(terms, buffer)))
            await asyncio.sleep(TREE_DELAY)
            lint = await self.on_files(lambda: self.files.start(terms, stale))
            self._show_tree(lint, terms)
            self._show_tree(await self.on_files(lambda: self.files.finish(lint, stale)), terms)
        except AcceptanceError as problem:
            self.say(str(problem))
        except StaleError:
            return

    def terms_of(self, buffer: Buffer) -> Path | None:
        """The folder of entries that a file of a glossary belongs to. Belongs to the thread of the pages."""
        if buffer.path is None:
            return None
        try:
            layers = self.pages.configuration(buffer.path).settings(self.pages.given.values).glossary
        except ConfigError:
            layers = ()
        return terms_folder(buffer.path, layers)

    async def know_tree(self, buffer: Buffer) -> None:
        """Read the tree that a file of a glossary belongs to, where that has not been done yet."""
        terms = await self.on_pages(lambda: self.terms_of(buffer))
        if terms is not None and terms not in self.files.latest:
            await self.on_files(lambda: self.files.tree(terms))

    def _show_tree(self, lint: Lint, terms: Path) -> None:
        for path, buffer in lint.buffers.items():
            if is_yaml(buffer) and path.is_relative_to(terms.parent):
                self._show_file(buffer, lint.of(path))

    def _show_file(self, buffer: Buffer, found: list[Finding]) -> None:
        if self.buffers.get(buffer.uri) is buffer:
            self.linted[buffer.uri] = buffer, found
            self._publish(buffer, diagnostics(found, buffer.lines, buffer.uri, types.DiagnosticSeverity.Hint))

    def lint_of(self, buffer: Buffer) -> list[Finding]:
        """What was found in a file of a glossary; nothing while that is of an older state."""
        state, found = self.linted.get(buffer.uri, (None, []))
        return found if state is buffer else []

    def _publish(self, buffer: Buffer, made: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(buffer.uri, made, buffer.version))

    def close_text(self, uri: str) -> None:
        """Forget a text and take its marks away; where others saw it otherwise than it stands on the disk, they are looked at."""
        closed = self.buffers.get(uri)
        self.delays.drop(uri)
        self.buffers.close(uri)
        self.linted.pop(uri, None)
        self._for_pages.submit(self.pages.close, uri)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        if closed is not None and is_yaml(closed) and not is_saved(closed):
            self.look_at_all()

    # -- settings ----------------------------------------------------------------------------------------------

    def begin(self, params: types.InitializeParams) -> None:
        """Take over folders, the unit of columns and the settings that the editor starts with."""
        folders = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
        self.roots = tuple(Path(name) for uri in folders if (name := to_fs_path(uri)))
        self.buffers.encoding = types.PositionEncodingKind(self.workspace.position_encoding or "utf-16")
        self.initial = params.initialization_options
        self.set_up(self.initial)

    def set_up(self, sent: object) -> None:
        """Take over the editor's settings, or say what is wrong with them and go on with the old ones."""
        try:
            self.pages.given = given_settings(sent, self.roots[0] if self.roots else Path.cwd())
        except ConfigError as problem:
            self.say(str(problem))

    def forget_glossary(self) -> None:
        """Load the glossary anew for the next check."""
        self._for_pages.submit(self.pages.forget)

    def say(self, message: str) -> None:
        """Show what cannot be done."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"yigai: {message}"))

    def failed(self, problem: Exception) -> None:
        """Log what nobody foresaw."""
        words = "".join(traceback.format_exception(problem))
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, words))

    def end(self) -> None:
        """Drop what waits."""
        self.delays.drop_all()
        for threads in (self._for_pages, self._for_files):
            threads.shutdown(wait=False, cancel_futures=True)


def is_yaml(buffer: Buffer) -> bool:
    """Whether a text is YAML: never a page, perhaps a file of a glossary."""
    return buffer.name.endswith(SUFFIXES) or buffer.language == "yaml"


def is_saved(buffer: Buffer) -> bool:
    """Whether a text stands in its file as it does in the editor."""
    if buffer.path is None:
        return True
    try:
        return buffer.path.read_bytes().decode("utf-8-sig") == buffer.text
    except (OSError, UnicodeDecodeError):
        return False
