"""Aligned pairs as files that translation tools read: tab-separated lines, TMX 1.4, XLIFF 1.2."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from glossary.lazy_pattern import lazy
from glossary.version import VERSION

Pair = tuple[str, str, int]
"""(English, Chinese, anchors); a side of a gap is empty."""

_NOT_XML = lazy("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_tsv(pairs: Iterable[Pair], stream: TextIO) -> None:
    """English, Chinese and the number of anchors, one pair a line; blanks and line breaks inside become one blank."""
    for english, chinese, anchors in pairs:
        stream.write(f"{' '.join(english.split())}\t{' '.join(chinese.split())}\t{anchors}\n")


def write_tmx(pairs: Iterable[Pair], stream: TextIO) -> None:
    """A translation memory from Chinese to English; gaps are left out."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
    stream.write(
        f'<header creationtool="yigai" creationtoolversion={quoteattr(VERSION)} segtype="sentence" o-tmf="text" '
        'adminlang="en" srclang="zh-CN" datatype="plaintext"/>\n<body>\n'
    )
    for english, chinese, anchors in pairs:
        if english and chinese:
            stream.write(
                f'<tu><prop type="x-anchors">{anchors}</prop><tuv xml:lang="zh-CN"><seg>{_xml(chinese)}</seg></tuv>'
                f'<tuv xml:lang="en"><seg>{_xml(english)}</seg></tuv></tu>\n'
            )
    stream.write("</body>\n</tmx>\n")


def write_xliff(pairs: Iterable[Pair], stream: TextIO) -> None:
    """An XLIFF file from Chinese to English; what is not translated has an empty target, additions are left out."""
    stream.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        '<file original="aligned" source-language="zh-CN" target-language="en" datatype="plaintext">\n<body>\n'
    )
    number = 0
    for english, chinese, _ in pairs:
        if chinese:
            number += 1
            stream.write(
                f'<trans-unit id="{number}"><source>{_xml(chinese)}</source><target>{_xml(english)}</target>'
                "</trans-unit>\n"
            )
    stream.write("</body>\n</file>\n</xliff>\n")


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", " ".join(text.split())))


WRITERS: dict[str, Callable[[Iterable[Pair], TextIO], None]] = {
    "tsv": write_tsv,
    "tmx": write_tmx,
    "xliff": write_xliff,
}
