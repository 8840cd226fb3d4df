"""Where a page lacks a space at punctuation or between a word and a figure, before anything is said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.finding import Place
from checker.known_words import is_common, is_known
from checker.months import MONTHS
from checker.page import Page, once_a_page
from checker.pinyin import SURNAMES, is_pinyin
from checker.rules.marks import closing_marks, opening_marks, stops, straight_pairs
from checker.rules.shape import shape
from checker.rules.surroundings import FUNCTION_WORDS, word_before
from checker.scanning import anchors
from checker.seams import parted
from glossary.lazy_pattern import lazy
from glossary.sieve import Sieve

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
_CERTAIN = 2  # places after which a page is known to lack spaces behind full stops
_GLUED_STOP = lazy(r"(?<=[a-z]{3})\.(?=([A-Z][a-z]{3,30})[ ,])")
_AT_START = lazy(r"[A-Za-z][a-z]{2}|(?:a|an|in|of|is|to|by|We|It|In) ")
_INSIDE = lazy(r"[A-Z]{2}|\w \w")
_FIRST = lazy(rf"{_WORD}{{2,}}(?=\s|\d|[.,;]\s|$)")
_FIRST_SHORT = lazy(r"(?:a|\d[\d,.]*+%?+) [a-z]{3}")
_LAST = lazy(rf"(?:^|[\s“\"]){_WORD}{{2,}}\Z")
_CAPITAL = lazy(r"([A-Z][a-z]*(?:-[a-z]+)?) ")
_LAST_SMALL = lazy(rf"[\s(“\"](?:{_WORD}+-)?{_WORD}{{3,}}[\"”)]?$")
_NAME = lazy(r"([A-Z][a-z]{1,7}) (?=([A-Z][a-z]+)\b)")
_AFTER_SENTENCE = lazy(r"[a-z]{3}\.")


def _before_quote(page: Page, at: int) -> bool:
    """An opening quotation mark at a word: the"service."""
    return page.text[max(0, at - 2) : at].isalpha() and page.text[at + 1 : at + 2].isalpha() and at > 1


def _after_quote(page: Page, at: int) -> bool:
    """A closing quotation mark at a word: service"project."""
    return page.text[at + 1 : at + 3].isalpha() and not page.text[at - 1].isspace()


def _before_bracket(page: Page, at: int) -> bool:
    """An opening bracket at a word, with words or an acronym in it."""
    text, first, last = page.text, at + 1, at + 80
    phrase = _PHRASE.match(text, first, last)
    if not phrase and not _ACRONYM.match(text, first, last):
        return False
    before = text[max(0, at - 4) : at]
    if phrase and text[first].isupper() and _AFTER_SENTENCE.fullmatch(before):
        return page.subject == "health-reform" and is_common(word_before(text, at - 1).lower())
    if not _AT_WORD.fullmatch(before) or before[-1].isupper():
        return False
    return phrase is not None or (before.islower() and len(word_before(text, at)) > 4)


def _after_bracket(page: Page, at: int) -> bool:
    """A closing bracket at a word, unless it closes a prefix, (re)open, or a list number."""
    after = page.text[at + 1 : at + 4]
    start = page.text.rfind("(", max(0, at - 80), at)
    inside = page.text[start + 1 : at]
    if start < 0 or not _AT_START.match(after):
        return False
    return (page.text[start - 1 : start].isspace() or not start) and _INSIDE.search(inside) is not None


def _after_comma(page: Page, at: int) -> bool:
    """A comma or semicolon between two words, in a sentence that elsewhere has spaces after them.

    On pages about health reform, where no lists of values stand: between any two common words, and between a known
    word and "a" or a figure: October,a total.
    """
    before = _LAST.search(page.text[max(0, at - _LONG) : at])
    if before is None:
        return False
    if page.subject == "health-reform" and _FIRST_SHORT.match(page.text, at + 1):
        return is_known(before.group().strip(' "“\n').lower())
    after = _FIRST.match(page.text[at + 1 : at + _LONG])
    if after is None:
        return False
    words = (before.group().strip(' "“\n'), after.group())
    are_small = words[0][1:].islower() and words[1].islower()
    if are_small and page.subject == "health-reform" and all(is_common(word.lower()) for word in words):
        return True
    start, end = page.sentence_at(at)
    sentence = page.text[max(start, at - 300) : min(end, at + 300)]
    return len(sentence.split()) >= 6 and len(_GLUED.findall(sentence)) <= 2 + sentence.count(", ")


def _after_stop(page: Page, at: int) -> bool:
    """A full stop between a small word and one that begins sentences.

    On pages about health reform, where no names of programs stand: between any two common words, and before the name of
    a Chinese person.
    """
    after = _CAPITAL.match(page.text[at + 1 : at + 24])
    before = _LAST_SMALL.search(page.text[max(0, at - _LONG) : at]) if after else None
    if not before or not after:
        return False
    words = _LETTERS.findall(f"{before.group()} {after[1]}".lower())
    of_the_subject = page.subject == "health-reform"
    if of_the_subject and all(map(is_common, words[:-1])) and _is_name(page.text[at + 1 : at + _LONG]):
        return True
    known = of_the_subject and all(map(is_common, words))
    if not before.group()[1:].islower():
        return known and after[1] in _STARTERS and before.group()[2:].islower()
    return after[1] in _STARTERS or known


def _after_colon(page: Page, at: int) -> bool:
    """A colon between a common word or a figure and what a sentence begins with, on pages about health reform."""
    before, after = word_before(page.text, at), _CAPITAL.match(page.text[at + 1 : at + 24])
    known = page.text[at - 1 : at].isdigit() or (before.islower() and is_common(before))
    return known and after is not None and after[1] in _STARTERS


def _is_name(text: str) -> bool:
    """Whether a text begins with the name of a Chinese person: a family name and a given one in pinyin."""
    name = _NAME.match(text)
    return name is not None and name[1].lower() in SURNAMES and is_pinyin(name[2].lower())


_KINDS: dict[str, tuple[str, bool, Callable[[Page, int], bool]]] = {
    "“": ("quotation mark", True, _before_quote),
    "”": ("quotation mark", False, _after_quote),
    "(": ("bracket", True, _before_bracket),
    ")": ("bracket", False, _after_bracket),
    ",": ("comma", False, _after_comma),
    ";": ("semicolon", False, _after_comma),
    ".": ("full stop", False, _after_stop),
    ":": ("colon", False, _after_colon),
}
_FIGURE = lazy(r"[0-9]+")
_FIGURE_ENDS = lazy(r"\s|,\d|[.,;:)]\s|%|$")
_BEFORE_WORD = lazy(r"\d%[a-z]{2,}(?=[ ,.])")
NUMBER = "No."
_BEFORE_FIGURE = lazy(r"(?<![\w/.-])No\.\d+(?=[\s,;)]|\.\s|$)")
_DIGITS = "0123456789"
_GLUED = lazy(r"\w[,;]\w")
UNITS = "|".join(
    [
        "million|billion|thousand|yuan|percent|minutes|hours|days|weeks|months|years|people|beds|cases|times|points|hospitals",
        *(month for month in MONTHS if month != "May"),
    ]
)
_UNIT = lazy(rf"\d(?:{UNITS.lower()})")


def _gaps_of_words(text: str) -> Iterator[int]:
    """Where a full stop stands between two known words, the first of which is small."""
    for match in _GLUED_STOP.finditer(text):
        before = word_before(text, match.start())
        if before.islower() and is_common(before) and is_known(match[1].lower()):
            yield match.end()


def _lacks(page: Page, at: int, is_missing: Callable[[Page, int], bool]) -> bool:
    """Whether a mark lacks its space, and no Chinese stands beside it, which sets none."""
    return is_missing(page, at) and max(page.text[max(0, at - 1) : at + 2]) < "\u2e80"


def missing_spaces(page: Page) -> Iterator[tuple[str, list[int]]]:
    """What is missing in words, and the offsets where a space would have to stand."""
    text = page.text
    pairs = straight_pairs(page)
    before = [start for start, _ in pairs if start and text[start - 1].isalpha() and _lacks(page, start, _before_quote)]
    after = [end + 1 for _, end in pairs if text[end + 1 : end + 2].isalpha() and _lacks(page, end, _after_quote)]
    yield "Space missing before a quotation mark", before
    yield "Space missing after a quotation mark", after
    found: dict[str, list[int]] = {}
    more: list[int] = []
    if page.subject == "health-reform":
        more += [at + 1 for at in anchors(shape(page).classes, "a,0")]
        more += [at for at in anchors(text, ":") if text[at + 1 : at + 2].isupper()]
    for place in (*opening_marks(page), *closing_marks(page), *stops(page), *more):
        _, is_before, is_missing = _KINDS[text[place]]
        if _lacks(page, place, is_missing):
            found.setdefault(text[place], []).append(place if is_before else place + 1)
    if len(certain := found.get(".", ())) >= _CERTAIN and page.subject == "health-reform":
        found["."] = sorted({*certain, *_gaps_of_words(text)})
    for mark, (name, is_before, _) in _KINDS.items():
        if mark in found:
            yield f"Space missing {'before' if is_before else 'after'} a {name}", found[mark]
    yield (
        "Space missing after a percent sign",
        [at + 1 for at in anchors(text, "%") if _BEFORE_WORD.match(text, at - 1)],
    )
    if page.subject == "health-reform":  # elsewhere such things are names
        numbers = [at + len(NUMBER) for at in anchors(text, NUMBER) if _BEFORE_FIGURE.match(text, at)]
        yield f"Space missing after “{NUMBER}”", numbers
    yield "Space missing between a word and a figure", sorted(_figure_gaps(page))


def _figure_gaps(page: Page) -> Iterator[int]:
    """Gaps between a small word and a figure after it: and2,410."""
    text = page.text
    for joined, place in run_together(page):
        start = place[0] + len(joined.rstrip(_DIGITS))
        figure = _FIGURE.match(text, start)
        if figure and _FIGURE_ENDS.match(text, figure.end()):
            word = word_before(text, start)
            before = text[start - len(word) - 1 : start - len(word)]
            if word in FUNCTION_WORDS and len(word) > 1 and (before.isspace() or before in ("", ",", "(", "“")):
                yield start


@once_a_page
def run_together(page: Page) -> list[tuple[str, Place]]:
    """The words that are two words, a figure and its unit, or a small word and a figure, in order, with their places."""
    words = _TOGETHER.among(page.text_words.words)
    return list(page.words.places(words)) if words else []


def _is_together(word: str) -> bool:
    if word.isalpha():
        return parted(word) is not None
    return word.rstrip(_DIGITS) in FUNCTION_WORDS or _UNIT.search(word) is not None


_TOGETHER = Sieve(_is_together)
