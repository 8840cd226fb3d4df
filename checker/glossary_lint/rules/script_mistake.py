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
from collections.abc import Iterator
from typing import Any

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from glossary.lazy_pattern import lazy

_WORD = lazy(r"[^\W\d_]+")


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
    simplified = _converted([form[4] for form in forms], "t2s")
    traditional = _converted([form[4] for form in forms], "s2t")
    for (file, number, entry, path, zh, region), simple, full in zip(forms, simplified, traditional, strict=True):
        message = _wrong_character(zh) or _wrong_script(zh, simple, full, region)
        if message:
            yield desk.at_key(file, number, entry, path, message, "error")


def _converted(texts: list[str], direction: str) -> list[str]:
    from opencc import OpenCC

    convert = OpenCC(direction).convert
    return [str(convert(text)) for text in texts]


def _wrong_letter(en: str) -> str | None:
    """What is wrong with the script of an English form, or None."""
    for match in _WORD.finditer(en):
        word = match.group()
        for char in word:
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
