"""The parts of the language server that need no server: columns, edits, cards, settings, what is kept between states."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")
types: Any = pytest.importorskip("lsprotocol.types", reason="the extra lsp is not installed")

from checker.cli.setup import checker_for  # noqa: E402
from checker.config import ConfigError  # noqa: E402
from checker.language_server.buffers import Buffer, Buffers  # noqa: E402
from checker.language_server.cards import card, escaped, link  # noqa: E402
from checker.language_server.edits import changes  # noqa: E402
from checker.language_server.glossary_files import terms_folder  # noqa: E402
from checker.language_server.pages import Pages  # noqa: E402
from checker.language_server.positions import Lines  # noqa: E402
from checker.language_server.renderings import RenderingIndex  # noqa: E402
from checker.language_server.settings import given_settings  # noqa: E402
from checker.pipeline import Checker  # noqa: E402
from tests.small_tree import small_tree  # noqa: E402
from tests.tiny import CONCEPTS, tiny_glossary  # noqa: E402


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_lead_back(encoding: str) -> None:
    """Every offset that is no part of a line end is found again from its position, in each unit, after a mark too."""
    text = "a😀b\r\n中文\r\r\nx\u2028y\x0bz\n\n𠮷"
    for marked in (False, True):
        lines = Lines(text, types.PositionEncodingKind(encoding), marked)
        for offset in range(len(text) + 1):
            if text[offset - 1 : offset + 1] != "\r\n":
                assert lines.offset(lines.position(offset)) == offset
        assert lines.offset(types.Position(99, 0)) == len(text)
        assert lines.offset(types.Position(1, 99)) == text.index("\r\r")


def test_a_column_within_a_character_is_its_beginning() -> None:
    """Half of a surrogate pair is no place of its own."""
    lines = Lines("a😀b", types.PositionEncodingKind.Utf16)
    assert [lines.offset(types.Position(0, column)) for column in range(6)] == [0, 1, 1, 2, 3, 3]


def test_a_byte_order_mark_that_comes_and_goes(pages: Pages) -> None:
    """Typed in, taken away or doubled: columns and what is found stand where they stand in the editor."""
    text = "The the hospital.\n"

    def buffer_of(words: str) -> Buffer:
        return Buffers().open(types.TextDocumentItem("untitled:a", "plaintext", 1, words))

    def changed(buffer: Buffer, *place: int, words: str) -> Buffer:
        first, last = types.Position(*place[:2]), types.Position(*place[2:])
        change = types.TextDocumentContentChangePartial(types.Range(first, last), words)
        return buffer.changed(2, [change])

    for buffer, column in (
        (changed(buffer_of(""), 0, 0, 0, 0, words="\ufeff" + text), 1),
        (changed(buffer_of("\ufeff" + text), 0, 0, 1, 0, words=text), 0),
        (changed(buffer_of("\ufeff" + text), 0, 0, 1, 0, words="\ufeff" + text), 1),
        (changed(buffer_of("\ufeffThe the"), 0, 8, 0, 8, words=" hospital.\n"), 1),
        (buffer_of("\ufeff\ufeff" + text), 2),
    ):
        checked = pages.checked(buffer)
        assert checked is not None
        (finding,) = (finding for finding in checked.findings if finding.rule == "GAR302")
        assert buffer.lines.position(finding.start) == types.Position(0, column)
        assert buffer.text[finding.start : finding.end] == "The the"


def test_edits_make_the_new_text() -> None:
    """The changes are in order, apart, small, and make of one text the other."""
    chance = random.Random(3)
    lines = [f"line {number} of the text\r\n" for number in range(60)]
    for _ in range(50):
        other = [*lines]
        for _ in range(chance.randrange(5)):
            other[chance.randrange(len(other))] = chance.choice(["", "new 😀\n", "line 3 of the text\r\n"])
        old, new = "".join(lines), "".join(other)
        made, last = "", 0
        for start, end, text in changes(old, new):
            assert start >= last
            made, last = made + old[last:start] + text, end
        assert made + old[last:] == new
    assert changes("one two\nthree\n", "one 2\nthree\n") == [(4, 7, "2")]


@pytest.mark.parametrize("more", ["", "another line\n"])
def test_edits_of_a_long_text_of_lines_that_are_alike(more: str) -> None:
    """Comparing all lines with all took most of a minute for these (the suite would stall otherwise)."""
    old = "The county  hospital .\n\n" * 1000
    new = old.replace(" .", ".") + more
    made = changes(old, new)
    assert len(made) == (1 if more else 1000)
    for start, end, words in reversed(made):
        old = old[:start] + words + old[end:]
    assert old == new


def test_what_anybody_wrote_is_inert_in_a_card() -> None:
    """Markdown, HTML and addresses of a glossary or a page are shown as they stand."""
    hostile = "<img src=x onerror=alert(1)> [click](command:evil) `code` **bold** http://evil.example @me &lt; \u202e"
    assert escaped(hostile) == (
        "\\<img src=x onerror=alert(1)\\> \\[click\\](command:evil) \\`code\\` \\*\\*bold\\*\\* "
        "http\\://evil.example \\@me \\&lt; \\<U+202E\\>"
    )
    assert [escaped(text) for text in ("- a", "1. b", "# c", "www.evil.example")] == [
        "\\- a", "1\\. b", "\\# c", "www\\.evil.example",
    ]  # fmt: skip
    assert link("a title", "javascript:alert(1)") == "a title"
    assert link("a [title", "https://x.example/a) <b>") == "[a \\[title](<https://x.example/a%29%20%3Cb%3E>)"
    concepts = CONCEPTS.replace("zh: 提案\n", 'zh: 提案\n  definition: "<script>x</script> [a](b)"\n')
    proposal = tiny_glossary(concepts).concept("proposal")
    assert proposal is not None
    rich = card([], [proposal], types.MarkupKind.Markdown).value
    assert "\\<script\\>x\\</script\\> \\[a\\](b)" in rich
    assert "status: proposed" in rich
    assert "<script>" in card([], [proposal], types.MarkupKind.PlainText).value


def test_completion_of_many_forms() -> None:
    """The longest Chinese before the cursor goes first; proposed concepts and English words offer nothing."""
    index = RenderingIndex(tiny_glossary().concepts)
    assert [offer.concept.id for offer in index.offers("在紧密型")][:2] == [
        "compact-county-medical-community", "compact-urban-medical-group",
    ]  # fmt: skip
    assert [offer.concept.preferred for offer in index.offers("the fenji")] == ["tiered diagnosis and treatment"]
    assert index.offers("提案") == index.offers("medical") == index.offers("") == []
    found = index.at("本市医疗联合体建设", 4)
    assert found is not None
    assert (found[0], found[1], found[2][0].id) == (2, 7, "medical-consortium")
    assert index.at("本市医疗", 2) is None


def test_settings_name_the_nearest_word(tmp_path: Path) -> None:
    """Both spellings of a key are taken, layers come from the folder of the workspace, and mistakes are named."""
    given = given_settings(
        {"yigai": {"minConfidence": "low", "glossary": ["house.yaml"], "fail-on": "error"}}, tmp_path
    )
    assert given.values == {"min-confidence": "low", "glossary": (str(tmp_path / "house.yaml"),)}
    assert given_settings(None, tmp_path).values == {}
    for wrong, words in (
        ({"subjekt": "other"}, "did you mean 'subject'"),
        ({"subject": "othr"}, "did you mean 'other'"),
        ({"select": [1]}, "list of strings"),
        ([1], "must be a table"),
    ):
        with pytest.raises(ConfigError, match=words):
            given_settings(wrong, tmp_path)


def test_which_files_are_of_a_glossary(tmp_path: Path) -> None:
    """Entries, morphemes and tables lead to the folder of entries, other YAML to nothing."""
    terms = small_tree(tmp_path)
    beside = terms.parent
    for path in (terms / "organisation" / "groups.yaml", beside / "morphemes" / "core.yaml", beside / "names.yaml"):
        assert terms_folder(path) == terms
    assert terms_folder(tmp_path / "other.yaml") is None
    assert terms_folder(tmp_path / "data" / "pages" / "one.txt") is None
    assert terms_folder(tmp_path / "house" / "a.yaml", [str(tmp_path / "house")]) is None
    (tmp_path / "house").mkdir()
    assert terms_folder(tmp_path / "house" / "a.yaml", [str(tmp_path / "house")]) == tmp_path / "house"


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Pages checked with the curated glossary."""
    return Pages(Buffers(), checker_for)


def test_what_is_kept_changes_nothing(pages: Pages, repository: Path) -> None:
    """After each of many edits the findings are those of a check that knows nothing of the text before."""
    chance = random.Random(7)
    text = (repository / "data" / "pages" / "county-community.txt").read_text("utf-8")
    inserted = ("medical association ", "doctor ", "Health and Health Commission", "x", "the the ", "\n\n", "医联体")
    buffer = Buffers().open(types.TextDocumentItem("file:///nowhere/a.txt", "plaintext", 0, text))
    fresh = pages.checker(buffer.path)
    assert fresh is not None
    for version in range(1, 11):
        start = chance.randrange(len(buffer.text))
        end = min(start + chance.choice([0, 0, 1, 9, 40]), len(buffer.text))
        new = buffer.text[:start] + chance.choice(inserted) + buffer.text[end:]
        buffer = buffer.with_text(new, version)
        checked = pages.checked(buffer)
        assert checked is not None
        assert checked.page is not None
        alone = Checker(fresh.glossary).check([checked.page.document]).findings
        assert list(checked.findings) == list(alone)


def test_a_layer_that_changes_is_loaded_anew(tmp_path: Path) -> None:
    """The checker is made again when a layer's file has changed, and only then; a broken one is told once."""
    made = []

    def stub(config: Any, given: Any) -> Checker:
        layers = config.settings(given).glossary
        made.append(Path(layers[0]).read_text("utf-8") if layers else "")
        if made[-1] == "broken":
            raise ConfigError("the layer is broken")
        return Checker(tiny_glossary())

    layer = tmp_path / "house.yaml"
    layer.write_text("one", encoding="utf-8")
    pages = Pages(Buffers(), stub)
    pages.given = given_settings({"glossary": ["house.yaml"]}, tmp_path)
    page = tmp_path / "a.txt"
    first = pages.checker(page)
    assert pages.checker(page) is first
    layer.write_text("two two", encoding="utf-8")
    second = pages.checker(page)
    assert second is not first
    assert made == ["one", "two two"]
    layer.write_text("broken", encoding="utf-8")
    assert pages.checker(page) is second
    assert pages.checker(page) is second
    assert pages.complaints == ["the layer is broken"]


def test_without_the_extra_it_says_what_to_install() -> None:
    """Where pygls is absent the command ends with 2 and one line."""
    program = (
        "import sys; sys.modules['pygls'] = None; sys.argv[1:] = ['lsp']; from checker.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "yigai: the language server needs pygls: pip install 'yigai[lsp]'\n"
