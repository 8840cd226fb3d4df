"""Documents that hold both languages: which pieces are Chinese, which pairs are ready, and the two texts made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.bitext import Link, SourceText, Span
from checker.script import BILINGUAL, HAN, LETTERS

_HAN = re.compile(f"[{HAN}]+")
_LATIN = re.compile("[A-Za-z]+")
_KEPT = re.compile(r"[^\r\n]")
WHOLE = 0.8  # share of the Chinese that must stand in pairs for them to be all there is


def is_chinese(text: str) -> bool:
    """Whether a piece of text is rather Chinese than English; figures alone are not."""
    han = han_letters(text)
    return han > 0 and han * 4 > _latin_letters(text)


def han_letters(text: str) -> int:
    """How many Chinese characters a text has."""
    return 0 if text.isascii() else sum(map(len, _HAN.findall(text)))


def _latin_letters(text: str) -> int:
    return sum(map(len, _LATIN.findall(text)))


def is_both(texts: Sequence[str]) -> bool:
    """Whether pieces of text are a text and its source, and not English with a rest of Chinese or the other way round."""
    theirs = list(filter(is_chinese, texts))
    if not theirs:
        return False
    chinese = sum(map(han_letters, theirs)) * LETTERS
    english = sum(map(_latin_letters, texts)) - sum(map(_latin_letters, theirs))
    return chinese > BILINGUAL * english > 0 and english > BILINGUAL * chinese / 4


def neighbours(spans: Sequence[Span], chinese: Sequence[bool]) -> list[tuple[Span, Span]]:
    """Pairs ``(English, Chinese)`` of pieces that take turns from the first to the last; else none."""
    if len(spans) < 4 or len(spans) % 2 or any(chinese[n] == chinese[n + 1] for n in range(0, len(spans), 2)):
        return []
    if any(chinese[n] != chinese[0] for n in range(0, len(spans), 2)):
        return []
    pairs = zip(spans[::2], spans[1::2], strict=True)
    return [(second, first) if chinese[0] else (first, second) for first, second in pairs]


def columns(rows: Sequence[Sequence[tuple[Span, str]]]) -> tuple[int, int] | None:
    """Which columns of a table, counted from 0, are the English and the Chinese one; None when it is no such table.

    A row holds ``(span, text)`` of each cell.
    """
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or not 2 <= width <= 64:
        return None
    chinese = [0] * width
    english = [0] * width
    letters = [0] * width
    for row in rows:
        for number, (_, text) in enumerate(row[:width]):
            if is_chinese(text):
                chinese[number] += 1
            elif _LATIN.search(text):
                english[number] += 1
                letters[number] += _latin_letters(text)
    theirs = max(range(width), key=lambda n: chinese[n] - english[n])
    # A column of remarks ("ok") may have as many cells; the text has more to say.
    ours = max((n for n in range(width) if english[n] > chinese[n]), key=letters.__getitem__, default=theirs)
    if ours == theirs or min(english[ours], chinese[theirs]) < max(2, 0.6 * len(rows)):
        return None
    return ours, theirs


def apart(text: str, chinese: Sequence[Span], path: str, pairs: Sequence[tuple[Span, Span]]) -> tuple[str, SourceText]:
    """The English and the Chinese side of a text, each as long as the text and blank where the other stands.

    ``chinese`` are the spans of the Chinese side in order; ``pairs`` ready ones, used when they hold most of it.
    """
    english: list[str] = []
    source: list[str] = []
    position = 0
    for start, end in chinese:
        english += [text[position:start], _KEPT.sub(" ", text[start:end])]
        source += [_KEPT.sub(" ", text[position:start]), text[start:end]]
        position = end
    english.append(text[position:])
    source.append(_KEPT.sub(" ", text[position:]))
    paired = sum(han_letters(text[slice(*theirs)]) for _, theirs in pairs)
    whole = bool(pairs) and paired >= WHOLE * sum(han_letters(text[slice(*span)]) for span in chinese)
    links = tuple(sorted((Link(*ours, *theirs, trusted=True) for ours, theirs in pairs), key=lambda link: link.start))
    return "".join(english), SourceText(path, "".join(source), links if whole else None)
