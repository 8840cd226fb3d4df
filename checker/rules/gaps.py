"""Where one side of a pair has nothing: the gaps of the alignment, and whether they are more than other cuts."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

from checker.bitext import Link
from checker.finding import Place
from checker.page import Page, once_a_page
from checker.script import LETTERS

if TYPE_CHECKING:
    from checker.parallel import Parallel


class Gap(NamedTuple):
    """A row of links that lack a side, with up to two links before and after it, the nearest first."""

    row: list[Link]
    before: list[Link]
    after: list[Link]

    @property
    def lacks(self) -> str:
        """ "english", "chinese", or "both": now one side and now the other, as where two texts say different things."""
        sides = {link.start == link.end for link in self.row}
        return "both" if len(sides) == 2 else "english" if True in sides else "chinese"

    @property
    def trusted(self) -> bool:
        """Whether what stands right beside it is surely paired."""
        return all(link.anchors for side in (self.before, self.after) for link in side[:1])

    @property
    def framed(self) -> bool:
        """Whether something near it on either side is surely paired."""
        return all(not side or any(link.anchors for link in side) for side in (self.before, self.after))

    @property
    def english(self) -> Place:
        """Where the English stands, or would stand."""
        full = [link for link in self.row if link.start < link.end] or self.row
        return full[0].start, full[-1].end

    @property
    def chinese(self) -> Place:
        """Where the Chinese stands, or would stand."""
        full = [link for link in self.row if link.source_start < link.source_end] or self.row
        return full[0].source_start, full[-1].source_end


@once_a_page
def gaps(page: Page) -> list[Gap]:
    """The gaps in order."""
    assert page.parallel is not None
    links = page.parallel.links
    made = []
    end = 0
    for is_gap, row in itertools.groupby(links, key=lambda link: link.is_gap):
        gap = list(row)
        start, end = end, end + len(gap)
        if is_gap:
            made.append(Gap(gap, list(reversed(links[max(0, start - 2) : start])), list(links[end : end + 2])))
    return made


def is_taken_in(parallel: Parallel, gap: Gap) -> bool:
    """Whether a neighbour may say what stands alone: it is of a better length with it, or has a gap on its other side.

    The two texts are cut in different places there.
    """
    if any(
        link.is_gap and (link.start == link.end) != (gap.lacks == "english")
        for side in (gap.before, gap.after)
        for link in side[1:]
    ):
        return True
    alone = _lengths(parallel, gap.row)
    for link in (*gap.before[:1], *gap.after[:1]):
        ours, theirs = _lengths(parallel, [link])
        if abs(math.log((ours + alone[0]) / (theirs + alone[1]))) < abs(math.log(ours / theirs)):
            return True
    return False


def _lengths(parallel: Parallel, links: list[Link]) -> tuple[float, float]:
    """The length of both sides in English characters."""
    ours, theirs = links[-1].end - links[0].start, links[-1].source_end - links[0].source_start
    han = parallel.han(links[0].source_start, links[-1].source_end)
    return ours + 1, theirs + (LETTERS - 1) * han + 1
