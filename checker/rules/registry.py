"""All rules, found by listing the folders of this package."""

from __future__ import annotations

import importlib
import os
from functools import cache

from checker.config import RULE_FAMILIES
from checker.rules.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    found: list[Rule] = []
    folder = os.path.dirname(__file__)
    for family in [entry for entry in os.scandir(folder) if entry.is_dir()]:
        for file in os.listdir(family):
            if file.endswith(".py") and file[0].isalpha():
                module = importlib.import_module(f"{__package__}.{family.name}.{file[:-3]}")
                rule = getattr(module, "RULE", None)
                if isinstance(rule, Rule):
                    found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))


def names_rules(selector: str) -> bool:
    """Whether a word of ``select`` or ``ignore`` is a code, a name or a beginning of rules that there are."""
    return selector in RULE_FAMILIES or any(rule.matches(selector) for rule in all_rules())
