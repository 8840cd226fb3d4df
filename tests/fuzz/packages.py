"""Word files and workbooks around parts that are given as bytes: fuzzing changes the parts, not the archive's checksums."""

from __future__ import annotations

import io
import zipfile
from functools import cache

PARTS = {
    "docx": ("word/document.xml", "word/footnotes.xml"),
    "xlsx": ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"),
}
"""The parts that the bytes of a target hold, one after the other with a NUL between them."""

_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def package(kind: str, content: bytes) -> bytes:
    """The Office file whose parts ``content`` holds."""
    given = dict(zip(PARTS[kind], content.split(b"\0", 1), strict=False))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in {**_frame(kind), **given}.items():
            archive.writestr(name, part)
    return stream.getvalue()


@cache
def _frame(kind: str) -> dict[str, bytes]:
    """The parts of a small file of a kind."""
    stream = io.BytesIO()
    if kind == "docx":
        import docx
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        document = docx.Document()
        notes = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, b"<a/>", document.part.package)
        document.part.relate_to(notes, _NOTES)
        document.save(stream)
    else:
        import openpyxl

        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(["en", "zh"])
        book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    if kind == "xlsx" and "xl/sharedStrings.xml" not in made:
        made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"</Types>", _STRINGS)
    return made
