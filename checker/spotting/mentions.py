"""What spotting yields: here stands rendering R of concept C."""

from __future__ import annotations

from functools import cached_property
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
KEPT, HIDDEN, SOURCED = 1, 2, 4  # how a reading counts: at all; not as a finding of its own; its Chinese beside it
WEIGHED = ((), ("anywhere",), ("page",))  # triggers of the forms that say of themselves what they are

AMERICAN = "medicare"
"""What translations say for 医保, and pages of the United States for their own program: it betrays neither."""


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
    def anywhere(self) -> bool:
        """Whether it is a wrong form that no good English has."""
        return self.status == "wrong" and self.rendering is not None and self.rendering.trigger == ("anywhere",)

    @property
    def rank(self) -> int:
        """Order at equal span: approved literal, approved template, wrong, deprecated, pattern."""
        return 1 if self.approved and self.bases else RANK[self.status]


class Readings(tuple[Candidate, ...]):
    """All readings of one form; what is asked of them again and again is worked out once.

    The hits of a form share them, so that there are few of them beside many hits. They are equal to none but themselves.
    """

    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    @cached_property
    def shields(self) -> Readings:
        """The readings that keep others inside them from being reported: approved ones, and those to be ignored."""
        return self._only([c for c in self if c.approved or c.status == "ignore"])

    @cached_property
    def approved(self) -> tuple[str, ...]:
        """The ids of the concepts of which this is good English."""
        return tuple([c.concept.id for c in self if c.approved])

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The ids of the concepts that this may name."""
        return frozenset(c.concept.id for c in self if c.status != "ignore")

    @cached_property
    def guarded(self) -> bool:
        """Whether it depends on what stands beside a hit which of the readings count."""
        return any(c.rendering.unless or "near" in c.rendering.trigger for c in self if c.rendering)

    @cached_property
    def listed(self) -> tuple[tuple[str, Rendering], ...]:
        """What an entry lists with exceptions though a pattern of the same entry makes it too, with the concept's id.

        Without what it has to be near: a pattern may be surer of the words than who listed them.
        """
        made = {c.concept.id for c in self if c.status == "pattern"}
        return tuple(
            [
                (c.concept.id, c.rendering._replace(trigger=()))
                for c in self
                if c.rendering and c.rendering.unless and c.status in ("wrong", "deprecated") and c.concept.id in made
            ]
        )

    @cached_property
    def unguarded(self) -> dict[bool, Readings]:
        """Those that count where nothing stands beside them, by whether the page is about the subject."""
        return {}

    @cached_property
    def _told(self) -> dict[tuple[int, ...], Readings]:
        return {}

    def told(self, verdicts: tuple[int, ...]) -> Readings:
        """The readings that count, given for each how: 0, or KEPT with HIDDEN and SOURCED. The same ones each time."""
        if all(map(KEPT.__eq__, verdicts)):
            return self
        made = self._told.get(verdicts)
        if made is None:
            made = self._told[verdicts] = Readings(
                [
                    c if verdict == KEPT else c._replace(reported=not verdict & HIDDEN, sourced=bool(verdict & SOURCED))
                    for c, verdict in zip(self, verdicts, strict=True)
                    if verdict
                ]
            )
        return made

    @cached_property
    def telling(self) -> Readings:
        """The readings that say by themselves what a text is about, and those that take their place."""
        return self._only([c for c in self if c.approved or c.anywhere or c.status == "ignore"])

    @cached_property
    def weight(self) -> tuple[bool, int]:
        """The order among hits of the same length: derived ones that are not reported last, then by rank."""
        return not any(c.reported for c in self), min([c.rank for c in self])

    @cached_property
    def best(self) -> Readings:
        """Those of the best rank."""
        return self._only([c for c in self if c.rank == self.weight[1]])

    @cached_property
    def named(self) -> tuple[Candidate, ...]:
        """One reading of each concept: a plural may come from several forms of one."""
        by_concept: dict[str, Candidate] = {}
        for candidate in self:
            if candidate.status != "ignore":
                by_concept.setdefault(candidate.concept.id, candidate)
        return tuple(by_concept.values())

    @cached_property
    def literal(self) -> tuple[tuple[Concept, int], ...]:
        """The concepts of which this is what only a translation from Chinese would say, with how telling it is."""
        told = []
        for candidate in self:
            rendering = candidate.rendering
            if rendering is None or not candidate.concept.enforced or rendering.trigger not in WEIGHED:
                continue
            sure = candidate.anywhere or candidate.marked > 1
            if not (sure or candidate.status == "wrong" or candidate.marked):
                continue
            if not any(AMERICAN in base for base in (candidate.base, *candidate.bases)):
                told.append((candidate.concept, 2 if sure else 1))
        return tuple(told)

    def _only(self, kept: list[Candidate]) -> Readings:
        return self if len(kept) == len(self) else Readings(kept)


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
