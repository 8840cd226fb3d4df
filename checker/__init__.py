"""Finds inconsistent or garbled machine translation in English versions of Chinese pages on health reform."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.finding import Result
    from glossary import Glossary

__all__ = ["check"]


def check(text: str, source: str | None = None, glossary: Glossary | None = None) -> Result:
    """Check one text, with the Chinese it was translated from where there is any.

    The curated glossary is used unless another is given. When ``source`` cannot be the text's source (the sides are
    swapped, it is no Chinese, one is empty), the result holds that error and nothing else. Offsets in the result are code points into ``text``.
    """
    from checker.bitext import SourceText
    from checker.document import Document
    from checker.pipeline import Checker
    from glossary import load

    beside = None if source is None else SourceText("", source)
    return Checker(glossary or load()).check([Document("text", text, source=beside)])
