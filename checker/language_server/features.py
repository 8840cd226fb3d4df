"""What the server can do, by the names of the protocol."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from pygls.capabilities import get_capability

from checker.acceptance.file import FILE_NAME
from checker.config import FILE_NAMES
from checker.language_server.accepting import REASONS, Accepting, accept_finding, accept_line
from checker.language_server.actions import (
    ACCEPT,
    FIX_ALL,
    FIX_ALL_KIND,
    file_actions,
    page_actions,
    repairs,
)
from checker.language_server.answers import completion_items, concept_at, concept_location, file_card, page_card
from checker.language_server.buffers import Buffer
from checker.language_server.edits import buffer_edit
from checker.language_server.pages import CheckerFor
from checker.language_server.server import Server, is_saved, is_yaml

_SECTION = "yigai"
_LOOKED_AT = (*FILE_NAMES, FILE_NAME)  # at each check, whether they have changed
_WATCHED = (*FILE_NAMES, "*.yaml")


def server(checker_for: CheckerFor) -> Server:
    """A server with all features; ``checker_for`` gives the checker of a configuration with settings over it."""
    made = Server(checker_for)
    _follow_texts(made)
    _follow_settings(made)
    _answer(made)
    _act(made)
    return made


def _follow_texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        buffer = ls.buffers.open(params.text_document)
        if buffer.name.endswith(FILE_NAME) and not is_saved(buffer):
            ls.look_at_all()
        else:
            ls.look(buffer, delay=False)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        old = ls.buffers.get(params.text_document.uri)
        if old is None:
            return
        buffer = ls.buffers.keep(old.changed(params.text_document.version, params.content_changes))
        if buffer.path is not None and buffer.path.name == FILE_NAME:
            ls.look_at_all()
        else:
            ls.look(buffer)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.close_text(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        buffer = ls.buffers.get(params.text_document.uri)
        if buffer is not None and buffer.name.endswith(_LOOKED_AT):
            ls.look_at_all()
        elif buffer is not None and is_yaml(buffer):
            ls.forget_glossary()
            ls.look_at_all()


def _follow_settings(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    async def initialize(ls: Server, params: types.InitializeParams) -> None:
        ls.begin(params)
        checker = await ls.on_pages(lambda: ls.pages.checker(None))
        last = ls.pages.index(checker.glossary).last_characters if checker is not None else []
        ls.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=last))(_complete)

    @server.feature(types.INITIALIZED)
    def initialized(ls: Server, params: types.InitializedParams) -> None:
        ls.delays.put("the start", 0.0, lambda: _prepare(ls))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(ls: Server, params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            ls.set_up(params.settings)
            ls.look_at_all()
        elif not await _ask_settings(ls):
            ls.set_up(ls.initial)
            ls.look_at_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def written(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        if not all(change.uri.endswith(_LOOKED_AT) for change in params.changes):
            ls.forget_glossary()
        ls.look_at_all()

    @server.feature(types.SHUTDOWN)
    def shutdown(ls: Server, params: None) -> None:
        ls.end()


async def _ask_settings(ls: Server) -> bool:
    """Ask the editor for its settings, where it can be asked; whether it has any."""
    if get_capability(ls.client_capabilities, "workspace.configuration"):
        item = types.ConfigurationItem(section=_SECTION)
        answer = await ls.workspace_configuration_async(types.ConfigurationParams([item]))
        if answer and answer[0]:
            ls.set_up(answer[0])
            ls.look_at_all()
            return True
    return False


async def _prepare(ls: Server) -> None:
    """Ask to be told of files, ask for settings, and load what a first completion needs."""
    if get_capability(ls.client_capabilities, "workspace.did_change_watched_files.dynamic_registration"):
        watched = types.DidChangeWatchedFilesRegistrationOptions(
            [types.FileSystemWatcher(f"**/{name}") for name in _WATCHED]
        )
        wanted = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched)
        await ls.client_register_capability_async(types.RegistrationParams([wanted]))
    await _ask_settings(ls)
    await ls.on_pages(lambda: _warm(ls))


def _warm(ls: Server) -> None:
    checker = ls.pages.checker(None)
    if checker is not None:
        ls.pages.index(checker.glossary).warm()


async def _complete(ls: Server, params: types.CompletionParams) -> types.CompletionList:
    buffer = ls.buffers.get(params.text_document.uri)
    if buffer is None or is_yaml(buffer):
        return types.CompletionList(False, [])
    formats = get_capability(ls.client_capabilities, "text_document.completion.completion_item.documentation_format")
    items = await ls.on_pages(lambda: completion_items(ls.pages, buffer, params.position, _markup(formats)))
    return types.CompletionList(True, items)


def _answer(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        buffer = ls.buffers.get(params.text_document.uri)
        if buffer is None:
            return None
        offset = buffer.lines.offset(params.position)
        kind = _markup(get_capability(ls.client_capabilities, "text_document.hover.content_format"))
        if is_yaml(buffer):
            await ls.know_tree(buffer)
            return file_card(ls, buffer, offset, kind)
        return await ls.on_pages(lambda: page_card(ls.pages, buffer, offset, kind))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        buffer = ls.buffers.get(params.text_document.uri)
        if buffer is None:
            return []
        if is_yaml(buffer):
            await ls.know_tree(buffer)
        concepts = await ls.on_pages(lambda: concept_at(ls, buffer, buffer.lines.offset(params.position)))
        found = [concept_location(concept, ls.files, ls.roots) for concept in concepts]
        return [place for place in found if place is not None]


def _act(server: Server) -> None:
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL_KIND]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        buffer = ls.buffers.get(params.text_document.uri)
        if buffer is None:
            return []
        start, end = (buffer.lines.offset(place) for place in (params.range.start, params.range.end))
        if is_yaml(buffer):
            return file_actions(buffer, ls.lint_of(buffer), start, end, params.context)
        checked = await ls.checked(buffer.uri)
        if checked is None:
            return []
        return page_actions(checked, start, end, params.context, ls.client_capabilities)

    @server.command(FIX_ALL)
    async def fix_all(ls: Server, uri: str) -> None:
        buffer = ls.buffers.get(uri)
        if buffer is None:
            return
        made = await ls.on_pages(lambda: repairs(ls.pages, buffer))
        if made and ls.buffers.get(uri) is buffer:
            edit = buffer_edit(buffer, made, ls.client_capabilities)
            await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, "Repair all"))

    @server.command(ACCEPT)
    async def accept(ls: Server, uri: str, rule: str, fingerprint: str, start: int, end: int) -> None:
        buffer = ls.buffers.get(uri)
        if buffer is None:
            return
        question = types.ShowMessageRequestParams(
            types.MessageType.Info,
            f"Why is {rule} no fault here?",
            [types.MessageActionItem(words) for words in REASONS],
        )
        answer = await ls.window_show_message_request_async(question)
        if answer is None or ls.buffers.get(uri) is not buffer:
            return
        made = await _accepting(ls, buffer, (rule, fingerprint), (start, end), answer.title)
        if made is None:
            return
        await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(made.edit, "Accept"))
        if get_capability(ls.client_capabilities, "window.show_document.support"):
            shown = types.ShowDocumentParams(made.uri, take_focus=True, selection=made.reason)
            await ls.window_show_document_async(shown)


async def _accepting(
    ls: Server, buffer: Buffer, key: tuple[str, str], place: tuple[int, int], reason: str
) -> Accepting | None:
    checked = await ls.checked(buffer.uri)
    found = ls.lint_of(buffer) if checked is None else checked.findings
    finding = next((item for item in found if (item.rule, item.fingerprint) == key), None)
    if finding is None:
        return None
    if checked is None:
        return accept_line(ls, buffer, finding, place, reason)
    return await ls.on_pages(lambda: accept_finding(ls, checked, finding, place, reason))


def _markup(formats: Sequence[types.MarkupKind] | None) -> types.MarkupKind:
    """Markdown where the editor shows it, else plain text."""
    return types.MarkupKind.Markdown if formats and types.MarkupKind.Markdown in formats else types.MarkupKind.PlainText
