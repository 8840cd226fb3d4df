"""The language server over standard input and output, with a real client."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from checker.acceptance.file import FILE_NAME
from tests.command_here import command_here
from tests.lsp_editor import (
    SETTINGS,
    Editor,
    as_checked,
    as_shown,
    edited,
    editor,
    other_editor,
    place,
    shared_editor,
    start,
    types,
)
from tests.small_tree import TERMS, small_tree

__all__ = ["editor", "other_editor", "shared_editor", "start"]
pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = (
    "In Sichuan the Health and Health Commission met. The hospital joined a medical association.\n\n"
    "Tiered diagnosis and treatment is the the aim , and the medical association grows.\n"
)


def checked(editor: Editor, name: str) -> list[tuple[str, str, types.Range]]:
    """What ``yigai check`` reports of a file."""
    done = command_here("check", name, "--format", "json", "--exit-zero", cwd=editor.folder)
    findings = [item for item in json.loads(done.stdout) if item["type"] == "finding"]
    return as_checked(findings, (editor.folder / name).read_text("utf-8"))


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html"])
async def test_diagnostics_are_the_findings_of_check(editor: Editor, name: str) -> None:
    """What an editor shows of a text, a Markdown file and a web page is what the command line reports of it."""
    text = PAGE.replace("\n\n", "\n\n# Aims\n\n😀 ") if name.endswith("md") else PAGE
    if name.endswith("html"):
        text = f"<!doctype html>\n<html><body><h1>Reform 😀</h1>\n<p>{PAGE.strip()}</p></body></html>\n"
    shown = as_shown(await editor.open(name, text))
    assert len(shown) >= 3
    assert shown == checked(editor, name)


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
async def test_columns_are_in_the_unit_asked_for(editor: Editor, other_editor: Editor, encoding: str) -> None:
    """Behind characters outside the basic plane a mark stands at its words in each unit, also after typing there."""
    editor = other_editor if encoding == "utf-8" else editor
    text = "😀𠮷 The hospital of Sichuan joined a doctor 😀. 𠀋 The Health and Health Commission said so 😀.\n"
    codec, width = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}[encoding]
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


async def test_the_card_in_a_web_page(editor: Editor) -> None:
    """A name has its card as far as it goes, tags in it included; the long tag behind it has none."""
    text = f"<p>{PAGE}</p>".replace(
        "medical association", f"medical<b class='{'x' * 40}'></b> association<i id='{'y' * 40}'>"
    )
    await editor.open("a.html", text)
    uri = types.TextDocumentIdentifier(editor.uri("a.html"))
    inside = await editor.client.text_document_hover_async(types.HoverParams(uri, place(text, "xxx").start))
    assert inside.range.end == place(text, " association").end
    assert await editor.client.text_document_hover_async(types.HoverParams(uri, place(text, "yyy").start)) is None


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


async def test_repair_all_does_what_fix_does(editor: Editor) -> None:
    """The text after the action is the file after ``yigai fix``, astral characters before it notwithstanding."""
    text = PAGE.replace("Tiered", "😀 Tiered")
    await editor.open("a.txt", text)
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    (action,) = await editor.actions("a.txt", start, [types.CodeActionKind.SourceFixAll])
    await editor.run(action)
    done = command_here("fix", "a.txt", cwd=editor.folder)
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


async def test_accepting_in_a_text_writes_an_entry(editor: Editor) -> None:
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
    assert as_shown(shown) == [row for row in checked(editor, "a.txt") if row[0] != "ACC901"]
    path.unlink()


async def test_the_reason_shown_is_that_of_the_page(editor: Editor) -> None:
    """Where the same words stand on two pages, the second reason is shown, and not that of the first page."""
    for name, reason in (("a.txt", "it is quoted"), ("b.txt", "it is a name")):
        await editor.open(name, PAGE)
        await accept(editor, name, "Health and Health Commission", reason)
        (path,) = [*editor.folder.parent.glob("**/yigai-accepted.yaml")]
        line = editor.shown[-1].selection.start.line
        assert path.read_text("utf-8").splitlines()[line] == f"  reason: {reason}"
    path.unlink()


@pytest.mark.parametrize("name", ["a.md", "a.html"])
async def test_accepting_in_mark_up_writes_a_comment(editor: Editor, name: str) -> None:
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
    assert as_shown(shown) == checked(editor, name)


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


async def test_settings_of_the_editor(other_editor: Editor) -> None:
    """What the editor sets goes over the file, at the start, when it changes and when it is asked; mistakes are said."""
    editor = other_editor
    editor.write("yigai.toml", 'select = ["SPC"]\n')
    marks = await editor.open("b.txt", PAGE)
    assert {mark.code for mark in marks} == {"GAR302", "TRM101"}

    def configure(settings: object) -> None:
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))

    configure({"yigai": {"select": ["TRM104", "TRM101"], "minConfidence": "low", "subject": "other"}})
    marks = await editor.diagnostics("b.txt", lambda marks: all(mark.code != "GAR302" for mark in marks))
    assert [mark.message for mark in marks if "medical association" in mark.message] == []
    configure({"yigai": {"minConfidance": "low"}})
    editor.settings = {"select": ["SPC"]}
    configure(None)
    marks = await editor.diagnostics("b.txt", lambda marks: any(mark.code == "SPC504" for mark in marks))
    assert {mark.code for mark in marks} == {"SPC504"}
    assert editor.messages == [
        "yigai: settings of the editor: unknown setting 'min-confidance'; did you mean 'min-confidence'?"
    ]
    editor.settings = None  # taken out: those of the start hold again
    configure(None)
    marks = await editor.diagnostics("b.txt", lambda marks: any(mark.code == "GAR302" for mark in marks))
    assert {mark.code for mark in marks} == {"GAR302", "TRM101"}
    configure(SETTINGS)


async def test_what_was_not_saved_is_gone_when_it_is_closed(editor: Editor) -> None:
    """What others saw of a file of accepted findings, or of a glossary, is looked at as it stands on the disk."""
    text = "The the county hospital.\n"
    await editor.open("a.txt", text)
    accept = next(a for a in await editor.actions("a.txt", place(text, "The the")) if a.title.startswith("Accept"))
    entry = f"- {{path: a.txt, rule: GAR302, fingerprint: {accept.command.arguments[2]}}}\n"
    await editor.open(FILE_NAME, "# ours\n", "yaml")
    await editor.replace(FILE_NAME, entry)
    await editor.diagnostics("a.txt", lambda marks: all(mark.code != "GAR302" for mark in marks))
    which = types.TextDocumentIdentifier(editor.uri(FILE_NAME))
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(which))
    await editor.diagnostics("a.txt", lambda marks: any(mark.code == "GAR302" for mark in marks))


async def test_the_glossary_is_linted_while_it_is_edited(editor: Editor) -> None:
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
    editor.write(name, broken)
    done = command_here("glossary", "lint", "--format", "json", "--show", "info", cwd=editor.folder)
    found = as_checked([item for item in json.loads(done.stdout) if item["type"] == "finding"], broken)
    assert "GLS801" in {rule for rule, *_ in found}
    await editor.replace(name, broken)
    await editor.diagnostics(name, lambda marks: as_shown(marks) == found)


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
