"""What an edit of the glossary changes on real pages: findings that appear and disappear, by concept and by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.document import Document
from checker.finding import Finding
from checker.options import Options
from checker.page import Page
from checker.pipeline import Checker
from checker.together import spot_together
from glossary import Glossary
from glossary.templates import class_keys
from glossary.working_tree import WorkingTree

RULES = ("TRM1", "CON2")  # the rules whose findings hang on the terms
AT_ONCE = 2_000_000  # characters of pages that are spotted together
_LISTS = ("abbreviations", "admitted", "short", "ignore", "deprecated", "wrong", "patterns")
_STATUS = {"abbreviations": "abbreviation", "patterns": "pattern"}
# What a page's parts are that no glossary has a say in.
_OF_THE_TEXT = (
    "blocks", "lines", "damaged", "furniture", "han", "folded", "text_words", "words", "sentences", "repeats",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Place:
    """One place of one finding."""

    path: str
    start: int
    end: int
    rule: str
    concept: str
    line: int = field(compare=False)
    column: int = field(compare=False)
    quote: str = field(compare=False)
    severity: str = field(compare=False)
    suggestion: str | None = field(compare=False)


@dataclass
class ConceptImpact:
    """What changes for one concept: its own edits, and the places where it is reported now or no longer."""

    concept: str
    zh: str
    edits: list[str] = field(default_factory=list)
    new: list[Place] = field(default_factory=list)
    gone: list[Place] = field(default_factory=list)
    reworded: list[Place] = field(default_factory=list)


@dataclass
class ClassImpact:
    """An edited morpheme class, the concepts whose forms use it, and how many of their findings come and go."""

    key: str
    edits: list[str]
    concepts: list[str]
    new: int = 0
    gone: int = 0


@dataclass
class Impact:
    """What an edit changes. ``controls`` is the number of places above info on clean English, before and after."""

    concepts: list[ConceptImpact]
    classes: list[ClassImpact]
    pages: int
    controls: tuple[int, int]

    @property
    def new(self) -> list[Place]:
        """Every place that is reported now and was not."""
        return [place for concept in self.concepts for place in concept.new]

    @property
    def gone(self) -> list[Place]:
        """Every place that was reported and is no longer."""
        return [place for concept in self.concepts for place in concept.gone]


def compare(
    before: WorkingTree, after: WorkingTree, documents: Sequence[Document], controls: Sequence[Document]
) -> Impact:
    """Check pages with two states of a glossary and set the findings of the terms against each other."""
    found: dict[str, ConceptImpact] = {}
    old_entries, new_entries = _by_id(before), _by_id(after)

    def of(concept: str) -> ConceptImpact:
        entry = new_entries.get(concept) or old_entries.get(concept) or {}
        return found.setdefault(concept, ConceptImpact(concept, entry.get("zh", "")))

    for concept in sorted(old_entries.keys() | new_entries.keys()):
        edits = list(_edits(old_entries.get(concept), new_entries.get(concept)))
        if edits:
            of(concept).edits = edits
    on_pages, on_controls = _places(before.glossary, after.glossary, documents, controls)
    old, new = on_pages
    for place in sorted(new.keys() - old.keys()):
        of(place.concept).new.append(place)
    for place in sorted(old.keys() - new.keys()):
        of(place.concept).gone.append(place)
    for place in sorted(old.keys() & new.keys()):
        if old[place].suggestion != new[place].suggestion:
            of(place.concept).reworded.append(new[place])
    classes = list(_classes(before, after, found))
    counts = (len(on_controls[0]), len(on_controls[1]))
    return Impact([found[name] for name in sorted(found)], classes, len(documents), counts)


_Found = dict[Place, Place]


def _places(
    before: Glossary, after: Glossary, documents: Sequence[Document], controls: Sequence[Document]
) -> tuple[tuple[_Found, _Found], tuple[_Found, _Found]]:
    options = Options(select=RULES)
    checkers = (Checker(before, options), Checker(after, options))
    on_pages: tuple[_Found, _Found] = ({}, {})
    on_controls: tuple[_Found, _Found] = ({}, {})
    for group, kept, severities in (
        (documents, on_pages, ("error", "warning", "info")),
        (controls, on_controls, ("error", "warning")),
    ):
        for part in _parts(group):
            earlier: list[Page] = []
            for checker, places in zip(checkers, kept, strict=True):
                pages = [checker.page(document) for document in part]
                for page, known in zip(pages, earlier, strict=False):
                    page.__dict__.update({k: known.__dict__[k] for k in _OF_THE_TEXT if k in known.__dict__})
                spot_together(pages)
                for page in pages:
                    for finding in checker.findings(page):
                        if finding.severity in severities:
                            places.update((place, place) for place in _of_finding(finding, page.document))
                earlier = pages
    return on_pages, on_controls


def _parts(documents: Sequence[Document]) -> Iterator[list[Document]]:
    part: list[Document] = []
    size = 0
    for document in documents:
        part.append(document)
        size += len(document.readable)
        if size >= AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _of_finding(finding: Finding, document: Document) -> Iterator[Place]:
    for start, end in finding.places:
        line, column = document.position(start)
        quote = " ".join(document.shown(start, end).split())
        yield Place(
            finding.path, start, end, finding.rule, finding.concept or "", line, column, quote, finding.severity,
            finding.suggestion,
        )  # fmt: skip


def _by_id(tree: WorkingTree) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for _, _, entry in tree.concepts}


def _edits(old: dict[str, Any] | None, new: dict[str, Any] | None) -> Iterator[str]:
    """What was done to one entry, as far as it can change a finding."""
    if old is None or new is None:
        yield "added" if old is None else "removed"
        return
    before, after = _statuses(old), _statuses(new)
    for form in [*before, *(form for form in after if form not in before)]:
        was, now = before.get(form, "—"), after.get(form, "—")
        if was != now:
            yield f"“{form}” {was} → {now}"
    shared = [form for form in before if before[form] == after.get(form)]
    guards = {"deprecated", "wrong", "pattern"}
    if any(before[form] in guards and _rendering(old, form) != _rendering(new, form) for form in shared):
        changed = [f for f in shared if before[f] in guards and _rendering(old, f) != _rendering(new, f)]
        yield "guards or advice of " + ", ".join(f"“{form}”" for form in changed[:3])
    for key in ("status", "strictness", "case", "pos", "zh", "valid_from", "valid_until", "optional", "plural"):
        if old.get(key) != new.get(key):
            yield f"{key} {old.get(key) or '—'} → {new.get(key) or '—'}"


def _statuses(entry: dict[str, Any]) -> dict[str, str]:
    found = {entry["preferred"]: "preferred"}
    for key in _LISTS:
        for item in entry.get(key, ()):
            found.setdefault(item["en"] if isinstance(item, dict) else item, _STATUS.get(key, key))
    return found


def _rendering(entry: dict[str, Any], form: str) -> dict[str, Any] | None:
    for key in ("deprecated", "wrong", "patterns"):
        for item in entry.get(key, ()):
            if item["en"] == form:
                return {k: v for k, v in item.items() if k in ("trigger", "near", "unless", "write", "pos")}
    return None


def _classes(before: WorkingTree, after: WorkingTree, found: dict[str, ConceptImpact]) -> Iterator[ClassImpact]:
    old = {entry["key"]: entry for _, entry in before.morphemes}
    new = {entry["key"]: entry for _, entry in after.morphemes}
    users: dict[str, list[str]] = defaultdict(list)
    for tree in (before, after):
        for _, _, entry in tree.concepts:
            for key in {key for form in _statuses(entry) for key in class_keys(form)}:
                if entry["id"] not in users[key]:
                    users[key].append(entry["id"])
    for key in sorted(old.keys() | new.keys()):
        edits = list(_member_edits(old.get(key), new.get(key)))
        if edits:
            concepts = sorted(users[key])
            reports = [found[name] for name in concepts if name in found]
            yield ClassImpact(
                key, edits, concepts, sum(len(item.new) for item in reports), sum(len(item.gone) for item in reports)
            )


def _member_edits(old: dict[str, Any] | None, new: dict[str, Any] | None) -> Iterator[str]:
    before, after = _members(old), _members(new)
    for member in [*before, *(member for member in after if member not in before)]:
        was, now = before.get(member, "—"), after.get(member, "—")
        if was != now:
            yield f"“{member}” {was} → {now}"


def _members(entry: dict[str, Any] | None) -> dict[str, str]:
    return {member: kind for kind in ("marked", "plain") for member in (entry or {}).get(kind, ())}


def impact_lines(impact: Impact, revision: str, places: int = 3) -> Iterator[str]:
    """The summary of an impact for people, with at most ``places`` places of each kind a concept."""
    for item in impact.concepts:
        yield f"{item.concept} ({item.zh}): {_few(item.edits) or 'not edited itself'}"
        for word, found in (("new", item.new), ("gone", item.gone), ("other advice", item.reworded)):
            if found:
                more = "; …" if found[places:] else ""
                yield f"  {word} {len(found)}: {'; '.join(map(_place, found[:places]))}{more}"
    for touched in impact.classes:
        users = f"used by {_few(touched.concepts) or 'no concept'}"
        yield f"{{{touched.key}}}: {_few(touched.edits)}; {users}; new {touched.new}, gone {touched.gone}"
    if not impact.concepts and not impact.classes:
        yield f"no difference from {revision} that a finding could show"
    before, after = impact.controls
    total = f"new {len(impact.new)}, gone {len(impact.gone)}"
    yield f"impact against {revision}: {total} on {impact.pages} pages; controls {before} → {after}"


def _few(items: Iterable[str], number: int = 5) -> str:
    listed = list(items)
    return ", ".join(listed[:number]) + (f" and {len(listed) - number} more" if len(listed) > number else "")


def _place(place: Place) -> str:
    return f"{place.path}:{place.line}:{place.column} “{place.quote[:60]}” {place.rule}"
