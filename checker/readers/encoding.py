"""Which encoding the bytes of mark-up are in: the mark, what they are, what they say they are, a guess, in that order."""

from __future__ import annotations

import codecs
import contextlib
import re

from checker.readers.text import chinese_text, looks_chinese

_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
_LOOKED_AT = 4096  # bytes in which a declaration may stand
_GUESSED_FROM = 65536
_LATIN_SHARE = 0.15  # of the bytes beyond ASCII in a Western language
_CUT_SHARE = 0.34  # of the few characters beyond ASCII of an English page; in a wrong encoding nearly all are broken
_BAD_SHARE = 0.01  # of the characters: what is more broken than that is in another encoding

# As browsers read these labels; only names listed here are ever looked up, for a page may say anything.
_WEB = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "iso-8859-2": "iso8859_2", "iso-8859-15": "iso8859_15", "koi8-r": "koi8_r",
    "shift_jis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949", "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip


def decoded_markup(content: bytes) -> str | None:
    """The text of HTML or other mark-up without its byte order mark, or None where no encoding fits.

    Bytes that are UTF-8 are read so whatever they say they are. A few broken characters become U+FFFD.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    wide = _wide(content)
    if wide:
        return content.decode(wide, "replace")
    declared = declared_encoding(content)
    candidates = ["utf-8", declared] if declared else ["utf-8"]
    for name in candidates:
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(name)
    mostly = min((content.decode(name, "replace") for name in candidates), key=_broken)
    if _broken(mostly) <= _BAD_SHARE:
        return mostly
    if (cut := _cut(content, candidates)) is not None:
        return cut
    guess = _guessed(content)
    return mostly if guess is None and declared is not None and _broken(mostly) <= 5 * _BAD_SHARE else guess


def _cut(content: bytes, candidates: list[str]) -> str | None:
    """A page with few characters beyond ASCII that is in one of these encodings but for some that were cut in two."""
    for name in candidates:
        text = content.decode(name, "replace")
        if _broken(text) <= _CUT_SHARE and (name == "utf-8" or (name == "gb18030" and looks_chinese(text))):
            return text
    return None


def declared_encoding(content: bytes) -> str | None:
    """The codec of the encoding that a page says it is in; None where it says none or one that nobody uses."""
    match = _DECLARED.search(content[:_LOOKED_AT])
    if match is None:
        return None
    return _WEB.get((match[1] or match[2]).decode("ascii", "replace").lower())


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: ASCII characters at the beginning have a zero byte, always on the same side."""
    head = content[:64]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < 2 or min(even, odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _broken(text: str) -> float:
    beyond = sum(char > "\x7f" for char in text)
    return text.count("\ufffd") / beyond if beyond else 0.0


def _guessed(content: bytes) -> str | None:
    chinese = chinese_text(content)
    if chinese is not None:
        return chinese
    if sum(byte > 0x7F for byte in content) < _LATIN_SHARE * len(content):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode("cp1252")
    from charset_normalizer import from_bytes

    found = from_bytes(content[:_GUESSED_FROM], cp_exclusion=["utf_7"]).best()
    if found is None:
        return None
    # A language is only told apart from its neighbours by what it covers; GB18030 covers GB2312 and GBK.
    name = _WEB.get(found.encoding.replace("_", "-"), found.encoding)
    return content.decode("gb18030" if name in ("gb2312", "gbk") else name, "replace")
