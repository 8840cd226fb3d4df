"""The group of verbs for those who keep a glossary."""

from __future__ import annotations

import typer

from checker.cli.glossary import add, coverage, export, format, impact, import_, lint, site, stats

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
app.command("import")(import_.import_file)
app.command("export")(export.export)
app.command("site")(site.site)
app.command("stats")(stats.stats)
