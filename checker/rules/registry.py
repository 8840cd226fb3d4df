"""All rules, found by listing the folders of this package."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import checker.rules as package
from checker.config import RULE_FAMILIES
from checker.rules.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    found: list[Rule] = []
    for family in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if not family.ispkg:
            continue
        folder = importlib.import_module(family.name)
        for module in pkgutil.iter_modules(folder.__path__, f"{family.name}."):
            rule = getattr(importlib.import_module(module.name), "RULE", None)
            if isinstance(rule, Rule):
                found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))


def names_rules(selector: str) -> bool:
    """Whether a word of ``select`` or ``ignore`` is a code, a name or a beginning of rules that there are."""
    return selector in RULE_FAMILIES or any(rule.matches(selector) for rule in all_rules())
