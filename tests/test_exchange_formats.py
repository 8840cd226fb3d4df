"""Tables, lists, TMX and jieba: what is written, that it comes back, and what of others is understood."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from glossary.concept import Concept
from glossary.exchange import ExchangeError, Imported, formats, mt_lists, tmx, xlsx
from glossary.exchange import csv as tables
from tests.tiny import tiny_glossary

CONCEPTS = list(tiny_glossary().concepts)
APPROVED = [concept for concept in CONCEPTS if concept.status == "approved"]


def english(made: Imported, number: int = 0) -> dict[str, str | None]:
    """The English terms of an entry with their status."""
    return {name.text: name.status for name in made.entries[number].english}


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
def test_our_own_columns_come_back(name: str) -> None:
    """Ids, Chinese, English with status, definitions and dates are the same after a table in our own columns."""
    made = formats.read(name, formats.write(name, CONCEPTS).content)
    assert [entry.id for entry in made.entries] == [concept.id for concept in CONCEPTS]
    assert [form.text for form in made.entries[0].chinese] == ["医联体", "医疗联合体"]
    terms = english(made)
    assert terms["medical consortium"] == "preferred"
    assert terms["consortium"] == "short"
    assert terms["medical association"] == "wrong"
    assert made.entries[0].values["plural"] == ["consortiums", "consortia"]
    commission = next(entry for entry in made.entries if entry.id == "old-commission")
    assert commission.values["valid"] == {"from": "2013-03", "until": "2018-03"}
    assert commission.values["pos"] == "name"


def test_cells_that_look_like_formulas_stay_text() -> None:
    """A term that begins as a formula does is text in the workbook and guarded in CSV, and comes back as it was."""
    concept = CONCEPTS[0]._replace(preferred='=HYPERLINK("http://x")', admitted=("+1 service", "@home care", "-omics"))
    book = xlsx.write([concept]).content
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    cell = sheet["E2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (concept.preferred, "s", True)
    text = tables.write([concept]).content.decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text)))[1]
    assert row[4] == "'" + concept.preferred
    for content, reader in ((book, xlsx.read), (text.encode(), tables.read)):
        assert concept.preferred in english(reader(content))
        assert "+1 service" in english(reader(content))


def test_memoq_and_trados_tables_come_back() -> None:
    """A column a term, forbidden terms marked as such, our id found again; templates are counted as lost."""
    for dialect in ("memoq", "trados"):
        made = tables.write_dialect(APPROVED, dialect)
        back = tables.read(made.content)
        assert [entry.id for entry in back.entries] == [concept.id for concept in APPROVED]
        assert english(back)["doctor union body"] == "wrong"
        assert english(back)["medical alliance"] in (None, "admitted")
    head = tables.write_dialect(APPROVED, "memoq").content.decode("utf-8-sig").split("\n")[0]
    assert head.startswith("Entry_ID,Entry_Subject,Entry_Note,Chinese_PRC,Term_Info,Term_Example")
    book = load_workbook(io.BytesIO(xlsx.write_dialect(APPROVED, "trados").content))
    assert [cell.value for cell in next(book.worksheets[0].iter_rows())][:4] == [
        "Entry ID", "Subject", "Definition", "Chinese",
    ]  # fmt: skip


def test_omegat_has_source_target_and_comment() -> None:
    """Three columns without a heading; what to avoid stands in the comment."""
    lines = tables.write_dialect(APPROVED, "omegat").content.decode("utf-8").splitlines()
    first = lines[0].split("\t")
    assert first[:2] == ["医联体", "medical consortium"]
    assert "also: medical alliance; consortium" in first[2]
    assert "not: medical association" in first[2]
    turned = tables.write_dialect(APPROVED, "omegat", english_first=True).content.decode("utf-8")
    assert turned.startswith("medical consortium\t医联体\t")


def test_a_memoq_export_of_others_is_understood() -> None:
    """Country in the language's name, repeated columns, definition before the term, a forbidden term."""
    text = (
        "Entry_ID,Entry_Subject,English_United_States_Def,English_United_States,Term_Info,Term_Example,"
        "English_United_States,Term_Info,Term_Example,Chinese_PRC_Def,Chinese_PRC,Term_Info,Term_Example\n"
        "1,Health,A plan.,health plan,CasePermissive;HalfPrefix,,well plan,CaseSense;Exact;Forbidden,,,健康计划,,\n"
    )
    made = tables.read(text.encode("utf-8-sig"))
    assert english(made) == {"health plan": None, "well plan": "wrong"}
    assert made.entries[0].chinese[0].text == "健康计划"
    assert made.entries[0].values["definition"] == "A plan."
    assert made.entries[0].chinese[0].region is None


@pytest.mark.parametrize(
    "text",
    [
        "中文,英文,备注\n健康计划,health plan; plan for health,new\n",
        "Source;Target\n健康计划;health plan|plan for health\n",
        "English\tChinese\nhealth plan\t健康计划\nplan for health\t健康计划\n",
        "健康计划\thealth plan\n健康计划\tplan for health\n",
        "health plan,健康计划\nplan for health,健康计划\n",
        "# Glossary in tab-separated format -*- coding: utf-8 -*-\n健康计划\thealth plan\n健康计划\tplan for health\tnew\n",
        "#,Chinese,English\n1,健康计划,health plan\n2,健康计划,plan for health\n",
        "sep=;\n中文;English\n健康计划;health plan\n健康计划;plan for health\n",
        "健康计划,health plan,ZH,EN\n健康计划,plan for health,ZH,EN\n",
        "Chinese (Simplified, PRC)\tEnglish (United States)\n健康计划\thealth plan\n健康计划\tplan for health\n",
    ],
)
def test_tables_of_others_are_understood(text: str) -> None:
    """Headings in either language or none, any usual separator, OmegaT's comments, DeepL's codes, a told separator."""
    made = tables.read(text.encode())
    assert {form.text for entry in made.entries for form in entry.chinese} == {"健康计划"}
    names = {name.text for entry in made.entries for name in entry.english}
    assert names == {"health plan", "plan for health"}


def test_a_list_without_headings_keeps_a_name_with_a_semicolon() -> None:
    """DeepL and OmegaT know no separator of names: what is written for them comes back whole."""
    named = [CONCEPTS[0]._replace(preferred="less salt; more fruit"), CONCEPTS[3]]
    for content in (
        formats.write("deepl", named).content,
        formats.write("deepl", named, comma=True).content,
        formats.write("csv", named, dialect="omegat").content,
    ):
        assert list(english(tables.read(content))) == ["less salt; more fruit"]


def test_tables_in_gb18030_and_utf_16_are_read() -> None:
    """Spreadsheets in China save GB18030, others UTF-16; which it was is said."""
    text = "中文,英文\n健康计划,health plan\n"
    for encoding in ("gb18030", "utf-16"):
        made = tables.read(text.encode(encoding))
        assert english(made) == {"health plan": None}
        assert made.understood[f"the file as {encoding}: it is not UTF-8"] == 1


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        (b'zh,en\n"a,b\n', "cannot be read", "2"),
        (b"one\ntwo\n", "one column alone", "1"),
        (b"plan,plan\n", "no column is known to be Chinese", "1"),
        (b"zh,en\na\0b,c\n", "not a text file", "2"),
        (b"\n\n\xff\xff\xff", "neither UTF-8 nor GB18030", "3"),
    ],
)
def test_broken_tables_are_refused_at_their_line(content: bytes, message: str, place: str) -> None:
    """Open quotes, missing columns, binary content and bytes of no encoding give the line."""
    with pytest.raises(ExchangeError, match=message) as raised:
        tables.read(content)
    assert raised.value.place == place


def bomb() -> bytes:
    """An archive whose one part unpacks to a thousand times its size."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 20_000_000)
    return stream.getvalue()


def with_entities(before: bytes = b"") -> bytes:
    """A workbook one part of which has a document type, behind some bytes."""
    stream = io.BytesIO()
    Workbook().save(stream)
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            mark = before + b'<!DOCTYPE x [<!ENTITY a "b">]>' if name == "xl/workbook.xml" else b""
            new.writestr(name, mark + old.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bomb(), "unpacks to far more"),
        (with_entities(), "entities"),
        (with_entities(b"<!--" + b"x" * 70_000 + b"-->"), "entities"),
        (b"PK\3\4", "no Excel"),
        (b"zh,en", "no Excel"),
    ],
    ids=["bomb", "entities", "entities behind a comment", "cut off", "csv"],
)
def test_hostile_and_broken_workbooks_are_refused(content: bytes, message: str) -> None:
    """Bombs, entities and what is no workbook are errors."""
    with pytest.raises(ExchangeError, match=message):
        xlsx.read(content)


def test_a_workbook_has_places_and_formulas_are_not_read() -> None:
    """Each term knows sheet and cell; a sheet of other columns is counted; a formula without a value is nothing."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "My terms"
    for row in (["中文", "英文"], ["健康计划", "health plan"], ["健康城市", "=A1"]):
        sheet.append(row)
    book.create_sheet("Prices").append(["a", "b"])
    stream = io.BytesIO()
    book.save(stream)
    made = xlsx.read(stream.getvalue())
    assert made.entries[0].english[0].place == "My terms!B2"
    assert made.entries[1].english == []
    assert made.lost["rows of the sheet 'Prices', whose columns are not known"] == 1


@pytest.mark.parametrize("service", ["deepl", "google", "microsoft"])
def test_lists_for_machine_translation_keep_the_rules(service: str) -> None:
    """Approved and preferred only, no source twice, no heading, no blank around, in both directions and separators."""
    made = mt_lists.write(CONCEPTS, service)
    rows = [line.split("\t") for line in made.content.decode("utf-8").splitlines()]
    assert rows[0] == ["医联体", "medical consortium"]
    assert ["医疗联合体", "medical consortium"] in rows
    assert len({source for source, _ in rows}) == len(rows)
    names = {concept.preferred for concept in APPROVED}
    assert {target for _, target in rows} == names
    turned = mt_lists.write(CONCEPTS, service, ",", english_first=True).content.decode("utf-8")
    assert {row[0] for row in csv.reader(io.StringIO(turned))} == names
    assert made.lost["concepts that are not approved"] == 1


def changed(**values: object) -> list[Concept]:
    """The first concept with other values, and a second one beside it."""
    return [CONCEPTS[0]._replace(**values), CONCEPTS[3]]  # type: ignore[arg-type]


def test_what_a_service_does_not_take_is_left_out_or_refused() -> None:
    """Terms too long, control characters and doubled sources are counted; a list above the limit is an error."""
    made = mt_lists.write(changed(preferred="x" * 1025), "deepl")
    assert made.content.decode("utf-8") == "分级诊疗\ttiered diagnosis and treatment\n"
    assert made.lost["terms that DeepL does not take"] == 2
    assert mt_lists.write(changed(preferred="a\tb"), "google").lost["terms that Google Cloud Translation does not take"]
    doubled = mt_lists.write(changed(zh_variants=(CONCEPTS[0].zh_variants[0]._replace(zh="分级诊疗"),)), "deepl")
    assert doubled.content.decode("utf-8").count("分级诊疗") == 1
    assert doubled.lost["terms with another translation already"] == 1
    many = [CONCEPTS[0]._replace(id=f"c{n}", zh=f"词{n}", preferred="x" * 1000) for n in range(10_500)]
    with pytest.raises(ExchangeError, match="DeepL takes 10,485,760"):
        mt_lists.write(many, "deepl")
    with pytest.raises(ExchangeError, match="no empty list"):
        mt_lists.write([CONCEPTS[-2]], "deepl")


def test_tmx_comes_back() -> None:
    """A unit for each Chinese form with its region; header and version are those of TMX 1.4."""
    content = tmx.write(CONCEPTS).content
    assert b'<tmx version="1.4">' in content
    made = tmx.read(content)
    assert [entry.id for entry in made.entries[:2]] == ["medical-consortium", "medical-consortium"]
    assert [entry.chinese[0].text for entry in made.entries[:2]] == ["医联体", "医疗联合体"]
    assert english(made) == {"medical consortium": None}
    with pytest.raises(ExchangeError, match="entities"):
        tmx.read(b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx>&a;</tmx>')


def test_codes_in_segments_are_no_text() -> None:
    """In a memory as OmegaT writes it, TMX 1.1 with a document type, what stands for format is taken out of a term."""
    made = tmx.read(
        '<!DOCTYPE tmx SYSTEM "tmx11.dtd"><tmx version="1.1"><header srclang="ZH-CN"/><body><tu>'
        '<tuv lang="ZH-CN"><seg>健康<bpt i="1">&lt;b></bpt>计划<ept i="1">&lt;/b></ept></seg></tuv>'
        '<tuv lang="EN-GB"><seg>health <hi>plan</hi><ph>&lt;br></ph></seg></tuv></tu></body></tmx>'.encode()
    )
    assert [form.text for form in made.entries[0].chinese] == ["健康计划"]
    assert english(made) == {"health plan": None}


def test_jieba_keeps_each_term_whole() -> None:
    """With the dictionary loaded every word of it is cut as one; what jieba cannot keep is counted."""
    import jieba

    odd = CONCEPTS[0]._replace(zh="看病难、看病贵", zh_variants=())
    made = formats.write("jieba", [*APPROVED, odd])
    lines = [line.split(" ") for line in made.content.decode("utf-8").splitlines()]
    assert [lines[0][0], lines[0][2]] == ["医联体", "n"]
    tokenizer = jieba.Tokenizer()
    tokenizer.load_userdict(io.StringIO(made.content.decode("utf-8")))
    assert all(tokenizer.lcut(word) == [word] for word, _, _ in lines)
    assert made.lost["Chinese terms with punctuation or blanks, which jieba cuts"] == 1
