"""What fuzzing starts from: well-formed input for each target, and the words that such input is made of."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from functools import cache

from tests.tiny import CONCEPTS, MORPHEMES

_TEXT = "In Sichuan the medical association & the the hospital ( 12.5 million yuan ) met.\nA tiered care system.\n"
_ZH = "四川省医疗联合体投入1250万元。\n分级诊疗制度。\n"
_HTML = f'<html><head><title>A</title><meta charset="utf-8"></head><body><p>{_TEXT}</p><table><tr><td>a<td>医院</table></body></html>'
_XLIFF = f"""<?xml version="1.0"?><xliff version="1.2"><file source-language="zh" target-language="en" original="a"><body>
<trans-unit id="1"><source>{_ZH}</source><target>In <g id="1">Sichuan</g> the<x id="2"/> hospital</target></trans-unit></body></file></xliff>"""
_TMX = f"""<tmx version="1.4"><header/><body><tu tuid="1"><tuv xml:lang="zh"><seg>{_ZH}</seg></tuv>
<tuv xml:lang="en"><seg>In <bpt i="1">b</bpt>Sichuan</seg></tuv></tu></body></tmx>"""
_PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#: a.py:1\nmsgid "医院"\nmsgstr "the the hospital"\n'
_ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_HTML}"
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/\r\nContent-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(_ANSWER.encode())}\r\n\r\n{_ANSWER}\r\n\r\n"
)
_TBX = """<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="a">
<descrip type="subjectField">health</descrip><langSec xml:lang="zh"><termSec><term>医联体</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>medical consortium</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
</termSec></langSec></conceptEntry></body></text></tbx>"""
_TERMS = (
    'zh,preferred,admitted,wrong,definition\n医联体,medical consortium,hospital alliance | b,hospital gang,"A, b"\n'
)
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_DOCX = f"""{_WORD}<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">In the </w:t></w:r>
<w:ins w:id="1"><w:r><w:t>the hospital</w:t><w:tab/><w:br/></w:r></w:ins><w:del w:id="2"><w:r><w:delText>a</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A hospital</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>医院</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r></w:p></w:body></w:document>\0"""
_NOTES = (
    _WORD.replace("document", "footnotes").replace("<w:body>", "")
    + '<w:footnote w:id="2" w:type="normal"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
_SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B2"/><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>zh</t></is></c></row>
<row r="2"><c r="A2" t="str"><f>A1</f><v>the the ward</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="b"><v>1</v></c>
<c r="D2" t="d"><v>2021-10-01</v></c><c r="E2" t="e"><v>#REF!</v></c><c r="F2"><v>1.5</v></c></row></sheetData></worksheet>\0"""
_STRINGS = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>en</t></si>
<si><r><t>医</t></r><r><t>院</t></r></si></sst>"""
_TABLE = f'en,zh\r\n"{_TEXT}","{_ZH}"\r\n"a,b",医院\r\n'

_TEXTS: dict[str, list[str]] = {
    "html": [_HTML], "xliff": [_XLIFF], "tmx": [_TMX], "po": [_PO], "csv": [_TABLE], "tsv": ["en\tzh\na\t医\n"],
    "markdown": [f"# A\n\n- *{_TEXT}* [x](y) `z`\n\n| a | b |\n|---|---|\n| c | 医院 |\n\n---\n> x\n"],
    "docx": [_DOCX + _NOTES], "xlsx": [_SHEET + _STRINGS], "warc": [_WARC],
    "jsonl": ['{"text": "In Sichuan", "url": "http://a", "date": "2021"}\n{"html": "<p>x"}\n'],
    "glossary": [CONCEPTS, MORPHEMES],
    "tbx": [_TBX], "terms": [_TERMS, "zh\ten\n医联体\tmedical consortium\n"], "memory": [_TMX],
    "accepted": ["# Head\n- path: a.txt\n  rule: TRM101\n  fingerprint: '0123456789abcdef'\n  count: 2\n  quote: a b\n  reason: so\n"],
    "numbers": ["12.5 million yuan, two thirds, 3-5%, in October 2021\x00一千二百五十万元、三分之二、3—5%，2021年10月"],
    "alignment": [f"{_TEXT}\x00{_ZH}", "1. A. b\n\n2. C (2021).\x00一、甲。乙\n\n二、丙（2021）。"],
}  # fmt: skip


def seeds(name: str) -> Iterator[bytes]:
    """Well-formed input for a target. Office files are their parts (see `tests.fuzz.packages`)."""
    if name in ("zip", "tar", "parquet"):
        yield from {"zip": _zipped, "tar": _tarred, "parquet": _parquet}[name]()
        return
    for text in _TEXTS.get(name, [_TEXT, f"{_TEXT}{_ZH}"]):
        yield text.encode()


@cache
def words(name: str) -> tuple[bytes, ...]:
    """The words, tags and signs of a target's well-formed input, from which fuzzing makes more of the like."""
    found = {word for seed in seeds(name) for word in re.findall(rb"</?[\w:]+|[\w:.-]+=|[\w.-]+|[^\w\s]+", seed)}
    return tuple(sorted(word for word in found if 1 < len(word) < 60))


def _zipped() -> Iterator[bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", _TEXT)
        archive.writestr("c.html", _HTML)
    yield stream.getvalue()


def _tarred() -> Iterator[bytes]:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        member = tarfile.TarInfo("a/b.txt")
        member.size = len(_TEXT.encode())
        archive.addfile(member, io.BytesIO(_TEXT.encode()))
    yield stream.getvalue()


def _parquet() -> Iterator[bytes]:
    try:
        import pyarrow
        from pyarrow.parquet import write_table
    except ImportError:
        return
    stream = io.BytesIO()
    write_table(pyarrow.table({"text": [_TEXT, "b"], "url": ["http://a", None]}), stream, store_schema=False)
    yield stream.getvalue()
