"""What stands around a place: the words beside it, whether it is prose, whether a capital there is part of a name.

Shared by the rules that look for a fixed word and then at its neighbours. Words are those of the folded text.
"""

from __future__ import annotations

from checker.finding import Place
from checker.months import MONTHS
from checker.page import Page, once_a_page
from checker.rules.shape import END, OTHER, shape
from checker.scanning import anchors
from glossary.lazy_pattern import lazy

LONGEST_WORD = 40  # characters; what is longer is no word

FUNCTION_WORDS = frozenset(
    "a about after against all also although among an and any are around as at be because been before being between "
    "both but by can could did do does during each either etc every few for from had has have he her here his how i if "
    "in into is it its itself may might more most much must my nor not of on onto or other our out over per shall she "
    "should since so some such than that the their them then there these they this those through to toward towards "
    "under until up upon us very was we were what when where whether which while who whom whose why will with within "
    "without would you your".split()
)
"""The closed classes: articles, prepositions, conjunctions, pronouns, auxiliaries."""

NEAR = 120  # characters

_WORD = lazy(r"[^\W\d_]+")
_BEFORE = lazy(r"[^\W\d_]+(?:'[a-z]{1,2})?$")
_INSIDE = lazy(rf"A(?<=[ax{OTHER},;][ \n{END}]A)")  # in a shape
_AFTER = lazy(r"[^\W\d_]+(?:'[a-z]{1,2})?")


def word_before(text: str, end: int) -> str:
    """The word that ends at ``end``; "" when there is none."""
    tail = text[max(0, end - LONGEST_WORD) : max(0, end)].rpartition(" ")[2]
    if tail.isalpha() or not tail:
        return tail
    match = _BEFORE.search(tail)
    return match.group() if match else ""


def word_after(text: str, start: int) -> str:
    """The word that begins at ``start``; "" when there is none."""
    match = _AFTER.match(text, start, start + LONGEST_WORD)
    return match.group() if match else ""


@once_a_page
def sentence_capitals(page: Page) -> list[int]:
    """Where a word begins with an English capital behind a letter or a comma and a blank; now and then elsewhere too."""
    return [match.start() for match in _INSIDE.finditer(shape(page).classes)]


@once_a_page  # three rules look at them
def months(page: Page) -> list[Place]:
    """Where the name of a month stands with a blank behind it, in order."""
    text, words = page.text, page.text_words.words
    named = (month for month in MONTHS if month.lower() in words)
    return sorted((start, start + len(month)) for month in named for start in anchors(text, f"{month} "))


def in_new_prose(page: Page, place: Place) -> bool:
    """Whether a place stands in English prose that does not repeat earlier text and is no furniture of the site."""
    if not page.is_english or page.is_furniture(place[0]) or page.is_repeated(*place):
        return False
    return page.prose_at(place[0]) is not None


def is_hyphenated(page: Page, place: Place) -> bool:
    """Whether a hyphen, slash or underscore ties a place to what stands before or after it."""
    before, after = page.text[max(0, place[0] - 1) : place[0]], page.text[place[1] : place[1] + 1]
    return any(char and char in "-‑/_" for char in (before, after))


def opens_sentence(page: Page, offset: int) -> bool:
    """Whether ``offset`` is the first letter or digit of its sentence."""
    start, _ = page.sentence_at(offset)
    return offset - start < LONGEST_WORD and not any(char.isalnum() for char in page.text[start:offset])


def capital_share(page: Page, offset: int) -> float:
    """The share of capitalised words in the sentence near ``offset``: high in titles and headings."""
    start, end = page.sentence_at(offset)
    near = page.text[max(start, offset - NEAR) : min(end, offset + NEAR)]
    words = [word for word in _WORD.findall(near) if len(word) > 3]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
