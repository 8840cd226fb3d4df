"""jieba, kept apart: an instance of its own, its cache in our private folder and never in the shared temporary one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from glossary.cache import cache_folder


@cache
def tokenizer() -> Any:
    """The one jieba tokenizer, its dictionary loaded."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()
    folder = cache_folder() / "jieba"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.tmp_dir = str(folder)
    except OSError:
        # Without a folder of our own there is no cache: jieba would read whatever lies in the shared one.
        made.tmp_dir = None
        made.cache_file = "/dev/null"
    made.initialize()
    return made


def cutter() -> Callable[[str], list[str]]:
    """A function that cuts Chinese text into words, without guessing at unknown ones."""
    made = tokenizer()
    return lambda text: list(made.cut(text, HMM=False))


def frequencies() -> dict[str, int]:
    """The words of jieba's dictionary with their frequency; 0 for what is only the beginning of a word."""
    found: dict[str, int] = tokenizer().FREQ
    return found


@cache
def tags() -> dict[str, str]:
    """The words of jieba's dictionary with the tag it gives them (n, v, nr, ns …)."""
    import jieba

    path = Path(jieba.__file__).with_name("dict.txt")
    with path.open(encoding="utf-8") as stream:
        rows = (line.split(" ") for line in stream)
        return {row[0]: row[2].strip() for row in rows if len(row) == 3}
