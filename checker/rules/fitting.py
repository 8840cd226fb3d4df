"""How advice fits its place: the capitals it takes over, and the words beside the place that it has too."""

from __future__ import annotations

from functools import lru_cache

from checker.document import without_unseen
from checker.finding import Place
from glossary.lazy_pattern import lazy

_BESIDE = 40  # characters
_MOST_DOUBLED = 3  # words of a suggestion that may stand beside its place
_SPACE = lazy(r"\s")
_CAPITALS = lazy(r"[A-Z][a-z]+(?:-?[A-Z][a-z]+)+\Z")  # two words with a hyphen, or syllables run together
_NAMED = lazy(r" (?:of|the) [A-Z][a-z]+\Z")
_GOES_ON = lazy(r"[a-z,;]")


def has_own_capital(text: str, start: int, end: int, quote: str) -> bool:
    """Whether a quote inside a sentence begins with a capital that goes with it: a name's (Medicare, the Party), or a stray one."""
    inside = start > 1 and text[start - 1] == " " and _GOES_ON.match(text, start - 2)
    return bool(inside) and not text[end + 1 : end + 2].isupper() and not _is_title(quote)


def taking_in(text: str, start: int, end: int, suggestion: str) -> Place:
    """A place with the words beside it that the suggestion has too, and that would stand there twice."""
    if " ".join(without_unseen(text[start:end]).lower().split()) == suggestion.lower():
        return start, end
    words = suggestion.lower().split()
    before, behind = (
        _SPACE.sub(" ", part.lower().replace("’", "'"))
        for part in (text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE])
    )
    for number in range(min(len(words), _MOST_DOUBLED), 0, -1):
        head, tail = " ".join(words[:number]) + " ", " " + " ".join(words[-number:])
        if before.endswith(head) and not before[: -len(head)][-1:].isalnum():
            start, before = start - len(head), ""
        if behind.startswith(tail) and not behind[len(tail) :][:1].isalnum():
            end, behind = end + len(tail), ""
    return start, end


@lru_cache(maxsize=1 << 13)
def capitals_like(quote: str, text: str) -> str:
    """``text`` with the capitals of ``quote``: all of them, one a word, or one at the start."""
    if quote.isupper() and len(quote) > 5:
        return text.upper()
    if _is_title(quote):
        small = {"and", "of", "the", "for", "in", "to", "by", "with", "on", "at", "a", "an", "or"}
        made = [word if word in small else word[:1].upper() + word[1:] for word in text.split(" ")]
        if quote[:1].isupper():
            made[0] = made[0][:1].upper() + made[0][1:]
        return " ".join(made)
    name = _NAMED.search(quote)  # "the person in charge of the Bureau" of Health
    if name and text.endswith(name[0].lower()):
        text = text[: -len(name[0])] + name[0]
    return text[:1].upper() + text[1:] if quote[:1].isupper() else text


def _is_title(quote: str) -> bool:
    words = [word for word in quote.split() if len(word) > 3]
    capitals = [word[0].isupper() for word in words if not word[0].isdigit()]
    return bool(_CAPITALS.match(quote)) or (len(words) > 1 and bool(capitals) and all(capitals))
