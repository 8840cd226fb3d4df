"""Passages of a page that repeat earlier text of the same page, exactly or nearly, by shingles of words."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Sequence

SHINGLE = 8
SHORTEST = 20  # words; shorter repetition is ordinary writing
GAP = 12  # words that may differ between two pieces of one passage
BACK = 64  # words that a copy may say again before it goes on: a title, a heading
ALIKE = 0.75  # share of a near repeat that stood before word for word
WHOLE_SENTENCE = 5  # words of a sentence that make it count for a passage

_RUN = re.compile(b"\x01{%d,}" % (SHINGLE - 1))
_SHIFTS = sorted(range(-BACK, GAP + 1), key=abs)
_Piece = tuple[int, int, int]  # position, length, position of the original; in words


def repeated_pairs(words: Sequence[tuple[str, int, int]]) -> bytes:
    """One byte a word: 1 if it and the next one stand together elsewhere in the text too, else 0."""
    pairs = list(itertools.pairwise(word for word, _, _ in words))
    counts = Counter(pairs)
    return bytes([counts[pair] > 1 for pair in pairs]) + b"\0"


def repeated_passages(
    words: Sequence[tuple[str, int, int]], pairs: bytes, sentences: Sequence[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """``(start, end, start of the original)`` of every passage that stood before, without overlap, in order.

    ``words`` are ``(word, start, end)``, ``pairs`` what ``repeated_pairs`` says of them, ``sentences`` are
    ``(start, end)``, in order; the offsets returned are of the same kind. A passage has at least
    SHORTEST words and may differ from its original by a few words here and there (a heading said twice, a number left
    out). A single sentence that comes back among other neighbours is no passage: then most likely its source says it
    twice.
    """
    tokens = [word for word, _, _ in words]
    starts = [start for start, _ in sentences]
    passages = []
    for pieces in _chains(tokens, pairs):
        first, last = pieces[0], pieces[-1]
        end = last[0] + last[1]
        same = [length for _, length, _ in pieces]
        if max(same) < SHORTEST or sum(same) < ALIKE * (end - first[0]):
            continue
        passage = words[first[0]][1], words[end - 1][2]
        at_once = first[2] + end - first[0] + 2 >= first[0]
        if at_once or _sentences(words, starts, first[0], end) >= 2:
            passages.append((*passage, words[first[2]][1]))
    return passages


def _sentences(words: Sequence[tuple[str, int, int]], starts: list[int], first: int, end: int) -> int:
    """How many sentences a passage of words holds, a few words of one not counted."""
    held = Counter(bisect.bisect_right(starts, words[number][1]) for number in range(first, min(end, first + 400)))
    return sum(count >= WHOLE_SENTENCE for count in held.values())


def _chains(tokens: list[str], pairs: bytes) -> list[list[_Piece]]:
    """The pieces that repeat, those together that follow one another in both places."""
    seen: dict[tuple[str, ...], int] = {}
    chains: list[list[_Piece]] = []
    for run in _RUN.finditer(pairs):  # nothing can repeat where the pairs of words do not
        position, end = run.start(), run.end() + 1
        while position + SHINGLE <= end:
            shingle = tuple(tokens[position : position + SHINGLE])
            original = seen.setdefault(shingle, position)
            if chains and original < position:
                original = _beside(tokens, chains[-1][-1], position, shingle, original)
            length = _common(tokens, original, position)
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


def _common(tokens: list[str], original: int, position: int) -> int:
    """How many words from ``position`` on stand from ``original`` on too, without running into the copy itself."""
    length = 0
    longest = min(position - original, len(tokens) - position)
    while length < longest and tokens[original + length] == tokens[position + length]:
        length += 1
    return length


def _beside(tokens: list[str], last: _Piece, position: int, shingle: tuple[str, ...], original: int) -> int:
    """The original of a piece at ``position``: the one that goes on after the last piece, if there is one."""
    gap = position - last[0] - last[1]
    if gap > GAP:
        return original
    expected = last[2] + last[1] + gap
    for shift in _SHIFTS:
        begin = expected + shift
        if 0 <= begin <= position - SHINGLE and tuple(tokens[begin : begin + SHINGLE]) == shingle:
            return begin
    return original


def _follows(last: _Piece, piece: _Piece) -> bool:
    """Whether a piece goes on where the last one ended, in the copy and in the original."""
    return piece[0] - last[0] - last[1] <= GAP and -BACK <= piece[2] - last[2] - last[1] <= 2 * GAP
