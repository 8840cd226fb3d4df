"""The figures of an evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from checker.evaluation.annotation import Span, Trap
from checker.evaluation.places import Place


@dataclass(frozen=True, slots=True)
class Recall:
    """Annotated spans of one kind; ``found`` by any place, ``found_above_info`` by one above info."""

    spans: int
    found: int
    found_above_info: int


@dataclass(frozen=True, slots=True)
class Precision:
    """Places above info: how many there are and how many fit a span."""

    places: int
    supported: int

    @property
    def share(self) -> float | None:
        """Supported places per place; None without places."""
        return self.supported / self.places if self.places else None


@dataclass(frozen=True, slots=True)
class RuleScore:
    """Places of one rule; ``above_info`` is False for its findings of severity info, kept apart."""

    rule: str
    name: str
    above_info: bool
    supported: int
    unsupported: int


@dataclass(frozen=True, slots=True)
class Sprung:
    """A trap and the place that sprang it."""

    trap: Trap
    place: Place


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures over all annotated pages.

    Each recall leaves out the mass lines (one subtype more than 50 times on one page), which ``mass_lines``
    counts by subtype. ``precision`` is over all places above info outside the repeated regions, inside which
    ``left_out`` places stand; ``precision_beside_mass`` is without the places that fit only mass lines.
    ``chance`` is the precision of the same places moved to random positions. ``missed`` holds the spans
    within reach of glossary and pattern that no place fits.
    """

    pages: tuple[str, ...]
    recall_by_detectable: dict[str, Recall]
    recall_by_category: dict[str, Recall]
    recall_by_page: dict[str, Recall]
    glossary_recall_by_page: dict[str, Recall]
    mass_lines: dict[str, Recall]
    precision: Precision
    precision_beside_mass: Precision
    precision_by_page: dict[str, Precision]
    chance: float | None
    left_out: int
    rules: tuple[RuleScore, ...]
    traps: int
    sprung: tuple[Sprung, ...]
    unsupported: tuple[Place, ...]
    missed: tuple[Span, ...]
