"""Word files, tables, CAT files, memories, catalogues and Markdown: what is read, and how a place leads back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap
from lxml import etree

from checker.config import ConfigError
from checker.document import Document, without_unseen
from checker.finding import CheckError
from checker.pipeline import Checker
from checker.readers import Reading
from checker.readers.docx import paragraph_pieces, paragraph_text
from checker.readers.sources import with_sources
from checker.readers.walk import Listing, read_content, read_files
from tests.tiny import tiny_glossary

ROWS = [("医改", "Health reform"), ("医联体建设", "Work on consortiums"), ("分级诊疗制度", "Tiered care")]
XLIFF = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0">
<file original="a" source-language="zh-CN" target-language="en"><body>{}</body></file></xliff>"""


def one(name: str, content: bytes | str, reading: Reading | None = None) -> Document:
    """The only document of a file."""
    data = content.encode() if isinstance(content, str) else content
    (document,) = read_content(name, data, reading or Reading())
    assert isinstance(document, Document), document
    for unit in document.units:
        assert document.text[unit.start : unit.end].strip()
    return document


def reason(name: str, content: bytes) -> str:
    """Why a file cannot be read."""
    (error,) = read_content(name, content)
    assert isinstance(error, CheckError), error
    return error.reason


def pairs(document: Document) -> list[tuple[str, str]]:
    """The ready pairs, English first."""
    assert document.source is not None
    assert document.source.pairs is not None
    return [
        (document.text[p.start : p.end], document.source.text[p.source_start : p.source_end])
        for p in document.source.pairs
    ]


def saved(write: Callable[[io.BytesIO], object]) -> bytes:
    """The bytes that a library writes."""
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()


def word_file() -> bytes:
    """A Word file with a heading, tracked changes, hidden text and a bilingual table."""
    made = docx.Document()
    made.add_heading("County reform", 1)
    paragraph = made.add_paragraph("The tiered ")
    paragraph.add_run("care").bold = True
    change = f'<w:{{0}} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{{1}} xml:space="preserve"> {{2}}</w:{{1}}></w:r></w:{{0}}>'
    paragraph._p.append(parse_xml(change.format("ins", "t", "new")))
    paragraph._p.append(parse_xml(change.format("del", "delText", "old")))
    paragraph.add_run("secret").font.hidden = True
    table = made.add_table(len(ROWS), 2)
    for row, (chinese, english) in zip(table.rows, ROWS, strict=True):
        row.cells[0].text, row.cells[1].text = chinese, english
    return saved(made.save)


def test_word() -> None:
    """Paragraphs read with changes accepted; a bilingual table is a pair; the key leads back to the paragraph."""
    content = word_file()
    document = one("a.docx", content)
    assert document.text.split("\n\n") == ["County reform", "The tiered care new", *(b for _, b in ROWS)]
    assert pairs(document) == [(b, a) for a, b in ROWS]
    unit = document.unit_at(document.text.index("Tiered"))
    assert unit is not None
    assert unit.name == "table 1, row 3, column 2"
    part, number = unit.key.split("#")
    opened = docx.Document(io.BytesIO(content))
    assert str(opened.part.partname) == f"/{part}"
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
    paragraph = list(opened.part.element.iter(tag))[int(number)]
    assert paragraph_text(paragraph) == "Tiered care" == "".join(text for _, text in paragraph_pieces(paragraph))


def test_paragraphs_of_word_joined_by_a_tracked_change() -> None:
    """A paragraph whose mark is deleted goes on in the next one; one that is deleted as a whole joins nothing."""
    made = docx.Document()
    mark = f"<w:pPr {nsdecls('w')}><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    for text, deleted in (("The hospital ", True), ("joined.", False), ("", True), ("Nobody left.", False)):
        paragraph = made.add_paragraph(text)
        if deleted:
            paragraph._p.insert(0, parse_xml(mark))
    document = one("a.docx", saved(made.save))
    assert document.text == "The hospital joined.\n\nNobody left."
    assert [document.text[unit.start : unit.end] for unit in document.units] == [
        "The hospital ", "joined.", "Nobody left.",
    ]  # fmt: skip


def test_headings_and_remarks_beside_the_two_languages() -> None:
    """A row that names the columns is no text left in Chinese, and a column of remarks is not the translation."""
    rows = [("序号", "原文", "译文", "备注"), *((str(n), *row, "ok") for n, row in enumerate(ROWS))]
    made = docx.Document()
    table = made.add_table(len(rows), 4)
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    page = "".join("<tr>" + "".join(f"<td>{word}</td>" for word in words) + "</tr>" for words in rows)
    for document in (one("a.docx", saved(made.save)), one("a.html", f"<table>{page}</table>")):
        assert "译文" not in document.readable
        assert {theirs for _, theirs in pairs(document)} == {chinese for chinese, _ in ROWS}
        assert all(english in " ".join(ours for ours, _ in pairs(document)) for _, english in ROWS)


def test_notes_have_the_numbers_that_word_shows() -> None:
    """The separators of LibreOffice take ids of their own and are no notes of the reader's."""
    note = '<w:footnote w:id="{}"{}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    notes = note.format(0, ' w:type="separator"', "") + note.format(2, "", "A doctor.") + note.format(3, "", "A nurse.")
    kind = "officeDocument/2006/relationships/footnotes"
    made = docx.Document()
    name = PackURI("/word/footnotes.xml")
    body = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode()
    part = Part(
        name, "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml", body, made.part.package
    )
    made.part.relate_to(part, f"http://schemas.openxmlformats.org/{kind}")
    units = one("a.docx", saved(made.save)).units
    assert [unit.name for unit in units] == ["footnote 1", "footnote 2"]


def test_a_comment_of_xml_does_not_cut_words_off() -> None:
    """Tools other than Word may leave one inside the text of a run."""
    made = docx.Document()
    made.add_paragraph("The tight medical community.")
    (text,) = made.element.iter(f"{{{nsmap['w']}}}t")
    text.text = "The tight "
    text.append(etree.Comment("here"))
    text[0].tail = "medical community."
    assert one("a.docx", saved(made.save)).readable.strip() == "The tight medical community."


def test_word_and_excel_are_known_whatever_they_are_called() -> None:
    """Content goes over the name."""
    assert one("draft.doc", word_file()).kind == "docx"


def test_paragraphs_of_both_languages_in_word() -> None:
    """Chinese and English paragraphs that take turns are pairs."""
    made = docx.Document()
    for chinese, english in ROWS:
        made.add_paragraph(chinese)
        made.add_paragraph(english)
    assert pairs(one("a.docx", saved(made.save))) == [(b, a) for a, b in ROWS]


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    """An Excel file of one sheet and an empty one."""
    made = openpyxl.Workbook()
    made.active.title = "Terms"  # type: ignore[union-attr]
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.create_sheet("Empty")
    return saved(made.save)


def test_excel() -> None:
    """A sheet is a document; its columns are told by headings or by what they hold; cells are named as Excel does."""
    document = one("a.xlsx", workbook([("No.", "原文", "译文"), *((n, *row) for n, row in enumerate(ROWS))]))
    assert document.record == "Terms"
    assert pairs(document) == [(b, a) for a, b in ROWS]
    assert [unit.name for unit in document.units] == ["C2", "C3", "C4"]
    assert pairs(one("a.xlsx", workbook([*ROWS]))) == [(b, a) for a, b in ROWS]


def test_named_columns() -> None:
    """A column is named by heading or letter; one that is not there is a usage error."""
    table = "a,first,second,zh\n1,Wrong text,Health reform,医改\n"
    assert pairs(one("a.csv", table, Reading(english="second", chinese="D"))) == [("Health reform", "医改")]
    with pytest.raises(ConfigError, match="secnd"):
        one("a.csv", table, Reading(english="secnd"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "zh,en\n" + "".join(f'{a},"{b}"\n' for a, b in ROWS)),
        ("a.csv", "x;y\n" + "".join(f"{a};{b}\n" for a, b in ROWS)),
        ("a.tsv", "".join(f"{b}\t{a}\n" for a, b in ROWS)),
        ("a.po", 'msgid ""\nmsgstr "Language: en"\n\n' + "\n".join(f'msgid "{a}"\nmsgstr "{b}"\n' for a, b in ROWS)),
        ("a.po", 'msgid ""\nmsgstr "Language: zh"\n\n' + "\n".join(f'msgid "{b}"\nmsgstr "{a}"\n' for a, b in ROWS)),
        (
            "a.tmx",
            '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><body>'
            + "".join(
                f'<tu><tuv xml:lang="zh-CN"><seg>{a}</seg></tuv><tuv xml:lang="EN-US"><seg><bpt i="1">c</bpt>{b}</seg></tuv></tu>'
                for a, b in ROWS
            )
            + "</body></tmx>",
        ),
        (
            "a.xml",
            XLIFF.format("".join(f'<trans-unit id="{b}"><source>{a}</source><target>{b}</target></trans-unit>' for a, b in ROWS)),
        ),
        (
            "a.xlf",
            '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">'
            + "".join(f'<unit id="{n}"><segment><source>{a}</source><target>{b}</target></segment></unit>' for n, (a, b) in enumerate(ROWS))
            + "</file></xliff>",
        ),
    ],
)  # fmt: skip
def test_ready_pairs(name: str, content: str) -> None:
    """Each format of pairs gives them as trusted links between the two texts."""
    assert pairs(one(name, content)) == [(b, a) for a, b in ROWS]


def test_quotation_marks_in_cells_parted_by_tabs() -> None:
    """Where tabs part cells, a quotation mark that opens a cell may be one; cells that are quoted are read as such."""
    said = [('"Health reform" is said here', "医改"), ('"It goes on', "医院"), ("and ends", "医生"), ("a ward", "病房")]
    assert pairs(one("a.tsv", "".join(f"{a}\t{b}\n" for a, b in said))) == said
    assert pairs(one("a.tsv", "".join(f'"{b}\n."\t{a}\n' for a, b in ROWS))) == [(f"{b}\n.", a) for a, b in ROWS]
    endless = one("a.tsv", '"It goes on\t医院\n' + "The fund pays.\t基金支付。\n" * 60_000)
    assert endless.text.startswith('"It goes on')


def test_the_separator_is_told_by_rows() -> None:
    """A cell of several lines and with commas does not hide the semicolons that part the cells."""
    table = "".join(f'"{b},\r\nand so on, too.";{a}\r\n' for a, b in ROWS)
    assert pairs(one("a.csv", table)) == [(f"{b},\r\nand so on, too.", a) for a, b in ROWS]


def test_the_separator_may_be_said() -> None:
    """A first line that tells Excel the separator is no row: the next one is row 1, as Excel numbers it."""
    document = one(
        "a.csv", "sep=;\r\nzh;en\r\n" + "".join(f"{a};{b}\r\n" for a, b in ROWS), Reading(english="en", chinese="zh")
    )
    assert pairs(document) == [(b, a) for a, b in ROWS]
    assert [unit.name for unit in document.units] == ["B2", "B3", "B4"]


def test_line_separators_inside_messages() -> None:
    """What only Python takes for the end of a line is a character of a message like others."""
    for end in "\v\f\x1c\x85\u2028":
        content = "\n".join(f'msgid "{a}"\nmsgstr "{b}{end}{b}"\n' for a, b in ROWS)
        assert pairs(one("a.po", content)) == [(f"{b}{end}{b}", a) for a, b in ROWS]


def test_sheets_beside_sheets(tmp_path: Path) -> None:
    """Each sheet of a workbook has the sheet of its name, or at its place, for its source, not the first one."""
    for name, titles, column in (
        ("en", "ABC", 1),
        ("same", "BAC", 0),
        ("other", "XYZ", 0),
        ("less", "XY", 0),
        ("more", "ZA", 0),
    ):
        made = openpyxl.Workbook()
        made.remove(made.active)  # type: ignore[arg-type]
        for title in titles:
            row = ROWS["ABC".find(title) if title in "ABC" else "XYZ".find(title)]
            made.create_sheet(title).append([row[column]])
        made.save(tmp_path / f"{name}.xlsx")
    path = str(tmp_path / "en.xlsx")
    listing = Listing((path,), 0)
    for name, count in (("same", 3), ("other", 3), ("less", 2), ("more", 1)):
        read = with_sources(read_files(listing), listing, [path], str(tmp_path / f"{name}.xlsx"))
        found = [one.source.text if isinstance(one, Document) and one.source else None for one in read]
        assert found == [a if n < count else None for n, (a, _) in enumerate(ROWS)]


def test_not_to_be_translated_is_inherited() -> None:
    """What a group or file says holds for the units in it that say nothing themselves."""
    units = "".join(
        f'<unit id="{n}"{said}><segment><source>医改</source><target>Reform<ph id="1" subType="xlf:lb"/>on</target></segment></unit>'
        for n, said in enumerate(("", ' translate="yes"'))
    )
    document = one(
        "a.xlf",
        f'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f" translate="no">{units}</file></xliff>',
    )
    assert [unit.left_alone for unit in document.units] == [True, False]
    assert document.text.startswith("Reform\non")


def test_segments_whose_ids_begin_again_are_counted() -> None:
    """In XLIFF 2, and where units of 1.2 number their segments each anew, no two segments have one name."""
    segment = "<segment{}><source>医改</source><target>Health reform</target></segment>"
    units = (f'<unit id="{n}">{segment.format(ids)}</unit>' for n, ids in ((5, ""), (6, ' id="1"'), (7, ' id="1"')))
    two = f'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">{"".join(units)}</file></xliff>'
    mark = '<mrk mtype="seg" mid="0">{}</mrk>'
    unit = f'<trans-unit id="{{}}"><source>医改</source><seg-source>{mark.format("医改")}</seg-source><target>{mark.format("Reform")}</target></trans-unit>'
    for content, names in (
        (two, ["segment 1", "segment 2", "segment 3"]),
        (XLIFF.format(unit.format("a") + unit.format("b")), ["segment 0", "segment 2"]),
    ):
        assert [unit.name for unit in one("a.xlf", content).units] == names


def test_trados_segments() -> None:
    """Segments have the numbers that Trados shows; locked and whole matches are left alone, what was deleted is not read."""
    document = one(
        "a.sdlxliff",
        XLIFF.format(
            '<trans-unit id="x"><source>医改医联体</source><seg-source><mrk mtype="seg" mid="7">医改</mrk>'
            '<mrk mtype="seg" mid="8">医联体</mrk><mrk mtype="seg" mid="9">三甲</mrk></seg-source><target>'
            '<mrk mtype="seg" mid="7">Health <g id="1">reform</g><x id="2"/>now<mrk mtype="x-sdl-deleted">gone</mrk></mrk>'
            '<mrk mtype="seg" mid="8">doctor union body</mrk><mrk mtype="seg" mid="9"/></target>'
            '<sdl:seg-defs><sdl:seg id="7" percent="99"/><sdl:seg id="8" locked="true"/></sdl:seg-defs></trans-unit>'
        ),
    )
    assert [(unit.name, unit.key, unit.left_alone) for unit in document.units] == [
        ("segment 7", "0/0/7", False),
        ("segment 8", "0/0/8", True),
    ]
    assert without_unseen(document.text).startswith("Health reformnow\n")


def test_memoq_segments() -> None:
    """memoQ numbers its rows by the ids of units and marks locked ones and matches of its own."""
    unit = '<trans-unit id="{0}" xmlns:mq="MQXliff" mq:{1}><source>医改</source><target>Health reform</target></trans-unit>'
    document = one(
        "a.mqxliff",
        XLIFF.format(
            unit.format(3, 'locked="locked"') + unit.format(4, 'percent="101"') + unit.format(5, 'percent="80"')
        ),
    )
    assert [(unit.name, unit.left_alone) for unit in document.units] == [
        ("segment 3", True), ("segment 4", True), ("segment 5", False),
    ]  # fmt: skip


def test_what_is_left_alone_is_not_reported() -> None:
    """A fault in a locked segment is silent; the same one elsewhere is reported there, by the segment's name."""
    unit = '<trans-unit id="{}"{}><source>医联体</source><target>The doctor union body works.</target></trans-unit>'
    locked = unit.format(1, ' translate="no"')
    checker = Checker(tiny_glossary())
    assert checker.check([one("a.xlf", XLIFF.format(locked))]).findings == ()
    found = checker.check([one("a.xlf", XLIFF.format(locked + unit.format(2, "")))]).findings
    assert {finding.unit for finding in found} == {"segment 2"}


def test_markdown() -> None:
    """Code, addresses and marks are left alone; a wrapped line goes on; every block is one of its own."""
    text = (
        "---\ntitle: Care\ndate: 2021-10-12\n---\n# Tiered *care*\nA **graded\ncare** `x = 1` [system](http://a.b) &amp; more\n"
        "- item\n- `code`\n\n```py\nhidden\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n    indented\n"
    )
    document = one("a.md", text)
    assert document.view is not None
    lines = [" ".join(without_unseen(line).split()) for line in document.view.split("\n")]
    assert [line for line in lines if line] == [
        "Tiered care", "A graded care system & more", "item", "a", "b", "c", "d", "indented",
    ]  # fmt: skip
    assert (document.title, document.date) == ("Care", "2021-10-12")
    start = document.view.index("graded")
    assert document.text[start : start + 6] == "graded"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- The item\n\tgoes on\n", ["The item goes on"]),
        ("1. The item\n\tgoes on\n\n   more\n\tof it\n", ["The item goes on", "more of it"]),
        ("| a | b |\n|---|---|\n| c \\| *d* | e |\n", ["a", "b", "c | d", "e"]),
    ],
)
def test_markdown_that_the_parser_rewrites(text: str, expected: list[str]) -> None:
    """Tabs that are counted as blanks, and bars escaped in cells, lose no words."""
    document = one("a.md", text)
    assert document.view is not None
    assert len(document.view) == len(text)
    lines = [" ".join(without_unseen(line).split()) for line in document.view.split("\n")]
    assert [line for line in lines if line] == expected


def test_a_title_with_an_apostrophe() -> None:
    """A title in the front matter ends at its own mark."""
    assert one("a.md", '---\ntitle: "China\'s reform"\n---\nText\n').title == "China's reform"


@pytest.mark.parametrize("unit", ["***", "[", "![[", "> ", "`", "|a", "- ", "<a "])
def test_overdone_markdown_is_read_as_text(unit: str) -> None:
    """A file of nothing but marks does not stall the parser."""
    assert one("a.md", unit * 30_000).text == unit * 30_000


def bomb(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.docx", word_file()[:2000], "damaged"),
        ("a.docx", bomb({"word/document.xml": b"<w/>"}), "damaged"),
        ("a.xlsx", bomb({"xl/workbook.xml": b"<w/>"}), "damaged"),
        ("a.docx", bomb({"word/document.xml": b" " * 30_000_000}), "too-large"),
        ("a.docx", bomb({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "unsafe"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported"),
        ("a.pdf", b"%PDF-1.7", "unsupported"),
        ("a.tmx", b'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx><body>&x;</body></tmx>', "unsafe"),
        ("a.xlf", b"<xliff><file>", "damaged"),
        ("a.xlf", b"<a>" * 5000, "damaged"),
        ("a.tmx", b"<html/>", "damaged"),
        ("a.tmx", b'<tmx><body><tu><tuv xml:lang="de"><seg>Verbund</seg></tuv></tu></body></tmx>', "no-english"),
        ("a.csv", b'a,"' + b"x" * 1_200_000, "damaged"),
        ("a.po", b'msgid "a\nmsgstr', "damaged"),
        ("a.zip", bomb({"a": b"b"}), "binary"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error(name: str, content: bytes, expected: str) -> None:
    """Damaged, oversized, encrypted and hostile files are errors with a reason."""
    assert reason(name, content) == expected


def test_the_format_can_be_given() -> None:
    """The user's word goes over content and name."""
    assert one("a.txt", "<p>Tiered care</p>", Reading(format="html")).kind == "html"
    assert one("a.html", "<p>Tiered care</p>", Reading(format="text")).readable == "<p>Tiered care</p>"
