"""A new concept in a file of concepts: its id, and its lines with pinyin and Traditional forms beside the Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from glossary.canonical import entry_lines
from glossary.chinese import traditional_forms
from glossary.problems import GlossaryError
from glossary.yaml_file import read_concepts


def slug(english: str) -> str:
    """The id that an English name suggests; "" where it has neither letters nor digits."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])['’](?=[a-z])", "", english.lower())))


def appended(file: str, text: str, entries: Iterable[dict[str, Any]]) -> str:
    """The text of a file with more concepts at its end. Raises GlossaryError when the file then has mistakes."""
    from glossary.search import pinyin

    parts = [text.rstrip("\r\n")] if text.strip() else []
    for entry in entries:
        others = [form for form in traditional_forms(entry["zh"]) if form != entry["zh"]]
        parts.append("\n".join(entry_lines(entry, {"zh": "; ".join([pinyin(entry["zh"]), *others])})))
    made = "\n\n".join(parts) + "\n"
    if "\r\n" in text:
        made = made.replace("\r\n", "\n").replace("\n", "\r\n")
    _, problems = read_concepts(file, made, "")
    if problems:
        raise GlossaryError(problems)
    return made
