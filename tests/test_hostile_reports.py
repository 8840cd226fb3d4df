"""Reports and advice on files that somebody made large or odd on purpose: what is written, and that it is soon."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path

import docx
import pytest

from checker.annotate import annotated
from checker.annotate.remarks import Signature
from checker.document import Document
from checker.options import Options
from checker.pipeline import Checker
from checker.readers.walk import read_content
from tests.conftest import Run
from tests.tiny import tiny_glossary

CHECKER = Checker(tiny_glossary(), Options(subject="health-reform"))
MANY = 3_000
NAMES = map("".join, itertools.product("bdfghjklmn", "aeiou", "nrst", "aeiou", "lmnt"))
FAULTS = [f"A nurse of {name} {name} left. " for name in itertools.islice(NAMES, MANY)]
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def marked(name: str, content: bytes) -> bytes:
    """A file with a comment for each fault in it."""
    (document,) = read_content(name, content)
    assert isinstance(document, Document)
    findings = CHECKER.check([document]).findings
    assert sum(finding.count for finding in findings) == MANY
    return annotated(content, document, findings, Signature("Li Wei"))


def text(words: str) -> str:
    """A text of a run of Word."""
    return f'<w:t xml:space="preserve">{words}</w:t>'


def word_file(body: str, notes: str = "") -> bytes:
    """A Word file of a body and footnotes."""
    stream, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(stream)
    put = {
        "word/document.xml": (r"<w:body>.*</w:body>", f"<w:body>{body}</w:body>"),
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/notes.xml" ContentType="{NOTES}"/></Types>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>", f'<Relationship Id="rId99" Type="{RELATION}" Target="notes.xml"/></Relationships>',
        ),
    }  # fmt: skip
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            there = old.read(name)
            if name in put:
                pattern, words = put[name]
                there = re.sub(pattern, lambda _, words=words: words, there.decode(), flags=re.DOTALL).encode()
            new.writestr(name, there)
        new.writestr("word/notes.xml", f"<w:footnotes {NAMESPACE}>{notes}</w:footnotes>")
    return made.getvalue()


FOOTNOTES = "".join(
    f'<w:footnote w:id="{n}"><w:p><w:r>{text(w)}</w:r></w:p></w:footnote>' for n, w in enumerate(FAULTS)
)
MARKS = "".join(f'<w:p><w:r><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(MANY))
WORD = {
    "one run": ("<w:p><w:r>" + "".join(map(text, FAULTS)) + "</w:r></w:p>", ""),
    "notes": (MARKS, FOOTNOTES),
    "notes without marks": ("<w:p/>" * MANY + f"<w:p><w:r>{text('So.')}</w:r></w:p>", FOOTNOTES),
}


@pytest.mark.parametrize("case", WORD)
def test_word_comments_without_end(case: str) -> None:
    """Each comment finds its place without a look at all the others' (the suite would stall otherwise)."""
    comments = zipfile.ZipFile(io.BytesIO(marked("a.docx", word_file(*WORD[case])))).read("word/comments.xml")
    assert comments.count(b"<w:comment ") == MANY


def test_page_breaks_without_end() -> None:
    """The page of each place is told without counting all page breaks before it (the suite would stall otherwise)."""
    run = f"<w:r><w:lastRenderedPageBreak/>{text('A doctor union body met. ')}</w:r>"
    file = marked("a.docx", word_file(f"<w:p>{run * MANY}</w:p>"))
    comments = zipfile.ZipFile(io.BytesIO(file)).read("word/comments.xml").decode()
    assert "“doctor union body”, page 3;" in comments
    assert f"and {MANY - 13} more" in comments


def test_trados_comments_without_end() -> None:
    """A unit of thousands of segments gets the comments of each (the suite would stall otherwise)."""
    head = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0">'
    marks = [f'<mrk mtype="seg" mid="{n}">{{}}</mrk>' for n in range(MANY)]
    sides = ["".join(map(str.format, marks, words)) for words in (["医"] * MANY, FAULTS)]
    unit = f'<trans-unit id="1"><source>医</source><seg-source>{sides[0]}</seg-source><target>{sides[1]}</target></trans-unit>'
    file = marked("a.sdlxliff", f'{head}<file original="a"><body>{unit}</body></file></xliff>'.encode())
    names = set(re.findall(rb'<cmt-def id="([^"]+)"', file))
    assert len(names) == MANY
    assert names == set(re.findall(rb'sdl:cid="([^"]+)"', file))


@pytest.mark.parametrize("place", [f"a.txt:{'9' * 5_000}:1", f"a.txt:1:{'9' * 5_000}", "a.txt:99999999:1", "a.txt:1:0"])
def test_places_that_there_are_not(yigai: Run, tmp_path: Path, place: str) -> None:
    """A line or column beyond the text, or beyond numbers, is one line that says so."""
    (tmp_path / "a.txt").write_text("A ward.\n", encoding="utf-8")
    done = yigai("explain", place, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"yigai: (a\.txt: no (line|column) .*|'a.* is not FILE:LINE:COL, .*)\n", done.stderr)
