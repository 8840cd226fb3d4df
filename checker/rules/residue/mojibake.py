"""# mojibake (RES406)

## What it does
Reports text that was decoded with the wrong character set: "hospitalâ€™s", "CafÃ©", "锟斤拷", ¡°Chinese
quotation marks¡±, the replacement character.

## Why it matters
The characters on the page are not those that were written. Mostly they can be put right without loss.

## Wrong
The hospitalâ€™s new wing opens in May.

## Right
The hospital’s new wing opens in May.

## Limits
Reports only what turns into valid text when decoded again as UTF-8, and quotation and title marks of GB 2312. A lone
replacement character is reported too, but what it stood for is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Finding, Fix, Place
from checker.page import Page
from checker.rules.rule import Rule
from checker.rules.shape import shape
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

# The bytes of UTF-8 read one by one as Windows-1252 (or Latin-1 where that has no character): a lead byte and those
# that follow it.
_BYTES = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_FOLLOW = re.escape("".join(_BYTES[byte] for byte in range(0x80, 0xC0)) + "".join(map(chr, range(0x80, 0xA0))))
_WESTERN = lazy(f"(?:[Â-ß][{_FOLLOW}]|[à-ï][{_FOLLOW}]{{2}}|[ð-ô][{_FOLLOW}]{{3}})+")
_TO_BYTE = {char: byte for byte, char in _BYTES.items()} | {chr(byte): byte for byte in range(0x80, 0xA0)}
_SHORTEST_CHINESE = 3  # characters: two may be valid UTF-8 by chance
# What Chinese read wrongly gives when read rightly: Chinese, or marks of English; 医院 is Cyrillic in UTF-8 by chance.
_FROM_CHINESE = lazy("(?=.*[\u2000-\uffef])[ -~\u00a0-\u024f\u2000-\u206f\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_CHINESE_MARKS = {"°": "“", "±": "”", "ħ": "”", "®": "‘", "¯": "’", "Ż": "’", "¶": "《", "·": "》", "\u00ad": "…"}
_OF_CHINESE = lazy(f"[¡Ħ]([{''.join(_CHINESE_MARKS)}])")  # A1 is ¡ in ISO 8859-1 and Ħ in ISO 8859-3
_LOST = lazy("\ufffd+|ï¿½|(?:锟斤拷)+")


def check(page: Page) -> Iterator[Finding]:
    """One finding for each different piece."""
    if page.text.isascii():
        return
    found: dict[tuple[str, str | None], list[Place]] = {}
    for start, end, repaired in sorted(_pieces(page), key=lambda piece: piece[:2]):
        if not page.is_repeated(start, end):
            found.setdefault((page.text[start:end], repaired), []).append((start, end))
    for (quote, repaired), places in found.items():
        meant = f"was “{repaired}” before it was decoded wrongly" if repaired else "stands for characters that are lost"
        yield page.finding(
            RULE.label,
            places,
            f"“{quote[:40]}” {meant}.",
            "warning",
            "high",
            suggestion=repaired,
            fixes=tuple(Fix(*place, repaired) for place in places) if repaired else (),
        )


def _pieces(page: Page) -> Iterator[tuple[int, int, str | None]]:
    text = page.text
    if "\ufffd" in text or "ï¿½" in text or "锟斤拷" in text:
        for match in _LOST.finditer(text):
            yield *match.span(), None
    if "¡" in text or "Ħ" in text:
        for match in _OF_CHINESE.finditer(text):
            yield *match.span(), _CHINESE_MARKS[match[1]]
    done = 0
    for start in sorted([*anchors(shape(page).classes, "x"), *anchors(text, "×")]):
        piece = _WESTERN.match(text, start) if start >= done else None
        if piece is None:
            continue
        done = piece.end()
        repaired = _decoded(bytes(_TO_BYTE[char] for char in piece.group()))
        if repaired and piece.group() != "ï¿½" and not _is_quoted_letter(text, piece):
            yield *piece.span(), repaired
    for start, end in page.han:
        run = text[start:end]
        if len(run) >= _SHORTEST_CHINESE and "锟" not in run:
            repaired = _decoded(run.encode("gb18030"))
            if repaired and _FROM_CHINESE.fullmatch(repaired):
                yield start, end, repaired


def _is_quoted_letter(text: str, match: re.Match[str]) -> bool:
    """Whether a letter and a closing quotation mark only look like two bytes: ‘ß’."""
    following = text[match.end() : match.end() + 1]
    return len(match.group()) == 2 and match.group()[1] in "‘’“”" and not following.isalpha()


def _decoded(raw: bytes) -> str | None:
    """The text of UTF-8 bytes; None when they are none, or when they give control characters."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(char.isprintable() or char == "\u00a0" for char in text) else None


RULE = Rule(
    "RES406", "mojibake", "residue", "Design and markup / character encoding", "warning", "high", check, __doc__ or ""
)
