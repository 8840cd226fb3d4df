"""Glossaries that are wrong on purpose: a mistake with its file and place, never a crash, and told soon."""

from __future__ import annotations

import contextlib
import copy
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.document import Document
from checker.options import Options
from checker.pipeline import Checker
from glossary import GlossaryError
from glossary.layers import load_tree
from glossary.templates import TemplateError, parse
from glossary.working_tree import read_tree
from glossary.yaml_file import MAX_PROBLEMS, read_concepts
from tests.conftest import Run
from tests.small_tree import MORPHEMES, small_tree

ENTRY: dict[str, Any] = {
    "id": "b", "zh": "乙丙", "zh_variants": [{"zh": "乙丁", "region": "hk"}], "preferred": "b c", "plural": ["b cs"],
    "abbreviations": ["BC"], "admitted": ["b d"], "deprecated": [{"en": "b e", "trigger": ["anywhere"], "why": "old"}],
    "wrong": [
        {"en": "b f", "trigger": ["near"], "near": ["ward"], "unless": ["x"], "write": "b c", "pos": "noun", "observed": ["b"]}
    ],
    "patterns": [{"en": "{医.medicine} {联.union}"}], "ignore": ["b i"], "short": ["bs"], "optional": ["b"],
    "pos": "noun", "case": "any", "strictness": "enforce", "status": "approved", "valid": {"from": "2018", "until": "2020"},
    "replaced_by": "c", "broader": "c", "distinct_from": ["c"], "definition": "It is.",
    "examples": {"wrong": ["A b f ward."], "right": ["A b c."]},
    "sources": [{"url": "https://example.org/a", "title": "T", "rendering": "b c", "read": "2020-01"}],
}  # fmt: skip
VALUES: list[Any] = [
    None, 3, datetime.date(2020, 1, 1), [], [None], {"a": {}}, " ", "x " * 500, "{a}", "[a] [b] [c]", "~", "\0", "\ud800",
    "https://[::1",
]  # fmt: skip


def places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value inside of a value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*before, key)
        yield from places(inner, (*before, key))


def changed(place: tuple[Any, ...], value: Any) -> bytes:
    """A file of the entry with another value at a place."""
    entry = copy.deepcopy(ENTRY)
    inner = entry
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    try:
        return yaml.dump([entry], allow_unicode=True, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper)).encode()
    except UnicodeEncodeError:
        return json.dumps([entry]).encode()


@pytest.mark.parametrize("place", [*places(ENTRY)], ids=lambda place: "-".join(map(str, place)))
def test_any_value_in_any_place(tmp_path: Path, place: tuple[Any, ...]) -> None:
    """It can be used, or is a mistake with its file and line; whoever keeps the glossary can go on in both cases."""
    terms = small_tree(tmp_path)
    file = terms / "organisation" / "groups.yaml"
    for value in VALUES:
        content = changed(place, value)
        list(read_tree(terms, {file: content}).glossary.concepts)
        file.write_bytes(content)
        with contextlib.suppress(GlossaryError):
            glossary = load_tree(terms)
            page = Document("a.txt", "The b f ward of the doctors had a b c and b e. BC is a medic union.")
            assert not Checker(glossary, Options(min_confidence="low", select=("TRM",))).check([page]).errors
            continue
        with pytest.raises(GlossaryError, match=r"groups\.yaml:\d+:\d+: "):
            load_tree(terms)


@pytest.mark.parametrize("member", ["union}", "{医.medicine}", "[x] union", "a|b"])
def test_members_are_words(tmp_path: Path, member: str) -> None:
    """A member of a class with marks of templates, which part the tables, is a mistake."""
    terms = small_tree(tmp_path, morphemes=MORPHEMES.replace("[union]", f"[{json.dumps(member)}]"))
    assert read_tree(terms).glossary.concepts
    with pytest.raises(GlossaryError, match=r"core\.yaml:\d+:\d+: .* is a template"):
        load_tree(terms)


@pytest.mark.parametrize("template", ["[a]", "[a] [b|c] [d]", "[{a}]"])
def test_templates_of_nothing(template: str) -> None:
    """A template that would stand for no words is none."""
    with pytest.raises(TemplateError):
        parse(template)


@pytest.mark.parametrize(
    "text",
    [
        "- id: b\n  zh: 乙\n  preferred: b\n" + "".join(f"  a{n}: b\n" for n in range(40_000)),
        "- id: b\n  zh: 乙\n  preferred: b\n  admitted: [" + "b, " * 40_000 + "c]\n",
    ],
    ids=["keys", "words"],
)
def test_mistakes_without_end(text: str) -> None:
    """The first thousand of a file are told, each without a look at the whole of it (the suite would stall otherwise)."""
    _, problems = read_concepts("a.yaml", text, "test")
    assert len(problems) == MAX_PROBLEMS
    assert {problem.file for problem in problems} == {"a.yaml"}


def test_words_without_end() -> None:
    """A list of tens of thousands of words is read in linear time (the suite would stall otherwise)."""
    words = ", ".join(f"w{n}x" for n in range(40_000))
    (entry,), problems = read_concepts("a.yaml", f"- id: b\n  zh: 乙\n  preferred: b\n  short: [{words}]\n", "test")
    assert (len(entry["short"]), problems) == (40_000, [])


def test_an_address_that_is_none(yigai: Run, tmp_path: Path) -> None:
    """It is told with its place by whoever reads it."""
    terms = small_tree(tmp_path)
    (terms / "organisation" / "groups.yaml").write_bytes(changed(("sources", 0, "url"), "https://[::1"))
    for verb, code in (("lint", 1), ("format", 2)):
        done = yigai("glossary", verb, cwd=tmp_path)
        assert done.returncode == code, done.stderr
        assert "'https://[::1' is no web address" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
