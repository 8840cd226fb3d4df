"""The group of verbs for those who keep a glossary."""

from __future__ import annotations

import typer

from checker.cli.glossary import add, coverage, format, impact, lint, stats

app = typer.Typer(
    help="Keep a glossary: check, format and extend its entries, and see what an edit changes.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("lint")(lint.lint)
app.command("format")(format.format_files)
app.command("impact")(impact.impact)
app.command("coverage")(coverage.coverage)
app.command("add")(add.add)
app.command("stats")(stats.stats)
