"""A proposed entry: its lines in a file of concepts as a patch, and what the lint says of it at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import unified_diff
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from checker.glossary_lint.desk import Desk
from checker.glossary_lint.registry import findings
from glossary import Concept
from glossary.chinese import in_simplified
from glossary.exchange.words import HAN
from glossary.layers import ROOT
from glossary.new_entry import appended, slug
from glossary.problems import GlossaryError
from glossary.search import search
from glossary.working_tree import TreeFile, WorkingTree, read_tree

TRIGGERS = ("page", "anywhere", "source")
"""The evidence that a wrong form of a proposal may ask for."""

NEAR = 80  # score of a search hit that is worth a look
_PATCHED = "glossary/terms"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # as git sees them
_RUNS_EXAMPLES = frozenset({"GLS821"})  # which takes as long as all other rules when it runs those of all entries


class WrongForm(NamedTuple):
    """A wrong rendering with its reason."""

    en: str
    why: str = ""
    trigger: str = "page"


class Proposal(NamedTuple):
    """An entry as a person fills it in; ``file`` is one of `files_in`, ``field/file.yaml``."""

    zh: str = ""
    preferred: str = ""
    file: str = ""
    definition: str = ""
    admitted: tuple[str, ...] = ()
    wrong: tuple[WrongForm, ...] = ()
    wrong_example: str = ""
    right_example: str = ""
    url: str = ""
    title: str = ""


class Remark(NamedTuple):
    """What the lint says: its severity, rule and sentence."""

    severity: str
    rule: str
    message: str


class Assessed(NamedTuple):
    """A proposal as an entry: its id, its patch, what is alike as ``(id, Chinese, English)``, what the lint says.

    ``old`` is the file as it was read, ``text`` the file with the entry, ``concept`` what it says. ``faults`` say why no
    entry can be made of it; all else is then empty.
    """

    id: str = ""
    patch: str = ""
    old: str = ""
    text: str = ""
    alike: tuple[tuple[str, str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    faults: tuple[str, ...] = ()
    concept: Concept | None = None


def files_in(folder: Path | None) -> list[str]:
    """The files of entries that a proposal may go to, as ``field/file.yaml``; of the installed copy without a folder."""
    terms = folder or ROOT / "terms"
    return sorted(path.relative_to(terms).as_posix() for path in terms.glob("*/*.yaml") if path.is_file())


def entry_of(proposal: Proposal) -> dict[str, Any]:
    """The entry of a proposal; what was left empty is left out."""
    wrong = [
        {"en": form.en, "trigger": [form.trigger], **({"why": form.why} if form.why else {})} for form in proposal.wrong
    ]
    examples = {"wrong": [proposal.wrong_example], "right": [proposal.right_example]}
    source = {"url": proposal.url, "title": proposal.title or proposal.url, "rendering": proposal.preferred}
    made: dict[str, Any] = {
        "id": slug(proposal.preferred),
        "zh": in_simplified(proposal.zh),
        "preferred": proposal.preferred,
        "admitted": list(proposal.admitted),
        "wrong": wrong,
        "status": "proposed",
        "definition": proposal.definition,
        "examples": {key: value for key, value in examples.items() if value[0]},
        "sources": [source] if proposal.url else [],
    }
    return {key: value for key, value in made.items() if value}


def assess(folder: Path | None, proposal: Proposal) -> Assessed:
    """The proposal as an entry of the tree of ``folder`` (None: the installed one), and what stands against approval."""
    terms = folder or ROOT / "terms"
    if proposal.file not in files_in(folder):
        return Assessed(faults=("Choose a file for the entry.",))
    if not HAN.search(proposal.zh) or not proposal.preferred:
        return Assessed(faults=("An entry needs its Chinese and what to write in English.",))
    tree = read_tree(terms)
    entry = entry_of(proposal)
    fault = _fault(tree, entry)
    if fault:
        return Assessed(faults=(fault,))
    path = terms / proposal.file
    try:
        old = path.read_bytes().decode("utf-8")
        text = appended(path.as_posix(), old, [entry])
        as_approved = appended(path.as_posix(), old, [{key: entry[key] for key in entry if key != "status"}])
    except GlossaryError as problem:
        return Assessed(faults=tuple(item.message for item in problem.problems))
    except UnicodeDecodeError:
        return Assessed(faults=(f"{proposal.file} is not UTF-8.",))
    name = f"{_PATCHED}/{proposal.file}"
    lines = unified_diff(_LINE.findall(old), _LINE.findall(text), f"a/{name}", f"b/{name}")
    approved = read_tree(terms, {path: as_approved.encode()})
    concept = approved.glossary.concept(entry["id"])
    return Assessed(
        entry["id"],
        "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines),
        old,
        text,
        _alike(tree, entry["zh"], proposal.preferred),
        _remarks(approved, entry["id"]),
        concept=concept and concept._replace(status="proposed", file=proposal.file),
    )


class _OneEntry(Desk):
    """A tree of which only one entry is looked at."""

    def __init__(self, tree: WorkingTree, name: str) -> None:
        super().__init__(tree)
        self._name = name

    @cached_property
    def entries(self) -> list[tuple[TreeFile, int, dict[str, Any]]]:
        """The one entry with its file and number."""
        return [item for item in super().entries if item[2]["id"] == self._name]


def _remarks(tree: WorkingTree, name: str) -> tuple[Remark, ...]:
    """What the lint says of an entry, or of others because of it."""
    about = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    found = findings(Desk(tree), lambda rule: rule.code not in _RUNS_EXAMPLES)
    found += findings(_OneEntry(tree, name), lambda rule: rule.code in _RUNS_EXAMPLES)
    mine = (finding for finding in found if finding.concept == name or about.search(finding.message))
    return tuple(dict.fromkeys(Remark(finding.severity, finding.rule, finding.message) for finding in mine))


def _fault(tree: WorkingTree, entry: dict[str, Any]) -> str:
    if not entry.get("id"):
        return "The English needs letters or digits, of which the id is made."
    for _, _, other in tree.concepts:
        if other["id"] == entry["id"]:
            return f"There is an entry called {entry['id']} already: {other['zh']}, {other['preferred']}."
        if entry["zh"] in (other["zh"], *(form["zh"] for form in other.get("zh_variants", ()))):
            return f"{entry['zh']} is there already: {other['preferred']} ({other['id']})."
    return ""


def _alike(tree: WorkingTree, zh: str, english: str) -> tuple[tuple[str, str, str], ...]:
    hits = [hit for query in (zh, english) for hit in search(tree.glossary.concepts, query, 5) if hit.score >= NEAR]
    return tuple(dict.fromkeys((hit.concept.id, hit.concept.zh, hit.concept.preferred) for hit in hits))


def proposal_from(fields: dict[str, str], admitted: Sequence[str]) -> Proposal:
    """A proposal from the fields of its form, each on one line; ``admitted`` are the lines of that field."""
    wrong = tuple(
        WrongForm(
            en, fields.get(f"why{n}", ""), trigger if (trigger := fields.get(f"trigger{n}")) in TRIGGERS else "page"
        )
        for n in range(1, 4)
        if (en := fields.get(f"wrong{n}", ""))
    )
    names = ("zh", "preferred", "file", "definition", "wrong_example", "right_example", "url", "title")
    return Proposal(**{name: fields.get(name, "") for name in names}, admitted=tuple(admitted), wrong=wrong)
