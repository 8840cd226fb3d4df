"""# example-fails (GLS821)

## What it does
Runs the examples through the checker: a wrong example must be reported for its concept, a right example must not be
reported, both on a page about health reform; a `right_example` of a form must stay silent by itself.

## Why it matters
An entry that does not do what its own example says will not do it on a page either.

## Wrong
    wrong: [{en: medical union, trigger: [page]}]
    examples: {wrong: The hospital joined a doctor union.}

## Right
    wrong: [{en: medical union, trigger: [page]}]
    examples: {wrong: The hospital joined a medical union.}

## Limits
Forms that need the Chinese cannot be shown by an example. Concepts that are not enforced are not run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.finding import Finding
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule
from checker.options import Options
from checker.page import Page
from checker.rules.meanings import reported
from glossary.working_tree import TreeFile


@dataclass(frozen=True)
class _Example:
    file: TreeFile
    number: int
    entry: dict[str, Any]
    path: str
    text: str


def check(desk: Desk) -> Iterator[Finding]:
    """One finding for each example that does not behave as it says."""
    wrong, right, own = _examples(desk)
    about_reform = Options(subject="health-reform")
    texts = [(example.text, about_reform) for example in [*wrong, *right]]
    pages = desk.pages([*texts, *((example.text, Options()) for example in own)])
    for example, page in zip(wrong, pages, strict=False):
        if example.entry["id"] not in _concepts(page):
            message = f"This wrong example of {example.entry['zh']} is not reported."
            yield desk.at_key(example.file, example.number, example.entry, example.path, message, "error")
    for example, page in zip([*right, *own], pages[len(wrong) :], strict=True):
        found = _concepts(page)
        if found:
            name, quote = next(iter(found.items()))
            message = f"This right example is reported: “{quote}” as {desk.by_id[name]['zh']} ({name})."
            yield desk.at_key(example.file, example.number, example.entry, example.path, message, "error")


def _examples(desk: Desk) -> tuple[list[_Example], list[_Example], list[_Example]]:
    wrong: list[_Example] = []
    right: list[_Example] = []
    own: list[_Example] = []
    for file, number, entry in desk.entries:
        if entry.get("status", "approved") != "approved" or entry.get("strictness") == "note":
            continue
        for kind, found in (("wrong", wrong), ("right", right)):
            texts = entry.get(f"{kind}_examples", ())
            for place, text in enumerate(texts):
                found.append(_Example(file, number, entry, f"examples/{kind}/{place}", text))
        for key in ("deprecated", "wrong", "patterns"):
            for place, item in enumerate(entry.get(key, ())):
                if item.get("right_example"):
                    path = f"{key}/{place}/right_example"
                    own.append(_Example(file, number, entry, path, item["right_example"]))
    return wrong, right, own


def _concepts(page: Page) -> dict[str, str]:
    """The concepts that are reported on a page, each with its first quote."""
    found: dict[str, str] = {}
    for mention in page.mentions:
        for candidate in reported(mention):
            found.setdefault(candidate.concept.id, " ".join(page.text[mention.start : mention.end].split()))
    return found


RULE = GlossaryRule("GLS821", "example-fails", "error", check, __doc__ or "", takes_long=True)
