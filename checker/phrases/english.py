"""English noun phrases that may be terms, found without a tagger: runs of words that function words and verbs part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.bitext import Span
from checker.finite_verbs import has_gerund, may_be_finite
from checker.phrases.counts import Sighting
from checker.phrases.english_words import (
    DETERMINERS,
    EMPTY_FIRST,
    EMPTY_LAST,
    FUNCTION,
    MASS,
    NOUNS_ALL_THE_SAME,
    NOUNS_IN_ING,
    NOUNS_TOO,
    VERBS,
)
from checker.rules.clause_verbs import is_policy_verb
from glossary.forms import plural
from glossary.lazy_pattern import lazy

LONGEST = 5  # words
ACROSS = 3  # words on each side of "and" and "of"
_JOINERS = {"and": "and", "of": "of", "of the": "of"}
_TOKEN = lazy(r"[A-Za-z][A-Za-z'’]*(?:-[A-Za-z][A-Za-z'’]*)*|\d[\d.,%]*|[^\sA-Za-z\d]")
_QUOTED = lazy(r"[“\"「『]([A-Za-z][A-Za-z'’ -]{4,60})[,.]?[”\"」』]")
_ADJECTIVE = lazy(
    r".*(?:ous|ful|less|able|ible|ive|ish|ern|ward|wide|[^s]ant|ent|ic|ical|[tcn]ial|onal|ary|free|based|oriented)"
)


class _Word(NamedTuple):
    """A word, a number or a mark: ``kind`` is "word", "break" or "determiner"; ``lower`` the word folded."""

    lower: str
    kind: str
    start: int
    end: int


class _Run(NamedTuple):
    """Words that nothing parts; ``joiner`` is "and" or "of" where just that stands between the last run and this one."""

    words: list[_Word]
    joiner: str


def noun_phrases(text: str, spans: Sequence[Span], known: Sequence[Span]) -> Iterator[tuple[Sighting, Span]]:
    """The noun phrases of two to `LONGEST` words in the blocks ``spans`` of a text, each with its span.

    Two such runs with "and" or "of" between them are a phrase too, and so is what stands in quotation marks, whatever its
    words are. Phrases that cut through one of the ``known`` spans or stand inside one are left out; those that contain
    one are not.
    """
    owner: dict[int, Span] = {offset: span for span in known for offset in range(*span)}
    for start, end in spans:
        block = text[start:end]
        quoted = {(start + m.start(1), start + m.end(1)) for m in _QUOTED.finditer(block)}
        for span in sorted(quoted):
            words = text[slice(*span)].split()
            if 2 <= len(words) <= LONGEST + 1 and keeps_whole(span, owner) and not is_clause(words):
                holds = any(offset in owner for offset in range(*span))
                yield (
                    Sighting(units(words), text[slice(*span)], quoted=True, capital=_has_capitals(words), known=holds),
                    span,
                )
        left: list[_Word] = []
        for run in _runs(_words(block, start)):
            found = [*_in_run(text, run.words), *(_across(text, left, run) if run.joiner else ())]
            left = run.words
            for sighting, span in found:
                if keeps_whole(span, owner) and span not in quoted:
                    yield sighting._replace(known=any(offset in owner for offset in range(*span))), span


def units(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a phrase as they are counted: in small letters, the last one in the singular."""
    lower = [word.lower().replace("’", "'").strip("'") for word in words]
    return (*lower[:-1], singular(lower[-1]))


@lru_cache(maxsize=1 << 14)
def singular(word: str) -> str:
    """The singular of a folded noun; a word that is no regular plural as it is."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 4:
        return word
    stems = (f"{word[:-3]}y", word[:-2], word[:-1]) if word.endswith("ies") else (word[:-1], word[:-2])
    return next((stem for stem in stems if plural(stem) == word and not stem.endswith("s")), word)


def is_function_word(word: str) -> bool:
    """Whether a folded word only joins others."""
    return word in DETERMINERS or word in FUNCTION


def is_clause(words: Sequence[str]) -> bool:
    """Whether words begin as a clause and not as a noun phrase does."""
    first = words[0].lower()
    return first in DETERMINERS or (_kind(first) == "break" and first not in _NUMBERS)


_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())


def _has_capitals(words: Sequence[str]) -> bool:
    return all(word[0].isupper() for word in words)


def keeps_whole(span: Span, owner: Mapping[int, Span]) -> bool:
    """Whether a span cuts no known one and is not inside one; ``owner`` gives the known span of an offset."""
    start, end = span
    for offset in (start, end - 1):
        known = owner.get(offset)
        if known is not None and not (start <= known[0] and known[1] <= end and end - start > known[1] - known[0]):
            return False
    return True


def _words(block: str, offset: int) -> list[_Word]:
    made = []
    for match in _TOKEN.finditer(block):
        lower = match.group().lower().replace("’", "'")
        made.append(_Word(lower, _kind(lower), offset + match.start(), offset + match.end()))
    return made


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> str:
    if not word[0].isalpha():
        return "break"
    if word in DETERMINERS:
        return "determiner"
    if word in FUNCTION or _is_verb(word):
        return "break"
    if (
        word.endswith("ly")
        and len(word) > 4
        and word not in ("family", "monthly", "early", "elderly", "supply", "daily")
    ):
        return "break"
    return "word" if len(word) > 1 else "break"


def _is_verb(word: str) -> bool:
    """Whether a word is a verb and hardly ever a noun or an adjective."""
    if word in NOUNS_TOO or word in NOUNS_IN_ING:
        return False
    if is_policy_verb(word) or word in VERBS or word.endswith("ing"):
        return True
    stem = next((s for s in (word[:-1], word[:-2], f"{word[:-3]}y") if word.endswith("s") and s in VERBS), None)
    return (stem is not None and stem not in NOUNS_TOO) or (
        word.endswith("s") and any(is_policy_verb(s) and s not in NOUNS_TOO for s in (word[:-1], word[:-2]))
    )


def _runs(words: list[_Word]) -> Iterator[_Run]:
    """The runs of words that nothing parts, without the verb at either end and without empty adjectives in front."""
    run: list[_Word] = []
    between: list[str] = []
    whole, last = False, ""  # whether the last run was left as it was at its end, and its last word
    for word in [*words, _Word(".", "break", 0, 0)]:
        if word.kind == "word" and (not run or word.start - run[-1].end <= 2):
            run.append(word)
            continue
        if run:
            listed = between == ["and"] and whole and not _is_plural(last)  # prevention and control
            kept = _trimmed(run, "of" if listed else between[-1] if between else "", word)
            joiner = " ".join(between) if whole and kept and kept[0] is run[0] else ""
            yield _Run(kept, _JOINERS.get(joiner, ""))
            whole = bool(kept) and kept[-1] is run[-1]
            last = run[-1].lower
            between = []
        run = [word] if word.kind == "word" else []
        if word.kind != "word":
            between.append(word.lower)


def _trimmed(run: list[_Word], before: str, after: _Word) -> list[_Word]:
    if before not in DETERMINERS and before not in ("of", "for", "in", "by", "with", "on", "from", "under", "through"):
        while run and run[0].lower in NOUNS_TOO and len(run) > 1:
            run = run[1:]
    if after.kind == "determiner" and len(run) > 1 and (may_be_finite(run[-1].lower) or has_gerund(run[-1].lower)):
        run = run[:-1]
    while run and run[0].lower in EMPTY_FIRST:
        run = run[1:]
    while run and (run[-1].lower in EMPTY_LAST or _is_no_noun(run[-1].lower)):
        run = run[:-1]
    return run


@lru_cache(maxsize=1 << 14)
def _is_no_noun(word: str) -> bool:
    """Whether a word cannot be the last one of a noun phrase: an adjective, a participle."""
    if word in NOUNS_ALL_THE_SAME or singular(word) in NOUNS_ALL_THE_SAME or word in NOUNS_IN_ING:
        return False
    return (
        (word.endswith("ed") and not word.endswith("eed") and len(word) > 3)
        or "-" in word
        or _ADJECTIVE.fullmatch(word) is not None
    )


@lru_cache(maxsize=1 << 14)
def _is_plural(word: str) -> bool:
    return word not in MASS and "'" not in word and singular(word) != word


def _across(text: str, left: list[_Word], run: _Run) -> Iterator[tuple[Sighting, Span]]:
    """What stands on both sides of "and" or "of": "prevention and control capacity", "rate of reimbursement"."""
    right = run.words
    if not right or len(right) > ACROSS or _is_plural(right[0].lower) > (len(right) == 1):
        return
    for first in range(max(0, len(left) - ACROSS), len(left)):
        if left[first].lower in EMPTY_FIRST or any(_is_plural(word.lower) for word in left[first:-1]):
            continue
        span = left[first].start, right[-1].end
        ours, theirs = ([text[word.start : word.end] for word in words] for words in (left[first:], right))
        shown = [*ours, run.joiner, *theirs]
        yield Sighting(units(shown), " ".join(shown), first == 0, capital=_has_capitals(ours + theirs)), span


def _in_run(text: str, run: list[_Word]) -> Iterator[tuple[Sighting, Span]]:
    for first in range(len(run)):
        if run[first].lower in EMPTY_FIRST:
            continue
        for last in range(first + 1, min(first + LONGEST, len(run))):
            lower = run[last].lower
            if lower in EMPTY_LAST or _is_no_noun(lower):
                continue
            if any(_is_plural(word.lower) for word in run[first:last]):
                break  # nouns before a noun stand in the singular: that was a verb, or a sentence is joined to another
            span = run[first].start, run[last].end
            words = [text[word.start : word.end] for word in run[first : last + 1]]
            free = first == 0 and last + 1 == len(run)
            yield Sighting(units(words), " ".join(words), free, capital=_has_capitals(words)), span
