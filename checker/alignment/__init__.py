"""Which sentences of an English text say what which sentences of the Chinese one say.

A dynamic programme over lengths (Gale and Church 1993, with 3.8 English characters a Chinese one) and shared anchors:
numbers, dates, Latin words and glossary terms. Blocks are paired first, then the sentences inside them; long texts are
cut at pairs of blocks that cannot be anything else, so that time grows with length.
"""

from checker.alignment.anchors import Anchor, digit_anchors, latin_anchors, number_anchors, shared
from checker.alignment.linking import align
from checker.alignment.units import Side, source_blocks

__all__ = ["Anchor", "Side", "align", "digit_anchors", "latin_anchors", "number_anchors", "shared", "source_blocks"]
