"""How a page writes a word: small, or with a capital where no sentence begins."""

from __future__ import annotations

CONTEXT = 15  # characters

_INSIDE = tuple(f"{char} " for char in "abcdefghijklmnopqrstuvwxyz,;")


def case_counts(text: str, word: str, times: int) -> tuple[int, int]:
    """How often a word stands in small letters, and how often with a capital in mid-sentence; 0, 0 without the latter.

    ``word`` is folded and stands ``times`` times in the text at all. Capitals in the same surroundings count once, since
    whole passages may be repeated.
    """
    capital = word.capitalize()
    inside: set[str] = set()
    place = text.find(capital)
    while place >= 0:
        end = place + len(capital)
        if not "a" <= text[end : end + 1] <= "z":
            times -= 1
            if text.endswith(_INSIDE, 0, place):
                inside.add(text[max(0, place - CONTEXT) : place])
        place = text.find(capital, end)
    return (times, len(inside)) if inside else (0, 0)
