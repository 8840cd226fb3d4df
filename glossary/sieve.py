"""Those of some words of which something is true, asked once for each word: pages share most of their words."""

from __future__ import annotations

from collections.abc import Callable, Set

MOST = 1 << 17  # words that are remembered


class Sieve:
    """Remembers which words a test holds for; ``test`` takes a folded word and looks at nothing else."""

    def __init__(self, test: Callable[[str], object]) -> None:
        self._test = test
        self._asked: set[str] = set()
        self._held: set[str] = set()

    def among(self, words: Set[str]) -> set[str]:
        """Those of ``words`` that the test holds for."""
        new = set(words) - self._asked
        if new:
            if len(self._asked) > MOST:
                self._asked, self._held, new = set(), set(), set(words)
            self._asked |= new
            self._held.update(filter(self._test, new))
        return self._held.intersection(words)
