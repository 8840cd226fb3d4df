"""A client of the language server, with a server and a folder of texts: what the tests of it share."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any, Union

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")
pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed")
pytest_asyncio = pytest.importorskip("pytest_asyncio", reason="pytest-asyncio is not installed")
types: Any = pytest.importorskip("lsprotocol.types", reason="lsprotocol is not installed")

SETTINGS = {"yigai": {"select": ["GAR", "TRM101"]}}
SERVER = [sys.executable, "-P", "-c", "import sys; sys.argv[1:] = ['lsp']; from checker.cli.main import main; main()"]


class Editor:
    """A client with one server and what it was told; texts are opened under a folder of the test's own."""

    def __init__(self, client: Any, folder: Path) -> None:
        self.client = client
        self.root = self.folder = folder
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.applied: list[types.WorkspaceEdit] = []
        self.shown: list[types.ShowDocumentParams] = []
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.settings: object = None  # what the editor says when it is asked
        self.reason: str | None = None

    def uri(self, name: str) -> str:
        """The address of a file of the folder."""
        return (self.folder / name).as_uri()

    def write(self, name: str, text: str) -> None:
        """Put a file on the disk."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))

    async def open(self, name: str, text: str, language: str = "plaintext") -> Sequence[types.Diagnostic]:
        """Write and open a text; the diagnostics of it."""
        self.write(name, text)
        uri = self.uri(name)
        self.texts[uri], self.versions[uri] = text, 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return await self.diagnostics(name)

    def change(self, name: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Send changes as an editor does while somebody types."""
        uri = self.uri(name)
        self.versions[uri] += 1
        which = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(which, [*changes]))

    async def type(
        self, name: str, start: types.Position, end: types.Position, text: str
    ) -> Sequence[types.Diagnostic]:
        """Replace a range; the diagnostics of the new version."""
        self.change(name, types.TextDocumentContentChangePartial(types.Range(start, end), text))
        return await self.diagnostics(name)

    async def replace(self, name: str, text: str) -> Sequence[types.Diagnostic]:
        """Replace the whole text; the diagnostics of the new version."""
        self.texts[self.uri(name)] = text
        self.change(name, types.TextDocumentContentChangeWholeDocument(text))
        return await self.diagnostics(name)

    async def diagnostics(self, name: str, after: Callable[[Sequence[types.Diagnostic]], bool] = lambda _: True) -> Any:
        """The diagnostics of the present version of a text, once they are as ``after`` wants them."""
        uri = self.uri(name)
        for _ in range(3000):
            last = self.published.get(uri)
            if last is not None and last.version == self.versions[uri] and after(last.diagnostics):
                return last.diagnostics
            await asyncio.sleep(0.01)
        raise AssertionError(f"no diagnostics of {name} as wanted; the last ones: {self.published.get(uri)}")

    async def actions(self, name: str, where: types.Range, only: list[Any] | None = None) -> list[types.CodeAction]:
        """The code actions of a range."""
        marks = [mark for mark in self.published[self.uri(name)].diagnostics if mark.range == where]
        return await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri(name)), where, types.CodeActionContext(marks, only)
            )
        )

    async def run(self, action: types.CodeAction) -> None:
        """Do what an action says: its edit, or its command, whose edit is then applied."""
        if action.edit is not None:
            self.apply(action.edit)
        if action.command is not None:
            command = action.command
            await self.client.workspace_execute_command_async(
                types.ExecuteCommandParams(command.command, command.arguments)
            )

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Apply an edit to the texts, columns counted in UTF-16; files that are not open are written."""
        self.applied.append(edit)
        for part in edit.document_changes or ():
            if isinstance(part, types.TextDocumentEdit):
                uri = part.text_document.uri
                path = Path(uri.removeprefix("file://"))
                old = self.texts.get(uri, path.read_text("utf-8") if path.exists() else "")
                new = edited(old, [change for change in part.edits if isinstance(change, types.TextEdit)])
                if uri in self.texts:
                    self.texts[uri] = new
                else:
                    path.write_text(new, encoding="utf-8")


def edited(text: str, edits: list[types.TextEdit]) -> str:
    """A text after edits whose columns are UTF-16 units, done the slow way: over its bytes."""

    def unit(place: types.Position) -> int:
        lines = text.splitlines(keepends=True) or [""]
        return sum(len(line.encode("utf-16-le")) for line in lines[: place.line]) + 2 * place.character

    content = text.encode("utf-16-le")
    for edit in sorted(edits, key=lambda edit: unit(edit.range.start), reverse=True):
        start, end = unit(edit.range.start), unit(edit.range.end)
        content = content[:start] + edit.new_text.encode("utf-16-le") + content[end:]
    return content.decode("utf-16-le")


def place(text: str, words: str, encoding: str = "utf-16-le", width: int = 2) -> types.Range:
    """Where words first stand in a text, counted another way than the server does."""
    start = text.index(words)
    positions = []
    for offset in (start, start + len(words)):
        line = text.count("\n", 0, offset)
        begin = text.rfind("\n", 0, offset) + 1
        positions.append(types.Position(line, len(text[begin:offset].encode(encoding)) // width))
    return types.Range(*positions)


def _tell_actions_from_commands(client: Any) -> None:
    """Let the client read an action that holds a command, which lsprotocol takes for the command itself."""
    converter = client.protocol._converter
    either = types.Command | types.CodeAction

    def read(value: Any, _: object) -> Any:
        return converter.structure(value, types.Command if isinstance(value.get("command"), str) else types.CodeAction)

    converter.register_structure_hook(Union[types.Command, types.CodeAction], read)  # noqa: UP007
    converter.register_structure_hook(either, read)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def start(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Callable[..., Any]]:
    """Start an editor with a server in a folder of its own: ``await start(options, encodings)``."""
    editors: list[Editor] = []

    async def make(options: object = None, encodings: list[Any] | None = None) -> Editor:
        tmp_path = tmp_path_factory.mktemp("editor")
        client = pytest_lsp.LanguageClient()
        _tell_actions_from_commands(client)
        editor = Editor(client, tmp_path)
        editors.append(editor)

        @client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            editor.apply(params.edit)
            return types.ApplyWorkspaceEditResult(True)

        @client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
        def ask(params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
            return types.MessageActionItem(editor.reason) if editor.reason is not None else None

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            editor.published[params.uri] = params

        @client.feature(types.WORKSPACE_CONFIGURATION)
        def configuration(params: types.ConfigurationParams) -> list[object]:
            return [editor.settings if item.section == "yigai" else None for item in params.items]

        @client.feature(types.WINDOW_SHOW_DOCUMENT)
        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            editor.shown.append(params)
            return types.ShowDocumentResult(True)

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        def told(params: types.ShowMessageParams) -> None:
            editor.messages.append(params.message)

        @client.feature(types.WINDOW_LOG_MESSAGE)
        def logged(params: types.LogMessageParams) -> None:
            raise AssertionError(params.message)

        await client.start_io(*SERVER, cwd=tmp_path)
        edits = types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
        )
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=encodings),
            workspace=types.WorkspaceClientCapabilities(workspace_edit=edits, configuration=True),
            text_document=types.TextDocumentClientCapabilities(
                hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
                completion=types.CompletionClientCapabilities(
                    completion_item=types.ClientCompletionItemOptions(documentation_format=[types.MarkupKind.Markdown])
                ),
            ),
            window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(True)),
        )
        await client.initialize_session(
            types.InitializeParams(
                capabilities,
                initialization_options=options,
                workspace_folders=[types.WorkspaceFolder(tmp_path.as_uri(), "pages")],
            )
        )
        return editor

    yield make
    for editor in editors:
        await editor.client.shutdown_session()
        assert editor.client._server.returncode == 0
        await editor.client.stop()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def shared_editor(start: Any) -> Editor:
    """One editor for the tests that need no settings of its own."""
    return await start()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def other_editor(start: Any) -> Editor:
    """An editor that counts columns in UTF-8 and has settings of its own."""
    made: Editor = await start(SETTINGS, [types.PositionEncodingKind.Utf8])
    return made


@pytest.fixture
def editor(shared_editor: Editor, request: pytest.FixtureRequest) -> Editor:
    """The shared editor in a folder of this test."""
    shared_editor.folder = shared_editor.root / str(abs(hash(request.node.name)))
    shared_editor.applied.clear()
    shared_editor.messages.clear()
    return shared_editor


def as_checked(findings: list[dict[str, Any]], text: str) -> list[tuple[str, str, types.Range]]:
    """Code, message and places of the findings of the command line, as diagnostics ought to show them."""
    return sorted(
        (
            (finding["rule"], finding["message"], types.Range(position(text, start), position(text, end)))
            for finding in findings
            for start, end in [(finding["start"], finding["end"]), *finding["also"]]
        ),
        key=repr,
    )


def position(text: str, offset: int) -> types.Position:
    """The position of an offset in UTF-16, in a text whose lines end in a line feed."""
    before = text[:offset]
    return types.Position(before.count("\n"), len(before.rpartition("\n")[2].encode("utf-16-le")) // 2)


def as_shown(marks: Sequence[types.Diagnostic]) -> list[tuple[str, str, types.Range]]:
    """Code, message and range of diagnostics."""
    return sorted(((str(mark.code), mark.message, mark.range) for mark in marks), key=repr)
