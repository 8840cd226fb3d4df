"""Which script a text is in: its runs of Chinese characters, whether it is English at all; its English letters as small
ones."""

from __future__ import annotations

from checker.bitext import Span
from glossary.folding import beyond_ascii
from glossary.lazy_pattern import lazy

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Chinese characters, as the inside of a character class."""

LETTERS = 3.8  # English characters that say what one Chinese character says
BILINGUAL = 0.5  # share of the English from which a text is Chinese or bilingual, not English with a rest

_MARKS = bytes(0x34 <= code <= 0x9F or code in (0xF9, 0xFA) for code in range(256))
_RUN = lazy(f"[{HAN}]+")
_OTHERS = lazy(r"\?\?*")  # begins with one character by itself, which is searched for in no time


def has_chinese(text: str) -> bool:
    """Whether a text holds any Chinese character, mark or full-width form: a test that costs little."""
    return not text.isascii() and max(beyond_ascii(text)) >= "\u2e80"


def han_runs(text: str) -> list[Span]:
    """The runs of Chinese characters in a text."""
    if not any(map(_is_han, beyond_ascii(text))):  # the pattern takes longer to compile than a page to check
        return []
    narrow = text.encode("latin-1", "replace").decode("latin-1")  # what is not Latin as question marks: found sooner
    return [run.span() for others in _OTHERS.finditer(narrow) for run in _RUN.finditer(text, *others.span())]


def han_count(text: str) -> int:
    """How many Chinese characters stand in a text."""
    return han_marks(text).count(1) if has_chinese(text) else 0


def han_marks(text: str) -> bytes:
    """One byte a character of a text: 1 for a Chinese character, else 0."""
    high = text.encode("utf-16-be", "surrogatepass")[::2]
    if len(high) == len(text) and 0x4D not in high:  # under which hexagrams stand beside characters
        return high.translate(_MARKS)
    marks = bytearray(len(text))
    for run in _RUN.finditer(text):
        marks[slice(*run.span())] = b"\1" * len(run.group())
    return bytes(marks)


def _is_han(char: str) -> bool:
    return char >= "\u3400" and (
        char <= "\u4dbf"
        or "\u4e00" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003134f"
    )


def in_small_letters(text: str) -> str:
    """``text`` with its English capitals as small letters and nothing else changed: as long, and in a quarter of the time."""
    if text.isascii():
        return text.lower()
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def is_english(text: str, runs: list[Span]) -> bool:
    """Whether a text with these Chinese runs is an English one; a few lines of Chinese do not change it."""
    chinese = sum(end - start for start, end in runs)
    return chinese * LETTERS <= BILINGUAL * (len(text) - chinese)
