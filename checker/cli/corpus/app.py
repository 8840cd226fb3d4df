"""The group of verbs for those who look after many pages."""

from __future__ import annotations

import importlib

import typer

# Each verb is a function of its own name, in a module of that name beside this one.
VERBS = (
    "add",
    "decide",
    "discover",
    "export",
    "report",
    "sample",
)

app = typer.Typer(
    help="Keep the pages of whole sites in one store: what stands on them, what is wrong, what to settle on.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for verb in VERBS:
    app.command(verb)(getattr(importlib.import_module(f"checker.cli.corpus.{verb}"), verb))
