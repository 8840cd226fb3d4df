"""One English form of an entry, and the folded strings it stands for."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from glossary.concept import APPROVED
from glossary.folding import fold
from glossary.templates import TemplateError, class_keys, count_expansions, is_template, parse
from glossary.working_tree import TreeFile

LISTED = 1000  # expansions of one form that are compared with other forms

_BETWEEN = "\x1f"
_APPROVED_LISTS = (("abbreviations", "abbreviation"), ("admitted", "admitted"), ("short", "short"))
_GUARDED_LISTS = (("deprecated", "deprecated"), ("wrong", "wrong"), ("patterns", "pattern"))


@dataclass(frozen=True, eq=False)
class Form:
    """One English form of an entry. ``path`` leads to it in its file; ``rendering`` is set where it has guards."""

    file: TreeFile
    number: int
    entry: dict[str, Any]
    status: str
    path: str
    en: str
    rendering: dict[str, Any] | None = None

    @property
    def approved(self) -> bool:
        """Whether the form is good English for its concept."""
        return self.status in APPROVED

    @property
    def unguarded(self) -> bool:
        """Whether a wrong form is reported wherever it stands."""
        item = self.rendering or {}
        return list(item.get("trigger", ())) == ["anywhere"] and not item.get("unless")

    @cached_property
    def surfaces(self) -> tuple[str, ...]:
        """The folded strings it stands for; none for a form with classes, with mistakes or of too many strings."""
        return tuple(self._put_together(None))

    def surfaces_among(self, known: Collection[str], beginnings: Container[str]) -> list[str]:
        """Those of its ``surfaces`` that are ``known``, whose `beginnings_of` are given; few of the others are made."""
        return [surface for surface in self._put_together(beginnings) if surface in known]

    def _put_together(self, beginnings: Container[str] | None) -> Iterable[str]:
        if not is_template(self.en):
            return (fold(self.en),)
        try:
            slots = parse(self.en)
        except TemplateError:
            return ()
        if class_keys(self.en) or count_expansions(slots, {}) > LISTED:
            return ()
        # Parts are folded before they are put together: there are far fewer of them.
        made = [""]
        for slot in slots:
            parts = _folded(slot.values)
            made = [f"{before} {part}" if before and part else before or part for before in made for part in parts]
            if beginnings is not None:
                made = [begun for begun in made if begun in beginnings]
                if not made:
                    break
        return dict.fromkeys(made)


@lru_cache(maxsize=1 << 13)
def _folded(values: tuple[str, ...]) -> list[str]:
    together = fold(_BETWEEN.join(values)).split(_BETWEEN)  # a quarter of the time
    return [part.strip(" ") for part in together] if len(together) == len(values) else list(map(fold, values))


def beginnings_of(surfaces: Iterable[str]) -> set[str]:
    """The first words of each of some strings, from none to all of them."""
    found = {""}
    for surface in surfaces:
        end = len(surface)
        while end > 0 and surface[:end] not in found:
            found.add(surface[:end])
            end = surface.rfind(" ", 0, end)
    return found


def forms_of(file: TreeFile, number: int, entry: dict[str, Any]) -> Iterator[Form]:
    """Every English form of an entry, ``number`` in its file."""
    yield Form(file, number, entry, "preferred", f"{number}/preferred", entry["preferred"])
    for key, status in (*_APPROVED_LISTS, ("ignore", "ignore")):
        for place, en in enumerate(entry.get(key, ())):
            yield Form(file, number, entry, status, f"{number}/{key}/{place}", en)
    for key, status in _GUARDED_LISTS:
        for place, item in enumerate(entry.get(key, ())):
            yield Form(file, number, entry, status, f"{number}/{key}/{place}/en", item["en"], item)
