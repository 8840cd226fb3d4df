"""Where a page lacks a space at punctuation or between a word and a figure, before anything is said about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from checker.known_words import is_common
from checker.page import Page
from checker.rules.marks import straight_pairs
from checker.rules.surroundings import FUNCTION_WORDS, word_before
from glossary.lazy_pattern import lazy

_WORD = r"[^\W\d_]"
_STARTERS = frozenset(
    "A After All Although An And As At Because Before Besides But By Each For From He Her His However I If In It Its Last Many "
    "More Most No Now On One Our She Since So Some That The Their Then There These They This Those Through To Under We "
    "When While With You Your".split()
)
_LONG = 40
_LETTERS = lazy(r"[^\W\d_]+")
_AT_WORD = lazy(rf"(?:.{{2}}|.?\W){_WORD}{{2}}|.?{_WORD}['’]{_WORD}")
_ACRONYM = lazy(r"[A-Z]{2,6}s?\)")
_PHRASE = lazy(rf"{_WORD}[\w’'-]*(?: [\w’',-]+){{2,12}}\)")
_AT_START = lazy(r"[A-Za-z][a-z]{2}|(?:a|an|in|of|is|to|by|We|It|In) ")
_INSIDE = lazy(r"[A-Z]{2}|\w \w")
_FIRST = lazy(rf"{_WORD}{{2,}}(?=\s|\d|[.,;]\s|$)")
_LAST = lazy(rf"(?:^|[\s“\"]){_WORD}{{2,}}$")
_CAPITAL = lazy(r"([A-Z][a-z]*(?:-[a-z]+)?) ")
_LAST_SMALL = lazy(rf"[\s(“\"]{_WORD}{{3,}}[\"”)]?$")


def _before_quote(page: Page, at: int) -> bool:
    """An opening quotation mark at a word: the"service."""
    return page.text[max(0, at - 2) : at].isalpha() and page.text[at + 1 : at + 2].isalpha() and at > 1


def _after_quote(page: Page, at: int) -> bool:
    """A closing quotation mark at a word: service"project."""
    return page.text[at + 1 : at + 3].isalpha() and not page.text[at - 1].isspace()


def _before_bracket(page: Page, at: int) -> bool:
    """An opening bracket at a word, with words or an acronym in it."""
    before, inside = page.text[max(0, at - 4) : at], page.text[at + 1 : at + 80]
    if ")" not in inside or not _AT_WORD.fullmatch(before) or before[-1].isupper():
        return False
    acronym = _ACRONYM.match(inside) and before.islower() and len(word_before(page.text, at)) > 4
    return bool(acronym or _PHRASE.match(inside))


def _after_bracket(page: Page, at: int) -> bool:
    """A closing bracket at a word, unless it closes a prefix, (re)open, or a list number."""
    after = page.text[at + 1 : at + 4]
    start = page.text.rfind("(", max(0, at - 80), at)
    inside = page.text[start + 1 : at]
    if start < 0 or not _AT_START.match(after):
        return False
    return (page.text[start - 1 : start].isspace() or not start) and _INSIDE.search(inside) is not None


def _after_comma(page: Page, at: int) -> bool:
    """A comma or semicolon between two words, in a sentence that elsewhere has spaces after them."""
    if not _FIRST.match(page.text[at + 1 : at + _LONG]) or not _LAST.search(page.text[max(0, at - _LONG) : at]):
        return False
    start, end = page.sentence_at(at)
    sentence = page.text[max(start, at - 300) : min(end, at + 300)]
    return len(sentence.split()) >= 6 and len(_GLUED.findall(sentence)) <= 2 + sentence.count(", ")


def _after_stop(page: Page, at: int) -> bool:
    """A full stop between a small word and one that begins sentences.

    On pages about health reform, where no names of programs stand: between any two common words.
    """
    after = _CAPITAL.match(page.text[at + 1 : at + 24])
    before = _LAST_SMALL.search(page.text[max(0, at - _LONG) : at]) if after else None
    if not before or not after or not before.group()[1:].islower():
        return False
    words = _LETTERS.findall(f"{before.group()} {after[1]}".lower())
    known = page.subject == "health-reform" and all(map(is_common, words))
    return after[1] in _STARTERS or known


_KINDS: tuple[tuple[re.Pattern[str], str, bool, Callable[[Page, int], bool]], ...] = (
    (lazy(rf"“(?<={_WORD}“)"), "quotation mark", True, _before_quote),
    (lazy(rf"”(?={_WORD})"), "quotation mark", False, _after_quote),
    (lazy(rf"\((?<={_WORD}\()(?={_WORD})"), "bracket", True, _before_bracket),
    (lazy(rf"\)(?={_WORD})"), "bracket", False, _after_bracket),
    (lazy(rf",(?<={_WORD},)(?={_WORD})"), "comma", False, _after_comma),
    (lazy(rf";(?<={_WORD};)(?={_WORD})"), "semicolon", False, _after_comma),
    (lazy(r"\.(?=[A-Z])"), "full stop", False, _after_stop),
)
_FIGURE = lazy(rf"[0-9](?<={_WORD}[0-9])[0-9]*")
_FIGURE_ENDS = lazy(r"\s|,\d|[.,;:)]\s|%|$")
_GLUED = lazy(r"\w[,;]\w")


def missing_spaces(page: Page) -> Iterator[tuple[str, list[int]]]:
    """What is missing in words, and the offsets where a space would have to stand."""
    pairs = straight_pairs(page)
    text = page.text
    before = [start for start, _ in pairs if start and text[start - 1].isalpha() and _before_quote(page, start)]
    after = [end + 1 for _, end in pairs if text[end + 1 : end + 2].isalpha() and _after_quote(page, end)]
    yield "Space missing before a quotation mark", before
    yield "Space missing after a quotation mark", after
    for pattern, name, is_before, is_missing in _KINDS:
        side = -1 if is_before else 0
        gaps = [match.start() + side + 1 for match in pattern.finditer(text) if is_missing(page, match.start())]
        yield f"Space missing {'before' if is_before else 'after'} a {name}", gaps
    yield "Space missing between a word and a figure", sorted(_figure_gaps(page))


def _figure_gaps(page: Page) -> Iterator[int]:
    """Gaps between a small word and a figure after it: and2,410."""
    text = page.text
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        if text[start - 1 : start].isalpha() and _FIGURE_ENDS.match(text, end):
            word = word_before(text, start)
            before = text[start - len(word) - 1 : start - len(word)]
            if word in FUNCTION_WORDS and len(word) > 1 and (before.isspace() or before in ("", ",", "(", "“")):
                yield start
