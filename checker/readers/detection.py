"""Which format a file is in: what its bytes show, then what its name says."""

from __future__ import annotations

import os
import re

from checker.readers import FORMATS, SUFFIXES

_HEAD = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLANK = b"\xef\xbb\xbf \t\r\n"
_HTML = re.compile(rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_XML = re.compile(rb"<(?:[\w.-]{1,40}:)?(xliff|tmx)[\s>]")
_PO = re.compile(rb'^msgid "', re.M)


def format_of(name: str, content: bytes) -> str:
    """A key of `FORMATS`: by content where that is certain, else by the suffix of ``name``, else "text"."""
    named = SUFFIXES.get(os.path.splitext(name)[1].lower(), "text")
    if content.startswith(_ZIP):
        return _office(content) or named
    head = content[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    head = head.lstrip(_BLANK)
    if _HTML.match(head):
        return "html"
    if head.startswith(b"<") and (match := _XML.search(head)):
        return match[1].decode()
    if named == "text" and _PO.search(head) and b"\nmsgstr" in head:
        return "po"
    return named if named in FORMATS else "text"


def _office(content: bytes) -> str | None:
    # The names of an archive's parts stand uncompressed in its directory at the end, and before each part.
    if b"word/document.xml" in content:
        return "docx"
    if b"xl/workbook.xml" in content:
        return "xlsx"
    return None


def unsupported(content: bytes) -> tuple[str, str] | None:
    """Why a file of a format that is known and not read is refused, as ``(reason, message)``; None for all others."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "encrypted", "the file is protected by a password"
        return "unsupported", "the file is in an old format of Word, Excel or PowerPoint; save it as .docx or .xlsx"
    if content.startswith(b"%PDF-"):
        return "unsupported", "PDF is not read; check the file that it was made from"
    return None
