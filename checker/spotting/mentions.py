"""What spotting yields: here stands rendering R of concept C."""

from typing import NamedTuple

from glossary.concept import APPROVED, Concept, Rendering

RANK = {
    "preferred": 0,
    "admitted": 0,
    "abbreviation": 0,
    "short": 0,
    "ignore": 0,
    "wrong": 2,
    "deprecated": 3,
    "pattern": 4,
}


class Candidate(NamedTuple):
    """One reading of a mention.

    ``base`` is the rendering as stored, folded: inflected and respelt forms share it. ``bases`` are the members a
    pattern's slots stood for, ``inflections`` how each was inflected and ``marked`` how many of them are marked; ``reported`` says whether the evidence is
    enough for a finding of its own; ``sourced`` whether the concept's Chinese stands beside it.
    """

    concept: Concept
    status: str
    base: str
    inflection: str
    rendering: Rendering | None = None
    bases: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()
    marked: int = 0
    reported: bool = True
    sourced: bool = False

    @property
    def approved(self) -> bool:
        """Whether this reading is good English for the concept."""
        return self.status in APPROVED

    @property
    def rank(self) -> int:
        """Order at equal span: approved literal, approved template, wrong, deprecated, pattern."""
        return 1 if self.approved and self.bases else RANK[self.status]


class Mention(NamedTuple):
    """A place where one or several concepts are named: ``text[start:end]`` of the original text.

    ``repeated`` is set where the passage repeats earlier text of the page.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    repeated: bool = False

    @property
    def only(self) -> Candidate | None:
        """The candidate when there is just one."""
        return self.candidates[0] if len(self.candidates) == 1 else None
