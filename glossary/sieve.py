"""Those of some words of which something is true, asked once for each word: pages share most of their words."""

from __future__ import annotations

from collections.abc import Callable, Set

MOST = 1 << 20  # characters of words that are remembered


class _Vocabulary:
    """The words that any sieve was asked about, in the order in which they came.

    All sieves share it, so that only the first of those that are asked about a page looks for words that are new.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self._known: set[str] = set()
        self._size = 0
        self._last: Set[str] = frozenset()

    def with_all(self, words: Set[str]) -> _Vocabulary:
        """This vocabulary with ``words`` in it; a new one when it had become too large."""
        if words is self._last:
            return self
        new = words - self._known
        if new and self._size > MOST:
            return _Vocabulary().with_all(words)
        self._size += sum(map(len, new))
        self.words.extend(new)
        self._known |= new  # later, so that another thread never misses what is not yet in the list
        self._last = words
        return self


_vocabulary = _Vocabulary()


class Sieve:
    """Remembers which words a test holds for; ``test`` takes a folded word and looks at nothing else."""

    def __init__(self, test: Callable[[str], object]) -> None:
        self._test = test
        self._state: tuple[_Vocabulary, set[str], int] = _vocabulary, set(), 0
        """The words asked about, those of them that the test holds for, and how many were asked about."""

    def among(self, words: Set[str]) -> set[str]:
        """Those of ``words``, a set that nobody changes, that the test holds for."""
        global _vocabulary
        _vocabulary = asked = _vocabulary.with_all(words)
        vocabulary, held, judged = self._state
        if vocabulary is not asked:
            held, judged = set(), 0
        count = len(asked.words)
        if judged < count:
            held.update(filter(self._test, asked.words[judged:count]))
            self._state = asked, held, count
        return held.intersection(words)
