"""By what a repeated page is known: a hash of its folded text, and a simhash that a few changed words hardly change.

Simhash after Charikar, "Similarity estimation techniques from rounding algorithms" (2002), over runs of four words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.document import Document, without_unseen
from checker.options import Options
from glossary.folding import fold

SHINGLE = 4  # words
LEAST_WORDS = 50
"""A page of fewer words has no near duplicates: a word more or less is a good part of it."""
NEAR = 3
"""Two pages are near duplicates when at most this many of the 64 bits differ."""

_WORD = re.compile(r"\w+")
_LANE = 32  # bits, more than any page has words
_SPREAD = [sum((byte >> bit & 1) << (_LANE * bit) for bit in range(8)) for byte in range(256)]


class Signature(NamedTuple):
    """``exact`` is a hash in hexadecimal; ``near`` a simhash of 64 bits, None for a short page."""

    exact: str
    near: int | None

    @property
    def signed(self) -> int | None:
        """``near`` as databases keep it, who know no whole numbers of 64 bits without a sign."""
        return None if self.near is None else self.near - 2**63


def signature_of(documents: Sequence[Document], options: Options) -> Signature | None:
    """The signature of the documents of a page checked with ``options``; None for a page without words."""
    texts = [" ".join(fold(without_unseen(document.readable)).split()) for document in documents]
    words = [word for text in texts for word in _WORD.findall(text)]
    if not words:
        return None
    beside = [document.source.text for document in documents if document.source is not None]
    parts = "\0".join([repr(options), *texts, *beside])
    exact = hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Signature(exact, simhash(words) if len(words) >= LEAST_WORDS and not beside else None)


def simhash(words: Sequence[str]) -> int:
    """The simhash of the runs of four words: each bit as most hashes of the runs have it."""
    runs = range(max(1, len(words) - SHINGLE + 1))
    sums = [0] * 8
    for number in runs:
        run = " ".join(words[number : number + SHINGLE]).encode("utf-8", "surrogatepass")
        for place, byte in enumerate(hashlib.blake2b(run, digest_size=8).digest()):
            sums[place] += _SPREAD[byte]
    half = len(runs) / 2
    made = 0
    for lanes in sums:
        for bit in range(8):
            made = made << 1 | ((lanes >> (_LANE * bit) & (1 << _LANE) - 1) > half)
    return made
