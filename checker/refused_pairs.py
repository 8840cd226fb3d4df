"""Why two texts cannot be checked against each other: a side that is empty, in a wrong language, or of another text."""

from __future__ import annotations

from checker.languages import han_share, language_of, language_of_script
from checker.numbers.number import NARROW
from checker.scanning import exchanged, keeping
from glossary.lazy_pattern import lazy

_LEAST_HAN = 0.10  # share of the letters from which a source counts as Chinese
_MOST_HAN = 0.60  # share of the letters from which a translation counts as Chinese
_FIGURES = 10  # different ones on both sides that tell whether the texts have to do with each other
_LEAST_SHARED = 0.3  # of the fewer; pairs of our own have 0.9 and more, strangers up to 0.28
_FIGURE = lazy(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_IN_FIGURES = keeping("0123456789.,")
_YEAR = lazy("(?:19|20)[0-9][0-9]")


def refusal(english: str, chinese: str, path: str = "") -> tuple[str, str] | None:
    """Why two texts cannot be checked against each other, as ``(reason, message)``; None when they can.

    ``path`` is the Chinese text's, for the message.
    """
    source = f"its source {path}".rstrip()
    if not english.strip() and not chinese.strip():
        return None
    if not chinese.strip():
        return "source-empty", f"{source} is empty"
    if not english.strip():
        return "translation-empty", f"the translation is empty, {source} is not"
    ours, theirs = han_share(english), han_share(chinese)
    if theirs < _LEAST_HAN and ours > _MOST_HAN:
        return "swapped", f"the sides look swapped: this is Chinese and {source} is not; give the English first"
    language = language_of(chinese) if theirs < _LEAST_HAN else language_of_script(chinese)
    if language is not None:
        return "source-not-chinese", f"{source} is {language}, not Chinese"
    if theirs < _LEAST_HAN:
        return "source-not-chinese", f"{source} is not Chinese ({theirs:.0%} of its letters are Chinese characters)"
    language = language_of(english)
    if language is not None and language != "English":
        return "translation-not-english", f"the translation is {language}, not English"
    if ours > _MOST_HAN:
        return "translation-chinese", f"the translation is Chinese ({ours:.0%} of its letters)"
    wanted, given = _figures(chinese), _figures(english)
    least = min(len(wanted), len(given))
    if least >= _FIGURES and len(wanted & given) < _LEAST_SHARED * least:
        shared = f"{len(wanted & given)} of {len(wanted)} figures"
        return "source-unrelated", f"{source} seems to be of another text: they share {shared}"
    return None


def _figures(text: str) -> set[str]:
    """The digits of the figures of a text, without years and without what 万 and million change: 1.2亿 is 120 million."""
    kept = exchanged(text, NARROW).encode("ascii", "replace").translate(_IN_FIGURES).decode("ascii")
    figures = [figure for figure in set(_FIGURE.findall(" ".join(set(kept.split())))) if not _YEAR.fullmatch(figure)]
    digits = (figure.replace(",", "").replace(".", "").strip("0") for figure in figures)
    return {figure for figure in digits if len(figure) > 1}
