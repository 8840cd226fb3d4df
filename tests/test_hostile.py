"""Input that means harm or nothing: what the user gets for it. Damaged files of each format are in the readers' tests."""

from __future__ import annotations

import io
import json
import random
import re
import string
import tracemalloc
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from checker.batch.containers import Fields, File, container_pages
from checker.batch.raw_page import RawPage
from checker.bitext import SourceText
from checker.document import Document
from checker.evaluation.annotation import GoldError, read_gold
from checker.evaluation.places import read_findings
from checker.finding import CheckError
from checker.options import Options
from checker.pipeline import Checker
from checker.readers import table
from checker.readers.parts import in_parts
from checker.readers.walk import SIZE_LIMIT, TEXT_LIMIT, read_content
from glossary import GlossaryError, load
from tests.conftest import Run
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS, checker

SENTENCE = "In Sichuan the the medical association met. "
DEEP = 1_000_000


def read(name: str, content: bytes | str) -> Document | CheckError:
    """The first thing read from a file of this name and content."""
    return next(read_content(name, content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")))


def reason(name: str, content: bytes | str) -> str:
    """Why a file is not read."""
    found = read(name, content)
    assert isinstance(found, CheckError)
    return found.reason


def quotes(document: Document | CheckError) -> list[str]:
    """What is found at fault in a document."""
    assert isinstance(document, Document)
    return [finding.quote for finding in checker().check([document]).findings]


# -- nesting -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlf", "<xliff><file>" + "<g>" * DEEP),
        ("a.tmx", "<tmx>" + "<b>" * DEEP + "</b>" * DEEP + "</tmx>"),
    ],
)
def test_a_million_elements_deep(name: str, content: str) -> None:
    """XML that is nested as nobody nests it is damaged, not a crash."""
    assert reason(name, content) == "damaged"


@pytest.mark.parametrize("unit", ["<div>", "<li><ul>"])
def test_a_web_page_a_million_elements_deep(unit: str) -> None:
    """A page of more tags than anybody reads is refused in a second."""
    assert reason("a.html", unit * (DEEP // unit.count("<")) + SENTENCE) == "too-complex"


@pytest.mark.parametrize("unit", ["<li><ul>", "<a href=x>"])
def test_deep_pages_are_read(unit: str) -> None:
    """A page of thirty thousand elements inside each other is read to its end."""
    assert "the the" in quotes(read("a.html", unit * (30_000 // unit.count("<")) + SENTENCE))


def test_a_million_quotations_deep() -> None:
    """Markdown that is nothing but nesting is read as text."""
    document = read("a.md", "> " * DEEP + SENTENCE)
    assert isinstance(document, Document)
    assert document.view is None


def test_a_million_brackets_in_a_line_of_json(tmp_path: Path) -> None:
    """The line is an error with its number, and the next one is read."""
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": ' + "[" * DEEP + '\n{"text": "In Sichuan"}\n', encoding="utf-8")
    bad, good = container_pages("jsonl", File("a.jsonl", str(file)), Fields())
    assert isinstance(bad, CheckError)
    assert (bad.record, bad.reason) == ("line 1", "damaged")
    assert isinstance(good, RawPage)


def test_a_million_brackets_in_an_annotation(tmp_path: Path) -> None:
    """Annotations and findings that are not what they should be are errors that name the file."""
    file = tmp_path / "a.jsonl"
    file.write_text("[" * DEEP, encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.jsonl"):
        read_gold(file)
    with pytest.raises(GoldError, match=r"a\.jsonl"):
        read_findings(file, ["a.txt"])


@pytest.mark.parametrize(
    "content", ["select = " + "[" * 100_000, "a = {b = " * 5_000, 'select = "\udcff"', "a = " + "9" * 5_000]
)
def test_settings_that_cannot_be_read(yigai: Run, tmp_path: Path, content: str) -> None:
    """Settings nested too deeply, or no UTF-8, are exit code 2 and one line that names the file."""
    (tmp_path / "yigai.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    done = yigai("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "yigai.toml: not TOML" in done.stderr


# -- much of little ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        "\n",
        "中",
        "。",
        "(",
        "“",
        "-",
        "\u200b",
        "\u0301",
        "1,",
        "x\n",
        "A. ",
        "et al. ",
        "the the ",
        "&nbsp;",
    ],
)
def test_much_of_one_thing_takes_linear_time(unit: str) -> None:
    """A file of one character or word over and over is checked (the suite would stall otherwise)."""
    for name in ("a.txt", "a.html", "a.md"):
        document = read(name, unit * (30_000 // len(unit)))
        assert isinstance(document, Document)
        assert not checker().check([document]).errors


def test_one_long_line() -> None:
    """A line of half a million characters is text as any other: the fault at its end is found at its column."""
    before = " ".join([f"A nurse of ward {number} went home early." for number in range(12_000)])
    document = read("a.txt", f"{before} {SENTENCE}")
    assert isinstance(document, Document)
    (doubled,) = [finding for finding in checker().check([document]).findings if finding.quote == "the the"]
    assert (doubled.line, doubled.column) == (1, len(before) + 13)


@pytest.mark.parametrize("gap", ["\n\n", " "], ids=["paragraphs", "one line"])
def test_a_text_of_millions_of_characters(gap: str) -> None:
    """It is checked in parts, which cut no sentence in two; the fault at its end is found at its line and column."""
    before = gap.join([f"A nurse of ward {number} went home early." for number in range(2_000)])
    text = f"{before}{gap}{SENTENCE}"
    parts = list(in_parts(read_content("a.txt", text.encode()), 10_000))
    documents = [part for part in parts if isinstance(part, Document)]
    assert len(documents) == len(parts) > 5
    assert all(part.text.rstrip().endswith(".") for part in documents)
    (doubled,) = [finding for finding in checker().check(documents).findings if finding.quote == "the the"]
    assert doubled.record == f"part {len(parts)} of {len(parts)}"
    assert (doubled.line, doubled.column) == Document("a.txt", text).position(len(before + gap) + 11)


def test_a_web_page_of_millions_of_characters() -> None:
    """It is checked in parts too, cut between paragraphs; the fault at its end is found at its line and column."""
    before = "\n".join([f"<p>A nurse of <b>ward {number}</b> went home&nbsp;early.</p>" for number in range(2_000)])
    text = f"<body>{before}\n<p>{SENTENCE}</p></body>"
    parts = list(in_parts(read_content("a.html", text.encode()), 10_000))
    documents = [part for part in parts if isinstance(part, Document)]
    assert len(documents) == len(parts) > 5
    assert "".join(part.text for part in documents) == text
    assert all(part.readable.rstrip().endswith(".") for part in documents)
    (doubled,) = [finding for finding in checker().check(documents).findings if finding.quote == "the the"]
    assert (doubled.line, doubled.column) == Document("a.html", text).position(text.index("the the"))


@pytest.mark.parametrize("size", range(40, 52))
def test_no_line_end_is_cut_in_two(size: int) -> None:
    """Wherever a paragraph of a web page is cut, each place keeps its line and column."""
    text = "<p>" + "A nurse went home and\r\n" * 20 + "</p>"
    (whole,) = read_content("a.html", text.encode())
    offset = 0
    for part in in_parts([whole], size):
        assert isinstance(part, Document)
        assert isinstance(whole, Document)
        assert part.position(0) == whole.position(offset)
        offset += len(part.text)
    assert offset == len(text)


def test_a_file_that_is_too_large(yigai: Run, tmp_path: Path) -> None:
    """More than any page holds is refused before it is read to its end, and the user is told what to do."""
    for name, limit in (("a.txt", TEXT_LIMIT), ("a.csv", SIZE_LIMIT)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(limit + 1)
    done = yigai("check", "a.txt", "a.csv", cwd=tmp_path)
    assert done.returncode == 2
    for name, limit in (("a.txt", TEXT_LIMIT), ("a.csv", SIZE_LIMIT)):
        assert f"could not check: {name}: the file is larger than {limit:,} bytes; cut it into several" in done.stdout


def test_a_cell_at_the_far_end_of_a_sheet() -> None:
    """One cell in the last column, two hundred thousand rows down, costs no more than the rows that a workbook stores."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["XFD200000"] = SENTENCE
    document = read("a.xlsx", saved(book))
    assert isinstance(document, Document)
    assert [unit.name for unit in document.units] == ["XFD200000"]


def test_a_wide_head_over_many_rows() -> None:
    """A table is read in the time that its cells take, not in that of its width times its height."""
    document = read("a.csv", "a," * 16_000 + "\n" + "b\n" * 100_000)
    assert isinstance(document, Document)
    assert document.units[-1].name == "A100001"


def test_a_table_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with more cells than any real one is refused before they fill the memory."""
    monkeypatch.setattr("checker.readers.csv.CELLS", 1_000)
    assert table.CELLS >= 1_000_000
    assert reason("a.csv", "a,b\n" * 500) == "too-large"
    assert reason("a.csv", "\n" * 5_000) == "too-large"


def test_a_workbook_of_nothing() -> None:
    """Sheets without a word are a document of no words, as any empty file is: not nothing at all."""
    book = openpyxl.Workbook()
    book.create_sheet("Second")
    found = list(read_content("a.xlsx", saved(book)))
    assert [(item.record, item.text) for item in found if isinstance(item, Document)] == [("Sheet", "")]


# -- characters ----------------------------------------------------------------------------------------------------


def test_characters_that_turn_and_hide_text(yigai: Run) -> None:
    """Right-to-left and zero-width characters hide no fault, places count them, and a terminal shows them by number."""
    text = "In Sichuan the \u202ethe\u202c ward; the\u200b the \u2066hospital\u2069 of \u0627\u0644 of of it\ufeff."
    done = yigai("check", "-", "--format", "jsonl", stdin=text.encode())
    found = [item for item in map(json.loads, done.stdout.splitlines()) if item["type"] == "finding"]
    assert {item["quote"] for item in found} >= {"of of"}
    for item in found:
        assert text[item["start"] : item["end"]] == item["quote"]
    for format in ("text", "concise", "github"):
        shown = yigai("check", "-", "--format", format, stdin=text.encode()).stdout
        assert not re.search("[\u202e\u202c\u200b\u2066\u2069\ufeff\x1b]", shown)


def test_lone_surrogates_in_json(yigai: Run, tmp_path: Path) -> None:
    """Half characters, which JSON can hold and UTF-8 cannot, are checked and reported in UTF-8, in any format."""
    file = tmp_path / "a.jsonl"
    page = {"text": "In Sichuan \ud800 the the \udfff hospital opened.", "url": "http://a/\udc80"}
    file.write_text(json.dumps(page) + "\n", encoding="utf-8")
    for format in ("text", "sarif", "html", "xlsx"):
        done = yigai("check", "a.jsonl", "--format", format, "--output", "report", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (1, ""), format
        report = (tmp_path / "report").read_bytes()
        if format == "xlsx":
            assert openpyxl.load_workbook(io.BytesIO(report)).sheetnames
        else:
            report.decode("utf-8")
        if format in ("json", "sarif"):
            json.loads(report)


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.csv", "a.po", "a.txt"])
def test_nul_bytes(name: str) -> None:
    """A file with a NUL is no text; of a web page, whose readers pass it over, the rest is read."""
    content = f"{SENTENCE}\0{SENTENCE}\n"
    assert ("the the" in quotes(read(name, content))) if name == "a.html" else reason(name, content) == "binary"


# -- entities, bombs, aliases --------------------------------------------------------------------------------------

SECRET = "not for pages"
FAR = "<!--" + "x" * 70_000 + "-->"
LAUGHS = '<!ENTITY a "lol">' + "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1 or str()};" * 10}">' for level in range(1, 9)
) + '<!ENTITY e "&a8;">'  # fmt: skip


def saved(thing: object) -> bytes:
    """The bytes of an Office file."""
    stream = io.BytesIO()
    thing.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def with_entity(content: bytes, part: str, declared: str, before: str) -> bytes:
    """An Office file, a part of which declares the entity ``e`` after ``before`` and uses it for the word ENTITY."""
    stream = io.BytesIO()
    assert part in zipfile.ZipFile(io.BytesIO(content)).namelist()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            made = old.read(item)
            if item.filename == part:
                head, end, rest = made.rpartition(b"?>")
                made = head + end + f"{before}<!DOCTYPE a [{declared}]>".encode() + rest.replace(b"ENTITY", b"&e;")
            new.writestr(item.filename, made)
    return stream.getvalue()


def office(name: str) -> bytes:
    """A Word file or a workbook with the word ENTITY."""
    if name.endswith(".docx"):
        document = docx.Document()
        document.add_paragraph(f"{SENTENCE} ENTITY")
        return saved(document)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([f"{SENTENCE} ENTITY"])
    return saved(book)


@pytest.mark.parametrize("before", ["", FAR], ids=["first", "far"])
@pytest.mark.parametrize("kind", ["file", "laughs"])
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("a.docx", "word/document.xml"), ("a.docx", "[Content_Types].xml"), ("a.xlsx", "xl/worksheets/sheet1.xml"),
        ("a.xlsx", "xl/workbook.xml"), ("a.xlf", ""), ("a.tmx", ""),
    ],
)  # fmt: skip
def test_entities_are_refused(tmp_path: Path, name: str, part: str, kind: str, before: str) -> None:
    """XML that defines entities, near its beginning or far from it, is refused: no file is read, nothing is multiplied."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    declared = f'<!ENTITY e SYSTEM "{secret.as_uri()}">' if kind == "file" else LAUGHS
    if part:
        content = with_entity(office(name), part, declared, before)
    else:
        (seed,) = seeds({"a.xlf": "xliff", "a.tmx": "tmx"}[name])
        root = {"a.xlf": "xliff", "a.tmx": "tmx"}[name]
        plain = seed.decode().removeprefix('<?xml version="1.0"?>').replace("Sichuan", "&e;")
        content = f'<?xml version="1.0"?>{before}<!DOCTYPE {root} [{declared}]>{plain}'.encode()
    assert reason(name, content) in ("unsafe", "damaged")


ALIASES = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


def test_yaml_that_multiplies_itself(yigai: Run, tmp_path: Path) -> None:
    """Aliases are a mistake with its place, in a house style and in a file of accepted findings alike."""
    house = tmp_path / "house.yaml"
    house.write_text(ALIASES, encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"house\.yaml:1:4: anchors and aliases are not allowed"):
        load(house)
    (tmp_path / "yigai-accepted.yaml").write_text(ALIASES, encoding="utf-8")
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    done = yigai("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "yigai-accepted.yaml:1:4: anchors and aliases are not allowed" in done.stderr


# -- what fuzzing found --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_the_targets_of_fuzzing_hold(name: str) -> None:
    """Each target takes well-formed input and the least of the others without a broken promise."""
    for content in (*seeds(name), b"", b"\xff\xfe\x00", b"\x00", b"PK\x03\x04"):
        TARGETS[name](content)


FOUND: list[tuple[str, bytes]] = [
    ("accepted", b"- path: a\n  rule: b\n  fingerprint: ''\n"),
    ("accepted", b"# Head\r- path: a\n  rule: b\n  fingerprint: c\n"),
    ("accepted", "# Head\u2028- path: a\n  rule: b\n  fingerprint: c\n".encode()),
    ("html", b"<head><title>A long title that is cut off"),
    ("zip", next(seeds("zip")).replace(b"a/b.txt", b"\0/b.txt")),  # a member without a name
    (
        "warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n",
    ),  # no address
    ("warc", next(seeds("warc")).replace(b"Length: ", b"Length: 999999999999999999999")),
    ("parquet", next(seeds("parquet"), b"").replace(b"In Sichuan", b"In \xff\xfechuan")),
    ("check", b"In Sichuan the m" + b"_" * 250 + b"ediciation\n"),
    ("glossary", "- id: b\n  zh: 乙\n  preferred: b c\n # Between.\n- id: d\n  zh: 丁\n  preferred: d e\n".encode()),
    (
        "glossary",
        "- id: b\n  zh: 乙\n  preferred: b c\n  wrong:\n    - en: b d\n      trigger: [page]\n     # So.\n".encode(),
    ),
]


@pytest.mark.parametrize(("name", "content"), FOUND)
def test_what_fuzzing_found(name: str, content: bytes) -> None:
    """Input that once broke a promise of a target."""
    TARGETS[name](content)


def test_words_without_end_are_not_remembered() -> None:
    """Page after page of words as long as a picture in letters takes no more memory than the first ones."""
    seen = checker()
    chance = random.Random(3)

    def page(number: int) -> Document:
        words = ("".join(chance.choices(string.ascii_lowercase, k=9)) * 20_000 for _ in range(5))
        return Document(f"{number}", "The {} hospital, {}tion. medical{:200000}association {}. {}".format(*words))

    tracemalloc.start()
    sizes = []
    for number in range(12):
        seen.check([page(number)])
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[-1] < sizes[5] + 2_000_000


@pytest.mark.parametrize("gap", [" ", "\u200b"])
def test_a_name_with_a_gap_in_it(gap: str) -> None:
    """However wide it is, the name is found in time that grows as the text, and quoted in a line."""
    text = f"The township health centers of the county joined the tight{gap * 100_000} medical community."
    whole = Checker(load(), Options(subject="health-reform"))
    (found,) = [finding for finding in whole.check([Document("a.txt", text)]).findings if len(finding.quote) > 100_000]
    assert "“tight medical community”" in found.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p>A ward.</p><b><td>" + "<i>" * 30_000 + "</b>" * 30_000),
        ("a.md", "| a | b |\n|---|---|\n" + "| x\\|y | z |\n" * 8_000),
    ],
)
def test_marks_that_are_looked_for_in_vain(name: str, content: str) -> None:
    """End tags of nothing near, and cells whose words are not in the file, are given up soon (the suite would stall)."""
    assert isinstance(read(name, content), Document)


NESTED = {
    "a.xlf": (
        '<xliff version="1.2">',
        ["<file>", "<trans-unit>", '<file><trans-unit><source>a</source><target><mrk mtype="seg" mid="1">'],
    ),
    "a.tmx": ("<tmx>", ['<tu><tuv xml:lang="en"><seg>']),
}


@pytest.mark.parametrize(("name", "unit"), [(name, unit) for name, (_, units) in NESTED.items() for unit in units])
def test_units_inside_one_another(name: str, unit: str) -> None:
    """Units in units, whose words would be read once for each, are refused."""
    head = NESTED[name][0]
    inside = unit[unit.rindex("<mrk") :] if "<mrk" in unit else unit
    opened = head + unit + inside
    ends = "".join(f"</{tag}>" for tag in reversed(re.findall(r"<(\w[\w-]*)[^>]*>(?!\w+</)", opened)))
    assert reason(name, f"{opened}the the ward{ends}") == "damaged"


@pytest.mark.parametrize("line", ['"the ward"\n', "# so\n"])
def test_a_message_without_end(line: str) -> None:
    """A message or comment of more lines than anybody writes is refused, for the parser adds them one by one."""
    assert reason("a.po", 'msgid "a"\nmsgstr ""\n' + line * 10_001) == "too-large"


def test_attributes_without_end_are_not_remembered() -> None:
    """Page after page of pictures written out in attributes takes no more memory than the first ones."""
    seen = checker()
    chance = random.Random(3)

    def page() -> str:
        one, two = ("".join(chance.choices(string.ascii_lowercase, k=9)) * 20_000 for _ in range(2))
        return f'<p>A <b class="{one}">nurse</b> of the ward.</p><div id="x" style="display:none;{two}">So.</div>'

    tracemalloc.start()
    sizes = []
    for number in range(12):
        document = read(f"{number}.html", page())
        assert isinstance(document, Document)
        seen.check([document])
        del document
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[-1] < sizes[5] + 1_000_000


def beside(english: str, chinese: str) -> Document:
    """Text and source, each behind a paragraph of its language."""
    before = "The county hospital opened a new ward for patients with chronic diseases last year.\n\n"
    return Document(
        "a.txt", before + english, source=SourceText("a.zh", f"去年，县医院为慢性病患者开设了新病房。\n\n{chinese}")
    )


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (" ".join(f"1/{n}" for n in range(2, 3_000)), "两" + "、".join(f"{n}万元" for n in range(12, 3_000))),
        ("On " + ", ".join(f"May {n % 28 + 1}, {n}" for n in range(1_000, 3_000)), "2021年5月" * 3_000),
        ("So " + "1" * 60_000 + " wards", "12家医院实行DRG付费。"),
        ("The sum " + "health 10-" * 6_000, "医联体多" * 6_000),
    ],
    ids=["numbers", "dates", "figure", "names"],
)
def test_segments_without_end(english: str, chinese: str) -> None:
    """Thousands of numbers, dates or names in one sentence of a pair are not all compared (the suite would stall)."""
    whole = Checker(load(), Options(subject="health-reform", min_confidence="low"))
    assert not whole.check([beside(f"{english}.", f"{chinese}。")]).errors


def test_a_word_paragraph_of_many_runs(tmp_path: Path, yigai: Run) -> None:
    """Each fault of a paragraph cut into thousands of runs is mended where it stands, without a look at all of them."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number in range(1_500):
        for words in (f"Ward {number} met the ", "the doctor", ". "):
            paragraph.add_run(words)
    document.save(tmp_path / "a.docx")
    assert yigai("fix", "a.docx", cwd=tmp_path).returncode == 0
    (said,) = [found.text for found in docx.Document(tmp_path / "a.docx").paragraphs]
    assert "the the" not in said
    assert said.count("met the doctor.") == 1_500


def test_figures_without_end_that_are_missing() -> None:
    """Of thousands of figures in one sentence that its English lacks, not each is a finding that quotes all of it."""
    whole = Checker(load(), Options(subject="health-reform", min_confidence="low"))
    made = whole.check([beside("The ward of " + "Sichuan " * 1_000 + ".", "12家医院" + "10万元" * 800 + "。")])
    assert len(made.findings) < 100


def test_a_template_of_thousands_of_parts(tmp_path: Path) -> None:
    """It stands for more strings than can be counted, which is a mistake with its place."""
    house = tmp_path / "house.yaml"
    form = f"x {'[a|b] ' * 12_000}y"
    house.write_text(f"- id: b\n  zh: 乙丙\n  preferred: b c\n  wrong:\n    - en: {form}\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"house\.yaml:5:"):
        load(house)
