"""Which language a text is in, as far as its script and its commonest words make sure of it."""

from __future__ import annotations

from collections import Counter

from checker.scanning import SMALL_LETTERS, keeping
from checker.script import LETTERS, han_count
from glossary.lazy_pattern import lazy

_SAMPLE = 20_000  # characters: no more are looked at unless they are in a wrong language
_LEAST_WORDS, _LEAST_KINDS = 8, 4  # function words, and different ones, that make sure of a language
_LETTER = lazy(
    "[A-Za-z\u00aa-\u02af\u0370-\u1fff\u3041-\u30ff\u3131-\u318e\uac00-\ud7a3]+"  # of any alphabet
)
_WORD = lazy("[a-z\u00df-\u02af\u1ea0-\u1eff]+")
_SCRIPTS = {
    "Japanese": lazy("[\u3041-\u30ff]+"),
    "Korean": lazy("[\u3131-\u318e\uac00-\ud7a3]+"),
    "in Cyrillic letters": lazy("[\u0400-\u052f]+"),
    "in Arabic letters": lazy("[\u0600-\u06ff]+"),
    "Thai": lazy("[\u0e00-\u0e7f]+"),
}
_OTHER_SCRIPT = lazy("[\u0400-\u052f\u0600-\u06ff\u0e00-\u0e7f\u3041-\u30ff\u3131-\u318e\uac00-\ud7a3]")
_OF_NO_LETTER = bytes(code for code in range(256) if not 0xC3 <= code <= 0xCA and code != 0xE1)  # of _WORD beyond ASCII
# Words that every page of a language has many of, hardly any of them pinyin; of the others none that stands in English too.
_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "English": "the of and to is for with that by are from this which have their",
        "German": "und der das ist nicht mit für von wird werden auf dem eine einer einen sich auch durch oder sind",
        "French": "les des est dans pour une qui que sont avec aux cette leur été ces sur",
        "Spanish": "los las del que para una por con como más también sus esta fue",
        "Portuguese": "dos das que para uma não mais como pelo pela são foi também seus",
        "Italian": "il del della delle gli sono nel alla una degli più anche con questo nella",
        "Dutch": "het een niet voor zijn wordt worden deze naar ook bij aan",
        "Vietnamese": "và của các được không cho với là những trong",
        "Indonesian": "untuk dengan tidak dari pada dalam ini itu akan oleh",
    }.items()
}
_KNOWN = frozenset().union(*_WORDS.values())
_FOREIGN = frozenset().union(*(words for language, words in _WORDS.items() if language != "English"))
_LETTERS = keeping(SMALL_LETTERS)


def language_of(text: str) -> str | None:
    """What a text surely is, for a sentence ("German", "in Cyrillic letters"); None when it is Chinese or not sure.

    By its script, else by function words: twice as many as of English, or of all other languages known.
    """
    by_script = language_of_script(text)
    if by_script is not None:
        return by_script
    language = _by_words(text[:_SAMPLE])
    return language if language in (None, "English") or len(text) <= _SAMPLE else _by_words(text)


def language_of_script(text: str) -> str | None:
    """What a text in neither Latin letters nor Chinese is, for a sentence; None for all others."""
    if text.isascii() or not _OTHER_SCRIPT.search(text):
        return None
    letters = sum(map(len, _LETTER.findall(text)))
    han = han_count(text)
    for language, script in _SCRIPTS.items():
        own = sum(map(len, script.findall(text)))
        least = 0.2 * han if language == "Japanese" else han  # much of Japanese is Chinese characters
        if own > least and own * 2 > letters:
            return language
    return None


def _by_words(text: str) -> str | None:
    counted = Counter(filter(_KNOWN.__contains__, _words(text.lower())))
    totals = {language: _total(counted, words) for language, words in _WORDS.items()}
    language = max(totals, key=totals.__getitem__)
    others = _total(counted, _FOREIGN) if language == "English" else totals["English"]
    kinds = len(counted.keys() & _WORDS[language])
    sure = totals[language] >= max(_LEAST_WORDS, 2 * others) and kinds >= _LEAST_KINDS
    return language if sure else None


def _words(text: str) -> list[str]:
    encoded = text.encode("utf-8", "surrogatepass")
    if encoded.translate(None, _OF_NO_LETTER):
        return _WORD.findall(text)
    return encoded.translate(_LETTERS).decode("ascii").split()  # in a quarter of the time


def _total(counted: Counter[str], words: frozenset[str]) -> int:
    return sum([counted[word] for word in counted.keys() & words])


def han_share(text: str) -> float:
    """The share of Chinese in a text, 0 to 1, a character counted as the letters that say as much."""
    han = han_count(text)
    letters = han + sum(map(len, _LETTER.findall(text))) / LETTERS if han else 0
    return han / letters if letters else 0.0
