"""Which renderings are names of a concept, and which of them are one name."""

from __future__ import annotations

from functools import lru_cache

from checker.rules.advice import stored_in
from checker.spotting.mentions import Candidate
from glossary.concept import Concept
from glossary.folding import fold
from glossary.lazy_pattern import lazy
from glossary.templates import is_template

_CURATED = "glossary/terms/"
# Words that name a level, a kind or the country and leave the name what it is.
_KINDS = (
    *"national provincial municipal city district county township local regional public general".split(),
    "county level",
    "china's",
    "of the people's republic of china",
)
WRONG = frozenset({"wrong", "deprecated"})  # statuses of what stands apart from names that look the same
_JOINING = frozenset("a an the of for in on to with and by".split())
_SEPARATE = lazy(r"\{@[^}]*\}$|[^\w']+")  # a class of heads, and what parts words
FOLLOWING = frozenset("of in is are and to with has will for".split())
"""Words that some forms of the glossary take in and that belong to no name."""


def approved_names(concept: Concept | None) -> tuple[str, ...]:
    """The names the glossary allows for a concept, the preferred one first."""
    if concept is None:
        return ()
    return (concept.preferred, *(form for form in concept.admitted if not is_template(form)))


def is_settled(concept: Concept) -> bool:
    """Whether a house style has spoken on a concept: its entry comes from a layer, not from the curated glossary."""
    return not concept.file.replace("\\", "/").startswith(_CURATED)


def is_no_name(candidate: Candidate) -> bool:
    """Whether a reading is another thing than its concept: a kind of it in good English, or a phrase with advice of its own.

    A kind: "tertiary public hospital".
    """
    rendering = candidate.rendering
    if rendering is None:
        return False
    is_kind = candidate.marked == 0 and "{@" in rendering.en
    return is_kind or (rendering.write is not None and not _advises_name(candidate, rendering.write))


def _advises_name(candidate: Candidate, write: str) -> bool:
    """Whether what is to be written has an approved name in it, or only words of such names, whichever head it has."""
    concept = candidate.concept
    advice = fold(stored_in(candidate, write))
    if any(fold(name) in advice for name in approved_names(concept)):
        return True
    return _words(concept).issuperset(_split(write)) or _words(concept).issuperset(_split(advice))


@lru_cache(maxsize=1 << 12)
def _words(concept: Concept) -> frozenset[str]:
    """The words of the names that the glossary allows for a concept, and articles."""
    return frozenset(_split(" ".join(("the a an", concept.preferred, *concept.admitted))))


def _split(form: str) -> list[str]:
    """The words of a form as stored, without a class of heads, folded."""
    return _SEPARATE.sub(" ", fold(form)).split()


def family_of(candidate: Candidate) -> str:
    """What remains of a name when the words that may come or go are taken out; abbreviations join the full name."""
    concept = candidate.concept
    return without_optional(concept, fold(concept.preferred) if candidate.status == "abbreviation" else candidate.base)


@lru_cache(maxsize=1 << 12)
def without_optional(concept: Concept, base: str) -> str:
    """A folded name without the words that may come or go; itself where nothing would be left."""
    for word in sorted({*map(fold, concept.optional), *_KINDS}, key=len, reverse=True):
        base = f" {base} ".replace(f" {word} ", " ").strip() or base
    return base


@lru_cache(maxsize=1 << 12)
def are_alike(name: str, other: str) -> bool:
    """Whether two folded names have the same words ("reform of hospitals"), or begin alike and one goes on.

    Words that only join others do not count. What stands before a name sets it off: "traditional Chinese medicine".
    """
    ours, theirs = ([plain_singular(word) for word in _split(form) if word not in _JOINING] for form in (name, other))
    first, second = set(ours), set(theirs)
    return first == second or (ours[:1] == theirs[:1] and (first < second or second < first))


@lru_cache(maxsize=1 << 12)
def bare_name(concept: Concept | None, rendering: str) -> str:
    """What tells a name from others: not its number, nor articles, words that may come or go, and what follows it.

    Some wrong renderings of the glossary take in a word that follows ("medical union of"). No English, but for comparing.
    """
    words = fold(rendering).split(" ")
    while len(words) > 1 and words[-1] in FOLLOWING:
        words.pop()
    name = " ".join(words)
    bare = (without_optional(concept, name) if concept else name).removeprefix("the ")
    return " ".join(map(plain_singular, bare.split(" ")))


def plain_singular(word: str) -> str:
    """A word without the ending that most plurals have: for comparing."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
