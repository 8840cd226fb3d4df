"""``yigai config show``: the settings that hold, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.setup import configuration

if TYPE_CHECKING:
    from checker.config import Configuration

app = typer.Typer(help="Look at the settings.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def options() -> None:
    """Look at the settings."""


@app.command("show")
def show(
    page: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="The page whose settings are shown; without it, those of a run."),
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="WORD", help="As --profile of a check: draft, scraped or glossary-only.")
    ] = None,
) -> None:
    """Show each setting with its value and the file, line or profile it comes from."""
    for line in setting_lines(configuration(), {"profile": profile}, page):
        typer.echo(line)


def setting_lines(config: Configuration, given: dict[str, object], page: str | None) -> Iterator[str]:
    """The settings for a page as lines of TOML, the origin of each as a comment; None is shown as a comment alone."""
    origins = config.origins(given, page)
    wide = max(map(len, origins))
    for key, (value, origin) in origins.items():
        if value is None:
            yield f"# {key} is not set"
        else:
            yield f"{key:<{wide}} = {_toml(value):<24} # {origin}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    import json

    return json.dumps(str(value), ensure_ascii=False)  # a basic string of TOML has JSON's escapes but for surrogates
