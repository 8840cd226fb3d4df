"""# script-mistake (GLS815)

## What it does
Reports Chinese that is not plain Simplified: Traditional or half-converted characters, full-width Latin,
compatibility characters and radicals that only look like Han, private and invisible characters. Reports English with
letters of another script that look like Latin ones, full-width letters and invisible characters.

## Why it matters
Such a form never matches the text of others, or matches by luck of the folding, and it looks right on the screen.

## Wrong
    zh: 分級诊疗

## Right
    zh: 分级诊疗

## Limits
A variant of a region (`region: hk`, `tw`) may be Traditional, if it is so throughout. Characters that both scripts
share are not judged. A Greek letter that is a word of its own is left alone (β-blocker).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Set
from typing import Any

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.cache import cache_key
from glossary.lazy_pattern import lazy
from glossary.working_tree import recall, remember

_WORD = lazy(r"[^\W\d_]+")
_PLAIN = lazy("[\u4e00-\u9fef]+")  # Han that nothing is wrong with, whatever the script


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each form with a mistake of script."""
    for english in desk.forms:
        message = None if english.en.isascii() else _wrong_letter(english.en)
        if message:
            yield desk.at_form(english, message, "error")
    forms: list[tuple[Any, int, dict[str, Any], str, str, str | None]] = []
    for file, number, entry in desk.entries:
        forms.append((file, number, entry, "zh", entry["zh"], None))
        for place, form in enumerate(entry.get("zh_variants", ())):
            forms.append((file, number, entry, f"zh_variants/{place}", form["zh"], form.get("region")))
    simplified = {zh: simple for zh, simple in _converted({form[4] for form in forms}, "t2s").items() if simple != zh}
    traditional = _traditional(simplified.keys())
    for file, number, entry, path, zh, region in forms:
        message = None if _PLAIN.fullmatch(zh) else _wrong_character(zh)
        if not message and zh in simplified:
            message = _wrong_script(zh, simplified[zh], traditional[zh], region)
        if message:
            yield desk.at_key(file, number, entry, path, message, "error")


def _traditional(texts: Set[str]) -> dict[str, str]:
    """Texts in Traditional characters, kept in the cache: to load this conversion takes a tenth of a second."""
    from opencc import __version__

    key = cache_key([b"traditional", __version__.encode(), *(text.encode() for text in sorted(texts))], "1")
    kept = recall(key)
    if kept is None:
        kept = _converted(texts, "s2t")
        remember(key, kept)
    return kept


def _converted(texts: Set[str], direction: str) -> dict[str, str]:
    from opencc import OpenCC

    convert = OpenCC(direction).convert
    return {text: str(convert(text)) for text in texts}


def _wrong_letter(en: str) -> str | None:
    """What is wrong with the script of an English form, or None."""
    for match in _WORD.finditer(en):
        word = match.group()
        for char in () if word.isascii() else word:
            name = unicodedata.name(char, "")
            foreign = name.startswith("CYRILLIC") or (name.startswith("GREEK") and len(word) > 1)
            if foreign and char.isalpha():
                return f"{en} holds {char} (U+{ord(char):04X}, {name.title()}), which is no Latin letter."
    for char in en:
        if "！" <= char <= "～":
            return f"{en} holds the full-width {char} (U+{ord(char):04X}); write {unicodedata.normalize('NFKC', char)}."
        if unicodedata.category(char) in ("Cf", "Co", "Cc", "Cn"):
            return f"{en} holds U+{ord(char):04X}, which nobody sees."
    return None


def _wrong_character(zh: str) -> str | None:
    for char in zh:
        code = f"U+{ord(char):04X}"
        if "！" <= char <= "～" and char.isalnum():
            return f"{zh} holds the full-width {char} ({code}); write {unicodedata.normalize('NFKC', char)}."
        plain = unicodedata.normalize("NFKC", char)
        if plain != char and len(plain) == 1 and "\u3400" <= plain <= "\u9fff":
            return f"{zh} holds {code}, which only looks like {plain}."
        if "\u2e80" <= char <= "\u2fdf" or unicodedata.category(char) in ("Cf", "Co", "Cc", "Cn"):
            return f"{zh} holds {code}, which is no Chinese character."
        name = unicodedata.name(char, "")
        if name.startswith(("CYRILLIC", "GREEK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")):
            return f"{zh} holds {char} ({name.title()}), which is no Chinese character."
    return None


def _wrong_script(zh: str, simple: str, full: str, region: str | None) -> str | None:
    old = "".join(a for a, b in zip(zh, simple, strict=False) if a != b)
    if not old:
        return None
    new = "".join(a for a, b, c in zip(zh, full, simple, strict=False) if a != b and a == c)
    if new:
        return f"{zh} is half converted: {old} beside {new}; write {simple}."
    return None if region else f"{zh} is Traditional; write {simple} (Traditional text is matched too)."


RULE = GlossaryRule("GLS815", "script-mistake", "error", check, __doc__ or "")
