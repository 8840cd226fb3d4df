"""Passages of a page that repeat earlier text of the same page, exactly or nearly, by shingles of words."""

from __future__ import annotations

import itertools
import operator
import re
import sys
from collections.abc import Callable, Sequence

from checker.spans import number_at
from checker.words import Words

SHINGLE = 8
SHORTEST = 20  # words; shorter repetition is ordinary writing
GAP = 12  # words that may differ between two pieces of one passage
BACK = 64  # words that a copy may say again before it goes on: a title, a heading
ALIKE = 0.75  # share of a near repeat that stood before word for word
WHOLE_SENTENCE = 5  # words of a sentence that make it count for a passage

_RUN = re.compile(b"\x01{%d,}" % (SHINGLE - 1))
_LONG_RUN = re.compile(b"\x01{%d,}" % (SHORTEST - 1))
_Piece = tuple[int, int, int]  # position, length, position of the original; in words


def repeated_pairs(tokens: Sequence[str]) -> bytes:
    """One byte a word: 1 if it and the next one stand together elsewhere in the text too, else 0."""
    places: dict[tuple[str, str], int] = {}
    firsts = list(map(places.setdefault, itertools.pairwise(tokens), itertools.count()))
    if len(places) == len(firsts):
        return bytes(len(tokens))
    made = bytearray(map(operator.ne, firsts, itertools.count()))
    made.append(0)
    for first in set(itertools.compress(firsts, made)):
        made[first] = 1
    return bytes(made)


def repeated_passages(
    words: Words, pairs: bytes, sentences: Callable[[], Sequence[tuple[int, int]]]
) -> list[tuple[int, int, int]]:
    """``(start, end, start of the original)`` of every passage that stood before, without overlap, in order.

    ``pairs`` is what ``repeated_pairs`` says of the words, ``sentences`` gives the ``(start, end)`` of the sentences in
    order: the offsets are into the text. A passage has at least
    SHORTEST words and may differ from its original by a few words here and there (a heading said twice, a number left
    out). A single sentence that comes back among other neighbours is no passage: then most likely its source says it
    twice.
    """
    passages: list[tuple[int, int, int]] = []
    if not _LONG_RUN.search(pairs):
        return passages
    written = _written(words)
    if not _has_long_piece(written, pairs):
        return passages
    for pieces in _chains(written, pairs):
        same = [length for _, length, _ in pieces]
        if max(same) < SHORTEST:
            continue
        first, last = pieces[0], pieces[-1]
        end = last[0] + last[1]
        if sum(same) < ALIKE * (end - first[0]):
            continue
        at_once = first[2] + end - first[0] + 2 >= first[0]
        if at_once or _holds_sentences(words, sentences(), first[0], end):
            passages.append((words.start(first[0]), words.place(end - 1)[1], words.start(first[2])))
    return passages


def _written(words: Words) -> str:
    """The words with one character for each: the same for the same word, and one for all words that stand once."""
    repeated = [word for word, n in words.counts.items() if n > 1]
    characters = dict(zip(repeated, map(chr, range(1, sys.maxunicode + 1)), strict=False))
    return "".join(map(characters.get, words.tokens, itertools.repeat("\0")))


def _has_long_piece(written: str, pairs: bytes) -> bool:
    """Whether as many words as a passage must have in a row stand twice at all."""
    seen: set[str] = set()
    for run in _LONG_RUN.finditer(pairs):
        pieces = [written[start : start + SHORTEST] for start in range(run.start(), run.end() + 2 - SHORTEST)]
        total = len(seen) + len(pieces)
        seen.update(pieces)
        if len(seen) < total:
            return True
    return False


def _holds_sentences(words: Words, sentences: Sequence[tuple[int, int]], first: int, end: int) -> bool:
    """Whether a passage of words holds two sentences and more, a few words of one not counted."""
    end = min(end, first + 400)
    following = number_at(sentences, words.start(first)) + 1
    held = 0
    while first < end and held < 2:
        start = words.number_at(sentences[following][0]) if following < len(sentences) else end
        held += min(start, end) - first >= WHOLE_SENTENCE
        first, following = start, following + 1
    return held >= 2


def _chains(written: str, pairs: bytes) -> list[list[_Piece]]:
    """The pieces that repeat, those together that follow one another in both places."""
    seen: dict[str, int] = {}
    chains: list[list[_Piece]] = []
    for run in _RUN.finditer(pairs):  # nothing can repeat where the pairs of words do not
        position, end = run.start(), run.end() + 1
        while position + SHINGLE <= end:
            shingle = written[position : position + SHINGLE]
            original = seen.setdefault(shingle, position)
            if original == position:
                position += 1
                continue
            if chains:
                original = _beside(written, chains[-1][-1], position, shingle, original)
            length = _common(written, original, position, end)
            if length < SHINGLE:
                position += 1
                continue
            piece = (position, length, original)
            if chains and _follows(chains[-1][-1], piece):
                chains[-1].append(piece)
            else:
                chains.append([piece])
            position += length
    return chains


def _common(written: str, original: int, position: int, end: int) -> int:
    """How many words from ``position`` on stand from ``original`` on too, without running into the copy itself.

    The first SHINGLE of them do; no more than those up to ``end``.
    """
    longest = min(position - original, end - position)
    length = min(SHINGLE, longest)
    while length < longest and written[original + length] == written[position + length]:
        length += 1
    return length


def _beside(written: str, last: _Piece, position: int, shingle: str, original: int) -> int:
    """The original of a piece at ``position``: the one that goes on after the last piece, if there is one."""
    gap = position - last[0] - last[1]
    if gap > GAP:
        return original
    expected = last[2] + last[1] + gap
    lowest, highest = max(0, expected - BACK), min(position - SHINGLE, expected + GAP)
    if expected <= highest and written.startswith(shingle, expected):
        return expected
    found = []
    begin = written.find(shingle, lowest, highest + SHINGLE)
    while begin >= 0:
        found.append(begin)
        begin = written.find(shingle, begin + 1, highest + SHINGLE)
    return min(found, key=lambda begin: abs(begin - expected), default=original)


def _follows(last: _Piece, piece: _Piece) -> bool:
    """Whether a piece goes on where the last one ended, in the copy and in the original."""
    return piece[0] - last[0] - last[1] <= GAP and -BACK <= piece[2] - last[2] - last[1] <= 2 * GAP
