"""Plain text: which encoding the bytes are in, and whether they are text at all."""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterator

from checker.document import Document
from checker.finding import CheckError
from glossary.lazy_pattern import lazy

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HAN = lazy(r"[一-鿿]")
_COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些"
    "然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无"
    "系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见"
    "计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争"
    "医院疗卫健康药病患者保险诊服务社区县市省综合改革制度建设基层"
)
_PUNCTUATION = frozenset("，。、；：？！（）《》〈〉【】〔〕“”‘’…—·　")
_CONTROL = lazy(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BEYOND_ASCII = lazy(r"[^\x00-\x7f]+")
_SNIFFED = 8192
_LOOKED_AT = 20_000  # runs of characters that tell whether a text is Chinese


def read(path: str, content: bytes) -> Iterator[Document | CheckError]:
    """The one document in the bytes of a file called ``path``, or why there is none (see `read_text`)."""
    read = [read_text(path, content)]
    del content  # a huge file is not held twice, nor its text once it has been given away
    yield read.pop()


def read_text(path: str, content: bytes) -> Document | CheckError:
    """The document in the bytes of a file called ``path``.

    UTF-8 with or without a byte order mark, UTF-16 with one, or GB18030 when the result looks like Chinese.
    Newlines stay as they are. Anything else is a CheckError with the reason "binary" or "undecodable".
    """
    try:
        text = _decoded(content)
    except UnicodeDecodeError as problem:
        if looks_binary(content):
            return CheckError(path, None, "binary", "the file is not text")
        known = "UTF-8, UTF-16 with a byte order mark, GB18030"
        message = f"the file is in none of the known encodings ({known}); see byte {problem.start + 1}"
        return CheckError(path, None, "undecodable", message)
    if "\0" in text or looks_binary(text[:_SNIFFED].encode("utf-8", "replace")):
        return CheckError(path, None, "binary", "the file is not text")
    return Document(path, text)


def looks_binary(content: bytes) -> bool:
    """Whether bytes cannot be meant as text: a NUL without a UTF-16 mark, or many control characters."""
    if content.startswith(_UTF16_MARKS):
        return False
    head = content[:_SNIFFED]
    return b"\0" in head or len(_CONTROL.findall(head.decode("latin-1"))) > len(head) / 50


def _decoded(content: bytes) -> str:
    """Raises UnicodeDecodeError, that of UTF-8 where no encoding fits."""
    if content.startswith(_UTF16_MARKS):
        return content.decode("utf-16")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as problem:
        if looks_binary(content):
            raise
        text = chinese_text(content)
        if text is None:
            raise problem from None
        return text


def chinese_text(content: bytes) -> str | None:
    """The text of bytes in GB18030, or None when they are not that or the result does not look like Chinese."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if looks_chinese(text) else None


def looks_chinese(text: str) -> bool:
    """Whether what was decoded as GB18030 is Chinese, and not another encoding that happens to decode.

    Almost any two bytes are a character of GB18030, mostly a rare one; real Chinese is full of common ones.
    """
    beyond_ascii = "".join(match[0] for match in itertools.islice(_BEYOND_ASCII.finditer(text), _LOOKED_AT))
    common = sum(char in _COMMON_HAN or char in _PUNCTUATION for char in beyond_ascii)
    return common >= 0.3 * len(beyond_ascii)
