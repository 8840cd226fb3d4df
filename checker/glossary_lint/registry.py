"""All rules on the glossary, found by listing their folder, and the findings of a run."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

import checker.glossary_lint.rules as package
from checker.finding import Finding
from checker.glossary_lint.beside import begun
from checker.glossary_lint.desk import Desk
from checker.glossary_lint.rule import GlossaryRule


@cache
def glossary_rules() -> tuple[GlossaryRule, ...]:
    """Every rule, by code."""
    found: list[GlossaryRule] = []
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        rule = getattr(importlib.import_module(module.name), "RULE", None)
        if isinstance(rule, GlossaryRule):
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))


def without_accepted(found: list[Finding], desk: Desk) -> list[Finding]:
    """The findings that neither a comment in their file nor an entry of ``yigai-accepted.yaml`` accepts.

    Raises AcceptanceError for such a file that cannot be used.
    """
    from checker.acceptance.run import Acceptance

    accepted = Acceptance(())
    by_file: dict[str, list[Finding]] = {}
    for finding in found:
        by_file.setdefault(finding.path, []).append(finding)
    files = {file.name: file for file in desk.tree.files}
    rules = glossary_rules()
    return [
        finding
        for name, those in by_file.items()
        for finding in accepted.sift(desk.document(files[name]), (), those, those, rules)
    ]


def findings(
    desk: Desk, wanted: Callable[[GlossaryRule], bool] = lambda rule: True, two_processes: bool = False
) -> list[Finding]:
    """What the ``wanted`` rules find in the tree, by file and place. Files of the installed copy are left out.

    With ``two_processes`` a second one, where the machine allows it, runs the rules that take long.
    """
    rules = [rule for rule in glossary_rules() if wanted(rule)]
    long, short = ([rule for rule in rules if rule.takes_long == takes_long] for takes_long in (True, False))
    if two_processes and long and short:
        _ = desk.spotter  # both processes need it
        rest = begun(lambda: _found(long, desk))
        found = _found(short, desk) + rest()
    else:
        found = _found(rules, desk)
    return sorted(set(found), key=lambda item: (item.path, item.start, item.end, item.rule, item.message))


def _found(rules: list[GlossaryRule], desk: Desk) -> list[Finding]:
    own = {file.name for file in desk.tree.files if not file.installed}
    return [
        finding._replace(rule=rule.code, name=rule.name)
        for rule in rules
        for finding in rule.check(desk)
        if finding.path in own
    ]
