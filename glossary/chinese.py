"""Chinese words from one script to the other, phrase by phrase, as OpenCC has them."""

from __future__ import annotations

import functools
from collections.abc import Callable

from glossary.folding import simplified


def in_simplified(zh: str) -> str:
    """A word in Simplified characters."""
    return zh if simplified(zh) == zh else _converter("t2s")(zh)


def traditional_forms(zh: str) -> list[str]:
    """A word in Traditional characters, as they are written in general, in Hong Kong and in Taiwan, each once."""
    return list(dict.fromkeys(_converter(direction)(zh) for direction in ("s2t", "s2hk", "s2tw")))


@functools.cache
def _converter(direction: str) -> Callable[[str], str]:
    """The conversion; to load one takes 50 ms."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(direction).convert
    return convert
