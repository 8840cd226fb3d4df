"""Passages of a page that repeat earlier text of the same page, by shingles of words."""

from __future__ import annotations

SHINGLE = 8
SHORTEST = 20  # words; shorter repetition is ordinary writing


def repeated_passages(words: list[tuple[str, int, int]]) -> list[tuple[int, int, int]]:
    """``(start, end, start of the original)`` of every passage of at least SHORTEST words that stood before.

    ``words`` are ``(word, start, end)`` in order; the offsets returned are of the same kind. Passages do not overlap.
    """
    tokens = [word for word, _, _ in words]
    seen: dict[tuple[str, ...], int] = {}
    passages = []
    position = 0
    last = len(tokens) - SHINGLE
    while position <= last:
        shingle = tuple(tokens[position : position + SHINGLE])
        first = seen.setdefault(shingle, position)
        length = 0
        if first + SHINGLE <= position:
            while (
                position + length < len(tokens)
                and first + length < position
                and tokens[first + length] == tokens[position + length]
            ):
                length += 1
        if length >= SHORTEST:
            passages.append((words[position][1], words[position + length - 1][2], words[first][1]))
            position += length
        else:
            position += 1
    return passages
