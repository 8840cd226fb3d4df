"""The JSON Schema of a file of concepts, for editors; made from the key tables of `glossary.yaml_file`."""

from __future__ import annotations

from typing import Any

from glossary.yaml_file import CHOICES, CONCEPT_KEYS, RENDERING_KEYS, SOURCE_KEYS

_TEXT = {"type": "string", "pattern": r"\S"}
_TEXTS = {"type": "array", "items": _TEXT, "uniqueItems": True}
_TEXT_OR_TEXTS = {"anyOf": [_TEXT, _TEXTS]}
_MANY = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_DATE = {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}, {"type": "null"}]}
_OPTIONAL_TEXT = {"anyOf": [_TEXT, {"type": "null"}]}
_NOTES = {
    "id": "coined once, never changed",
    "zh": "the Chinese, Simplified",
    "preferred": "what to write",
    "admitted": "what good translators also write; never reported",
    "wrong": "what is reported, each with the evidence it needs",
    "deprecated": "what is out of date, in the shape of wrong",
    "patterns": "templates over morpheme classes",
    "ignore": "expansions that mean something else",
    "short": "later mentions after a full one",
    "optional": "words that may come or go without making it another name",
    "status": "approved needs a source that was opened",
    "sources": "pages that were opened and show the rendering",
}


def concept_schema() -> dict[str, Any]:
    """The schema of a list of concepts (JSON Schema, draft 2020-12)."""
    special: dict[str, Any] = {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        **dict.fromkeys(("zh", "preferred", "definition"), _TEXT),
        **dict.fromkeys(("replaced_by", "broader"), _OPTIONAL_TEXT),
        **{key: {"enum": list(CHOICES[key])} for key in ("pos", "case", "strictness", "status")},
        **{key: {"type": "array", "items": _rendering(["en", "trigger"])} for key in ("deprecated", "wrong")},
        "patterns": {"type": "array", "items": _rendering(["en"])},
        "zh_variants": {"type": "array", "items": {"anyOf": [_TEXT, _object(_chinese_form(), ["zh"])]}},
        "valid": _object({"from": _DATE, "until": _DATE}, []),
        "examples": _object({"wrong": _MANY, "right": _MANY}, []),
        "sources": {"type": "array", "items": _object(dict.fromkeys(SOURCE_KEYS, _TEXT), ["url", "title"])},
    }
    properties = {key: special.get(key, _TEXT_OR_TEXTS) for key in CONCEPT_KEYS}
    noted = {key: {"description": note, **properties[key]} for key, note in _NOTES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of concepts of a yigai glossary",
        "type": "array",
        "items": _object(properties | noted, ["id", "zh", "preferred"]),
    }


def _rendering(required: list[str]) -> dict[str, Any]:
    triggers = {"enum": list(CHOICES["trigger"])}
    special: dict[str, Any] = {
        "trigger": {"anyOf": [triggers, {"type": "array", "items": triggers, "minItems": 1}]},
        "pos": {"enum": list(CHOICES["pos"])},
        **dict.fromkeys(("near", "unless", "observed"), _MANY),
    }
    made = _object({key: special.get(key, _TEXT) for key in RENDERING_KEYS}, required)
    names_near = {"anyOf": [{"const": "near"}, {"type": "array", "contains": {"const": "near"}}]}
    return made | {
        "if": {"properties": {"trigger": names_near}, "required": ["trigger"]},
        "then": {"required": ["near"]},
    }


def _chinese_form() -> dict[str, Any]:
    return {"zh": _TEXT, "region": {"enum": list(CHOICES["region"])}}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    made = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": required} if required else {})
