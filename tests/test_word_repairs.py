"""Repairs in Word files: what is mended, what is left alone, and that only the text of runs changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from checker.docx_repairs import WordRepairs
from checker.fixing import Edit
from tests.command_here import command_here
from tests.test_annotating import change, one, parts, saved


def draft() -> Any:
    """A Word file with faults in plain runs, across runs, in and across tracked changes, in a field and a header."""
    made = docx.Document()
    paragraph = made.add_paragraph("The hospital opened the ")
    paragraph.add_run("the").bold = True
    paragraph.add_run(" new ward ( and more ) for R&D.")
    inside = made.add_paragraph("The ward is open for ")
    inside._p.append(change("ins", "t", "the the people "))
    inside.add_run("of the county.")
    across = made.add_paragraph("The ward is open for the ")
    across._p.append(change("del", "delText", "old "))
    across.add_run("the people of the county.")
    field = made.add_paragraph("See ")
    field._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="REF a"><w:r><w:t>the the table</w:t></w:r></w:fldSimple>')
    )
    for kind, text in (("begin", ""), ("separate", ""), (None, "the the figure"), ("end", "")):
        run = field.add_run(text)
        if kind:
            mark = run._r.makeelement(qn("w:fldChar"))
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
    made.sections[0].header.paragraphs[0].text = "The hospital has,many doctors and nurses."
    return made


def test_word_files_are_mended(tmp_path: Path) -> None:
    """Runs keep their formatting; changes and fields stay; other parts are the same bytes; a second run does nothing."""
    path = tmp_path / "a.docx"
    path.write_bytes(saved(draft()))
    path.chmod(0o640)
    before = parts(path.read_bytes())
    shown = command_here("fix", "a.docx", "--diff", cwd=tmp_path)
    assert shown.returncode == 1
    assert "-The hospital opened the the new ward ( and more ) for R&D." in shown.stdout
    assert parts(path.read_bytes()) == before
    done = command_here("fix", "a.docx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    after = parts(path.read_bytes())
    assert {name for name in after if after[name] != before[name]} == {"word/document.xml", "word/header1.xml"}
    made = docx.Document(str(path))
    assert [run.text for run in made.paragraphs[0].runs] in (
        ["The hospital opened the ", "", "new ward (and more) for R&D."],
        ["The hospital opened ", "the", " new ward (and more) for R&D."],
        ["The hospital opened the", "", " new ward (and more) for R&D."],
    )
    assert made.sections[0].header.paragraphs[0].text == "The hospital has, many doctors and nurses."
    text = one("a.docx", path.read_bytes()).text
    assert "for the the people of the county" in text
    assert text.count("the the people") == 2
    assert "the the table" in text
    assert "the the figure" in text
    assert path.stat().st_mode & 0o777 == 0o640
    mended = path.read_bytes()
    assert command_here("fix", "a.docx", cwd=tmp_path).stderr == ""
    assert path.read_bytes() == mended


@pytest.mark.parametrize(
    ("quote", "allowed"),
    [
        ("opened the the", True), ("( and", True), ("R&D", True), ("the people of", True), ("the the people of", False),
        ("the the table", False), ("the the figure", False), ("ward is open for", True), ("See ", True),
        ("The hospital has,many doctors and nurses.", False), ("R&D.\n\nThe", False), ("has,many", True),
    ],
)  # fmt: skip
def test_what_may_be_changed(quote: str, allowed: bool) -> None:
    """Only text of plain runs of one paragraph, and never the whole of it."""
    content = saved(draft())
    document = one("a.docx", content)
    repairs = WordRepairs(content)
    start = document.text.rindex(quote)
    assert repairs.may_change(document, start, start + len(quote)) is allowed
    if allowed:
        done = repairs.changed(document, [Edit(start, start + len(quote), "x & <y>", "GAR302")])
        assert done is not None
        assert done.text == document.text[:start] + "x & <y>" + document.text[start + len(quote) :]


def test_something_put_in() -> None:
    """What is put in stands in the run before it, at the beginning in the first one."""
    content = saved(draft())
    document = one("a.docx", content)
    repairs = WordRepairs(content)
    for at in (0, 4, 27, len(document.text)):
        assert repairs.may_change(document, at, at)
        done = repairs.changed(document, [Edit(at, at, " - ", "GAR302")])
        assert done is not None
        assert done.text == f"{document.text[:at]} - {document.text[at:]}"
