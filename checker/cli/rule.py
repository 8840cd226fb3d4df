"""``yigai rule``: the rules there are, or the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from checker.glossary_lint.rule import GlossaryRule
    from checker.rules.rule import Rule


def rule(
    code: Annotated[str | None, typer.Argument(help="A rule's code or name; without it, all.")] = None,
) -> None:
    """List the rules, or explain one: what it does, why it matters, wrong, right, limits."""
    from checker.config import refuse_rule
    from checker.glossary_lint.registry import glossary_rules
    from checker.rules.registry import all_rules

    rules: tuple[Rule | GlossaryRule, ...] = (*all_rules(), *glossary_rules())
    if code is None:
        for item in rules:
            preview = "  (preview)" if item.preview else ""
            typer.echo(f"{item.code}  {item.severity:<8} {item.name}{preview}")
        return
    by_name = {name: item for item in rules for name in (item.code, item.name)}
    wanted = code.upper() if code.upper() in by_name else code
    if wanted not in by_name:
        refuse_rule(wanted, tuple(by_name))
    chosen = by_name[wanted]
    typer.echo(f"{chosen.code} {chosen.name}{'  (preview)' if chosen.preview else ''}")
    typer.echo(f"category {chosen.category}, MQM {chosen.mqm}; {chosen.severity}, confidence {chosen.confidence}\n")
    typer.echo(chosen.page.strip())
