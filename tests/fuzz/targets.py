"""What each fuzzing target does with its bytes, and bytes to begin with. A broken promise is an AssertionError or worse."""

from __future__ import annotations

import contextlib
import csv
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from checker.acceptance import AcceptanceError, AcceptedFile, accepted_yaml
from checker.batch.containers import MODULES, ContainerError, Fields, File
from checker.bitext import SourceText
from checker.blocks import sentences
from checker.dates import chinese_dates, date_mismatches, english_dates
from checker.document import Document
from checker.finding import CheckError
from checker.numbers import chinese_numbers, english_figure, english_numbers, mismatches
from checker.options import Options
from checker.page import Page
from checker.pipeline import Checker
from checker.readers import FORMATS, WITH_COLUMNS, Reading
from checker.readers.walk import read_content
from glossary.canonical import canonical
from glossary.problems import GlossaryError
from glossary.yaml_file import read_concepts, read_morphemes
from tests.tiny import CONCEPTS, MORPHEMES, tiny_glossary

Target = Callable[[bytes], None]


@cache
def checker() -> Checker:
    """A checker with a small glossary: the readers and the parsers are to be fuzzed, not the size of the glossary."""
    return Checker(tiny_glossary(), Options(subject="health-reform", min_confidence="low"))


def holds(document: Document) -> None:
    """What every document promises, whatever it was read from."""
    text = document.text
    if document.view is not None:
        assert len(document.view) == len(text)
    last = 0
    for unit in document.units:
        assert last <= unit.start < unit.end <= len(text)
        last = unit.end
    for start, end, _ in document.outside:
        assert 0 <= start <= end <= len(text)
    if document.source is not None:
        for link in document.source.pairs or ():
            assert 0 <= link.start <= link.end <= len(text)
            assert 0 <= link.source_start <= link.source_end <= len(document.source.text)
    page = checker().page(document)
    position = 0
    for start, end in page.blocks:
        assert position <= start < end <= len(text)
        position = end
    for start, end in sentences(page.text, page.blocks):
        assert page.block_at(start) is not None
        assert start < end


def reader(name: str) -> Target:
    """The reader of a format; libraries for archives may fail as they like where it says so."""
    module = import_module(f"checker.readers.{FORMATS[name]}")

    def run(content: bytes) -> None:
        if name in ("docx", "xlsx"):
            found = list(read_content(f"page.{name}", content, Reading(name)))
        elif FORMATS[name] in WITH_COLUMNS:
            found = list(module.read(f"page.{name}", content, Reading(name)))
        else:
            found = list(module.read(f"page.{name}", content))
        assert found
        for item in found:
            assert isinstance(item, Document | CheckError)
            if isinstance(item, Document):
                holds(item)

    return run


def container(kind: str) -> Target:
    """The reader of a kind of files of many pages."""
    module = import_module(f"checker.batch.containers.{MODULES[kind]}")

    def run(content: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
            file.write(content)
            file.flush()
            with contextlib.suppress(ContainerError, OSError):
                list(module.pages(File("pages", file.name), Fields()))

    return run


def glossary(content: bytes) -> None:
    """The loader: any text gives entries or problems with a place; the canonical form is one and means the same."""
    text = content.decode("utf-8", "replace")
    lines = text.count("\n") + text.count("\r") + text.count("\u2028") + text.count("\u2029") + text.count("\x85") + 2
    for read, classes in ((read_concepts, False), (read_morphemes, True)):
        arguments = ("fuzz.yaml", text) if classes else ("fuzz.yaml", text, "test")
        found, problems = read(*arguments)  # type: ignore[operator]
        for problem in problems:
            assert 1 <= problem.line <= lines
        if problems:
            continue
        try:
            written = canonical("fuzz.yaml", text, classes)
        except GlossaryError:
            continue
        assert canonical("fuzz.yaml", written, classes) == written
        again, problems = read(*(arguments[0], written, *arguments[2:]))  # type: ignore[operator]
        assert not problems
        assert len(again) == len(found)


def accepted(content: bytes) -> None:
    """A file of accepted findings is refused, or says the same when it is written and read again."""
    try:
        file = AcceptedFile(Path("yigai-accepted.yaml"), content.decode("utf-8", "replace"))
    except AcceptanceError:
        return
    again = AcceptedFile(file.path, accepted_yaml(file.entries.values(), file.head))
    assert {key: entry[:6] for key, entry in again.entries.items()} == {
        key: entry[:6] for key, entry in file.entries.items()
    }


def numbers(content: bytes) -> None:
    """Numbers and dates of two texts: places inside the text, values that can be written, and a text agrees with itself."""
    english, _, chinese = content.decode("utf-8", "replace").partition("\0")
    ours, theirs = english_numbers(english), chinese_numbers(chinese)
    for text, found in ((english, ours), (chinese, theirs)):
        for number in found:
            assert 0 <= number.start < number.end <= len(text)
            english_figure(number.value, number.kind)
    mismatches(theirs, ours)
    assert not mismatches(ours, ours)
    date_mismatches(chinese_dates(chinese), english_dates(english))


def alignment(content: bytes) -> None:
    """The links of two texts: in order on both sides, inside the texts, not over each other."""
    english, _, chinese = content.decode("utf-8", "replace").partition("\0")
    page = Page(Document("page", english, source=SourceText("source", chinese)), checker().spotter)
    assert page.parallel is not None
    end = source_end = 0
    for link in page.parallel.links:
        assert end <= link.start <= link.end <= len(english)
        assert source_end <= link.source_start <= link.source_end <= len(chinese)
        end, source_end = max(end, link.end), max(source_end, link.source_end)


def whole_check(content: bytes) -> None:
    """A whole check: every finding quotes what stands at its place."""
    document = Document("page", content.decode("utf-8", "replace"))
    for finding in checker().check([document]).findings:
        assert 0 <= finding.start <= finding.end <= len(document.text)
        assert document.text[finding.start : finding.end] == finding.quote
        assert document.position(finding.start) == (finding.line, finding.column)
        for start, end in finding.also:
            assert 0 <= start < end <= len(document.text)


TARGETS: dict[str, Target] = {
    **{name: reader(name) for name in FORMATS},
    **{kind: container(kind) for kind in ("zip", "tar", "warc", "jsonl")},
    "glossary": glossary,
    "accepted": accepted,
    "numbers": numbers,
    "alignment": alignment,
    "check": whole_check,
}

_TEXT = "In Sichuan the medical association & the the hospital ( 12.5 million yuan ) met.\nA tiered care system.\n"
_ZH = "四川省医疗联合体投入1250万元。\n分级诊疗制度。\n"
_HTML = f'<html><head><title>A</title><meta charset="utf-8"></head><body><p>{_TEXT}</p><table><tr><td>a<td>医院</table></body></html>'
_XLIFF = f"""<?xml version="1.0"?><xliff version="1.2"><file source-language="zh" target-language="en" original="a"><body>
<trans-unit id="1"><source>{_ZH}</source><target>In <g id="1">Sichuan</g> the<x id="2"/> hospital</target></trans-unit></body></file></xliff>"""
_TMX = f"""<tmx version="1.4"><header/><body><tu tuid="1"><tuv xml:lang="zh"><seg>{_ZH}</seg></tuv>
<tuv xml:lang="en"><seg>In <bpt i="1">b</bpt>Sichuan</seg></tuv></tu></body></tmx>"""
_PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#: a.py:1\nmsgid "医院"\nmsgstr "the the hospital"\n'
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/\r\nContent-Type: application/http; msgtype=response\r\n"
    "Content-Length: {}\r\n\r\n{}\r\n\r\n"
)
_ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_HTML}"


def seeds(name: str) -> Iterator[bytes]:
    """Well-formed input for a target, from which fuzzing starts."""
    if name in ("docx", "xlsx"):
        yield _office(name)
        return
    if name == "zip":
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/b.txt", _TEXT)
            archive.writestr("c.html", _HTML)
        yield stream.getvalue()
        return
    if name == "tar":
        import tarfile

        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w") as archive:
            member = tarfile.TarInfo("a/b.txt")
            member.size = len(_TEXT.encode())
            archive.addfile(member, io.BytesIO(_TEXT.encode()))
        yield stream.getvalue()
        return
    table = io.StringIO()
    csv.writer(table).writerows([["en", "zh"], [_TEXT, _ZH], ["a,b", "医院"]])
    texts = {
        "html": [_HTML], "xliff": [_XLIFF], "tmx": [_TMX], "po": [_PO], "csv": [table.getvalue()], "tsv": ["en\tzh\na\t医\n"],
        "markdown": [f"# A\n\n- *{_TEXT}* [x](y) `z`\n\n| a | b |\n|---|---|\n| c | 医院 |\n\n---\n> x\n"],
        "jsonl": ['{"text": "In Sichuan", "url": "http://a", "date": "2021"}\n{"html": "<p>x"}\n'],
        "warc": [_WARC.format(len(_ANSWER.encode()), _ANSWER)],
        "glossary": [CONCEPTS, MORPHEMES],
        "accepted": ["# Head\n- path: a.txt\n  rule: TRM101\n  fingerprint: '0123456789abcdef'\n  count: 2\n  quote: a b\n  reason: so\n"],
        "numbers": ["12.5 million yuan, two thirds, 3-5%, in October 2021\x00一千二百五十万元、三分之二、3—5%，2021年10月"],
        "alignment": [f"{_TEXT}\x00{_ZH}"],
    }  # fmt: skip
    for text in texts.get(name, [_TEXT, f"{_TEXT}{_ZH}"]):
        yield text.encode()


def _office(name: str) -> bytes:
    stream = io.BytesIO()
    if name == "docx":
        import docx

        document = docx.Document()
        document.add_paragraph(_TEXT)
        document.add_table(1, 2).cell(0, 1).text = _ZH
        document.save(stream)
    else:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["en", "zh"])
        sheet.append([_TEXT, _ZH])
        book.save(stream)
    return stream.getvalue()
