"""The language server over standard input and output, with a real client."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any, Union

import pytest

from tests.small_tree import TERMS, small_tree

pytest.importorskip("pygls", reason="the extra lsp is not installed")
pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed")
pytest_asyncio = pytest.importorskip("pytest_asyncio", reason="pytest-asyncio is not installed")
types: Any = pytest.importorskip("lsprotocol.types", reason="lsprotocol is not installed")

SERVER = [sys.executable, "-P", "-c", "import sys; sys.argv[1:] = ['lsp']; from checker.cli.main import main; main()"]
PAGE = (
    "In Sichuan the Health and Health Commission met. The hospital joined a medical association.\n\n"
    "Tiered diagnosis and treatment is the the aim , and the medical association grows.\n"
)


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


pytestmark = pytest.mark.asyncio(loop_scope="module")


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
                hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown])
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


async def checked(yigai: Any, editor: Editor, name: str) -> list[tuple[str, str, types.Range]]:
    """What ``yigai check`` reports of a file."""
    done = await asyncio.to_thread(yigai, "check", name, "--format", "json", "--exit-zero", cwd=editor.folder)
    findings = [item for item in json.loads(done.stdout) if item["type"] == "finding"]
    return as_checked(findings, (editor.folder / name).read_text("utf-8"))


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html"])
async def test_diagnostics_are_the_findings_of_check(editor: Editor, yigai: Any, name: str) -> None:
    """What an editor shows of a text, a Markdown file and a web page is what the command line reports of it."""
    text = PAGE.replace("\n\n", "\n\n# Aims\n\n😀 ") if name.endswith("md") else PAGE
    if name.endswith("html"):
        text = f"<!doctype html>\n<html><body><h1>Reform 😀</h1>\n<p>{PAGE.strip()}</p></body></html>\n"
    shown = as_shown(await editor.open(name, text))
    assert len(shown) >= 3
    assert shown == await checked(yigai, editor, name)


async def test_typing(editor: Editor) -> None:
    """Marks follow each change, and those of an older version are not shown for a newer one."""
    assert [mark.code for mark in await editor.open("a.txt", PAGE)].count("TRM104") == 0
    where = place(PAGE, "Health and Health Commission")
    marks = await editor.type("a.txt", where.start, where.end, "National Health Commission")
    assert "Health and Health" not in " ".join(mark.message for mark in marks)
    for letter in "the ":
        editor.change("a.txt", types.TextDocumentContentChangePartial(types.Range(where.start, where.start), letter))
    marks = await editor.diagnostics("a.txt")
    assert editor.published[editor.uri("a.txt")].version == 6
    assert any(mark.code == "TRM101" for mark in marks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_columns_are_in_the_unit_asked_for(start: Any, encoding: str) -> None:
    """Behind characters outside the basic plane a mark stands at its words in each unit, also after typing there."""
    editor = await start(None, [types.PositionEncodingKind(encoding)])
    text = "😀𠮷 The hospital of Sichuan joined a doctor 😀. 𠀋 The Health and Health Commission said so 😀.\n"
    codec, width = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
    words = "Health and Health Commission"
    (mark,) = [mark for mark in await editor.open("a.txt", text) if "Health and Health" in mark.message]
    assert mark.range == place(text, words, codec, width)
    new = text.replace("𠀋", "𠀋𠀋")
    spot = place(text, "𠀋", codec, width).end
    (mark,) = [m for m in await editor.type("a.txt", spot, spot, "𠀋") if "Health and Health" in m.message]
    assert mark.range == place(new, words, codec, width)


async def test_line_ends_and_the_byte_order_mark(editor: Editor) -> None:
    """CRLF and CR end lines, other separators do not; a byte order mark that the editor counts moves columns of line 0."""
    text = "\ufeffIn Sichuan the the hospital\u2028grew.\r\nThe Health and Health Commission\x0bmet.\rThe the end is near.\r\n"
    marks = {
        mark.range.start.line: mark for mark in await editor.open("a.txt", text) if mark.code in ("GAR302", "TRM101")
    }
    assert marks[0].range.start.character == len("\ufeffIn Sichuan ")
    assert marks[1].range == types.Range(
        types.Position(1, 4), types.Position(1, 4 + len("Health and Health Commission"))
    )
    assert marks[2].range.start == types.Position(2, 0)
    end = marks[2].range.end
    after = await editor.type("a.txt", marks[2].range.start, end, "The")
    assert not [mark for mark in after if mark.range.start.line == 2 and mark.code == "GAR302"]


async def test_the_card(editor: Editor) -> None:
    """Over a wrong rendering stands what is wrong, the Chinese, what to write, and a source; over Chinese its card."""
    text = PAGE + "\nThe 医联体 is here.\n"
    await editor.open("a.txt", text)
    uri = types.TextDocumentIdentifier(editor.uri("a.txt"))
    where = place(text, "medical association")
    hover = await editor.client.text_document_hover_async(types.HoverParams(uri, where.start))
    shown = hover.contents.value
    for words in (
        "TRM101",
        "**医联体**",
        "yī lián tǐ",
        "write: **medical consortium**",
        "- not: medical association",
        "](<http",
    ):
        assert words in shown
    assert hover.range == where
    chinese = await editor.client.text_document_hover_async(types.HoverParams(uri, place(text, "联体 ").start))
    assert "medical consortium" in chinese.contents.value
    assert chinese.range == place(text, "医联体")
    nothing = await editor.client.text_document_hover_async(types.HoverParams(uri, place(text, "grows").start))
    assert nothing is None


async def test_actions_write_what_is_suggested_and_repair(editor: Editor) -> None:
    """The preferred rendering is put in one place or in all; a repair takes the doubled word out."""
    text = PAGE
    await editor.open("a.txt", text)
    uri = editor.uri("a.txt")
    where = place(text, "medical association")
    titles = {action.title: action for action in await editor.actions("a.txt", where)}
    one, both = "Write “medical consortium”", "Write “medical consortium” in all 2 places"
    assert titles[one].is_preferred
    assert [mark.range for mark in titles[one].diagnostics] == [where]
    await editor.run(titles[one])
    assert editor.texts[uri] == text.replace("medical association", "medical consortium", 1)
    editor.texts[uri] = text
    await editor.run(titles[both])
    assert editor.texts[uri] == text.replace("medical association", "medical consortium")
    editor.texts[uri] = text
    (repair,) = [a for a in await editor.actions("a.txt", place(text, "the the")) if a.title.startswith("Repair “")]
    await editor.run(repair)
    assert editor.texts[uri] == text.replace("the the", "the")


async def test_repair_all_does_what_fix_does(editor: Editor, yigai: Any) -> None:
    """The text after the action is the file after ``yigai fix``, astral characters before it notwithstanding."""
    text = PAGE.replace("Tiered", "😀 Tiered")
    await editor.open("a.txt", text)
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    (action,) = await editor.actions("a.txt", start, [types.CodeActionKind.SourceFixAll])
    await editor.run(action)
    done = await asyncio.to_thread(yigai, "fix", "a.txt", cwd=editor.folder)
    assert done.returncode == 0, done.stderr
    fixed = (editor.folder / "a.txt").read_text("utf-8")
    assert fixed != text
    assert editor.texts[editor.uri("a.txt")] == fixed


async def accept(editor: Editor, name: str, words: str, reason: str) -> None:
    """Accept the wrong rendering that stands at some words, for a reason."""
    editor.reason = reason
    where = place(editor.texts[editor.uri(name)], words)
    (action,) = [a for a in await editor.actions(name, where) if a.title.startswith("Accept TRM101")]
    await editor.run(action)


async def test_accepting_in_a_text_writes_an_entry(editor: Editor, yigai: Any) -> None:
    """An entry with the reason is written beside the page, its reason is shown, and the mark goes, as for ``check``."""
    await editor.open("a.txt", PAGE)
    await accept(editor, "a.txt", "Health and Health Commission", "it is quoted")
    (path,) = [*editor.folder.parent.glob("**/yigai-accepted.yaml")]
    written = path.read_text("utf-8")
    assert "reason: it is quoted" in written
    assert editor.shown[-1].uri == path.as_uri()
    assert written.splitlines()[editor.shown[-1].selection.start.line] == "  reason: it is quoted"
    await editor.replace("a.txt", PAGE + "\n")
    shown = await editor.replace("a.txt", PAGE)
    assert not [mark for mark in shown if "Health and Health" in mark.message]
    assert as_shown(shown) == [row for row in await checked(yigai, editor, "a.txt") if row[0] != "ACC901"]
    path.unlink()


@pytest.mark.parametrize("name", ["a.md", "a.html"])
async def test_accepting_in_mark_up_writes_a_comment(editor: Editor, yigai: Any, name: str) -> None:
    """A comment at the end of the block, with the reason, and nothing else is written."""
    text = PAGE if name == "a.md" else f"<!doctype html>\n<html><body><p>{PAGE.strip()}</p></body></html>\n"
    await editor.open(name, text)
    await accept(editor, name, "Health and Health Commission", "it is a name")
    new = editor.texts[editor.uri(name)]
    comment = " <!-- yigai: accept TRM101: it is a name -->"
    assert new.replace(comment, "") == text
    assert new.count(comment) == 1
    editor.write(name, new)
    shown = await editor.replace(name, new)
    assert not [mark for mark in shown if "Health and Health" in mark.message]
    assert as_shown(shown) == await checked(yigai, editor, name)


@pytest.mark.parametrize(
    ("typed", "offered"), [("医联体", True), ("推进医联", True), ("醫聯體", True), ("yilianti", True), ("yilia", True),
                           ("yil", False), ("medical", False), ("体", False)]
)  # fmt: skip
async def test_completion(editor: Editor, typed: str, offered: bool) -> None:
    """Chinese in either script and pinyin offer the preferred rendering in place of what was typed, other words nothing."""
    text = f"😀 Build a {typed}"
    await editor.open("a.txt", text)
    end = place(text, typed).end
    found = await editor.client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(editor.uri("a.txt")), end)
    )
    labels = [item.label for item in found.items]
    assert ("medical consortium" in labels) == offered
    if offered:
        item = found.items[labels.index("medical consortium")]
        replaced = edited(text, [item.text_edit])
        assert replaced == f"😀 Build a {'推进' if typed.startswith('推') else ''}medical consortium"
        assert typed.endswith(item.filter_text)


async def test_definition_of_a_finding(editor: Editor, repository: Path) -> None:
    """A wrong rendering leads to the file and the line of its concept."""
    await editor.open("a.txt", PAGE)
    uri = types.TextDocumentIdentifier(editor.uri("a.txt"))
    where = place(PAGE, "medical association").start
    (found,) = await editor.client.text_document_definition_async(types.DefinitionParams(uri, where))
    path = Path(found.uri.removeprefix("file://"))
    assert path.is_relative_to(repository / "glossary" / "terms")
    assert path.read_text("utf-8").splitlines()[found.range.start.line] == "- id: medical-consortium"


async def test_a_configuration_file(editor: Editor) -> None:
    """The closest file holds, as for the command line; when it changes and is wrong, that is said and checking goes on."""
    editor.write("yigai.toml", 'ignore = ["TRM"]\n')
    marks = await editor.open("a.txt", PAGE)
    assert not [mark for mark in marks if str(mark.code).startswith("TRM")]
    written = types.FileEvent(editor.uri("yigai.toml"), types.FileChangeType.Changed)
    editor.write("yigai.toml", 'select = ["TRM101"]\n')
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([written]))
    marks = await editor.diagnostics("a.txt", lambda marks: any(mark.code == "TRM101" for mark in marks))
    assert {mark.code for mark in marks} == {"TRM101"}
    editor.write("yigai.toml", 'selekt = ["TRM101"]\n')
    marks = await editor.replace("a.txt", PAGE + "\n")
    assert {mark.code for mark in marks} == {"TRM101"}
    await editor.replace("a.txt", PAGE)
    (message,) = editor.messages
    assert "yigai.toml:1: unknown key 'selekt'; did you mean 'select'?" in message


async def test_settings_of_the_editor(start: Any) -> None:
    """What the editor sets goes over the file, at the start, when it changes and when it is asked; mistakes are said."""
    editor = await start({"yigai": {"select": ["GAR"]}})
    editor.write("yigai.toml", 'select = ["TRM"]\n')
    marks = await editor.open("a.txt", PAGE)
    assert {mark.code for mark in marks} == {"GAR302"}

    def configure(settings: object) -> None:
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))

    configure({"yigai": {"select": ["TRM104", "TRM101"], "minConfidence": "low", "subject": "other"}})
    marks = await editor.diagnostics("a.txt", lambda marks: all(mark.code != "GAR302" for mark in marks))
    assert [mark.message for mark in marks if "medical association" in mark.message] == []
    configure({"yigai": {"minConfidance": "low"}})
    editor.settings = {"select": ["SPC"]}
    configure(None)
    marks = await editor.diagnostics("a.txt", lambda marks: any(mark.code == "SPC504" for mark in marks))
    assert {mark.code for mark in marks} == {"SPC504"}
    assert editor.messages == [
        "yigai: settings of the editor: unknown setting 'min-confidance'; did you mean 'min-confidence'?"
    ]


async def test_the_glossary_is_linted_while_it_is_edited(editor: Editor, yigai: Any) -> None:
    """Each mistake is marked at its words in what stands in the editor, and gone when it is mended there."""
    small_tree(editor.folder)
    name = "glossary/terms/organisation/groups.yaml"
    assert list(await editor.open(name, TERMS, "yaml")) == []
    wrong = TERMS.replace("zh: 分级诊疗", "zh: 分級診療")
    marks = await editor.replace(name, wrong)
    marks = await editor.diagnostics(name, lambda marks: any(mark.code == "GLS815" for mark in marks))
    (mark,) = [mark for mark in marks if mark.code == "GLS815"]
    assert mark.range == place(wrong, "分級診療")
    editor.reason = "it is meant so"
    (action,) = [a for a in await editor.actions(name, mark.range) if a.title.startswith("Accept GLS815")]
    await editor.run(action)
    accepted = editor.texts[editor.uri(name)]
    assert "  # yigai: accept GLS815: it is meant so\n  zh: 分級診療\n" in accepted
    await editor.replace(name, accepted)
    await editor.diagnostics(name, lambda marks: not any(mark.code == "GLS815" for mark in marks))
    broken = TERMS.replace("  zh: 分级诊疗\n", "  zh: [分级诊疗\n")
    await editor.replace(name, broken)
    marks = await editor.diagnostics(name, lambda marks: any(mark.code == "GLS801" for mark in marks))
    editor.write(name, broken)
    done = await asyncio.to_thread(yigai, "glossary", "lint", "--format", "json", "--show", "info", cwd=editor.folder)
    found = [item for item in json.loads(done.stdout) if item["type"] == "finding"]
    assert as_shown(marks) == as_checked(found, broken)


async def test_ids_in_the_glossary_lead_to_their_concepts(editor: Editor) -> None:
    """In a file of the glossary the id of another concept has its card, and leads to its entry in the working tree."""
    small_tree(editor.folder)
    name = "glossary/terms/organisation/groups.yaml"
    text = TERMS.replace("  preferred: tiered care\n", "  preferred: tiered care\n  broader: medical-consortium\n")
    await editor.open(name, text, "yaml")
    where = types.Position(text[: text.index("broader:")].count("\n"), 14)
    which = types.TextDocumentIdentifier(editor.uri(name))
    hover = await editor.client.text_document_hover_async(types.HoverParams(which, where))
    assert "**医联体**" in hover.contents.value
    (found,) = await editor.client.text_document_definition_async(types.DefinitionParams(which, where))
    assert found.uri == editor.uri(name)
    assert text.splitlines()[found.range.start.line] == "- id: medical-consortium"


async def test_what_is_no_page_has_no_marks(editor: Editor) -> None:
    """Other YAML and programs are left alone; a text that is closed loses its marks."""
    assert list(await editor.open("notes.yaml", "- the the\n", "yaml")) == []
    assert list(await editor.open("program.py", "x = 'the the'\n", "python")) == []
    assert await editor.open("a.txt", PAGE)
    uri = editor.uri("a.txt")
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    for _ in range(500):
        if not editor.published[uri].diagnostics:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the marks of a closed text stay")
