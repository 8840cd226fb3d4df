"""A user dictionary for jieba: each Chinese form with the frequency at which it is kept whole, and a tag."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence

from glossary.concept import Concept
from glossary.exchange import Exported
from glossary.exchange.terms import count_all_but_names

_TAGS = {"noun": "n", "verb": "v", "adjective": "a", "phrase": "l", "name": "nz"}
_WORD = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")  # jieba parts a text at everything else first


def write(concepts: Sequence[Concept]) -> Exported:
    """The dictionary, ``term frequency tag`` a line."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    lost: Counter[str] = Counter()
    tags: dict[str, str] = {}
    for concept in concepts:
        count_all_but_names(concept, lost, ("pos",))
        lost["English"] += 1
        for form in concept.chinese:
            if _WORD.fullmatch(form):
                tags.setdefault(form, _TAGS[concept.pos])
            else:
                lost["Chinese terms with punctuation or blanks, which jieba cuts"] += 1
    lines = [f"{form} {tokenizer.suggest_freq(form)} {tag}\n" for form, tag in tags.items()]
    return Exported("".join(lines).encode("utf-8"), len(concepts), lost)
