"""Translation memories in TMX: units with an English and a Chinese variant. The key of a unit is its number from 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.document import Document
from checker.finding import CheckError
from checker.readers.archive import RefusedError
from checker.readers.assembly import Assembly
from checker.readers.xliff import segment_text
from checker.readers.xml import attribute, document_of, local, refuse_nested


def read(path: str, content: bytes) -> Iterator[Document | CheckError]:
    """The one document of a TMX file, or why there is none ("damaged", "unsafe", "no-english")."""
    yield document_of(path, content, "TMX", _document)


def _document(path: str, root: Any) -> Document:
    refuse_nested(root, "local-name() = 'tu'")
    made = Assembly(path, "tmx")
    languages: set[str] = set()
    for number, unit in enumerate(element for element in root.iter() if local(element) == "tu"):
        english, chinese = "", ""
        for variant in unit:
            segment = next((child for child in variant if local(child) == "seg"), None)
            if local(variant) != "tuv" or segment is None:
                continue
            language = (attribute(variant, "lang") or "").lower()
            languages.add(language)
            if language.startswith("en"):
                english = english or segment_text(segment)
            elif language.startswith(("zh", "cmn")):
                chinese = chinese or segment_text(segment)
        mark = made.begin_pair()
        made.add(english, f"unit {unit.get('tuid') or number + 1}", str(number))
        if english.strip():
            made.add_chinese(chinese)
        made.end_pair(mark)
    if languages and not any(language.startswith("en") for language in languages):
        named = ", ".join(sorted(language[:20] for language in languages)[:5])
        raise RefusedError("no-english", f"no unit is in English; its languages: {named or 'none named'}")
    return made.document()
