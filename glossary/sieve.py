"""Those of some words of which something is true, asked once for each word: pages share most of their words."""

from __future__ import annotations

from collections.abc import Callable, Set

MOST = 1 << 17  # words that are remembered


class Sieve:
    """Remembers which words a test holds for; ``test`` takes a folded word and looks at nothing else."""

    def __init__(self, test: Callable[[str], object]) -> None:
        self._test = test
        self._known: tuple[set[str], set[str]] = set(), set()  # asked about, and those of which it is true

    def among(self, words: Set[str]) -> set[str]:
        """Those of ``words`` that the test holds for."""
        asked, held = self._known
        new = set(words) - asked
        if new:
            if len(asked) > MOST:
                asked, held = self._known = set(), set()
                new = set(words)
            held.update(filter(self._test, new))
            asked |= new  # last, so that another thread never misses what is not yet judged
        return held.intersection(words)
