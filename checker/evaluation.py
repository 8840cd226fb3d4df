"""Measures findings against annotated pages: what is found, what is supported, which traps are sprung.

Everything is counted by place: a finding's own range and each further one in ``also``. A place *fits* an
annotated span when they overlap, their categories are akin and the place is not much longer than the span.
Offsets are code points into the text of the page. Nothing here decides how figures are shown.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Generic, TypeVar

from checker.document import Document
from checker.finding import Finding
from checker.pipeline import Checker
from glossary import Glossary

_AKIN: tuple[frozenset[str], ...] = (
    frozenset({"terminology", "calque", "inconsistency", "name"}),
    frozenset({"garbled", "grammar", "duplication", "spacing"}),
    frozenset({"residue", "furniture", "spacing"}),
    frozenset({"number", "numbering"}),
)
_MAY_BE_LONG = frozenset({"duplication", "furniture", "residue"})
_REGION_LENGTH = 2000
_MASS_COUNT = 50
_CHANCE_RUNS = 30
_SEED = 20211012
_BUCKET = 64


class GoldError(Exception):
    """An annotation that cannot be used, or a page of it that cannot be found."""


@dataclass(frozen=True, slots=True)
class Span:
    """One annotated fault: ``quote`` is ``text[start:end]`` of the page ``file``."""

    file: str
    start: int
    end: int
    quote: str
    category: str
    subtype: str = ""
    zh: str = ""
    suggestion: str = ""
    severity: str = ""
    detectable: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """A place where a checker must stay silent, and why."""

    file: str
    start: int
    end: int
    quote: str
    why: str = ""


_Marked = TypeVar("_Marked", Span, Trap)
_Item = TypeVar("_Item")
_Count = TypeVar("_Count")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one finding."""

    file: str
    start: int
    end: int
    rule: str
    name: str
    category: str
    severity: str
    message: str = ""

    @property
    def counts(self) -> bool:
        """Whether the place counts for precision and traps: it stands above info."""
        return self.severity != "info"


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


def akin(first: str, second: str) -> bool:
    """Whether two categories are close enough for one to support the other."""
    return first == second or any(first in group and second in group for group in _AKIN)


def fits(place: Place, span: Span) -> bool:
    """Whether a place supports a span of the same page (the caller sees to the page)."""
    return (
        _touch(place, span)
        and akin(place.category, span.category)
        and (_short_enough(place, span) or (place.category in _MAY_BE_LONG and place.category == span.category))
    )


def springs(place: Place, trap: Trap) -> bool:
    """Whether a place above info wakes a trap of the same page."""
    return place.counts and _touch(place, trap) and _short_enough(place, trap)


def read_gold(path: Path) -> tuple[Span, ...]:
    """The annotated spans of a JSON Lines file; raises GoldError at the first line that is no span."""
    return tuple(_read_lines(path, Span))


def read_traps(path: Path) -> tuple[Trap, ...]:
    """The traps of a JSON Lines file; raises GoldError at the first line that is no trap."""
    return tuple(_read_lines(path, Trap))


def read_findings(path: Path, files: Iterable[str]) -> list[Place]:
    """The places of a findings file (JSON Lines or one JSON array), for the pages named ``files``."""
    text = path.read_text(encoding="utf-8")
    try:
        rows = [row for row in text.split("\n") if row.strip()]
        objects = json.loads(text) if text.startswith("[") else [json.loads(row) for row in rows]
        findings = [item for item in objects if item.get("type", "finding") == "finding"]
        places = []
        for item in findings:
            file = next((name for name in files if _names(item["path"], name)), None)
            if file is not None:
                places += [
                    Place(
                        file,
                        start,
                        end,
                        item["rule"],
                        item.get("name", ""),
                        item["category"],
                        item.get("severity", "warning"),
                        item.get("message", ""),
                    )
                    for start, end in ((item["start"], item["end"]), *item.get("also", ()))
                ]
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as problem:
        raise GoldError(f"{path}: not a findings file ({type(problem).__name__}: {problem})") from problem
    return places


def find_pages(gold: Path, names: Iterable[str], folder: Path | None = None) -> dict[str, Path]:
    """Where the annotated pages are: in ``folder``, else in the gold file's folder, its children or siblings.

    Raises GoldError naming the first page that is in none of them.
    """
    if folder is not None:
        candidates = [folder]
    else:
        here = gold.resolve().parent
        candidates = [here, *_folders(here), *_folders(here.parent)]
    found = {}
    for name in names:
        path = next((item / name for item in candidates if (item / name).is_file()), None)
        if path is None:
            where = str(folder) if folder else "the folders beside the annotation"
            raise GoldError(f"page {name} is not in {where}: name its folder with --pages")
        found[name] = path
    return found


def page_ids(name: str, text: str) -> tuple[str, ...]:
    """The ids under which ``observed`` may name a page: its text's own, and one that stands in its file name.

    The first is the first 8 hex digits of the SHA-256 of the text as UTF-8. A scraper that names its files by
    a digest takes it over the page as fetched, so such a name gives the other.
    """
    of_text = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
    of_name = re.findall(r"(?<![0-9a-z])[0-9a-f]{8}(?=[0-9a-f]{0,56}(?![0-9a-z]))", Path(name).stem.lower())
    return (of_text, *of_name)


def check_pages(pages: Mapping[str, str], checker: Checker, leave_page_out: bool = False) -> list[Place]:
    """The places that ``checker`` reports on each page, one page at a time.

    With ``leave_page_out``, every wrong form and pattern seen only on the page at hand is switched off.
    """
    observed = _observed(checker.glossary) if leave_page_out else set()
    places: list[Place] = []
    for name, text in pages.items():
        glossary = checker.glossary
        for page_id in observed.intersection(page_ids(name, text)):
            glossary = glossary.without_observed(page_id)
        of_page = checker if glossary is checker.glossary else Checker(glossary, checker.options)
        for finding in of_page.check([Document(name, text)]).findings:
            places += places_of(finding, name)
    return places


def _observed(glossary: Glossary) -> set[str]:
    """The pages on which some wrong form or pattern of the glossary was seen."""
    return {
        page
        for concept in glossary.concepts
        for rendering in (*concept.wrong, *concept.deprecated, *concept.patterns)
        for page in rendering.observed
    }


def places_of(finding: Finding, file: str) -> list[Place]:
    """Every place of one finding on the page ``file``."""
    return [
        Place(file, start, end, finding.rule, finding.name, finding.category, finding.severity, finding.message)
        for start, end in finding.places
    ]


def evaluate(
    pages: Mapping[str, str], spans: Sequence[Span], traps: Sequence[Trap], places: Sequence[Place]
) -> Evaluation:
    """Count ``places`` against the annotation of ``pages`` (name -> text).

    Raises GoldError when a quote of the annotation is not what stands in its page.
    """
    _check_quotes(pages, [*spans, *traps])
    index = _Index(spans)
    regions = _Index([span for span in spans if _is_region(span)])
    mass = _mass_subtypes(spans)

    judged = [_judge(place, index, regions) for place in places]
    found = {span for item in judged for span in item.matches}
    found_above = {span for item in judged if item.place.counts for span in item.matches}
    above = [item for item in judged if item.place.counts and not item.left_out]

    def recall(chosen: Sequence[Span]) -> Recall:
        return Recall(len(chosen), sum(s in found for s in chosen), sum(s in found_above for s in chosen))

    single = [span for span in spans if (span.file, span.subtype) not in mass]
    repeated = [span for span in spans if (span.file, span.subtype) in mass]
    in_reach = [span for span in single if span.detectable in ("glossary", "pattern")]
    by_glossary = [span for span in single if span.detectable == "glossary"]
    beside_mass = [
        item
        for item in above
        if not item.matches or any((span.file, span.subtype) not in mass for span in item.matches)
    ]
    return Evaluation(
        pages=tuple(pages),
        recall_by_detectable=_counted(single, lambda span: span.detectable, recall),
        recall_by_category=_counted(single, lambda span: span.category, recall),
        recall_by_page=_counted(single, lambda span: span.file, recall),
        glossary_recall_by_page=_counted(by_glossary, lambda span: span.file, recall),
        mass_lines=_counted(repeated, lambda span: span.subtype, recall),
        precision=_precision(above),
        precision_beside_mass=_precision(beside_mass),
        precision_by_page=_counted(above, lambda item: item.place.file, _precision),
        chance=_chance(pages, [item.place for item in above], index, regions),
        left_out=sum(item.place.counts and item.left_out for item in judged),
        rules=_rule_scores(judged),
        traps=len(traps),
        sprung=_sprung(places, traps),
        unsupported=tuple(item.place for item in above if not item.matches),
        missed=tuple(span for span in in_reach if span not in found),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """A place, the spans it fits, and whether it is left out of precision."""

    place: Place
    matches: tuple[Span, ...]
    left_out: bool


def _judge(place: Place, index: _Index[Span], regions: _Index[Span]) -> _Judged:
    left_out = _left_out(place, regions)
    matches = (span for span in index.near(place) if fits(place, span))
    # A fault inside a repeated region says nothing about the repetition, however akin the categories are.
    return _Judged(place, tuple(span for span in matches if not (left_out and _is_region(span))), left_out)


def _touch(place: Place, other: Span | Trap) -> bool:
    return place.start < other.end and place.end > other.start


def _short_enough(place: Place, other: Span | Trap) -> bool:
    return place.end - place.start <= 3 * (other.end - other.start) + 20


def _is_region(span: Span) -> bool:
    return span.category == "duplication" and span.end - span.start > _REGION_LENGTH


def _left_out(place: Place, regions: _Index[Span]) -> bool:
    """Whether a place stands in repeated text, whose inner faults are not annotated."""
    return place.category != "duplication" and any(_touch(place, region) for region in regions.near(place))


def _mass_subtypes(spans: Iterable[Span]) -> set[tuple[str, str]]:
    """The (file, subtype) pairs so frequent that they would drown every other figure."""
    counts = Counter((span.file, span.subtype) for span in spans if span.subtype)
    return {pair for pair, count in counts.items() if count > _MASS_COUNT}


def _precision(judged: Sequence[_Judged]) -> Precision:
    return Precision(len(judged), sum(bool(item.matches) for item in judged))


def _counted(
    items: Iterable[_Item], key: Callable[[_Item], str], count: Callable[[Sequence[_Item]], _Count]
) -> dict[str, _Count]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return {name: count(groups[name]) for name in sorted(groups)}


def _chance(
    pages: Mapping[str, str], places: Sequence[Place], index: _Index[Span], regions: _Index[Span]
) -> float | None:
    """The share supported when every place is moved to a random position in its page's annotated text."""
    if not places:
        return None
    dice = random.Random(_SEED)
    hits = 0
    for _ in range(_CHANCE_RUNS):
        for place in places:
            moved = _moved(place, len(pages[place.file]), regions, dice)
            hits += any(fits(moved, span) for span in index.near(moved))
    return hits / (_CHANCE_RUNS * len(places))


def _moved(place: Place, page_length: int, regions: _Index[Span], dice: random.Random) -> Place:
    length = place.end - place.start
    moved = place
    for _ in range(200):  # a bound for pages that are nearly all repeated text
        start = dice.randrange(max(1, page_length - length + 1))
        moved = replace(place, start=start, end=start + length)
        if not _left_out(moved, regions):
            break
    return moved


def _rule_scores(judged: Iterable[_Judged]) -> tuple[RuleScore, ...]:
    counts: dict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for item in judged:
        if not item.left_out:
            key = (item.place.rule, item.place.name, item.place.counts)
            counts[key][0 if item.matches else 1] += 1
    in_order = sorted(counts, key=lambda key: (key[0], not key[2]))
    return tuple(RuleScore(*key, *counts[key]) for key in in_order)


def _sprung(places: Iterable[Place], traps: Sequence[Trap]) -> tuple[Sprung, ...]:
    index = _Index(traps)
    by_trap: dict[Trap, Place] = {}
    for place in places:
        for trap in index.near(place):
            if springs(place, trap):
                by_trap.setdefault(trap, place)
    return tuple(Sprung(trap, by_trap[trap]) for trap in traps if trap in by_trap)


class _Index(Generic[_Marked]):
    """Finds the annotations near a place without looking at all of them."""

    def __init__(self, marked: Iterable[_Marked]) -> None:
        self._buckets: dict[tuple[str, int], list[_Marked]] = defaultdict(list)
        for item in marked:
            for number in range(item.start // _BUCKET, item.end // _BUCKET + 1):
                self._buckets[item.file, number].append(item)

    def near(self, place: Place) -> list[_Marked]:
        """The annotations that may touch a place, each once, in order."""
        numbers = range(place.start // _BUCKET, place.end // _BUCKET + 1)
        return list(dict.fromkeys(i for n in numbers for i in self._buckets.get((place.file, n), ())))


def _check_quotes(pages: Mapping[str, str], marked: Iterable[Span | Trap]) -> None:
    for item in marked:
        stands = pages[item.file][item.start : item.end]
        if stands != item.quote:
            raise GoldError(
                f"{item.file}: the annotation says {item.quote[:60]!r} at {item.start}-{item.end}, "
                f"where {stands[:60]!r} stands"
            )


def _read_lines(path: Path, made: type[_Marked]) -> Iterator[_Marked]:
    known = {entry.name for entry in fields(made)}
    for number, row in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not row.strip():
            continue
        try:
            yield made(**{key: value for key, value in json.loads(row).items() if key in known})
        except (AttributeError, TypeError, ValueError, RecursionError) as problem:
            raise GoldError(f"{path}:{number}: not a {made.__name__.lower()}: {problem}") from problem


def _names(path: str, name: str) -> bool:
    return path == name or path.endswith("/" + name)


def _folders(parent: Path) -> list[Path]:
    return sorted(item for item in parent.iterdir() if item.is_dir())
