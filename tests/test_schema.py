"""The published JSON Schema accepts what the loader accepts and refuses what it refuses."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml

from glossary.layers import ROOT
from glossary.schema import concept_schema
from glossary.yaml_file import read_concepts
from tests.small_tree import TERMS

GOOD = "- id: x\n  zh: 医\n  preferred: medicine\n"


class Loader(yaml.SafeLoader):
    """YAML as editors read it: dates are text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_published_file_is_up_to_date() -> None:
    """`glossary/concept.schema.json` is what the loader's key tables make; else run ``python docs/generate.py``."""
    published: Any = json.loads((ROOT / "concept.schema.json").read_text(encoding="utf-8"))
    assert published == concept_schema()
    jsonschema.Draft202012Validator.check_schema(published)


@pytest.mark.parametrize(
    "text",
    [
        TERMS,
        GOOD,
        GOOD + "  admitted: medic\n",
        GOOD + "  zh_variants: [{zh: 醫, region: hk}, 药]\n",
        GOOD + '  valid: {from: "2013-03", until: null}\n',
        GOOD + "  broader: null\n  replaced_by: y\n",
        GOOD + "  wrong: [{en: y, trigger: near, near: [z]}]\n",
        GOOD + "  examples: {wrong: [a, b], right: c}\n",
        GOOD.replace("  zh: 医\n", ""),
        GOOD + "  colour: red\n",
        GOOD + "  status: done\n",
        GOOD + "  definition: no\n",
        GOOD + "  definition: 12\n",
        GOOD + "  wrong: [{en: y}]\n",
        GOOD + "  wrong: [{trigger: [page]}]\n",
        GOOD + "  wrong: [{en: y, trigger: [often]}]\n",
        GOOD + "  wrong: [{en: y, trigger: [near]}]\n",
        GOOD + "  patterns: [{en: y, hint: z}]\n",
        GOOD + "  admitted: [a, a]\n",
        GOOD + '  valid: {from: "March"}\n',
        GOOD + "  sources: [{url: x}]\n",
        GOOD + "  zh_variants: [{region: hk}]\n",
        GOOD + "  zh_variants: [{zh: 醫, region: us}]\n",
        GOOD + "  examples: [a]\n",
        GOOD.replace("id: x", "id: X Y"),
        "id: x\n",
    ],
)
def test_schema_and_loader_agree(text: str) -> None:
    """Both accept a file or both refuse it."""
    _, problems = read_concepts("f.yaml", text, "field")
    valid = jsonschema.Draft202012Validator(concept_schema()).is_valid(yaml.load(text, Loader=Loader))
    assert valid == (not problems)
