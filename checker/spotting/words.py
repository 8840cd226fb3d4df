"""Whether a word of the Chinese language begins or ends inside a term: a dictionary look-up first, then a cut by jieba.

What is taken from jieba's dictionary is kept as JSON in the user's own cache folder, never in the shared temporary
folder where jieba keeps its own, and jieba itself is loaded only when the look-up finds a word that might cross.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from glossary.cache import cache_folder, keep, read_kept, trim
from glossary.lazy_pattern import lazy

LONGEST = 3  # characters: longer terms are practically never cut by another word
_HAN = lazy("[\u3400-\u9fff]+")
_FORMAT = 1
_Row = tuple[int, set[str]]  # what words have besides the part of a term, of one length


class WordEdges:
    """Tells for short terms whether their edges are edges of words in a place. ``text`` is folded throughout."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = sorted({term for term in terms if 2 <= len(term) <= LONGEST})
        self._beside: dict[
            str, tuple[list[_Row], list[_Row]]
        ] = {}  # what makes a longer word of a term it stands beside

    def may_cut(self, text: str, start: int, end: int) -> bool:
        """Whether a dictionary word stands across an edge of the term ``text[start:end]``."""
        if end - start > LONGEST or not self._crossing:
            return False
        term = text[start:end]
        sides = self._beside.get(term)
        if sides is None:
            before, after = self._crossing
            sides = self._beside[term] = (
                [row for cut in range(1, len(term)) for row in before.get(term[:cut], {}).items()],
                [row for cut in range(1, len(term)) for row in after.get(term[cut:], {}).items()],
            )
        if any(start >= length and text[start - length : start] in words for length, words in sides[0]):
            return True
        return any(text[end : end + length] in words for length, words in sides[1])

    def is_cut(self, text: str, start: int, end: int) -> bool:
        """Whether the best cut of the text round a term has a word across one of its edges."""
        if not self.may_cut(text, start, end):
            return False
        run = next((m for m in _HAN.finditer(text, max(0, start - 40), end + 40) if m.start() <= start < m.end()), None)
        if run is None:
            return False
        edges = _edges_of(run.group())
        start, end = start - run.start(), end - run.start()
        first, last = bisect_right(edges, start), bisect_left(edges, end)
        if edges[first - 1] < start < edges[first] < end:
            return True
        return last < len(edges) and start < edges[last - 1] < end < edges[last]

    @cached_property
    def _crossing(self) -> tuple[dict[str, dict[int, set[str]]], dict[str, dict[int, set[str]]]] | None:
        """What stands before a beginning of a term in words that end with it, and after an end in words that begin
        with it; by length. None without jieba's dictionary."""
        dictionary = _dictionary()
        if dictionary is None:
            return None
        key = f"edges-{_key(dictionary, self._terms)}"
        kept = _read(key)
        if kept is None:
            kept = _crossing_words(dictionary, self._terms)
            _write(key, kept)
        before, after = (
            {part: {int(length): set(words) for length, words in rows.items()} for part, rows in side.items()}
            for side in (kept["before"], kept["after"])
        )
        return before, after


@cache  # once for all glossaries
def _tokenizer() -> Any:
    dictionary = _dictionary()
    assert dictionary is not None
    jieba = _import_jieba()
    key = f"words-{_key(dictionary, [])}"
    kept = _read(key)
    tokenizer = jieba.Tokenizer()
    if kept is None:
        with dictionary.open("rb") as stream:
            frequencies, total = tokenizer.gen_pfdict(stream)
        kept = {"frequencies": frequencies, "total": total}
        _write(key, kept)
    tokenizer.FREQ, tokenizer.total = kept["frequencies"], kept["total"]
    tokenizer.initialized = True
    return tokenizer


@lru_cache(maxsize=1 << 12)  # of some eighty characters
def _edges_of(run: str) -> list[int]:
    """Where the words of a run of Chinese characters begin and end in the best cut of it."""
    return [0, *accumulate(map(len, _tokenizer().cut(run, HMM=False)))]


def _import_jieba() -> Any:
    # jieba would load pkg_resources (slow, deprecated, gone from new setuptools); without it, it opens its files.
    missing = object()
    before: Any = sys.modules.get("pkg_resources", missing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba
    finally:
        if before is missing:
            sys.modules.pop("pkg_resources", None)
        else:
            sys.modules["pkg_resources"] = before
    return jieba


def _dictionary() -> Path | None:
    """jieba's dictionary, found without importing jieba."""
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).with_name("dict.txt")
    return path if path.is_file() else None


def _crossing_words(dictionary: Path, terms: list[str]) -> dict[str, Any]:
    heads = {term[:cut] for term in terms for cut in range(1, len(term))}
    tails = {term[cut:] for term in terms for cut in range(1, len(term))}
    whole = set(terms)
    before: dict[str, dict[int, list[str]]] = {}
    after: dict[str, dict[int, list[str]]] = {}
    with dictionary.open(encoding="utf-8") as stream:
        for line in stream:
            word = line.split(" ", 1)[0]
            for length in range(1, min(LONGEST, len(word))):
                if word[-length:] in heads and word[:-length] not in whole:
                    before.setdefault(word[-length:], {}).setdefault(len(word) - length, []).append(word[:-length])
                if word[:length] in tails:
                    after.setdefault(word[:length], {}).setdefault(len(word) - length, []).append(word[length:])
    return {"before": before, "after": after}


def _key(dictionary: Path, terms: list[str]) -> str:
    state = dictionary.stat()
    version = importlib.metadata.version("jieba")
    content = f"{_FORMAT} {version} {state.st_size} {state.st_mtime_ns} {' '.join(terms)}"
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def _path(key: str) -> Path:
    return cache_folder() / "words" / f"{key}.json"


def _read(key: str) -> dict[str, Any] | None:
    """What is kept under ``key``; None when there is nothing, it is damaged, or others could have written it."""
    content = read_kept(_path(key))
    try:
        kept = json.loads(content) if content is not None else None
    except ValueError:
        return None
    return kept if isinstance(kept, dict) else None


def _write(key: str, content: dict[str, Any]) -> None:
    path = _path(key)
    keep(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    trim(path.parent, "edges-*.json", 4)
    trim(path.parent, "words-*.json", 2)
