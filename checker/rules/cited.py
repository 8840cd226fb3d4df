"""Words that a text speaks of instead of using them: 'whom Beijingers call "yellow oxen"', '"One old and one young" means'.

A good writer gives the literal sense of a Chinese term once and says what it stands for; that is no rendering of it. A
bare pair of quotation marks shows nothing: official prose has them around its slogans.
"""

from __future__ import annotations

from checker.finding import Place
from checker.pinyin import is_pinyin
from glossary.lazy_pattern import lazy

_MARKS = {'"': '"', "“": "”", "‘": "’", "'": "'"}
_REACH = 60  # characters
_BEFORE = lazy(
    r"(?i)\b(?:whom? (?:[\w'’-]+ ){1,3}call(?:s|ed)?|nicknamed|literally|marked|labell?ed"
    r"|signs? (?:saying|reading|that (?:says?|reads?))|the (?:words?|terms?|phrase|expression|nickname))[,:]? \Z"
)
_AFTER = lazy(
    r"(?: (?:\((?P<gloss>[a-zü' ]{4,40})[,;)]|means?\b|meant\b|is (?:Chinese|shorthand) for\b)|,? literally\b)"
)


def is_cited(text: str, place: Place) -> bool:
    """Whether a place stands alone between quotation marks and its sentence says that it is a word, or what it means."""
    start, end = place
    closing = _MARKS.get(text[max(0, start - 1) : start])
    if closing is None:
        return False
    last = end + 1 if text[end : end + 1] in (",", ".") else end
    if text[last : last + 1] != closing:
        return False
    if _BEFORE.search(text[max(0, start - 1 - _REACH) : start - 1]):
        return True
    after = _AFTER.match(text, last + 1, last + 1 + _REACH)
    if after is None:
        return False
    if after["gloss"] is None:
        return True
    syllables = after["gloss"].split()
    return all(map(is_pinyin, syllables)) and (len(syllables) > 1 or len(syllables[0]) > 4)
