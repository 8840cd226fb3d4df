"""The English terms of a concept as other programs take them: words, never templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glossary.concept import Concept, Rendering
from glossary.folding import fold
from glossary.templates import class_keys, count_expansions, is_template, literal_expansions, parse

_BAD = ("deprecated", "wrong")
MOST = 16
"""How many terms a template may stand for to be written out."""


class Term(NamedTuple):
    """An English term with its status, as in `glossary.concept`, and what is said against it."""

    text: str
    status: str
    why: str | None = None


def terms_of(concept: Concept, lost: Counter[str], most: int = MOST) -> list[Term]:
    """The terms of a concept, preferred first, each once; ``lost`` counts the templates that stand for too many."""
    made: dict[str, Term] = {}
    good: set[str] = set()
    groups: tuple[tuple[str, Sequence[str | Rendering]], ...] = (
        ("preferred", (concept.preferred,)),
        ("admitted", concept.admitted),
        ("abbreviation", concept.abbreviations),
        ("short", concept.short),
        ("deprecated", concept.deprecated),
        ("wrong", concept.wrong),
    )
    for status, forms in groups:
        for form in forms:
            en, why = (form, None) if isinstance(form, str) else (form.en, form.why)
            found = list(_written_out(en, most))
            if not found:
                for_many = f" for more than {most} terms" if most > 1 else ""
                lost[f"{status} terms that are templates{for_many}"] += 1
            for text in found:
                # What a template of wrong forms stands for may be a good form: then it is none of them.
                if status not in _BAD or fold(text) not in good:
                    made.setdefault(text, Term(text, status, why))
        if status not in _BAD:
            good.update(map(fold, made))
    return list(made.values())


def _written_out(form: str, most: int) -> Iterator[str]:
    if not is_template(form):
        yield form
    elif not class_keys(form) and count_expansions(parse(form), {}) <= most:
        yield from literal_expansions(form)


def count_rendering_details(concept: Concept, lost: Counter[str], *, why: bool = True) -> None:
    """Count what only this glossary says of wrong and deprecated renderings; ``why`` where that is lost as well."""
    for form in (*concept.deprecated, *concept.wrong):
        lost["triggers"] += bool(form.trigger)
        lost["near and unless guards"] += bool(form.near or form.unless)
        lost["what to write instead"] += bool(form.write)
        lost["pages where a form was observed"] += bool(form.observed)
        lost["right examples of wrong forms"] += bool(form.right_example)
        if why:
            lost["why a form is wrong"] += bool(form.why)


def count_checking(concept: Concept, lost: Counter[str]) -> None:
    """Count what serves checking alone: no other program has a place for it."""
    lost["patterns"] += len(concept.patterns)
    lost["ignore phrases"] += len(concept.ignore)
    lost["optional words"] += len(concept.optional)
    lost["wrong examples"] += len(concept.wrong_examples)


def count_all_but_names(concept: Concept, lost: Counter[str], kept: tuple[str, ...] = ()) -> None:
    """Count what a list of names leaves out; ``kept`` names the fields that it has all the same."""
    count_checking(concept, lost)
    rows: dict[str, object] = {
        "definition": concept.definition, "pos": concept.pos, "field": concept.field, "sources": concept.sources,
        "valid": concept.valid_from or concept.valid_until, "right examples": concept.right_examples,
        "cross references": (concept.broader, concept.replaced_by, *concept.distinct_from),
        "plural": concept.plural, "admitted": concept.admitted, "abbreviations": concept.abbreviations,
        "short": concept.short, "deprecated": concept.deprecated, "wrong": concept.wrong,
    }  # fmt: skip
    for key, value in rows.items():
        if key not in kept:
            lost[key] += (
                len([item for item in value if item])
                if isinstance(value, Sequence) and not isinstance(value, str)
                else bool(value)
            )
