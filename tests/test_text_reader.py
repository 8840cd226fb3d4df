"""Bytes to text: encodings, byte order marks, newlines, and what is no text."""

from __future__ import annotations

import pytest

from checker.document import Document
from checker.finding import CheckError
from checker.readers.text import read_text

CHINESE = "深化医药卫生体制改革，推进分级诊疗制度建设。"


def text_of(content: bytes) -> str:
    """The text that is read, which must be one."""
    document = read_text("page.txt", content)
    assert isinstance(document, Document), document
    return document.text


def reason_of(content: bytes) -> str:
    """Why there is no text, which there must not be."""
    error = read_text("page.txt", content)
    assert isinstance(error, CheckError), error
    return error.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    """UTF-8 with and without a mark, UTF-16 with one, and GB18030 are told apart; the mark is no text."""
    assert text_of(f"Tiered care {CHINESE}".encode(encoding)) == f"Tiered care {CHINESE}"


def test_big_endian_utf_16() -> None:
    """The byte order mark decides the order of bytes."""
    assert text_of(b"\xfe\xff" + "care".encode("utf-16-be")) == "care"


def test_newlines_are_kept() -> None:
    """Offsets count the bytes' own newlines, so none is translated."""
    assert text_of(b"a\r\nb\rc\nd") == "a\r\nb\rc\nd"


def test_an_empty_file_is_a_document() -> None:
    """No bytes, and a mark alone, are a text of no words."""
    assert text_of(b"") == ""
    assert text_of(b"\xef\xbb\xbf") == ""


def test_english_with_chinese_punctuation_in_gbk() -> None:
    """A page with only a few full-width marks is still recognised as GB18030."""
    assert text_of("The “three-medical” linkage，reform".encode("gbk")) == "The “three-medical” linkage，reform"


def test_western_8_bit_text_is_not_taken_for_chinese() -> None:
    """Windows-1252 mostly decodes as GB18030, into rare characters that nobody wrote."""
    assert reason_of("The café’s naïve résumé — déjà vu, señor Müller’s".encode("cp1252")) == "undecodable"


def test_broken_utf_8_is_undecodable() -> None:
    """A cut-off multi-byte sequence in UTF-8 Chinese is named, with the byte."""
    error = read_text("page.txt", CHINESE.encode("utf-8")[:-1])
    assert isinstance(error, CheckError)
    assert error.reason == "undecodable"
    assert "byte" in error.message


def test_odd_utf_16_is_undecodable() -> None:
    """UTF-16 needs an even number of bytes."""
    assert reason_of(b"\xff\xfea\x00b") == "undecodable"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x14\x00\x00\x00", bytes(range(256)), b"text\0text"],
)
def test_binary_files_are_named_binary(content: bytes) -> None:
    """Pictures, archives and anything with a NUL are no text."""
    assert reason_of(content) == "binary"
