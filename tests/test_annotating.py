"""Findings written into Word and CAT files: what is added, where it stands, and that nothing else changes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from checker.annotate import annotated
from checker.annotate.remarks import Signature, remarks
from checker.document import Document
from checker.finding import Finding, SourceReference
from checker.options import Options
from checker.pipeline import Checker
from checker.raw_xml import Edit, RawXml
from checker.readers.archive import RefusedError
from checker.readers.docx import paragraph_pieces
from checker.readers.walk import read_content
from tests.conftest import Run
from tests.tiny import tiny_glossary

Found = Callable[..., Finding]

CHECKER = Checker(tiny_glossary(), Options(subject="health-reform"))
SIGNED = Signature("Li Wei", datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def one(name: str, content: bytes) -> Document:
    """The only document of a file."""
    (document,) = read_content(name, content)
    assert isinstance(document, Document), document
    return document


def marked(name: str, content: bytes) -> bytes:
    """A file with what the small glossary finds in it; its text is the same when it is read again."""
    document = one(name, content)
    made = annotated(content, document, CHECKER.check([document]).findings, SIGNED)
    again = one(name, made)
    assert again.text == document.text
    assert [unit.name for unit in again.units] == [unit.name for unit in document.units]
    return made


def is_kept(old: bytes, new: bytes) -> bool:
    """Whether ``new`` is ``old`` with things put in."""
    rest = iter(new)
    return all(byte in rest for byte in old)


def saved(document: Any) -> bytes:
    """The bytes of a Word file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def formatted(content: bytes) -> list[tuple[str, str]]:
    """Each character of the main text with the formatting and the kind of change it has."""
    made = []
    root = etree.fromstring(parts(content)["word/document.xml"])
    for paragraph in root.iter(f"{W}p"):
        for element, text in paragraph_pieces(paragraph):
            run = next(element.iterancestors(f"{W}r"))
            look = run.find(f"{W}rPr")
            around = [above.tag for above in run.iterancestors()]
            shown = b"" if look is None else etree.tostring(look, with_tail=False)
            made += [(char, f"{shown!r} {around} {run.attrib}") for char in text]
    return made


def comments(content: bytes) -> dict[str, tuple[str, str]]:
    """The comments of a Word file by number: the words they stand at, and their own. Their marks are in order."""
    there = parts(content)
    root = etree.fromstring(there["word/document.xml"])
    begun: dict[str, str] = {}
    done: dict[str, str] = {}
    referred: list[str] = []
    for element in root.iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            assert number not in begun
            begun[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            done[number] = begun.pop(number)
        elif element.tag == f"{W}commentReference":
            assert number in done
            referred.append(number)
        elif element.tag == f"{W}t":
            begun = {key: words + (element.text or "") for key, words in begun.items()}
        if element.tag in (f"{W}p", f"{W}r") and len(element):
            first = "pPr" if element.tag == f"{W}p" else "rPr"
            assert all(child.tag != W + first for child in element[1:])
    assert not begun
    assert sorted(referred) == sorted(done)
    words = {
        comment.get(f"{W}id"): "\n".join("".join(p.itertext()) for p in comment.iter(f"{W}p"))
        for comment in etree.fromstring(there["word/comments.xml"])
    }
    assert set(words) == set(done)
    return {number: (done[number], words[number]) for number in words}


def change(kind: str, tag: str, text: str) -> Any:
    """A tracked change of a Word file."""
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="90" w:author="a"><w:r w:rsidR="00AB12CD"><w:rPr><w:i/></w:rPr>'
        f'<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r></w:{kind}>'
    )


def draft() -> Any:
    """A Word file with formatting inside words, a tracked change, a link, a field, a table, a header and a comment."""
    made = docx.Document()
    made.add_heading("Work plan", 1)
    paragraph = made.add_paragraph("The doctor un")
    paragraph.add_run("ion bo").bold = True
    paragraph.add_run("dy & the\tdoctor union body.").italic = True
    made.add_comment(paragraph.runs[0], "An old one", "Someone")
    changed = made.add_paragraph("Here ")
    changed._p.append(change("ins", "t", "is a doctor union body "))
    changed._p.append(change("del", "delText", "a doctor union body "))
    changed.add_run("now. We sink resources.")
    link = made.add_paragraph("See ")
    link._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w")} w:anchor="x"><w:r><w:t>graded diagnosis and treatment</w:t></w:r></w:hyperlink>'
        )
    )
    made.add_table(1, 2).rows[0].cells[1].text = "doctor union body"
    made.sections[0].header.paragraphs[0].text = "medical association"
    return made


def test_a_word_file_comes_back() -> None:
    """Each concept has one comment at its first place; text, formatting and changes are as they were."""
    old = saved(draft())
    new = marked("draft.docx", old)
    before, after = parts(old), parts(new)
    assert {name for name in after if after[name] != before.get(name)} == {"word/document.xml", "word/comments.xml"}
    assert is_kept(before["word/document.xml"], after["word/document.xml"])
    assert is_kept(before["word/comments.xml"], after["word/comments.xml"])
    assert formatted(new) == formatted(old)
    made = comments(new)
    assert [place for place, _ in made.values()] == [
        "The doctor un", "doctor union body", "sink resources", "graded diagnosis and treatment",
    ]  # fmt: skip
    words = made["1"][1]
    assert "medical consortium" in words
    assert "Source: A page, State Council" in words
    assert "https://english.www.gov.cn/a/2020/x" in words
    assert (
        "“doctor union body”, paragraph 3 (under “Work plan”); “doctor union body”, table 1, row 1, column 2" in words
    )
    assert "“medical association”, header 1" in words
    opened = docx.Document(io.BytesIO(new))
    assert [(comment.author, comment.initials) for comment in opened.comments] == [
        ("Someone", ""), *[("Li Wei", "LW")] * 3,
    ]  # fmt: skip


def test_comments_where_there_were_none() -> None:
    """The part of comments is made, with its type and relation; no path and no name of a tool stands in the file."""
    made = docx.Document()
    made.add_paragraph("A doctor union body.")
    old = saved(made)
    new = marked("secret/path/draft.docx", old)
    changed = {name for name, content in parts(new).items() if content != parts(old).get(name)}
    assert changed == {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert [place for place, _ in comments(new).values()] == ["doctor union body"]
    assert len(list(docx.Document(io.BytesIO(new)).comments)) == 1
    for content in parts(new).values():
        assert b"yigai" not in content
        assert b"secret" not in content


@pytest.mark.parametrize("there", [False, True])
def test_comments_in_a_file_without_prefixes(there: bool) -> None:
    """Word's names stand in the default namespace: attributes, which are in none, get a prefix."""
    made = docx.Document()
    paragraph = made.add_paragraph("A doctor union body.")
    if there:
        made.add_comment(paragraph.runs[0], "An old one", "Someone")
    text = f'<document xmlns="{W[1:-1]}"><body><p><r><t>A doctor union body.</t></r></p></body></document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        bare = {"word/document.xml": text, "word/comments.xml": f'<comments xmlns="{W[1:-1]}"/>'}
        for name, content in parts(saved(made)).items():
            archive.writestr(name, bare.get(name, content))
    new = marked("a.docx", stream.getvalue())
    assert [place for place, _ in comments(new).values()] == ["doctor union body"]
    (comment,) = docx.Document(io.BytesIO(new)).comments
    assert comment.author == "Li Wei"


def test_nothing_found() -> None:
    """A file in which nothing is found is the same file."""
    made = docx.Document()
    made.add_paragraph("All is well.")
    content = saved(made)  # once: an archive holds the time of saving
    assert marked("a.docx", content) == content


def test_places_where_no_comment_can_stand() -> None:
    """What is found in a header, a note or a text box has its comment in the main text, which says so."""
    made = docx.Document()
    made.add_paragraph("All is well.")
    made.sections[0].header.paragraphs[0].text = "A doctor union body."
    ((place, words),) = comments(marked("a.docx", saved(made))).values()
    assert (place, words.split("\n")[0]) == ("All is well.", "In the header:")
    made = docx.Document()
    paragraph = made.add_paragraph("All is well.")
    box = "<w:txbxContent><w:p><w:r><w:t>A doctor union body.</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:rect><v:textbox>{box}</v:textbox></v:rect></w:pict></w:r>'
        )
    )
    ((place, words),) = comments(marked("a.docx", saved(made))).values()
    assert (place, words.split("\n")[0]) == ("A doctor union body.", "In the text box:")


def test_pages_are_named_where_word_has_left_them() -> None:
    """With Word's own page breaks in the file, further places are named by page."""
    made = docx.Document()
    made.add_paragraph("A doctor union body.")
    run = made.add_paragraph("More. ").add_run()
    run._r.append(run._r.makeelement(qn("w:lastRenderedPageBreak")))
    run.add_text("A doctor union body.")
    ((_, words),) = comments(marked("a.docx", saved(made))).values()
    assert "Also here: “doctor union body”, page 2" in words


RUNS = st.lists(
    st.tuples(
        st.text("ab é&<😀\t\n", min_size=1, max_size=6), st.sampled_from(["plain", "bold", "ins", "link", "break"])
    ),
    min_size=1,
    max_size=6,
)
PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(RUNS, min_size=1, max_size=3), PLACES)
def test_any_place_of_any_runs(found: Found, paragraphs: list[Any], places: list[tuple[int, int]]) -> None:
    """Wherever comments begin and end, text and formatting stay, and each stands at the words it is about."""
    made = docx.Document()
    for runs in paragraphs:
        paragraph = made.add_paragraph()
        for text, kind in runs:
            run = paragraph.add_run(text)
            run.bold = kind == "bold"
            if kind == "break":
                run.add_break()
            if kind in ("ins", "link"):
                around = parse_xml(f"<w:{'ins' if kind == 'ins' else 'hyperlink'} {nsdecls('w')}/>")
                run._r.addprevious(around)
                around.append(run._r)
    old = saved(made)
    document = one("a.docx", old)
    if not document.text:
        return
    size = len(document.text)
    findings = []
    for number, place in enumerate(places):
        start, end = sorted(offset % (size + 1) for offset in place)
        if start < end and document.text[start:end].strip():
            unit = document.unit_at(start)
            assert unit is not None
            start = min(start, unit.end - 1)
            findings.append(
                found(
                    document, document.text[start], start=start, end=end, message=f"m{number}", fingerprint=f"{number}"
                )
            )
    if not findings:
        return
    new = annotated(old, document, findings, SIGNED)
    assert formatted(new) == formatted(old)
    assert is_kept(parts(old)["word/document.xml"], parts(new)["word/document.xml"])
    said = comments(new)
    assert len(said) == len(findings)
    wanted = [
        re.sub(r"\s", "", document.text[f.start : f.end]) for f in sorted(findings, key=lambda f: (f.start, f.end))
    ]
    assert [re.sub(r"\s", "", place) for place, _ in said.values()] == wanted


def test_a_file_that_has_changed_since(found: Found) -> None:
    """What was checked must be what is written into."""
    made = docx.Document()
    made.add_paragraph("A doctor union body.")
    document = one("a.docx", saved(made))
    made.paragraphs[0].text = "Something else entirely."
    with pytest.raises(RefusedError, match="not the one that was checked"):
        annotated(saved(made), document, [found(document, "doctor union body")], SIGNED)


def test_many_places_are_not_all_named(found: Found) -> None:
    """A comment names a dozen places and says how many more there are; what is said twice is said once."""
    document = Document("a.docx", "word. " * 40)
    places = tuple((n * 6, n * 6 + 4) for n in range(1, 40))
    (remark,) = remarks(
        document,
        [found(document, "word", also=places, concept="c", sources=(SourceReference("T", "https://x"),))] * 2,
        lambda offset: f"place {offset}",
    )
    assert remark.lines[0] == "a message"
    assert remark.lines[-1].endswith("“word”, place 72; and 27 more")


def test_edits_keep_encoding_and_mark() -> None:
    """Edits go into the bytes as they are: byte order mark, UTF-16, other quotes, blanks and comments stay."""
    text = "<?xml version='1.0'?>\r\n<!-- c --><a  b = 'x>y'><c/>医&amp;\r\n</a >\n"
    for mark, name in ((b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        content = mark + text.encode(name)
        file = RawXml(content)
        assert file.edited([]) == content
        end = file.span(file.root).inner_end
        assert file.edited([Edit(end, end, "<d/>医")]) == mark + text.replace("</a >", "<d/>医</a >").encode(name)
    latin = RawXml(b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>')
    at = latin.span(latin.root).inner
    assert latin.edited([Edit(at, at, "医")]).endswith(b"<a>&#21307;\xe9</a>")


# -- CAT files -------------------------------------------------------------------------------------------------------

HEAD = '<?xml version="1.0" encoding="utf-8"?>\r\n'
BODY_12 = (
    '<file original="a" source-language="zh-CN"\n target-language=\'en\'><body><!-- c -->{}</body></file></xliff>\n'
)
PLAIN = f'{HEAD}<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{BODY_12}'
TRADOS = (
    f'{HEAD}<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" '
    f'version="1.2" sdl:version="1.0">{BODY_12}'
)
MEMOQ = f'{HEAD}<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">{BODY_12}'
UNIT = "<trans-unit id='{0}'><source>医联体</source><target xml:lang=\"en\">The doctor <g id='1'>union</g> body &amp; more.</target>{1}</trans-unit>"


def noted(name: str, content: str) -> Any:
    """The root of a file with notes; without them it is as it was."""
    new = marked(name, content.encode())
    assert is_kept(content.encode(), new)
    return etree.fromstring(new)


def named(root: Any, name: str) -> list[Any]:
    """The elements of that local name."""
    return [element for element in root.iter("*") if etree.QName(element).localname == name]


def test_notes_in_xliff_1() -> None:
    """A note follows the target, says that it is about it, and names the other segments."""
    root = noted("a.xlf", PLAIN.format(UNIT.format(1, "<note>old</note>") + UNIT.format(2, "")))
    first, *_ = named(root, "trans-unit")
    assert [etree.QName(child).localname for child in first] == ["source", "target", "note", "note"]
    note = first[2]
    assert (note.get("annotates"), note.get("from"), note.get("priority")) == ("target", "Li Wei", "1")
    assert "medical consortium" in note.text
    assert "Also here: “doctor union body”, segment 2" in note.text
    assert len(named(root, "note")) == 2


def test_notes_in_xliff_2() -> None:
    """Notes stand before the segments, in the element that is there or a new one; the segment is named where needed."""
    segment = "<segment id='{0}'><source>医联体</source><target>{1}</target></segment>"
    body = (
        "<unit id='1'>" + segment.format("s1", "We sink resources.") + segment.format("s2", "A doctor union body.") + "</unit>"
        "<unit id='2'><x:m xmlns:x='urn:x'/><notes/><originalData><data id='d'>x</data></originalData>"
        + segment.format("s1", "graded diagnosis and treatment") + "</unit>"
    )  # fmt: skip
    head = "<xliff version='2.0' srcLang='zh' trgLang='en' xmlns='urn:oasis:names:tc:xliff:document:2.0'><file id='f'>"
    root = noted("a.xlf", f"{head}{body}</file></xliff>".replace("<notes/>", "<notes><note>old</note></notes>"))
    first, second = named(root, "unit")
    assert [etree.QName(child).localname for child in first] == ["notes", "segment", "segment"]
    assert [etree.QName(child).localname for child in second] == ["m", "notes", "originalData", "segment"]
    assert [note.text.split(":")[0] for note in first[0]] == ["segment 1", "segment 2"]
    assert len(second[1]) == 2
    assert second[1][1].get("appliesTo") == "target"


@pytest.mark.parametrize(
    "info",
    [
        "",
        '<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><rev-defs/></doc-info>',
        '<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="x"><Comments/></cmt-def></cmt-defs><cmt-meta-defs/></doc-info>',
        '<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-meta-defs/></doc-info>',
        '<sdl:doc-info xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"><sdl:cmt-defs></sdl:cmt-defs></sdl:doc-info>',
    ],
)
def test_trados_comments(info: str) -> None:
    """A comment marks the words of its segment; its own words stand at the head of the file."""
    unit = (
        '<trans-unit id="x"><source>医联体</source><seg-source><mrk mtype="seg" mid="7">医联体</mrk></seg-source><target>'
        '<mrk mtype="seg" mid="7">The doctor <g id="1">union</g> body. We sink resources.</mrk></target>'
        '<sdl:seg-defs><sdl:seg id="7"/></sdl:seg-defs></trans-unit>'
    )
    root = noted("a.sdlxliff", TRADOS.format(unit).replace('sdl:version="1.0">', f'sdl:version="1.0">{info}'))
    (mark,) = [mark for mark in named(root, "mrk") if mark.get("mtype") == "x-sdl-comment"]
    assert mark.getparent().get("mid") == "7"
    assert "".join(mark.itertext()) == "The doctor union body. We sink resources."
    definition = next(
        d for d in named(root, "cmt-def") if d.get("id") == mark.get("{http://sdl.com/FileTypes/SdlXliff/1.0}cid")
    )
    assert root[0] is definition.getparent().getparent()
    assert [etree.QName(c).namespace for c in definition.iter()] == ["http://sdl.com/FileTypes/SdlXliff/1.0"] * 4
    said = named(definition, "Comment")
    assert [(comment.get("user"), comment.get("severity")) for comment in said] == [
        ("Li Wei", "High"), ("Li Wei", "Medium"),
    ]  # fmt: skip
    after = [etree.QName(child).localname for child in root[0]]
    assert after == sorted(after, key=["rev-defs", "cmt-defs", "cmt-meta-defs"].index)


@pytest.mark.parametrize(
    "there", ["", '<mq:comments><mq:comment id="x">old</mq:comment></mq:comments>', "<mq:comments/>"]
)
def test_memoq_comments(there: str) -> None:
    """Comments stand in the unit's list of them, which is made where there is none."""
    content = MEMOQ.format(UNIT.format(3, there))
    new = marked("a.mqxliff", content.encode())
    root = etree.fromstring(new)
    (added,) = [comment for comment in named(root, "comment") if comment.get("creatoruser")]
    assert added.tag == "{MQXliff}comment"
    assert (added.get("appliesto"), added.get("deleted")) == ("Target", "false")
    assert added.get("time") == "2026-11-22T10:00:00Z"
    assert len(named(root, "comments")) == 1
    assert not named(root, "note")


@pytest.mark.parametrize("name", ["a.sdlxliff", "a.mqxliff"])
def test_a_file_with_our_comments_is_commented_on_again(name: str) -> None:
    """No two comments have one id, which Trados and memoQ tell them apart by."""
    words = "We improve the graded diagnosis and treatment now."
    space, target = 'xmlns:mq="MQXliff"', f"<target>{words}</target>"
    if name == "a.sdlxliff":
        space = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
        target = f'<seg-source><mrk mtype="seg" mid="1">医</mrk></seg-source><target><mrk mtype="seg" mid="1">{words}</mrk></target>'
    content = (
        f'<xliff {space} version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body>'
        f'<trans-unit id="1"><source>医</source>{target}</trans-unit></body></file></xliff>'
    )
    made = marked(name, marked(name, content.encode())).decode()
    ids = re.findall(r'(?:cmt-def|comment) id="([^"]+)"', made)
    assert len(ids) == len(set(ids)) >= 2


def test_notes_on_an_english_source() -> None:
    """Where the English is translated into Chinese, the notes are on the source."""
    unit = "<trans-unit id='1'><source>The doctor union body.</source><target>医联体。</target></trans-unit>"
    (note,) = named(noted("a.xlf", PLAIN.format(unit)), "note")
    assert note.get("annotates") == "source"


# -- the command -----------------------------------------------------------------------------------------------------


def test_word_on_the_command_line(yigai: Run, tmp_path: Path) -> None:
    """One file is written to the place given, several into a folder, none over itself; the author can be named."""
    made = docx.Document()
    made.add_paragraph("The Health and Health Commission of Guangdong said so.")
    (tmp_path / "sub").mkdir()
    for name in ("a.docx", "sub/b.docx"):
        made.save(str(tmp_path / name))
    before = (tmp_path / "a.docx").read_bytes()
    assert yigai("check", "a.docx", "--format", "docx", "-o", "marked.docx", cwd=tmp_path).returncode == 1
    (comment,) = docx.Document(str(tmp_path / "marked.docx")).comments
    assert comment.author == "Terminology check"
    assert "Health Commission" in comment.text
    assert "a.docx" not in comment.text
    (tmp_path / "yigai.toml").write_text('author = "Office"\n', encoding="utf-8")
    yigai("check", "a.docx", "sub", "--format", "docx", "-o", "out", cwd=tmp_path)
    (comment,) = docx.Document(str(tmp_path / "out" / "sub" / "b.docx")).comments
    assert comment.author == "Office"
    assert (tmp_path / "out" / "a.docx").exists()
    for arguments in ((), ("-o", "a.docx")):
        done = yigai("check", "a.docx", "--format", "docx", *arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert "yigai: " in done.stderr
    assert (tmp_path / "a.docx").read_bytes() == before


def test_a_word_file_that_relates_to_nothing(yigai: Run, tmp_path: Path) -> None:
    """A main part without relationships, as other programs write it, gets them with its first comment."""
    made = docx.Document()
    made.add_paragraph("The Health and Health Commission of Guangdong said so.")
    made.save(str(tmp_path / "whole.docx"))
    with zipfile.ZipFile(tmp_path / "whole.docx") as old, zipfile.ZipFile(tmp_path / "a.docx", "w") as bare:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            content = old.read(name)
            if name.endswith("Types].xml"):
                kept = rb'<Override (?![^>]*"/word/document\.xml")[^>]*/>'
                content = re.sub(kept, b"", content)
            if name == "_rels/.rels":
                content = re.sub(rb'<Relationship (?![^>]*/officeDocument")[^>]*/>', b"", content)
            bare.writestr(name, content)
    done = yigai("check", "a.docx", "--format", "docx", "-o", "marked.docx", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    (comment,) = docx.Document(str(tmp_path / "marked.docx")).comments
    assert "Health Commission" in comment.text


def test_other_files_are_left_out(yigai: Run, tmp_path: Path) -> None:
    """A file of another kind is checked, but cannot come back."""
    (tmp_path / "a.txt").write_text("All is well.\n", encoding="utf-8")
    done = yigai("check", "a.txt", "--format", "xliff", "-o", "b.xlf", cwd=tmp_path)
    assert done.returncode == 0
    assert "a.txt: no xliff file; left out" in done.stderr
    assert not (tmp_path / "b.xlf").exists()


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice; the test that needs it is skipped without."""
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if path is None:
        pytest.skip("no LibreOffice here")
    return path


def test_libreoffice_opens_what_we_write(office: str, tmp_path: Path) -> None:
    """A file of LibreOffice comes back with comments, and LibreOffice shows them and the same text."""

    def converted(name: str, to: str, suffix: str) -> Path:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [office, "--headless", profile, "--convert-to", to, "--outdir", str(tmp_path), str(tmp_path / name)]
        subprocess.run(command, capture_output=True, timeout=90, check=True)
        return (tmp_path / name).with_suffix(suffix)

    (tmp_path / "a.txt").write_text("A doctor union body.\nWe sink resources, & more.\n", encoding="utf-8")
    old = converted("a.txt", "docx:MS Word 2007 XML", ".docx")
    if not old.exists():
        pytest.skip("LibreOffice cannot write Word files here")
    (tmp_path / "b.docx").write_bytes(marked("a.docx", old.read_bytes()))
    made = converted("b.docx", "fodt:OpenDocument Text Flat XML", ".fodt").read_text(encoding="utf-8")
    assert made.count("<office:annotation ") == 2
    assert "Li Wei" in made
    assert "medical consortium" in made
    without = re.sub(r"<office:annotation .*?</office:annotation>", "", made, flags=re.DOTALL)
    assert "A doctor union body." in re.sub(r"<[^>]*>", "", without)
