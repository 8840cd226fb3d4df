"""The English words that are known: a list from SCOWL (LICENSES/SCOWL.txt), unpacked when first asked for.

The list holds sizes 10 to 70, American and British, folded to lower case, names included, words of three letters and
more. Its first part are the common ones (sizes 10 to 40).
"""

from __future__ import annotations

import lzma
from functools import cache
from importlib import resources


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    packed = resources.files("checker").joinpath("data", "words.txt.xz").read_bytes()
    common, others = (frozenset(part.split()) for part in lzma.decompress(packed).decode("ascii").split("\n\n"))
    return common, common | others


def common_words() -> frozenset[str]:
    """The 45,000 common words."""
    return _lists()[0]


def known_words() -> frozenset[str]:
    """All 130,000 words."""
    return _lists()[1]
