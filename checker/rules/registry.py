"""All rules, found by listing the folders of this package."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from checker.config import RULE_FAMILIES
from checker.rules.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    found: list[Rule] = []
    for path in Path(__file__).parent.glob("*/[a-z]*.py"):
        rule = getattr(importlib.import_module(f"{__package__}.{path.parent.name}.{path.stem}"), "RULE", None)
        if isinstance(rule, Rule):
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))


def names_rules(selector: str) -> bool:
    """Whether a word of ``select`` or ``ignore`` is a code, a name or a beginning of rules that there are."""
    return selector in RULE_FAMILIES or any(rule.matches(selector) for rule in all_rules())
